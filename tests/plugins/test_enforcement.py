"""The form of examples/enforcement, installed beside the package: everything works for it as for the package's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.plugins.fresh import ROOT, Environment, Outcome

#: 庆元县 2024, tables one and two as published (see the plug-in's declaration); the others are made up.
PENALTIES = (12175, 94929, 235, 189, 101, 0, 11, 504, 12, 108156, "1753.79")
LICENSING = (26569, 26569, 26462, 102, 5)
KINDS = [
    "warning",
    "fine",
    "confiscation",
    "suspension",
    "revocation",
    "restriction",
    "closure",
    "detention",
    "other",
    "total",
    "amount",
]
STEPS = ["applied", "accepted", "granted", "refused", "withdrawn"]
COERCION = (
    *(
        "sealed",
        "seized",
        "frozen",
        "other_measure",
        "surcharge",
        "transferred",
        "sold",
        "restored",
        "performed",
    ),
    *("other_execution", "by_court", "total"),
)
ACTS = [
    "collections",
    "collected",
    "inspections",
    "rulings",
    "confirmations",
    "awards",
    "awarded",
    "payments",
    "paid",
    "other",
]
TEXT = "2024年，庆元县推进严格规范公正文明执法。\n全县执法人员持证上岗。"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Both packages, installed as a user would install them."""
    made = Environment(tmp_path_factory.mktemp("fresh"))
    made.install(ROOT, ROOT / "examples" / "enforcement")
    return made


class Desk:
    """A folder, and the command run in it."""

    def __init__(self, environment: Environment, folder: Path) -> None:
        self._environment, self.folder = environment, folder

    def __call__(self, *arguments: object, status: int = 0) -> Outcome:
        found = self._environment.run(*arguments, home=self.folder)
        assert found.status == status, found
        assert "Traceback" not in found.complained
        return found

    def put(self, name: str, data: Any) -> Path:
        path = self.folder / name
        path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
        return path

    def found(self, *arguments: object, status: int = 0) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self("check", *arguments, "--format", "json", status=status).said)
        return said


@pytest.fixture
def desk(environment: Environment, tmp_path: Path) -> Desk:
    return Desk(environment, tmp_path)


def report(organisation: str = "庆元县", **changes: Any) -> dict[str, Any]:
    """A report that passes, but for ``changes``: a figure by its cell key with “__” for “.”."""
    data: dict[str, Any] = {
        "form": "enforcement-2024",
        "organisation": organisation,
        "year": 2024,
        "penalties": {"decided": dict(zip(KINDS, PENALTIES, strict=True))},
        "licensing": {"done": dict(zip(STEPS, LICENSING, strict=True))},
        "coercion": {"done": dict.fromkeys(COERCION, 0) | {"seized": 16, "by_court": 4, "total": 20}},
        "other_acts": {"done": dict.fromkeys(ACTS, 0) | {"inspections": 3456}},
        "situation": TEXT,
    }
    for key, value in changes.items():
        table, row, name = key.split("__")
        data[table][row][name] = value
    return data


def disclosure(**decisions: int) -> dict[str, Any]:
    """The same office's disclosure report, as far as table two."""
    table = {name: {"decisions": count} for name, count in decisions.items()}
    return {"form": "disclosure-2021", "organisation": "庆元县", "year": 2024, "disclosure": table}


def test_the_form_and_its_rules_are_listed_with_where_they_come_from(desk: Desk):
    lines = desk("forms").said.splitlines()
    assert [line.split("　")[0] for line in lines] == [
        "disclosure-2021",
        "disclosure-2019",
        "enforcement-2024",
    ]
    assert lines[-1].endswith("插件 xlreport-enforcement 0.1.0") and lines[0].endswith("内置")
    rules = json.loads(desk("rules", "--format", "json").said)
    assert {"penalty-sum", "tied-to-disclosure"} <= {
        r["id"] for r in rules if r["forms"] == ["enforcement-2024"]
    }
    assert [r["forms"] for r in rules if r["id"] == "tied-to-enforcement"] == [
        ["disclosure-2021", "disclosure-2019"]
    ]


