"""A roll-up counts every report once: reports under two names, an area's own total among its units, leftovers in the folder."""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from tests.strangers.attempts import Attempt, Command, Ran
from tests.strangers.bases import EXAMPLE, converted, data

Report = dict[str, Any]
Files = Mapping[str, Report | bytes | Callable[[Path], object]]


def unit(name: str, penalties: int = 437, *, factor: int = 1, year: int = 2025, **cells: int) -> Report:
    """A balanced report of a unit: the example's figures times ``factor``, and its own number of penalties."""

    def times(tree: Any) -> Any:
        if isinstance(tree, dict):
            return {key: times(value) for key, value in tree.items()}
        return tree * factor if isinstance(tree, int) else tree

    held = data()
    for table in ("disclosure", "applications", "cases"):
        held[table] = times(held[table])
    held["organisation"], held["year"] = name, year
    held["title"] = f"{name}{year}年政府信息公开工作年度报告"
    held["disclosure"]["penalties"]["decisions"] = penalties
    held["disclosure"]["licensing"]["decisions"] = cells.get("licensing", 0)
    held["overview"] = (
        f"{year}年，{name}稳步推进主动公开、依申请公开、政府信息管理、平台建设、监督保障工作，考核评议责任追究均已落实。"
    )
    held["level"] = "县级部门"
    return held


def total(name: str, *reports: Report) -> Report:
    """A report of the sums."""

    def added(trees: list[Any]) -> Any:
        if isinstance(trees[0], dict):
            return {key: added([tree[key] for tree in trees]) for key in trees[0]}
        return sum(trees) if isinstance(trees[0], int) else trees[0]

    held = unit(name)
    for table in ("disclosure", "applications", "cases"):
        held[table] = added([report[table] for report in reports])
    held["overview"] = (
        f"2025年，{name}稳步推进主动公开、依申请公开、政府信息管理、平台建设、监督保障工作，考核评议责任追究均已落实。"
    )
    return held


def folder(files: Files) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        path.mkdir()
        for name, content in files.items():
            place = path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(place)
            elif isinstance(content, bytes):
                place.write_bytes(content)
            else:
                place.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    return make


def summed(book: Path) -> list[float]:
    """The figures that stand in the row of 行政处罚 of the sheets of a roll-up, the sum first."""
    found = []
    for sheet in openpyxl.load_workbook(book, data_only=True).worksheets:
        if "上年" in sheet.title:
            continue
        for row in sheet.iter_rows(values_only=True):
            if row and any(isinstance(value, str) and value.strip() == "行政处罚" for value in row):
                found += [
                    value for value in row if isinstance(value, int | float) and not isinstance(value, bool)
                ]
    return found


def counting(
    penalties: float | None, *, status: int | None = None, named: str = "", arguments: tuple[str, ...] = ()
) -> Callable[[Command, Path], str]:
    """The roll-up has this sum, this status, and names what it left out."""

    def judge(program: Command, path: Path) -> str:
        from tests.strangers.judging import crashed

        out = path.with_name("rollup.xlsx")
        ran: Ran = program("rollup", path, out, *(a.replace("FOLDER", str(path)) for a in arguments))
        if trouble := crashed(ran):
            return f"crash: {trouble}"
        told = ran.output + ran.errors
        if ran.status == 2:
            return (
                f"said: {told.strip()[:150]}"
                if penalties is None or told.strip()
                else "status 2 without a word"
            )
        if penalties is not None:
            sums = summed(out)
            if penalties not in sums[:1]:
                return (
                    f"行政处罚 {sums[:6]}, should be {penalties}; status {ran.status}; {told.strip()[:160]!r}"
                )
        if status is not None and ran.status != status:
            return f"status {ran.status}, should be {status}; {told.strip()[:160]!r}"
        if named and named not in told:
            return f"{named!r} is not named; {told.strip()[:160]!r}"
        return ""

    return judge


