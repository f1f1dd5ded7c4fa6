"""What goes back to units: a letter for each that does not pass, with what is wrong and what to do, and the marked workbook."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

import xlreport
from tests.collection.folders import named, put
from tests.office import Office
from tests.samples import published
from xlreport.cli import main
from xlreport.collection.letters import send_back
from xlreport.collection.records import Audited, State
from xlreport.errors import InputError
from xlreport.example import faulty

pytestmark = pytest.mark.usefixtures("own")


def run(folder: Path, letters: Path, *more: object) -> int:
    arguments = [folder / "f", folder / "o.xlsx", "--letters", letters, "--jobs", "1", "--force", *more]
    try:
        return main(["audit", *map(str, arguments)])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    put(folder, "f/错.xlsx", named(faulty(), "错集镇人民政府"))
    put(folder, "f/数据.json", named(faulty(), "宋庄镇人民政府"))
    put(folder, "f/好.json", published("suqian-2024"))
    put(folder, "f/水务局2025年报.doc", b"\xd0\xcf\x11\xe0" + bytes(600))
    assert run(folder, folder / "退回") == 1
    return folder


def test_every_unit_that_does_not_pass_gets_a_letter_and_no_other(folder: Path):
    assert {path.name for path in (folder / "退回").iterdir()} == {
        "错集镇人民政府退回意见.docx",
        "错集镇人民政府（已标注）.xlsx",
        "宋庄镇人民政府退回意见.docx",
        "水务局退回意见.docx",
    }


def test_a_letter_says_every_problem_where_it_is_what_it_should_be_and_what_to_do(folder: Path):
    findings = xlreport.check(xlreport.read(folder / "f/错.xlsx"))
    said = lines(folder / "退回/错集镇人民政府退回意见.docx")
    text = "\n".join(said)
    assert said[:2] == ["2025年政府信息公开工作年度报告\n退回意见", "错集镇人民政府："]
    assert f"须改正的问题 {len(findings.errors)} 处，请核对的问题 {len(findings.warnings)} 处" in text
    for number, finding in enumerate(findings.errors, 1):
        title = next(rule.title for rule in good_rules() if rule.id == finding.rule)
        assert any(line.startswith(f"{number}.{title}（") for line in said)
    assert "三、依申请公开!D9 疑似应为 79（数字颠倒，很可能）" in text
    assert "怎样改：" in text and "附件：错集镇人民政府（已标注）.xlsx" in said
    assert "重新报送期限：　　　　年　　月　　日前。" in said


def good_rules():
    return faulty().declaration.rules


def test_the_workbook_beside_it_is_marked_and_the_unit_s_own_is_as_it_was(folder: Path):
    marked = openpyxl.load_workbook(folder / "退回/错集镇人民政府（已标注）.xlsx")
    assert marked["三、依申请公开"]["D9"].comment is not None
    before = xlreport.read(folder / "f/错.xlsx").figures()
    assert xlreport.read(folder / "退回/错集镇人民政府（已标注）.xlsx").figures() == before
    assert openpyxl.load_workbook(folder / "f/错.xlsx")["三、依申请公开"]["D9"].comment is None


def test_a_file_that_cannot_be_read_goes_back_with_the_reason(folder: Path):
    text = "\n".join(lines(folder / "退回/水务局退回意见.docx"))
    assert text.startswith("2025年") and "\n水务局：" in text
    assert "“水务局2025年报.doc”无法读取" in text and "附件" not in text


def test_neither_a_letter_nor_a_summary_is_taken_for_a_report(folder: Path):
    for path, name in (
        (folder / "退回/宋庄镇人民政府退回意见.docx", "退回意见"),
        (folder / "退回/水务局退回意见.docx", "退回意见"),
        (folder / "o.xlsx", "审核汇总"),
    ):
        with pytest.raises(InputError, match=f"这是{name}，不是年度报告"):
            xlreport.read(path)


def test_what_is_ignored_is_in_no_letter_and_on_no_mark(tmp_path: Path):
    put(tmp_path, "f/错.xlsx", named(faulty(), "甲局"))
    assert run(tmp_path, tmp_path / "1") == 1
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet = book["明细"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if "自然人" in sheet.cell(row, columns["说明"]).value:
            sheet.cell(row, columns["处理"]).value = "忽略"
            sheet.cell(row, columns["处理说明"]).value = "已核实"
    book.save(tmp_path / "o.xlsx")
    assert run(tmp_path, tmp_path / "2") == 1
    first, second = (lines(tmp_path / name / "甲局退回意见.docx") for name in "12")
    assert any("“自然人”" in line for line in first) and not any("“自然人”" in line for line in second)
    listed = [
        str(cell.value)
        for row in openpyxl.load_workbook(tmp_path / "2/甲局（已标注）.xlsx")["校验结果"].iter_rows()
        for cell in row
    ]
    assert any("“总计”" in text for text in listed) and not any("“自然人”" in text for text in listed)


def test_letters_go_into_a_new_or_empty_folder_outside_that_of_the_reports(folder: Path, capsys):
    before = sorted((folder / "退回").iterdir())
    for letters in (folder / "退回", folder / "f/退回", folder / "f", folder / "o.xlsx"):
        assert run(folder, letters) == 2
        printed = capsys.readouterr()
        assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert sorted((folder / "退回").iterdir()) == before and not (folder / "f/退回").exists()


def test_units_of_one_name_and_names_that_no_file_can_have(tmp_path: Path):
    names = ["甲局", "甲局", "甲局（2）", 'a/b\\c:*?"<>|', "长" * 200, "", "\ud800", "\u202e倒\u200b局"]
    records = [
        Audited(f"{number}.pdf", name, remark="读不出来", state=State.UNREADABLE)
        for number, name in enumerate(names)
    ]
    assert send_back(tmp_path, tmp_path, records, None).letters == len(names)
    made = {path.name.removesuffix("退回意见.docx") for path in tmp_path.iterdir()}
    assert {"甲局", "甲局（2）", "甲局（2）（2）", "a_b_c_", "5", "未填单位", "倒局"} < made and len(
        made
    ) == len(names)


def test_a_workbook_that_cannot_be_marked_is_said_and_the_letter_names_none(tmp_path: Path):
    put(tmp_path, "f/a.xlsx", b"PK gone")
    record = Audited("a.xlsx", "甲局", 2025, faulty().form, State.FAILED, errors=1, shape="标准工作簿")
    (tmp_path / "out").mkdir()
    outcome = send_back(tmp_path / "out", tmp_path / "f", [record], None)
    assert (outcome.letters, outcome.marked, len(outcome.complaints)) == (1, 0, 1)
    assert not any("附件" in line for line in lines(tmp_path / "out/甲局退回意见.docx"))


@pytest.mark.libreoffice
def test_a_letter_is_printed_whole_with_its_deadline_on_one_line(
    office: Office, folder: Path, tmp_path: Path
):
    pdf = office.to_pdf(folder / "退回/错集镇人民政府退回意见.docx", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True)
    pages = ["".join(page.split()) for page in text.stdout.split("\f")[:-1]]
    whole = "".join(re.sub(r"—\d+—$", "", page) for page in pages)
    assert 2 <= len(pages) <= 5
    assert all("".join(line.split()) in whole for line in lines(folder / "退回/错集镇人民政府退回意见.docx"))
    assert re.search(r"重新报送期限：\s+年\s+月\s+日前。$", text.stdout, re.MULTILINE)
