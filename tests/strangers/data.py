"""JSON: what another program, or a site, hands over; and texts that must come back whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.strangers.attempts import (
    FEE,
    PENALTIES,
    Attempt,
    Command,
    Doubtful,
    Expected,
    NoNumber,
    Refused,
    Shown,
    Survived,
)
from tests.strangers.bases import converted, data, replaced

Make = Callable[[Path], object]
Kind = tuple[str, str, Make, Expected]

CELL = '"penalties": {\n      "decisions": 437\n    }'


def raw(text: str | bytes) -> Make:
    return lambda path: path.write_bytes(text.encode() if isinstance(text, str) else text)


def source() -> str:
    return converted("json").decode()


def valued(value: str) -> Make:
    """The report with another value, as it stands in the file."""
    return raw(replaced(source(), CELL, CELL.replace("437", value)))


def altered(change: Callable[[dict[str, Any]], object]) -> Make:
    held = data()
    change(held)
    return raw(json.dumps(held, ensure_ascii=False))


def values() -> Iterator[Kind]:
    for value in (
        "437",
        "437.0",
        "4.37e2",
        "437E0",
        "4370e-1",
        '"437"',
        '"４３７"',
        '"437①"',
        '"437¹"',
        '" 437 "',
    ):
        yield "value", f"number-{value}", valued(value), Shown()
    for value in (
        "true", "false", "[]", "{}", "[437]", '{"value": 437}', "437.5", "-437", '"约437"', '"437-440"', '"437余"', '"#REF!"', '"TRUE"', '"2025-04-03"', '"NaN"', '"Infinity"', "NaN", "Infinity", "-Infinity", "1e400", "-1e400",
        "1e300", "4" * 41, "4" * 5000, "-" + "4" * 5000, "4." + "3" * 5000, '"' + "4" * 5000 + '"', '"4.37亿"', '"437万"', '"437元"', '"43\\n7"', '"43 7"', '"4,37"', '"=437"', '"\\u0000437"', '"\\ud800"', '"437/9"', "0x1B5", "0437", "+437", "437.", ".437", "1_000", "'437'", "undefined",
        "1e99999999999", "1e-400", "43e-1",
    ):  # fmt: skip
        expected: Expected = NoNumber()
        name = value if len(value) < 40 else f"{value[:8]}…{len(value)}"
        yield "value", f"no-number-{name}", valued(value), expected
    yield "value", "null", valued("null"), Shown({PENALTIES: None})
    yield "value", "blank-text", valued('""'), Shown({PENALTIES: None})
    for value, amount in (
        ("25.1", 25.1),
        ("25.10", 25.1),
        ('"25.1"', 25.1),
        ("2.51e1", 25.1),
        ("0.1", 0.1),
        ("25.100000000000001", 25.1),
        ("72701.2578", 72701.2578),
    ):
        yield "fee", value, raw(replaced(source(), '"amount": 0', f'"amount": {value}')), Shown({FEE: amount})
    for value in (
        "true",
        "NaN",
        "1e400",
        '"251000元"',
        '"25.1万美元"',
        '"约25"',
        "-25.1",
        "[25.1]",
        "1e-400",
        '"25,1"',
    ):
        yield (
            "fee",
            f"no-number-{value}",
            raw(replaced(source(), '"amount": 0', f'"amount": {value}')),
            NoNumber((FEE,)) if value not in ('"251000元"', "1e-400") else Survived(),
        )


def keys() -> Iterator[Kind]:
    text = source()
    for name, old, new in (
        ("cell", '"decisions": 437', '"decisions": 9,\n      "decisions": 437'),
        ("cell-after", '"decisions": 437', '"decisions": 437,\n      "decisions": 9'),
        ("cell-same", '"decisions": 437', '"decisions": 437,\n      "decisions": 437'),
        ("cell-escaped", '"decisions": 437', '"decisions": 437,\n      "\\u0064ecisions": 9'),
        ("cell-null", '"decisions": 437', '"decisions": 437,\n      "decisions": null'),
        ("row", '"penalties": {', '"penalties": {"decisions": 9},\n    "penalties": {'),
        ("table", '"disclosure": {', '"disclosure": {},\n  "disclosure": {'),
        ("year", '"year": 2025', '"year": 2024,\n  "year": 2025'),
        ("organisation", '"organisation": ', '"organisation": "别的机关",\n  "organisation": '),
        ("previous", '"previous": null', '"previous": null,\n  "previous": null'),
        ("unknown", '"previous": null', '"previous": null,\n  "x": 1,\n  "x": 2'),
    ):
        yield "key-twice", name, raw(replaced(text, old, new)), Refused()
    for name, old, new in (
        ("misspelt-cell", '"decisions": 437', '"decision": 437'),
        ("capital-cell", '"decisions": 437', '"Decisions": 437'),
        ("blank-in-cell", '"decisions": 437', '"decisions ": 437'),
        ("misspelt-row", '"penalties": {', '"penalty": {'),
        ("chinese-row", '"penalties": {', '"行政处罚": {'),
    ):
        yield "key", name, raw(replaced(text, old, new)), NoNumber()
    yield (
        "key",
        "more-in-a-row",
        raw(replaced(text, '"decisions": 437', '"decisions": 437, "other": 9')),
        Doubtful((437,)),
    )
    yield (
        "key",
        "more-in-a-table",
        raw(replaced(text, '"penalties": {', '"fines": {"decisions": 9}, "penalties": {')),
        Doubtful((437,)),
    )
    yield (
        "key",
        "more-at-the-top",
        altered(lambda d: d.update({"disclosure2024": d["disclosure"]})),
        Survived(),
    )
    yield (
        "key",
        "misspelt-table",
        raw(replaced(text, '"disclosure": {', '"disclosures": {')),
        Survived(may_pass=False),
    )
    yield (
        "key",
        "table-as-list",
        altered(lambda d: d.update(disclosure=[d["disclosure"]])),
        Survived(may_pass=False),
    )
    yield "key", "table-as-text", altered(lambda d: d.update(disclosure="437")), Survived(may_pass=False)
    yield "key", "row-as-number", altered(lambda d: d["disclosure"].update(penalties=437)), NoNumber()
    yield "key", "row-as-list", altered(lambda d: d["disclosure"].update(penalties=[437])), NoNumber()


def strangers() -> Iterator[Kind]:
    """JSON that is no report."""
    report = data()
    page = "<h1>西集镇人民政府2025年政府信息公开工作年度报告</h1><table><tr><td>行政处罚</td><td>437</td></tr></table>"
    for name, value in (
        ("cms-answer", {"code": 200, "msg": "ok", "data": {"title": "年报", "content": page}}),
        ("cms-list", {"rows": [{"content": page}], "total": 1}),
        ("cms-flat", {"id": 1, "title": "2025年政府信息公开工作年度报告", "content": page}),
        ("cms-with-year", {"year": 2025, "organisation": "西集镇人民政府", "content": page}),
        ("wrapped-report", {"data": report}), ("list-of-reports", [report]), ("list-of-two", [report, report]), ("text", page), ("number", 437), ("null", None), ("true", True), ("list", []), ("numbers", [437, 9]),
        ("package", {"name": "x", "version": "1.0.0", "dependencies": {}}), ("geojson", {"type": "FeatureCollection", "features": []}), ("report-as-text", json.dumps(report)), ("findings", {"report": {"form": "disclosure-2021", "organisation": "x", "year": 2025}, "passed": True, "checked": 1, "findings": []}),
    ):  # fmt: skip
        yield "no-report", name, raw(json.dumps(value, ensure_ascii=False)), Refused()
    yield "no-report", "empty-object", raw("{}"), Survived(may_pass=False)
    text = source()
    for name, content in (
        ("cut", text[: len(text) // 2]), ("cut-at-the-end", text.rstrip()[:-1]), ("trailing-comma", replaced(text, '"decisions": 437', '"decisions": 437,')), ("single-quotes", text.replace('"', "'")), ("comment", replaced(text, '"decisions": 437', '"decisions": 437 // 9')),
        ("two-documents", text + text), ("lines", json.dumps(report) + "\n" + json.dumps(report)), ("callback", f"callback({text});"), ("assignment", f"var report = {text};"), ("rubbish-behind", text + "x"), ("nul-behind", text + "\x00"), ("open-brackets", "[" * 200_000), ("open-braces", '{"a":' * 100_000), ("nested-lists", "[" * 100_000 + "]" * 100_000),
    ):  # fmt: skip
        yield "broken", name, raw(content), Refused()
    for name, body in (
        ("utf-8-mark", text.encode("utf-8-sig")),
        ("utf-16", text.encode("utf-16")),
        ("utf-16-le", text.encode("utf-16-le")),
        ("gb18030", text.encode("gb18030")),
        ("crlf", text.replace("\n", "\r\n").encode()),
        ("one-line", json.dumps(report).encode()),
        ("blank-before", b"\n\n  " + text.encode()),
    ):
        yield "encoding", name, raw(body), Shown()
    yield "encoding", "latin", raw(text.encode().replace("西".encode(), b"\xff")), Survived()
    for value in (
        "99999",
        "-1",
        "0",
        '"2025年"',
        "true",
        "2025.5",
        "1e3",
        '"二〇二五"',
        "null",
        "[]",
        "9" * 5000,
        '"' + "9" * 5000 + '"',
        "NaN",
        "10000",
        "1e400",
    ):
        name = value if len(value) < 20 else f"{value[:4]}…{len(value)}"
        yield "year", name, raw(replaced(text, '"year": 2025', f'"year": {value}')), Survived()
    for form in ("nope", "", "disclosure-2019", "../../etc/passwd", "disclosure-2021\n", "x" * 100_000):
        yield "form", f"{form[:20]!r}", altered(lambda d, f=form: d.update(form=f)), Survived(may_pass=False)
    for depth in (2, 50, 500, 5_000, 100_000):
        yield (
            "previous",
            f"nested-{depth}",
            raw('{"previous":' * depth + text + "}" * depth),
            Survived(may_pass=False),
        )
    inner = text.rstrip()
    for depth in (2, 20, 100):
        nested = inner
        for _ in range(depth):
            nested = inner.replace('"previous": null', f'"previous": {nested}')
        yield "previous", f"whole-nested-{depth}", raw(nested), Survived()
    for value in ("[]", "437", '"x"', "{}", "true", '{"year": 2025}'):
        yield (
            "previous",
            f"no-report-{value}",
            raw(replaced(text, '"previous": null', f'"previous": {value}')),
            Survived(),
        )
    for name, value in (
        ("control", "a\x01b\x1b[31m"),
        ("right-to-left", "‮年报"),
        ("nul", "a\x00b"),
        ("lone-surrogate", "\ud800"),
        ("astral", "𠮷" * 100),
        ("markup", "<script>alert(1)</script>"),
        ("formula", "=1+1"),
        ("very-long", "长" * 1_000_000),
        ("lines", "a\n" * 10_000),
    ):
        for key in ("organisation", "title", "overview"):
            yield "text", f"{key}-{name}", raw(json.dumps({**report, key: value})), Survived()


TEXTS = ("preamble", "overview", "problems", "other_matters")


def back(ending: str) -> Callable[[Command, Path], str]:
    """Nothing of the texts may be lost on the way to ``ending`` and back; refusing is no loss."""

    def judge(program: Command, path: Path) -> str:
        from tests.strangers.judging import crashed

        out, again = path.with_name(f"out.{ending}"), path.with_name("again.json")
        ran = program("convert", path, out, *(["--draft"] if ending in ("docx", "html") else []))
        if trouble := crashed(ran):
            return f"crash: {trouble}"
        if ran.status != 0:
            return (
                "said: " + ran.errors.strip()[:150]
                if ran.errors.strip()
                else f"status {ran.status} without a word"
            )
        ran = program("convert", out, again)
        if trouble := crashed(ran):
            return f"crash: {trouble}"
        if ran.status != 0:
            return "what it wrote it cannot read: " + ran.errors.strip()[:150]
        before = json.loads(path.read_text(encoding="utf-8"))
        after = json.loads(again.read_text(encoding="utf-8"))
        for key in TEXTS:
            one, other = (" ".join((held.get(key) or "").split()) for held in (before, after))
            if one != other:
                return f"{key}: {len(one)} characters became {len(other)}, …{one[-20:]!r} → …{other[-20:]!r}"
        return ""

    return judge


def lost() -> Iterator[Attempt]:
    promise = "convert never cuts a text"
    long = (
        ("32767", "长" * 32_767), ("32768", "长" * 32_768), ("40000", "长" * 40_000), ("100000-in-lines", "\n".join(["长" * 10_000] * 10)), ("astral", "𠮷" * 17_000), ("astral-odd", "长" + "𠮷" * 16_384), ("lines-of-32768", "\n".join(["长" * 32_768] * 2)), ("500-lines", "\n".join(f"第{i}段。" for i in range(500))), ("3000-lines", "\n".join(f"第{i}段。" for i in range(3000))),
    )  # fmt: skip
    odd = (
        ("escape-look-alike", "甲_x0041_乙"), ("escape-of-return", "甲_x000D_乙"), ("escape-lower", "甲_x000d_乙"), ("formula", "=1+1是等式"), ("plus", "+437件"), ("minus", "-437件"), ("at", "@所有人"), ("apostrophe", "'437件"), ("markup", "<b>甲</b>&amp;乙"), ("entity", "&lt;甲&gt;"), ("pipe", "甲|乙"), ("full-width-blank", "甲　乙"), ("error-look-alike", "#REF!"), ("number-look-alike", "437"), ("date-look-alike", "2025-04-03"), ("true-look-alike", "TRUE"), ("heading-look-alike", "二、主动公开政府信息情况"), ("title-look-alike", "某某局2024年政府信息公开工作年度报告"), ("list-look-alike", "1.甲\n2.乙\n（一）丙"), ("note-look-alike", "甲[1]乙①丙*"), ("astral-one", "𠮷"), ("emoji", "👨‍👩‍👧"), ("combining", "é"), ("tab", "甲\t乙"), ("line-separator", "甲 乙"),
    )  # fmt: skip
    for name, text in long:
        for key in TEXTS:
            yield Attempt(
                "data",
                "lost-xlsx",
                f"{key}-{name}",
                ".json",
                altered(lambda d, k=key, t=text: d.update({k: t})),
                judge=back("xlsx"),
                promise=promise,
            )
    for name, text in odd:
        for ending in ("xlsx", "docx", "html"):
            yield Attempt(
                "data",
                f"lost-{ending}",
                f"overview-{name}",
                ".json",
                altered(lambda d, t=text: d.update(overview="开头。\n" + t + "\n结尾。")),
                judge=back(ending),
                promise=promise,
            )


def attempts() -> Iterator[Attempt]:
    for kinds in (values(), keys(), strangers()):
        for kind, name, make, expected in kinds:
            yield Attempt("data", kind, name, ".json", make, expected)
    yield from lost()