def test_a_fresh_workbook_is_the_forms_and_passes_once_it_is_filled_in(desk: Desk):
    desk("new", "e.xlsx", "--form", "enforcement-2024", "--organisation", "庆元县", "--year", 2024)
    book = openpyxl.load_workbook(desk.folder / "e.xlsx")
    assert {"表一、行政处罚", "表三、行政强制", "第二部分、总体情况", "上年数"} <= set(book.sheetnames)
    empty = desk.found("e.xlsx", status=1)
    assert {f["rule"] for f in empty["findings"]} == {"sections"}
    desk.put("e.json", report())
    desk("convert", "e.json", "filled.xlsx")
    found = desk.found("filled.xlsx")
    assert found["passed"] and found["findings"] == [] and found["report"]["form"] == "enforcement-2024"
    # The check cells beside the tables are drawn from the same balances.
    sheet = openpyxl.load_workbook(desk.folder / "filled.xlsx")["表一、行政处罚"]
    shown = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert "行政处罚合计" in shown and any(text.startswith("=IF(") and "≠" in text for text in shown)


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html", "json"])
def test_every_shape_comes_back_as_it_was(desk: Desk, ending: str):
    desk.put("e.json", report())
    desk("convert", "e.json", f"out.{ending}")
    desk("convert", f"out.{ending}", "back.json")
    back = json.loads((desk.folder / "back.json").read_text("utf-8"))
    for name, value in report().items():
        assert back[name] == value, name


def test_a_page_as_it_is_published_is_read_whatever_it_says_around_the_tables(desk: Desk):
    heads = (
        "警告、通报批评 罚款 没收违法<br>所得、没收<br>非法财物 暂扣许可证、执照,降低资质等级 吊销许可证、执照 限制开展生产经营活动 "
        "责令停产停业、责令关闭、限制从业 行政<br>拘留 其他行政处罚 合计(宗) 罚没金额(万元)"
    )
    page = (
        "<html><body><p>庆元县2024年度行政执法数据</p>"
        "<p>第一部分 庆元县2024年度行政执法数据表</p><p>表一</p><p>庆元县2024年度行政处罚实施情况统计表</p>"
        + table("行政处罚实施数量(宗)", heads.split(" "), PENALTIES)
        + "<p>说明：</p><p>1.行政处罚实施数量的统计范围为统计年度1月1日至12月31日期间作出行政处罚决定的数量。</p>"
        "<p>表二</p><p>庆元县2024年度行政许可实施情况统计表</p>"
        + table(
            "行政许可实施数量(宗)",
            ["申请数量", "受理数量", "许可数量", "不予许可数量", "撤销许可数量"],
            LICENSING,
        )
        + f"<p>第二部分 庆元县2024年度行政执法总体情况</p><p>{TEXT.splitlines()[0]}</p></body></html>"
    )
    desk.put("page.html", page)
    desk("convert", "page.html", "page.json")
    read = json.loads((desk.folder / "page.json").read_text("utf-8"))
    assert (read["form"], read["organisation"], read["year"]) == ("enforcement-2024", "庆元县", 2024)
    assert tuple(read["penalties"]["decided"].values()) == PENALTIES
    assert tuple(read["licensing"]["done"].values()) == LICENSING
    assert read["situation"] == TEXT.splitlines()[0]


def table(over: str, heads: list[str], figures: tuple[Any, ...]) -> str:
    rows = (heads, figures)
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f'<table><tr><td colspan="{len(heads)}">{over}</td></tr><tr>{"</tr><tr>".join(cells)}</tr></table>'


def test_a_workbook_of_any_layout_is_read(desk: Desk):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["庆元县2024年度行政执法统计年报"])
    sheet.append(["表二"])
    sheet.append(["行政许可实施数量（宗）"])
    sheet.append(["申请数量", "受理数量", "许可数量", "不予许可数量", "撤销许可数量"])
    sheet.append(list(LICENSING))
    sheet.append([])
    sheet.append(["表一"])
    sheet.append(
        [
            "警告、通报批评",
            "罚款",
            "没收违法所得、没收非法财物",
            "暂扣许可证、执照，降低资质等级",
            "吊销许可证、执照",
            "限制开展生产经营活动",
            "责令停产停业、责令关闭、限制从业",
            "行政拘留",
            "其他行政处罚",
            "合计（宗）",
            "罚没金额（万元）",
        ]
    )
    sheet.append([*PENALTIES[:-1], 1753.79])
    book.save(desk.folder / "own.xlsx")
    desk("convert", "own.xlsx", "own.json")
    read = json.loads((desk.folder / "own.json").read_text("utf-8"))
    assert read["form"] == "enforcement-2024" and read["organisation"] == "庆元县"
    assert tuple(read["licensing"]["done"].values()) == LICENSING
    assert tuple(read["penalties"]["decided"].values()) == PENALTIES