def kinds() -> Iterator[tuple[str, str, Files, Callable[[Command, Path], str]]]:
    a, b, c = unit("甲局", 400), unit("乙局", 30, factor=2), unit("丙局", 7, factor=5)
    three: Files = {"a.json": a, "b.json": b, "c.json": c}
    yield "plain", "three", three, counting(437, status=0)
    renamed = copy.deepcopy(a)
    renamed["organisation"], renamed["title"] = "甲局（本级）", "甲局（本级）2025年政府信息公开工作年度报告"
    yield "once", "two-names", {**three, "d.json": renamed}, counting(437, status=1, named="d.json")
    yield "once", "same-file-twice", {**three, "d.json": a}, counting(437, named="d.json")
    yield "once", "same-in-a-folder", {**three, "旧/d.json": a}, counting(437, named="d.json")
    for name in ("", " ", "　", "无", "某单位", "​"):
        nameless = copy.deepcopy(a)
        nameless["organisation"], nameless["title"] = name, f"{name}2025年政府信息公开工作年度报告"
        yield (
            "once",
            f"second-named-{name.encode('unicode_escape').decode() or 'nothing'}",
            {**three, "d.json": nameless},
            counting(437, status=1, named="d.json"),
        )
    for number, name in enumerate(("甲 局", "甲局 ", "甲　局", "某县甲局", "甲局办公室", "甲局(本级)")):
        again = copy.deepcopy(a)
        again["organisation"], again["title"] = name, f"{name}2025年政府信息公开工作年度报告"
        yield "once", f"same-figures-{number}", {**three, "d.json": again}, counting(437, named="d.json")
    newer = copy.deepcopy(a)
    newer["disclosure"]["penalties"]["decisions"] = 401
    yield "once", "two-versions", {**three, "a2.json": newer}, counting(None, status=1, named="a")
    yield (
        "once",
        "example-in-four-shapes",
        {
            "a.html": converted("html"),
            "b.docx": converted("docx"),
            "c.json": converted("json"),
            "d.xlsx": EXAMPLE.read_bytes(),
        },
        counting(437),
    )
    sum_of_all = total("某县人民政府", a, b, c)
    for where in ("0.json", "z.json", "汇总/a.json", "某县.json"):
        yield (
            "own-total",
            f"sum-in-{where.replace('/', '-')}",
            {**three, where: sum_of_all},
            counting(437, status=1, named=Path(where).name),
        )
    for name in ("某县", "某县人民政府", "全县汇总", "合计", "某县政务公开办公室", "甲乙丙"):
        yield (
            "own-total",
            f"named-{name}",
            {**three, "t.json": total(name, a, b, c)},
            counting(437, status=1, named="t.json"),
        )
    two = {"a.json": a, "b.json": b}
    yield (
        "own-total",
        "sum-of-two",
        {**two, "t.json": total("某县人民政府", a, b)},
        counting(430, status=1, named="t.json"),
    )
    district_a, district_b = unit("东区丁局", 100, factor=7), unit("东区戊局", 50, factor=11)
    yield (
        "own-total",
        "of-a-part",
        {
            **three,
            "d.json": district_a,
            "e.json": district_b,
            "t.json": total("东区人民政府", district_a, district_b),
        },
        counting(587, status=1, named="t.json"),
    )
    yield (
        "own-total",
        "of-a-part-with-names-alike",
        {**three, "d.json": unit("东区甲局", 100, factor=7)},
        counting(None, status=1, named="a.json"),
    )
    of_area = unit("某县人民政府", 9_000, factor=40)
    towns = {
        f"{i}.json": unit(f"某县{n}人民政府", i + 1, factor=i + 1)
        for i, n in enumerate(("东镇", "西镇", "南镇", "北镇"))
    }
    yield (
        "own-total",
        "area-of-the-names",
        {**towns, "t.json": of_area},
        counting(10, status=1, named="t.json"),
    )
    totals = total("某县人民政府", a, b, c)
    totals["disclosure"]["penalties"]["decisions"] += 1
    yield (
        "own-total",
        "sum-but-for-one",
        {**three, "t.json": totals},
        counting(None, status=1, named="t.json"),
    )
    yield (
        "own-total",
        "given-as-own",
        {**three, "t.json": sum_of_all},
        counting(437, named="", arguments=("--own", "FOLDER/t.json")),
    )
    zero = unit("零局", 0, factor=0)
    other = unit("空局", 0, factor=0)
    yield "zeros", "two-units-of-nothing", {**three, "y.json": zero, "z.json": other}, counting(437)
    yield "zeros", "one-unit-and-zeros", {"a.json": a, "z.json": zero}, counting(400)
    yield "zeros", "only-zeros", {"y.json": zero, "z.json": other}, counting(0)
    yield (
        "years",
        "another-year",
        {**three, "d.json": unit("丁局", 50, factor=4, year=2024)},
        counting(437, status=1, named="d.json"),
    )
    yield (
        "years",
        "same-unit-two-years",
        {**three, "d.json": unit("甲局", 50, factor=4, year=2024)},
        counting(437, status=1, named="d.json"),
    )
    failing = unit("丁局", 50, factor=4)
    failing["applications"]["new"]["total"] += 1
    yield "failing", "left-out", {**three, "d.json": failing}, counting(437, status=1, named="d.json")
    yield (
        "leftovers",
        "lock-file",
        {
            **three,
            "~$a.xlsx": b"\x05abc",
            ".~lock.a.json#": b"x",
            ".DS_Store": b"\x00",
            "Thumbs.db": b"\xd0\xcf",
            "desktop.ini": b"[x]",
        },
        counting(437),
    )
    yield (
        "leftovers",
        "rubbish",
        {**three, "d.json": b"{", "e.xlsx": b"PK\x03\x04", "f.docx": b""},
        counting(437, status=1, named="d.json"),
    )
    yield (
        "leftovers",
        "link-to-a-report",
        {**three, "l.json": lambda place: place.symlink_to(place.with_name("a.json"))},
        counting(437),
    )
    yield (
        "leftovers",
        "hard-link",
        {**three, "l.json": lambda place: place.hardlink_to(place.with_name("a.json"))},
        counting(437),
    )
    yield (
        "leftovers",
        "link-to-the-folder",
        {**three, "l": lambda place: place.symlink_to(place.parent)},
        counting(437),
    )
    yield "leftovers", "pipe", {**three, "l.json": lambda place: os.mkfifo(place)}, counting(437)
    yield (
        "leftovers",
        "link-to-a-device",
        {**three, "l.json": lambda place: place.symlink_to("/dev/zero")},
        counting(437),
    )
    yield (
        "leftovers",
        "dangling",
        {**three, "l.json": lambda place: place.symlink_to("/nowhere/at/all")},
        counting(437),
    )
    yield "leftovers", "folder-like-a-file", {**three, "l.json": lambda place: place.mkdir()}, counting(437)
    yield "empty", "no-file", {}, counting(None)
    yield "empty", "only-rubbish", {"x.json": b"{"}, counting(None)


