"""The page of ``watch``: everything escaped, no script, nothing from elsewhere, in a place of the user's own."""

from __future__ import annotations

import stat
import sys
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import xlreport
from xlreport.errors import InputError, OutputError
from xlreport.example import faulty, good
from xlreport.live.watching import page
from xlreport.live.watching.page import page_for
from xlreport.live.watching.saves import Save
from xlreport.report import Report
from xlreport.terminal import rows

#: The page lies in the test's own folder.
pytestmark = pytest.mark.usefixtures("home")
NOW = datetime(2026, 1, 12, 10, 31, 2)
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


class Elements(HTMLParser):
    """The elements of a page, their attributes, and the text between them."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def of(report: Report, file: str = "年报.xlsx") -> Elements:
    """Return the page of a report as a browser reads it."""
    return Elements(page.of_findings(Path(file), Save(NOW, report), xlreport.check(report)))


def test_it_says_what_the_terminal_says():
    text = of(faulty()).text
    findings = xlreport.check(faulty())
    assert "✗ 审核不通过（强制性 7 处" in text and "2026-01-12 10:31:02 保存" in text and "年报.xlsx" in text
    assert all(cell in text for row in rows(findings) for cell in row)


def test_a_report_that_passes_says_so():
    assert "✓ 审核通过" in of(good()).text


def test_it_reloads_itself():
    assert ("http-equiv", "refresh") in of(good()).attributes
    assert ("content", str(page.RELOAD)) in of(good()).attributes


def test_what_comes_from_the_file_is_text_and_nothing_else():
    plain, hostile = faulty(), faulty()
    hostile.organisation = HOSTILE
    hostile.disclosure.penalties.decisions = HOSTILE
    found = of(hostile, file=f"{HOSTILE}.xlsx".replace("/", "∕"))
    assert HOSTILE in found.text
    assert set(found.tags) == set(of(plain).tags)
    assert not any(name.startswith("on") for name, _ in found.attributes)


def test_a_problem_is_text_too():
    content = page.of_problem(Path("a.xlsx"), Save(NOW, InputError(HOSTILE, HOSTILE)))
    assert HOSTILE in Elements(content).text and "script" not in Elements(content).tags


def test_there_is_no_script_and_nothing_from_elsewhere():
    found = of(faulty())
    assert not {"script", "link", "img", "iframe", "a", "form"} & set(found.tags)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in found.attributes
    assert not any("//" in (value or "") for _, value in found.attributes)


def test_it_lies_beside_nothing_of_the_user_s_and_is_gone_at_the_end(tmp_path: Path, home: Path):
    report = tmp_path / "年报.xlsx"
    with page_for(report) as shown:
        shown.show("content")
        assert home in shown.path.parents
        assert shown.path.read_text("utf-8") == "content"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the user's folders to the user")
def test_nobody_else_can_open_it(tmp_path: Path):
    with page_for(tmp_path / "a.xlsx") as shown:
        assert stat.S_IMODE(shown.path.parent.stat().st_mode) == 0o700


def test_a_report_has_the_same_page_at_every_run_and_another_report_another(tmp_path: Path):
    with page_for(tmp_path / "a.xlsx") as one, page_for(tmp_path / "b.xlsx") as other:
        assert one.path != other.path
    with page_for(tmp_path / "x" / ".." / "a.xlsx") as again:
        assert again.path == one.path


def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path):
    with page_for(tmp_path / "a\udcff.xlsx") as shown:
        shown.show(page.of_problem(Path("a\udcff.xlsx"), Save(NOW, InputError("a\udcff.xlsx", "损坏"))))
        assert "损坏" in shown.path.read_text("utf-8")


def test_no_place_for_it_is_one_line(tmp_path: Path, home: Path):
    home.write_bytes(b"")
    with pytest.raises(OutputError, match="不能建立"), page_for(tmp_path / "a.xlsx"):
        pass
