"""What an office writes in its file of rules, entry by entry, and on which line something cannot be.

Pure: a text in, entries out. What rules they make is the affair of ``xlreport.rules.office``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.finding import LEVEL_NAMES
from xlreport.form.linear import LinearError, linear
from xlreport.limits import LONGEST_RULE_LINE
from xlreport.rules.completeness import KIND

#: The kinds of tables in the file, and what each may say.
RELATION, LENGTH, NAMED, LEVELS = "relation", "length", "named", "levels"
_COMMON = {"id": str, "title": str, "level": str, "words": str}
_KEYS: dict[str, dict[str, type]] = {
    RELATION: {**_COMMON, "rule": str},
    LENGTH: {**_COMMON, "text": str, "most": int, "least": int},
    NAMED: {**_COMMON, "text": str, "mentions": list, "figures": list},
}
_WANTED = {str: "加引号的文字", int: "整数", list: "方括号里的一列"}
MUTED = "off"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
#: Characters of what stands in a list or behind a message.
_LONGEST = {"title": 40, "words": 300}
#: Characters of a text of a report, far beyond any.
_MOST_CHARACTERS = 10**6
_WHERE_CELLS_ARE = "单元格名称见 xlreport convert 写出的 .json"
#: The head of a table, or a table written as a value: [[length]], length = […], levels.swing = …
_HEAD = re.compile(r"\s*(?:\[\[?\s*[\"']?(?P<table>[\w-]+)|[\"']?(?P<value>[\w-]+)[\"']?\s*[.=])")


class OfficeError(ValueError):
    """What is wrong with an office's rules: the line (from 1), what, and how to mend it."""

    def __init__(self, line: int, problem: str, advice: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.advice = line, problem, advice


class OfficeEntry(NamedTuple):
    """One table of the file: its kind, the line on which it begins, and what it says."""

    kind: str
    line: int
    said: dict[str, Any]


class Written(NamedTuple):
    """What stands in the file: the rules of the office's own, in order, and the levels it wants for others."""

    entries: tuple[OfficeEntry, ...]
    levels: dict[str, str]


def written(text: str, forms: Sequence[Form]) -> Written:
    """Return what ``text`` says; raises ``OfficeError`` for what no form of ``forms`` makes sense of."""
    lines = _Lines(text)
    entries: list[OfficeEntry] = []
    data = _parsed(text)
    for kind, value in data.items():
        if kind == LEVELS:
            continue
        if kind not in _KEYS:
            known = "、".join((*_KEYS, LEVELS))
            raise OfficeError(lines.of(kind), f"没有“{kind}”这一类", f"可用的有 {known}")
        if not isinstance(value, list) or not all(isinstance(said, dict) for said in value):
            raise OfficeError(lines.of(kind), f"“{kind}”要写成 [[{kind}]]", f"每条规则以 [[{kind}]] 一行开头")
        for place, said in enumerate(value):
            entry = OfficeEntry(kind, lines.of(kind, place), said)
            _examine(entry, lines, forms)
            entries.append(entry)
    entries.sort(key=lambda entry: entry.line)
    _examine_names(entries, lines, forms)
    return Written(tuple(entries), _levels(data.get(LEVELS, {}), lines, forms))


def name_of(entry: OfficeEntry, place: int) -> str:
    """Return the id of an entry; one without is called by its ``place`` in the file."""
    return str(entry.said.get("id") or f"office-{place}")


def texts_of(form: Form) -> tuple[str, ...]:
    """Return the names of the form's texts."""
    return tuple(part.content for part in form.text_sections)


def lacking(keys: Sequence[str], form: Form) -> list[str]:
    """Return the cells that the form does not have; last year's are those of the form behind ``previous.``."""
    return [key for key in keys if key.removeprefix(PREVIOUS) not in form.cells]


def _parsed(text: str) -> dict[str, Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_RULE_LINE:
            advice = f"一行不超过 {LONGEST_RULE_LINE} 个字符"
            raise OfficeError(number, f"这一行有 {len(line)} 个字符，太长", advice)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line_number = int(found[1]) if found else len(text.splitlines())
        if "overwrite" in str(error) or "twice" in str(error):
            raise OfficeError(line_number, "这一项或这一类已经写过", "请并成一处") from None
        advice = "请核对这一行的引号、方括号和等号，都要用英文（半角）的"
        raise OfficeError(line_number, "写法有误", advice) from None
    except RecursionError:
        raise OfficeError(1, "括号一层套一层，太深", "请按 [[relation]] 的样子分条写") from None
    except ValueError:
        # Python reads no whole number of more than some thousand digits.
        long = (number for number, line in enumerate(text.split("\n"), 1) if re.search(r"\d{1000}", line))
        raise OfficeError(next(long, 1), "这一行的数太大", "请核对这个数") from None


class _Lines:
    """On which line of the text a table, or a key of it, stands."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._heads: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines, start=1):
            if head := _HEAD.match(line):
                self._heads.setdefault(head["table"] or head["value"], []).append(number)

    def of(self, kind: str, place: int = 0) -> int:
        heads = self._heads.get(kind) or [1]
        return heads[min(place, len(heads) - 1)]

    def within(self, entry: OfficeEntry, key: str) -> int:
        for at in range(entry.line, len(self._lines) + 1):
            line = self._lines[at - 1]
            if at > entry.line and line.lstrip().startswith("["):
                break
            if re.match(rf"\s*(?:{entry.kind}\s*\.\s*)?[\"']?{re.escape(key)}[\"']?\s*=", line):
                return at
        return entry.line


def _examine(entry: OfficeEntry, lines: _Lines, forms: Sequence[Form]) -> None:
    """Raise ``OfficeError`` for the first thing in an entry that cannot be."""
    known = _KEYS[entry.kind]
    for key, value in entry.said.items():
        if key not in known:
            raise OfficeError(lines.within(entry, key), f"没有“{key}”这一项", f"可用的有 {'、'.join(known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise OfficeError(lines.within(entry, key), f"“{key}”的写法不对", f"应是{_WANTED[known[key]]}")
        if key in _LONGEST and (len(str(value)) > _LONGEST[key] or not str(value).isprintable()):
            advice = f"“{key}”写在一行里，不超过 {_LONGEST[key]} 字"
            raise OfficeError(lines.within(entry, key), f"“{key}”太长，或者有换行和看不见的字符", advice)
    level = entry.said.get("level", "warning")
    if level not in LEVEL_NAMES:
        advice = "可用 error（强制性）、warning（提示性）"
        raise OfficeError(lines.within(entry, "level"), f"没有“{level}”这个级别", advice)
    if "id" in entry.said and not _ID.fullmatch(entry.said["id"]):
        advice = '以英文字母开头，最多 40 个，例如 id = "own-1"'
        raise OfficeError(lines.within(entry, "id"), "代号只能用英文字母、数字和连字符", advice)
    _EXAMINED[entry.kind](entry, lines, forms)


def _examine_names(entries: list[OfficeEntry], lines: _Lines, forms: Sequence[Form]) -> None:
    names = [name_of(entry, place) for place, entry in enumerate(entries, start=1)]
    used = Counter(names)
    for entry, name in zip(entries, names, strict=True):
        if used[name] > 1 or any(name in form.rules_by_id for form in forms):
            raise OfficeError(lines.within(entry, "id"), f"代号“{name}”已经有了", "请换一个 id")


def _examine_relation(entry: OfficeEntry, lines: _Lines, forms: Sequence[Form]) -> None:
    line = lines.within(entry, "rule")
    if "rule" not in entry.said:
        raise OfficeError(line, "没有写 rule", '例如 rule = "cases.review.total <= applications.new.total"')
    try:
        relation = linear(entry.said["rule"])
    except LinearError as error:
        rule = entry.said["rule"]
        shown = rule if len(rule) <= 80 else rule[:80] + "…"
        advice = "写成“单元格 + 单元格 <= 单元格”的样子"
        raise OfficeError(line, f"“{shown}”看不懂：{error}", advice) from None
    _examine_cells(relation.keys, line, forms, forms)


def _examine_cells(keys: Sequence[str], line: int, forms: Sequence[Form], fit: Sequence[Form]) -> None:
    """All cells must be of one form, and that among those that ``fit``."""
    if any(not lacking(keys, form) for form in fit):
        return
    for key in keys:
        if all(lacking([key], form) for form in forms):
            raise OfficeError(line, f"没有“{key}”这一格", _WHERE_CELLS_ARE)
    raise OfficeError(line, "写到的格和文字不在同一种报表里", f"一条规则只写一种报表的；{_WHERE_CELLS_ARE}")


def _examine_text(entry: OfficeEntry, lines: _Lines, forms: Sequence[Form]) -> None:
    name = entry.said.get("text")
    if name is None:
        raise OfficeError(entry.line, "没有写 text", '例如 text = "overview"')
    if not any(name in texts_of(form) for form in forms):
        known = "、".join(dict.fromkeys(text for form in forms for text in texts_of(form)))
        raise OfficeError(lines.within(entry, "text"), f"没有“{name}”这部分文字", f"text 可用 {known}")


def _examine_length(entry: OfficeEntry, lines: _Lines, forms: Sequence[Form]) -> None:
    _examine_text(entry, lines, forms)
    most, least = entry.said.get("most"), entry.said.get("least", 0)
    if most is None and not least:
        raise OfficeError(entry.line, "没有写字数", "写 most（最多）或 least（最少），例如 most = 1000")
    if not 0 <= least <= _MOST_CHARACTERS:
        raise OfficeError(lines.within(entry, "least"), "字数的范围不对", "least 是大于 0 的整数")
    if most is not None and not max(least, 1) <= most <= _MOST_CHARACTERS:
        raise OfficeError(lines.within(entry, "most"), "字数的范围不对", "most 要大于 0，不小于 least")


def _examine_named(entry: OfficeEntry, lines: _Lines, forms: Sequence[Form]) -> None:
    _examine_text(entry, lines, forms)
    mentioned, keys = entry.said.get("mentions", []), entry.said.get("figures", [])
    if not mentioned and not keys:
        raise OfficeError(entry.line, "没有写要提到什么", "写 mentions（要提到的词）或 figures（单元格名称）")
    for key, values in (("mentions", mentioned), ("figures", keys)):
        if not all(isinstance(value, str) and value.strip() and value.isprintable() for value in values):
            raise OfficeError(lines.within(entry, key), f"“{key}”里应是加引号的文字", '例如 ["解读", "回应"]')
    # A choice of nothing is in every text, and the rule would never say anything.
    if not all(word.strip() for words in mentioned for word in words.split("|")):
        raise OfficeError(lines.within(entry, "mentions"), "“|”的一边没有词", '例如 ["解读|说明"]')
    fit = [form for form in forms if entry.said["text"] in texts_of(form)]
    _examine_cells(keys, lines.within(entry, "figures"), forms, fit)


_EXAMINED: dict[str, Callable[[OfficeEntry, _Lines, Sequence[Form]], None]] = {
    RELATION: _examine_relation,
    LENGTH: _examine_length,
    NAMED: _examine_named,
}


def _levels(said: Any, lines: _Lines, forms: Sequence[Form]) -> dict[str, str]:
    if not isinstance(said, Mapping):
        raise OfficeError(lines.of(LEVELS), "levels 要写成 [levels]", '下面每行写一条，例如 swing = "off"')
    heading = OfficeEntry(LEVELS, lines.of(LEVELS), {})
    for rule_id, level in said.items():
        line = lines.within(heading, rule_id)
        rules = [form.rules_by_id[rule_id] for form in forms if rule_id in form.rules_by_id]
        if not rules:
            raise OfficeError(line, f"没有代号为“{rule_id}”的规则", "规则的代号见 xlreport rules")
        if not isinstance(level, str) or level not in (*LEVEL_NAMES, MUTED):
            advice = "可用 error（强制性）、warning（提示性）、off（不审核）"
            raise OfficeError(line, f"没有“{level}”这个级别", advice)
        if level == "error":
            continue
        if any(rule.tag == "P" for rule in rules):
            raise OfficeError(line, f"“{rules[0].title}”是报表印载的关系，不能放宽", "请删去这一行")
        # What is no number is weighed by no other rule, so a report would pass for figures that nobody has read.
        if any(rule.judge is KIND.judge for rule in rules):
            raise OfficeError(line, f"“{rules[0].title}”是其他审核的前提，不能放宽", "请删去这一行")
    return dict(said)