def listed(
    text: str | bytes, ending: str, wanted: float | None, status: int, named: str = ""
) -> Callable[[Command, Path], str]:
    """The roll-up by a list of units that lies beside the folder."""

    def judge(program: Command, path: Path) -> str:
        place = path.with_name(f"units.{ending}")
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return counting(wanted, status=status, named=named, arguments=("--units", str(place)))(program, path)

    return judge


def trees() -> Iterator[tuple[str, str, Files, Callable[[Command, Path], str]]]:
    """Who is above whom is in a list: of every branch the lowest are added, and the superiors held against them."""
    a, b, c = unit("甲局", 400), unit("乙局", 30, factor=2), unit("丙镇", 7, factor=5)
    county = total("某县", a, b)
    city = total("某市", county, c)
    whole: Files = {"a.json": a, "b.json": b, "c.json": c, "county.json": county, "city.json": city}
    wrong = copy.deepcopy(county)
    wrong["disclosure"]["penalties"]["decisions"] += 1
    failing = copy.deepcopy(b)
    failing["applications"]["new"]["total"] += 1
    head, rows = (
        "单位,上级\n",
        (("某市", ""), ("某县", "某市"), ("甲局", "某县"), ("乙局", "某县"), ("丙镇", "某市")),
    )
    for name, step in {
        "blanks": "  ",
        "tabs": "\t",
        "wide": "　",
        "single": " ",
        "no-break": "\u00a0",
    }.items():
        shown = f"某市\n{step}某县\n{step * 2}甲局\n{step * 2}乙局\n{step}丙镇\n"
        yield "tree", f"indented-{name}", whole, listed(shown, "txt", 437, 0, "相符")
        yield (
            "tree",
            f"superior-differs-{name}",
            {**whole, "county.json": wrong},
            listed(shown, "txt", 437, 1, "某县"),
        )
    indented = "某市\n  某县\n    甲局\n    乙局\n  丙镇\n"
    for order in ("forwards", "backwards"):
        lines = rows if order == "forwards" else rows[::-1]
        table = head + "".join(f"{one},{above}\n" for one, above in lines)
        yield "tree", f"table-{order}", whole, listed(table, "csv", 437, 0, "相符")
        yield (
            "tree",
            f"table-differs-{order}",
            {**whole, "county.json": wrong},
            listed(table, "csv", 437, 1, "某县"),
        )
    yield "tree", "gb18030", whole, listed(indented.encode("gb18030"), "txt", 437, 0)
    yield "tree", "utf-16", whole, listed(indented.encode("utf-16"), "txt", 437, 0)
    yield (
        "tree",
        "no-superior-report",
        {k: v for k, v in whole.items() if k != "county.json"},
        listed(indented, "txt", 437, 1, "某县"),
    )
    yield (
        "tree",
        "no-root-report",
        {k: v for k, v in whole.items() if k != "city.json"},
        listed(indented, "txt", 437, 0),
    )
    yield (
        "tree",
        "no-subordinates",
        {k: v for k, v in whole.items() if k not in ("a.json", "b.json")},
        listed(indented, "txt", 437, 1, "甲局"),
    )
    yield (
        "tree",
        "one-missing",
        {k: v for k, v in whole.items() if k != "b.json"},
        listed(indented, "txt", 407, 1, "乙局"),
    )
    yield "tree", "one-fails", {**whole, "b.json": failing}, listed(indented, "txt", 407, 1, "b.json")
    yield (
        "tree",
        "stranger",
        {**whole, "x.json": unit("别局", 50, factor=9)},
        listed(indented, "txt", 437, 1, "x.json"),
    )
    yield "tree", "listed-twice", whole, listed(indented + "  丙镇\n", "txt", 437, 1, "丙镇")
    yield (
        "tree",
        "two-reports-of-one",
        {**whole, "a2.json": {**a, "disclosure": b["disclosure"]}},
        listed(indented, "txt", None, 1, "a2.json"),
    )
    alike = copy.deepcopy(a)
    alike["organisation"], alike["title"] = "丁局", "丁局2025年政府信息公开工作年度报告"
    yield (
        "tree",
        "same-figures-of-two-listed",
        {"a.json": a, "d.json": alike},
        listed("甲局\n丁局\n", "txt", 800, 0),
    )
    yield "tree", "circle", whole, listed(head + "某县,某市\n某市,某县\n", "csv", None, 2, "圈")
    yield "tree", "own-superior", whole, listed(head + "某县,某县\n", "csv", None, 2)
    yield "tree", "mixed-indentation", whole, listed("某市\n  某县\n\t甲局\n", "txt", None, 2, "缩进")
    for name, text in {
        "empty": "",
        "headings-only": head,
        "blank-lines": "\n" * 10_000,
        "nul": "\x00" * 100,
    }.items():
        yield "tree", f"no-list-{name}", whole, listed(text, "csv", None, 2)
    for name, text in {
        "deep": "".join(f"{' ' * i}第{i}级\n" for i in range(3_000)),
        "long": "甲局\n" + "".join(f"第{i}局\n" for i in range(20_000)),
        "chain": head + "".join(f"第{i}级,第{i + 1}级\n" for i in range(20_000)),
        "twice-often": "甲局\n" * 50_000,
    }.items():
        yield "tree", f"list-{name}", whole, listed(text, "csv", None, 1)


