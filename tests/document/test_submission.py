"""The gate: no submission document while an error stands, a draft always and marked as one."""

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.samples import with_figure
from xlreport.checking import check
from xlreport.document import submission
from xlreport.document.base import emptied
from xlreport.errors import BlockedError, OutputError
from xlreport.example import good
from xlreport.report import Report


@pytest.fixture
def faulty() -> Report:
    return with_figure(good(), "applications.new.total", 999)


def marks(path: Path) -> list[tuple[str, list[str]]]:
    """The text and the watermark of each header."""
    section = docx.Document(str(path)).sections[0]
    headers = [section.header, section.even_page_header]
    return [
        (
            " ".join(part.text for part in header.paragraphs),
            [
                shape.get("string")
                for shape in header._element.iter("{urn:schemas-microsoft-com:vml}textpath")
            ][1:],
        )
        for header in headers
    ]


def test_a_report_without_errors_is_written_without_a_mark(tmp_path: Path):
    submission.write(good(), check(good()), tmp_path / "报告.docx")
    made = docx.Document(str(tmp_path / "报告.docx"))
    assert made.sections[0].header.is_linked_to_previous
    assert "草稿" not in "".join(part.text for part in made.paragraphs)


def test_errors_block_the_document_and_nothing_is_written(tmp_path: Path, faulty: Report):
    findings = check(faulty)
    with pytest.raises(BlockedError) as blocked:
        submission.write(faulty, findings, tmp_path / "报告.docx")
    message = str(blocked.value)
    assert message.startswith("审核结果中存在强制性审核类型错误，不生成上报文档")
    assert f"{len(findings.errors)} 处" in message
    assert "\n" not in message
    assert not list(tmp_path.iterdir())


def test_a_draft_is_marked_on_odd_and_even_pages(tmp_path: Path, faulty: Report):
    findings = check(faulty)
    submission.write_draft(faulty, findings, tmp_path / "草稿.docx")
    for text, watermark in marks(tmp_path / "草稿.docx"):
        assert text == f"草稿（强制性审核类型错误 {len(findings.errors)} 处，不作上报使用）"
        assert watermark == ["草稿"]


def test_a_draft_without_errors_is_marked_too(tmp_path: Path):
    submission.write_draft(good(), check(good()), tmp_path / "草稿.docx")
    assert [text for text, _ in marks(tmp_path / "草稿.docx")] == ["草稿（不作上报使用）"] * 2


def test_the_mark_stands_beside_a_header_of_the_base(tmp_path: Path):
    base = docx.Document()
    base.sections[0].header.paragraphs[0].text = "某某市"
    base.sections[0].different_first_page_header_footer = True
    base.save(str(tmp_path / "base.docx"))
    submission.write_draft(good(), check(good()), tmp_path / "草稿.docx", emptied(tmp_path / "base.docx"))
    section = docx.Document(str(tmp_path / "草稿.docx")).sections[0]
    assert [part.text for part in section.header.paragraphs] == ["某某市", "草稿（不作上报使用）"]
    assert [part.text for part in section.first_page_header.paragraphs] == ["草稿（不作上报使用）"]


def test_a_draft_differs_from_the_document_in_its_headers_only(tmp_path: Path):
    findings = check(good())
    submission.write(good(), findings, tmp_path / "a.docx")
    submission.write_draft(good(), findings, tmp_path / "b.docx")
    first, second = (docx.Document(str(tmp_path / name)).element.body for name in ("a.docx", "b.docx"))
    texts = [[text.text for text in body.iter(qn("w:t"))] for body in (first, second)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("write", [submission.write, submission.write_draft])
def test_the_base_is_never_overwritten(tmp_path: Path, write):
    base = tmp_path / "base.docx"
    docx.Document().save(str(base))
    before = base.read_bytes()
    with pytest.raises(OutputError):
        write(good(), check(good()), base, emptied(base))
    assert base.read_bytes() == before