def test_a_figure_of_last_year_is_weighed_where_it_is_given(desk: Desk):
    desk.put("last.json", report() | {"year": 2023})
    desk.put("e.json", report(penalties__decided__fine=194929, penalties__decided__total=208156))
    desk(
        "new",
        "next.xlsx",
        "--form",
        "enforcement-2024",
        "--organisation",
        "庆元县",
        "--year",
        2024,
        "--previous",
        "last.json",
    )
    desk("convert", "next.xlsx", "next.json")
    next_year = json.loads((desk.folder / "next.json").read_text("utf-8"))
    assert next_year["previous"]["penalties"]["decided"]["total"] == 108156
    found = desk.found("e.json", "--previous", "last.json")["findings"]
    assert [(f["rule"], f["cells"][0]) for f in found] == [("swing", "penalties.decided.total")]


def test_an_older_pattern_of_seven_kinds_is_read_and_what_it_lacks_is_said(desk: Desk):
    """郑州市城市管理局 2020."""
    heads = [
        "警告",
        "罚款",
        "没收违法所得、没收非法财物",
        "暂扣许可证、执照",
        "责令停产停业",
        "吊销许可证、执照",
        "其他行政处罚",
        "合计(宗)",
        "罚没金额(万元)",
    ]
    page = (
        "<html><body><p>郑州市城市管理局2020年度行政执法统计年报</p>"
        + table("行政处罚实施数量(宗)", heads, (0, 293, 0, 0, 0, 0, 0, 293, "11817.5"))
        + table(
            "行政许可实施数量(宗)",
            ["申请数量", "受理数量", "许可数量", "不予许可数量", "撤销许可数量"],
            (2207, 2207, 2207, 0, 0),
        )
        + "</body></html>"
    )
    desk.put("old.html", page)
    said = desk("check", "old.html", status=1)
    assert "没有找到表一的" in said.complained and "限制开展生产经营活动" in said.complained
    desk("convert", "old.html", "old.json")
    kinds = json.loads((desk.folder / "old.json").read_text("utf-8"))["penalties"]["decided"]
    assert (kinds["fine"], kinds["total"], kinds["amount"], kinds["detention"]) == (293, 293, "11817.5", None)
    assert not [f for f in desk.found("old.json", status=1)["findings"] if f["rule"] == "penalty-sum"]


def test_a_wrong_figure_is_found_with_what_it_should_be(desk: Desk):
    desk.put("e.json", report(penalties__decided__detention=405))
    desk("convert", "e.json", "e.xlsx")
    said = desk("check", "e.xlsx", "--mark", "marked.xlsx", "--format", "json", status=1)
    (finding,) = json.loads(said.said)["findings"]
    assert (finding["rule"], finding["level"], finding["difference"]) == ("penalty-sum", "error", 99)
    assert finding["where"][0].startswith("表一、行政处罚!")
    assert {"cell": "penalties.decided.detention", "to": 504} in [
        {name: s[name] for name in ("cell", "to")} for s in finding["suggestions"]
    ]
    notes = [
        cell.comment.text
        for row in openpyxl.load_workbook(desk.folder / "marked.xlsx")["表一、行政处罚"].iter_rows()
        for cell in row
        if cell.comment
    ]
    assert any("疑似应为 504" in note and "行政处罚合计不符" in note for note in notes)
    assert desk("convert", "e.xlsx", "e.docx", status=1).complained


def test_what_need_not_hold_within_a_year_is_a_hint(desk: Desk):
    desk.put("e.json", report(licensing__done__accepted=26570, licensing__done__refused=109))
    found = desk.found("e.json")
    assert found["passed"]
    assert [(f["rule"], f["level"], f["difference"]) for f in found["findings"]] == [
        ("accepted", "warning", 1),
        ("decided", "warning", 1),
    ]