def earlier(program: Command, path: Path) -> str:
    """The result of an earlier roll-up lies in the folder."""
    from tests.strangers.judging import crashed

    first = path.with_name("first.xlsx")
    ran = program("rollup", path, first)
    if trouble := crashed(ran):
        return f"crash: {trouble}"
    shutil.copyfile(first, path / "2025年汇总.xlsx")
    return counting(437, named="汇总")(program, path)


def many(count: int) -> Callable[[Path], object]:
    return folder({f"{i}.json": unit(f"第{i}局", i + 1, factor=i % 7 + 1) for i in range(count)})


def attempts() -> Iterator[Attempt]:
    promise = "a roll-up counts a report once; what is left out is said, status 1"
    for kind, name, files, judge in (*kinds(), *trees()):
        yield Attempt("rollups", kind, name, ".d", folder(files), judge=judge, promise=promise)
    three = folder(
        {
            "a.json": unit("甲局", 400),
            "b.json": unit("乙局", 30, factor=2),
            "c.json": unit("丙局", 7, factor=5),
        }
    )
    yield Attempt("rollups", "leftovers", "earlier-result", ".d", three, judge=earlier, promise=promise)
    for count in (100, 1_000):
        wanted = count * (count + 1) // 2
        yield Attempt(
            "rollups",
            "many",
            str(count),
            ".d",
            many(count),
            judge=counting(wanted, status=0),
            promise="time grows with the units",
        )
