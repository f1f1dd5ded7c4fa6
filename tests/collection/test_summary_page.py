"""The summary as a web page: the same lists, nothing from elsewhere, all text as text; in a real browser where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import lxml.etree
import lxml.html
import openpyxl
import pytest

from tests.collection.folders import BROKEN, mixed, named, put
from xlreport.cli import main
from xlreport.collection.chart import Chart
from xlreport.collection.page_charts import draw
from xlreport.example import faulty, good

EVIL = '<script>document.title="x"</script><img src=x onerror="document.title=1">"\'&'


@pytest.fixture(scope="module")
def folder(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    mixed(folder / "f")
    put(folder, "f/镇/坏 #1?.json", named(good(), EVIL))
    put(folder, "f/javascript:alert(1).json", named(good(), "\u202e反局"))
    put(folder, "f/镇/上年.json", named(good(), "西集镇政府").model_copy(update={"year": 2024}))
    put(folder, "units.txt", "西集镇政府\n没有报送的局\n".encode())
    for out in ("o.html", "o.xlsx"):
        units = ["--units", str(folder / "units.txt")]
        assert main(["audit", str(folder / "f"), str(folder / out), *units]) == 1
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((folder / "o.html").read_text("utf-8"))


def lists(page: lxml.html.HtmlElement) -> dict[str, list[list[str]]]:
    """The lists by name, each as rows of texts, the headings first."""
    return {
        section.find("h2").text.strip(): [[cell.text_content() for cell in row] for row in section.iter("tr")]
        for section in page.iter("section")
    }


def test_it_has_the_lists_of_the_workbook(folder: Path, page: lxml.html.HtmlElement):
    book = openpyxl.load_workbook(folder / "o.xlsx", data_only=True)
    found = lists(page)
    assert list(found) == book.sheetnames[1:]
    for name, rows in found.items():
        sheet = [list(row) for row in book[name].iter_rows(values_only=True)]
        shown = [place for place, heading in enumerate(sheet[0]) if heading != "标识"]
        assert rows[0] == [sheet[0][place] for place in shown]
        assert len(rows) == len(sheet)
        for row, cells in zip(rows[1:], sheet[1:], strict=True):
            for text, place in zip(row, shown, strict=True):
                value = cells[place]
                if text.endswith("%") and isinstance(value, (int, float)):
                    assert text == f"{value:+.1%}"
                elif isinstance(value, (int, float)):
                    assert float(text) == value
                elif place > 2 and "\u202e" not in str(value):
                    assert text.split() == str("" if value is None else value).split()


def test_nothing_comes_from_elsewhere_and_the_policy_says_so(page: lxml.html.HtmlElement):
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert len(page.findall(".//script")) == len(page.findall(".//style")) == 1
    assert not page.xpath("//@src | //link | //img | //iframe | //form | //@style | //@onclick | //@onerror")


def test_a_link_leads_to_its_file_whatever_it_is_called(folder: Path, page: lxml.html.HtmlElement):
    links = list(page.xpath("//td/a/@href"))
    assert len(links) > len(BROKEN) and all((folder / unquote(link)).exists() for link in links)
    assert not [link for link in links if re.match(r"\w+:", link)]


def test_what_turns_the_writing_round_is_written_out(page: lxml.html.HtmlElement):
    assert "⟨U+202E⟩反局" in page.text_content() and "\u202e" not in page.text_content()


def test_every_chart_is_told_in_words(page: lxml.html.HtmlElement):
    charts = page.findall(".//svg")
    assert len(charts) == 3
    for chart in charts:
        assert chart.get("role") == "img"
        title, words = (page.get_element_by_id(each) for each in chart.get("aria-labelledby").split())
        assert words.text.startswith(title.text + "：")
    assert f"无法读取 {len(BROKEN)} 份" in page.get_element_by_id("chart0-words").text


def test_the_charts_of_the_workbook_are_told_in_words_too(folder: Path):
    with zipfile.ZipFile(folder / "o.xlsx") as package:
        drawings = lxml.etree.fromstring(package.read("xl/drawings/drawing1.xml"))
    told = [str(text) for text in drawings.xpath("//@descr")]
    assert len(told) == 3 and f"无法读取 {len(BROKEN)} 份" in told[0]


def test_every_part_of_a_summary_can_be_read_whatever_the_name_of_a_unit_holds(tmp_path: Path):
    put(tmp_path, "f/a.json", named(faulty(), '甲\x00乙\x07丙\x1b\uffff\u202e<&>"局'))
    assert main(["audit", str(tmp_path / "f"), str(tmp_path / "o.xlsx")]) == 1
    with zipfile.ZipFile(tmp_path / "o.xlsx") as package:
        for name in package.namelist():
            lxml.etree.fromstring(package.read(name))


def test_a_long_name_is_cut_in_a_chart_and_whole_in_its_words():
    name = "某某市某某区某某街道办事处综合行政执法大队"
    drawn = draw(Chart("单位", "件", [(name, 3.5, "bar"), ("<b>", 0, "bar")]), 1)
    assert drawn.count(name) == 2 and f">{name[:15]}…</text>" in drawn
    assert "<b>" not in drawn and 'width="0.0"' in drawn


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_browser_filters_the_rows_and_runs_nothing_else(folder: Path, tmp_path: Path):
    text = (folder / "o.html").read_text("utf-8")
    # As if it had been typed; and a script that somehow got in.
    text = text.replace('id="filter"', 'id="filter" value="不通过 错集镇"')
    (tmp_path / "o.html").write_text(text.replace("<main>", f"<main>{EVIL}"), "utf-8")
    run = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'own'}"]
    done = subprocess.run(
        [*map(str, run), "--dump-dom", (tmp_path / "o.html").as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    shown = lxml.html.document_fromstring(done.stdout.decode())
    assert shown.findtext(".//title") == "政府信息公开工作年度报告审核汇总"
    counts = {
        section.find("h2").text.strip(): section.find("h2/small").text for section in shown.iter("section")
    }
    assert counts["总表"] == f"1 / {len(BROKEN) + 9} 行"
    visible = shown.xpath("//section[h2[starts-with(., '总表')]]//tbody/tr[not(@hidden)]")
    assert len(visible) == 1 and "错集镇人民政府" in visible[0].text_content()
