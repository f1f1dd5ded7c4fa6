"""The report as a web page: complete, escaped, without scripts, refused and marked like the document."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

import xlreport
from tests.samples import with_figure
from xlreport.checking import check
from xlreport.document import submission
from xlreport.document.html import page
from xlreport.errors import BlockedError
from xlreport.example import good
from xlreport.form.catalogue import MODULES, form_of
from xlreport.form.grid import grid_of
from xlreport.report import Report


def test_it_holds_every_section_and_every_label_once():
    root = lxml.html.document_fromstring(page(good()))
    form = good().declaration
    assert [heading.text for heading in root.iter("h2")] == [section.heading for section in form.sections]
    for table, declared in zip(root.iter("table"), form.tables, strict=True):
        grid = grid_of(declared)
        assert [
            cell.text_content() for cell in table.iter("td", "th") if "figure" not in cell.get("class")
        ] == [cell.text for cell in grid.cells if not cell.key]


@pytest.mark.parametrize("form_id", MODULES)
def test_the_cells_cover_the_table_without_gap_or_overlap(form_id: str):
    report = Report(form=form_id, organisation="某局", year=2020)
    root = lxml.html.document_fromstring(page(report))
    for table, declared in zip(root.iter("table"), form_of(form_id).tables, strict=True):
        area = sum(int(c.get("rowspan", 1)) * int(c.get("colspan", 1)) for c in table.iter("td", "th"))
        assert area == grid_of(declared).height * grid_of(declared).width


def test_what_was_typed_stays_text():
    report = good()
    report.organisation = '<script>alert("x")</script>&'
    report.overview = "<b>粗</b>\n<img src=x onerror=alert(1)>\x00"
    made = page(report)
    root = lxml.html.document_fromstring(made)
    assert not list(root.iter("script", "img", "b"))
    assert "\x00" not in made
    assert "<b>粗</b>" in root.text_content()


def test_it_is_one_file_without_scripts_or_links():
    root = lxml.html.document_fromstring(page(good()))
    assert not list(root.iter("script", "link", "img", "iframe"))
    assert "url(" not in page(good())


def test_errors_block_the_page_and_a_draft_is_marked(tmp_path: Path):
    faulty = with_figure(good(), "applications.new.total", 999)
    with pytest.raises(BlockedError):
        xlreport.write(faulty, tmp_path / "r.html")
    assert not list(tmp_path.iterdir())
    findings = check(faulty)
    submission.write_draft_page(faulty, findings, tmp_path / "r.html")
    text = lxml.html.document_fromstring((tmp_path / "r.html").read_text("utf-8")).find_class("draft")[0].text
    assert text == f"草稿（强制性审核类型错误 {len(findings.errors)} 处，不作上报使用）"


def test_it_reads_back_as_it_was_written(tmp_path: Path):
    xlreport.write(good(), tmp_path / "r.html")
    again = xlreport.read(tmp_path / "r.html")
    assert again.figures() == good().figures()
    assert (again.overview, again.problems, again.remarks) == (good().overview, good().problems, [])
