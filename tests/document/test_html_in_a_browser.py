"""The page as a browser prints and shows it: nothing is cut, on paper or on a telephone."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rendering.rendered import sample
from tests.samples import CURRENT_REPORTS
from xlreport.document.html import page
from xlreport.example import good
from xlreport.report import Report, nested

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRAFT = '草稿（强制性审核类型错误 1 处，"不作"上报使用）'
Browser = Callable[..., str]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    own = tmp_path_factory.mktemp("browser")

    def run(*options: object) -> str:
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={own}"]
        done = subprocess.run(
            list(map(str, (*command, *options))), capture_output=True, timeout=180, check=True
        )
        return done.stdout.decode()

    return run


def with_figures_of(digits: int) -> Report:
    report = sample(CURRENT_REPORTS[0])
    figures = dict.fromkeys(report.figures(), int("8" * digits))
    tables = {table.key for table in report.declaration.tables}
    return Report.model_validate({**report.model_dump(exclude=tables), **nested(figures)})


def _plain(text: str) -> str:
    """The text without blanks, with the characters that fonts name in the place of others put right."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


@pytest.mark.parametrize(("digits", "lying"), [(5, {"四"}), (7, {"三", "四"})])
def test_what_is_printed_is_whole(browser: Browser, tmp_path: Path, digits: int, lying: set[str]):
    pdfplumber = pytest.importorskip("pdfplumber")
    report = with_figures_of(digits)
    (tmp_path / "r.html").write_text(page(report, DRAFT), "utf-8")
    browser("--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'r.pdf'}", tmp_path / "r.html")
    headings = {section.number: _plain(section.heading) for section in report.declaration.sections}
    figures = 0
    with pdfplumber.open(tmp_path / "r.pdf") as printed:
        for each in printed.pages:
            # All but the word across the page, which is turned.
            upright = each.filter(lambda item: item.get("upright", True))
            words = upright.extract_words()
            edges = [*(word["x1"] for word in words), *(edge["x1"] for edge in each.edges)]
            assert max(edges) <= each.width - 26 / 25.4 * 72 + 1
            figures += sum(word["text"].endswith("8" * digits) for word in words)
            lines = [_plain(line["text"]) for line in upright.extract_text_lines()]
            assert _plain(DRAFT) in lines
            assert lines[-1] not in headings.values()
            # Whichever page a row of table three is on, its headers are as well.
            assert any("(七)总计" in line or "1.属于" in line for line in lines) <= ("申请人情况" in lines)
            assert {number for number, text in headings.items() if text in lines and number in lying} == {
                number for number, text in headings.items() if text in lines and each.width > each.height
            }
    assert figures == len(report.figures())


def test_in_a_narrow_window_only_tables_are_wider_than_it(browser: Browser, tmp_path: Path):
    measure = """<script>onload = () => {
      const inner = document.querySelector("iframe").contentDocument, root = inner.documentElement;
      const scrolls = [...inner.querySelectorAll(".scroll")].map(each => each.scrollWidth > each.clientWidth);
      document.title = JSON.stringify([root.clientWidth, root.scrollWidth, scrolls]);
    }</script>"""
    shown = html.escape(page(good(), DRAFT))
    frame = f'<iframe style="width: 360px; height: 700px; border: 0" srcdoc="{shown}"></iframe>'
    (tmp_path / "r.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{measure}{frame}", "utf-8")
    dumped = browser("--dump-dom", "--hide-scrollbars", tmp_path / "r.html")
    found = re.search(r"<title>(.*?)</title>", dumped)
    assert found
    assert json.loads(found[1]) == [360, 360, [False, True, True]]
