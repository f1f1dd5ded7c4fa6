"""The pages as LibreOffice prints them."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.office import Office
from tests.samples import complete
from xlreport.checking import check
from xlreport.document import submission
from xlreport.document.docx import write_docx
from xlreport.example import good
from xlreport.report import Report

pytestmark = pytest.mark.libreoffice

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
POINTS = 72 / 25.4


def printed(office: Office, path: Path) -> list[str]:
    """The text of every page, without blanks."""
    pdf = office.to_pdf(path, path.parent / "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def words(office: Office, path: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """The words of every page with their boxes in points: left, top, right, bottom."""
    pdf = office.to_pdf(path, path.parent / "pdf")
    page = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return [
        [(*map(float, found[:4]), found[4]) for found in WORD.findall(part)]
        for part in page.split("<page ")[1:]
    ]


@pytest.fixture(params=["xiji-2025", "suqian-2024"])
def report(request: pytest.FixtureRequest) -> Report:
    return good() if request.param == "xiji-2025" else complete(request.param)


def test_everything_is_printed_and_nothing_is_cut(office: Office, report: Report, tmp_path: Path):
    write_docx(report, tmp_path / "report.docx")
    pages = printed(office, tmp_path / "report.docx")
    whole = "".join(re.sub(r"—\d+—$", "", page) for page in pages)
    assert 4 <= len(pages) <= 8
    for section in report.declaration.sections:
        assert section.heading in whole
    for paragraph in report.paragraphs("problems"):
        assert "".join(paragraph.split())[:20] in whole


def test_the_large_table_stands_on_one_page_under_its_heading(office: Office, report: Report, tmp_path: Path):
    write_docx(report, tmp_path / "report.docx")
    form = report.declaration
    rows = [node.label for node in form.table("applications").tree]
    (page,) = [
        text
        for text in printed(office, tmp_path / "report.docx")
        if form.section("applications").heading in text
    ]
    assert rows[0] in page
    assert rows[-1] in page


def test_no_heading_is_left_alone_at_the_foot_of_a_page(office: Office, report: Report, tmp_path: Path):
    headings = {section.heading for section in report.declaration.sections}
    for filler in range(0, 22, 3):
        report.preamble = "\n".join(["依据条例编制本报告。"] * (filler + 1))
        write_docx(report, tmp_path / "report.docx")
        for page in printed(office, tmp_path / "report.docx"):
            assert not any(re.sub(r"—\d+—$", "", page).endswith(heading) for heading in headings), filler


def test_page_numbers_are_outside_one_character_from_the_edge(office: Office, report: Report, tmp_path: Path):
    write_docx(report, tmp_path / "report.docx")
    for number, page in enumerate(words(office, tmp_path / "report.docx"), start=1):
        foot = [word for word in page if word[1] > (297 - 35) * POINTS]
        assert "".join(word[4] for word in foot) == f"—{number}—"
        if number % 2:
            assert max(word[2] for word in foot) == pytest.approx((210 - 26) * POINTS - 14, abs=3)
        else:
            assert min(word[0] for word in foot) == pytest.approx(28 * POINTS + 14, abs=3)


def test_a_full_page_has_22_lines_of_28_characters(office: Office, tmp_path: Path):
    write_docx(Report(preamble="国" * 28 * 60), tmp_path / "report.docx")
    second = words(office, tmp_path / "report.docx")[1]
    lines = [word[4] for word in second if word[3] < (297 - 35) * POINTS]
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_every_page_of_a_draft_says_so(office: Office, report: Report, tmp_path: Path):
    submission.write_draft(report, check(report), tmp_path / "report.docx")
    pages = printed(office, tmp_path / "report.docx")
    assert all("草稿" in page for page in pages)
    write_docx(report, tmp_path / "report.docx")
    assert len(printed(office, tmp_path / "report.docx")) == len(pages)


def test_the_watermark_is_drawn_on_every_page(office: Office, report: Report, tmp_path: Path):
    submission.write_draft(report, check(report), tmp_path / "report.docx")
    with office.opened(tmp_path / "report.docx") as opened:
        shapes = opened.model.DrawPage
        names = [shapes.getByIndex(number).Name for number in range(shapes.Count)]
        pages = opened.model.CurrentController.PageCount
    assert sum("WaterMark" in name for name in names) == pages