def test_the_totals_are_held_against_the_disclosure_report_from_both_sides(desk: Desk):
    desk.put("e.json", report())
    desk("convert", "e.json", "e.xlsx")
    desk.put("same.json", disclosure(penalties=108156, licensing=26564, coercion=20))
    assert desk.found("e.xlsx", "--with", "same.json")["findings"] == []
    desk.put("other.json", disclosure(penalties=108156, licensing=26462, coercion=21))
    found = desk.found("e.xlsx", "--with", "other.json")
    assert found["passed"]
    assert [(f["rule"], f["level"], f["cells"][-1]) for f in found["findings"]] == [
        ("tied-to-disclosure", "warning", "beside.disclosure.licensing.decisions"),
        ("tied-to-disclosure", "warning", "beside.disclosure.coercion.decisions"),
    ]
    assert found["findings"][0]["where"][0].startswith("表二、行政许可!")
    others = desk.found("other.json", "--with", "e.xlsx", status=1)["findings"]
    assert [f["cells"][0] for f in others if f["rule"] == "tied-to-enforcement"] == [
        "disclosure.licensing.decisions",
        "disclosure.coercion.decisions",
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (report(), "同一种报表"),
        (disclosure(penalties=1) | {"organisation": "龙泉市"}, "机关名称是“龙泉市”"),
        (disclosure(penalties=1) | {"year": 2023}, "年度是 2023"),
    ],
)
def test_a_report_that_cannot_be_held_against_it_is_one_line(desk: Desk, data: dict[str, Any], problem: str):
    desk.put("e.json", report())
    desk.put("other.json", data)
    said = desk("check", "e.json", "--with", "other.json", status=2)
    assert problem in said.complained and said.complained.count("\n") == 1 and not said.said


def test_a_folder_of_them_is_audited_and_added_up(desk: Desk):
    folder = desk.folder / "units"
    folder.mkdir()
    names = ("甲局", "乙局", "丙局")
    for more, name in enumerate(names):
        figures = {"penalties__decided__fine": 94929 + more, "penalties__decided__total": 108156 + more}
        desk.put(f"units/{name}.json", report(name, **figures))
    desk.put("units/丁局.json", report("丁局", penalties__decided__total=1))
    desk.put("units/0.json", "{")
    desk("audit", folder, "audit.xlsx", "--jobs", 2, status=1)
    book = openpyxl.load_workbook(desk.folder / "audit.xlsx")
    rows = list(book["总表"].iter_rows(values_only=True))
    assert "行政处罚实施数量·合计" in rows[0]
    column = rows[0].index("行政处罚实施数量·合计")
    # What cannot be read stands first, although nobody could tell its form.
    assert [row[column] for row in rows[1:6]] == [None, 1, 108158, 108157, 108156]
    assert rows[1][3] == "无法读取" and book["概况"]["A1"].value == "行政执法统计年报审核汇总"
    assert "行政处罚合计不符" in {row[0] for row in book["按规则"].iter_rows(values_only=True)}
    desk("rollup", folder, "sum.xlsx", status=1)
    desk("convert", "sum.xlsx", "sum.json")
    total = json.loads((desk.folder / "sum.json").read_text("utf-8"))
    assert total["penalties"]["decided"]["total"] == 3 * 108156 + 3


def test_a_plug_in_that_is_broken_is_one_line_and_the_others_go_on(environment: Environment, tmp_path: Path):
    made = Environment(tmp_path / "broken")
    made.install(
        ROOT,
        plug_in(tmp_path / "a", "raises", "raise OSError('坏了')"),
        plug_in(tmp_path / "b", "nothing", "FORM = 5"),
    )
    desk = Desk(made, tmp_path)
    said = desk("forms")
    assert len(said.said.splitlines()) == 2
    complaints = said.complained.splitlines()
    assert len(complaints) == 2 and all(
        "不能用" in line and "请更新或卸载这个插件" in line for line in complaints
    )
    assert "OSError: 坏了" in said.complained and "xlreport-raises 1.0" in said.complained
    wanted = desk("new", "x.xlsx", "--form", "raises", "--organisation", "某局", "--year", 2024, status=2)
    assert "没有“raises”这种报表格式" in wanted.complained and "坏了" in wanted.complained
    desk.put("d.json", disclosure(penalties=1))
    assert desk("check", "d.json", status=1).said


def plug_in(folder: Path, name: str, code: str) -> Path:
    """The sources of a plug-in that brings one form of that name."""
    (folder / f"xlreport_{name}").mkdir(parents=True)
    (folder / f"xlreport_{name}" / "__init__.py").write_text(code + "\n", "utf-8")
    (folder / "pyproject.toml").write_text(
        f'[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "xlreport-{name}"\nversion = "1.0"\n'
        f'[project.entry-points."xlreport.forms"]\n{name} = "xlreport_{name}"\n',
        "utf-8",
    )
    return folder
