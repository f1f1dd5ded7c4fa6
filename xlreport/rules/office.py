"""The rules of an office, written in TOML: own relations, limits of length, what a text must name, levels changed, rules muted.

Pure: a text in, rules out. Where the text lies, and what is said when it is used, is the affair of ``xlreport.office_file``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import Number, plain
from xlreport.form.linear import Linear, LinearError, linear
from xlreport.form.rule import Rule
from xlreport.form.verdict import Outcome
from xlreport.rules.rule import Evidence, Result, table_of

#: The kinds of tables in the file, and what each may and must say.
RELATION, LENGTH, NAMED, LEVELS = "relation", "length", "named", "levels"
_COMMON = {"id": str, "title": str, "level": str, "words": str}
_KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    RELATION: {**_COMMON, "rule": str},
    LENGTH: {**_COMMON, "text": str, "most": int, "least": int},
    NAMED: {**_COMMON, "text": str, "mentions": list, "figures": list},
}
_LEVELS = {"error": "强制性", "warning": "提示性"}
MUTED = "off"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
BASIS = "本单位的规则"
_TITLES = {RELATION: "本单位的审核关系", LENGTH: "字数不合本单位规定", NAMED: "缺少本单位规定的内容"}


def unknown(relation: Linear, form: Form) -> list[str]:
    """Return the cells of the relation that the form does not have; last year's are those of the form behind ``previous.``."""
    return [key for key in relation.keys if key.removeprefix(PREVIOUS) not in form.cells]


class OfficeError(ValueError):
    """What is wrong with an office's rules: the line (from 1), what, and how to mend it."""

    def __init__(self, line: int, problem: str, advice: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.advice = line, problem, advice


class Entry(NamedTuple):
    """One table of the file: its kind, the line on which it begins, and what it says."""

    kind: str
    line: int
    said: dict[str, Any]


class OfficeRules(NamedTuple):
    """An office's rules as written; ``for_form`` gives those that a form's reports are held to."""

    text: str
    entries: tuple[Entry, ...]
    levels: dict[str, str]

    def for_form(self, form: Form) -> tuple[Rule, ...]:
        """Return the rules for reports of ``form``: own ones whose cells and texts it has, and those of its own that are changed."""
        own = (_rule(entry, form, place) for place, entry in enumerate(self.entries, start=1))
        changed = (
            _changed(form.rules_by_id[rule_id], level)
            for rule_id, level in self.levels.items()
            if rule_id in form.rules_by_id
        )
        return (*(rule for rule in own if rule is not None), *changed)


def office_rules(text: str, forms: tuple[Form, ...]) -> OfficeRules:
    """Return the rules that ``text`` writes; raises ``OfficeError`` for what no form of ``forms`` makes sense of."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise OfficeError(line, "写法有误", "请核对这一行的引号、方括号和等号") from None
    lines = _Lines(text)
    entries: list[Entry] = []
    for kind, value in data.items():
        if kind == LEVELS:
            continue
        if kind not in _KEYS:
            known = "、".join((*_KEYS, LEVELS))
            raise OfficeError(lines.of(kind), f"没有“{kind}”这一类", f"可用的有 {known}")
        if not isinstance(value, list) or not all(isinstance(said, dict) for said in value):
            raise OfficeError(lines.of(kind), f"“{kind}”要写成 [[{kind}]]", f"每条规则以 [[{kind}]] 一行开头")
        for place, said in enumerate(value):
            entry = Entry(kind, lines.of(kind, place), said)
            _examine(entry, lines, forms)
            entries.append(entry)
    entries.sort(key=lambda entry: entry.line)
    names = [_name(entry, place) for place, entry in enumerate(entries, start=1)]
    for entry, name in zip(entries, names, strict=True):
        if names.count(name) > 1 or any(name in form.rules_by_id for form in forms):
            raise OfficeError(lines.within(entry, "id"), f"标识“{name}”已经有了", "请换一个 id")
    return OfficeRules(text, tuple(entries), _levels(data.get(LEVELS, {}), lines, forms))


class _Lines:
    """On which line of the text a table, or a key of it, stands."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def of(self, kind: str, place: int = 0) -> int:
        heads = [
            number
            for number, line in enumerate(self._lines, start=1)
            if re.match(
                rf"\s*(?:\[\[?\s*[\"']?{re.escape(kind)}\b|[\"']?{re.escape(kind)}[\"']?\s*[.=])", line
            )
        ]
        return heads[place] if place < len(heads) else (heads or [1])[-1]

    def within(self, entry: Entry, key: str) -> int:
        for at in range(entry.line, len(self._lines) + 1):
            line = self._lines[at - 1]
            if at > entry.line and line.lstrip().startswith("["):
                break
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return at
        return entry.line


def _examine(entry: Entry, lines: _Lines, forms: tuple[Form, ...]) -> None:
    """Raise ``OfficeError`` for the first thing in an entry that cannot be."""
    known = _KEYS[entry.kind]
    for key, value in entry.said.items():
        if key not in known:
            raise OfficeError(lines.within(entry, key), f"没有“{key}”这一项", f"可用的有 {'、'.join(known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            wanted = {str: "加引号的文字", int: "整数", list: "方括号里的一列"}[known[key]]  # type: ignore[index]
            raise OfficeError(lines.within(entry, key), f"“{key}”的写法不对", f"应是{wanted}")
    level = entry.said.get("level", "warning")
    if level not in _LEVELS:
        raise OfficeError(
            lines.within(entry, "level"), f"没有“{level}”这个级别", "可用 error（强制性）、warning（提示性）"
        )
    if "id" in entry.said and not _ID.fullmatch(entry.said["id"]):
        raise OfficeError(lines.within(entry, "id"), "标识只能用英文字母、数字和连字符", '例如 id = "own-1"')
    _EXAMINED[entry.kind](entry, lines, forms)


def _examine_relation(entry: Entry, lines: _Lines, forms: tuple[Form, ...]) -> None:
    line = lines.within(entry, "rule")
    if "rule" not in entry.said:
        raise OfficeError(line, "没有写 rule", '例如 rule = "cases.review.total <= applications.new.total"')
    try:
        relation = linear(entry.said["rule"])
    except LinearError as error:
        raise OfficeError(
            line, f"“{entry.said['rule']}”看不懂：{error}", "写成“单元格 + 单元格 <= 单元格”的样子"
        ) from None
    missing = [unknown(relation, form) for form in forms]
    if all(missing):
        raise OfficeError(
            line, f"没有“{min(missing, key=len)[0]}”这一格", "单元格名称见 xlreport convert 写出的 .json"
        )


def _examine_text(entry: Entry, lines: _Lines, forms: tuple[Form, ...]) -> None:
    name = entry.said.get("text")
    if not any(name in _texts(form) for form in forms):
        known = "、".join(dict.fromkeys(text for form in forms for text in _texts(form)))
        raise OfficeError(lines.within(entry, "text"), f"没有“{name or ''}”这部分文字", f"text 可用 {known}")


def _examine_length(entry: Entry, lines: _Lines, forms: tuple[Form, ...]) -> None:
    _examine_text(entry, lines, forms)
    most, least = entry.said.get("most"), entry.said.get("least")
    if most is None and least is None:
        raise OfficeError(entry.line, "没有写字数", "写 most（最多）或 least（最少），例如 most = 1000")
    if (least or 0) < 0 or (most is not None and most < max(least or 0, 1)):
        raise OfficeError(lines.within(entry, "most"), "字数的范围不对", "most 要大于 least，都不小于 0")


def _examine_named(entry: Entry, lines: _Lines, forms: tuple[Form, ...]) -> None:
    _examine_text(entry, lines, forms)
    mentioned, keys = entry.said.get("mentions", []), entry.said.get("figures", [])
    if not mentioned and not keys:
        raise OfficeError(entry.line, "没有写要提到什么", "写 mentions（要提到的词）或 figures（单元格名称）")
    for key, values in (("mentions", mentioned), ("figures", keys)):
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise OfficeError(lines.within(entry, key), f"“{key}”里应是加引号的文字", '例如 ["解读", "回应"]')
    for key in keys:
        if not any(key in form.cells for form in forms):
            raise OfficeError(
                lines.within(entry, "figures"),
                f"没有“{key}”这一格",
                "单元格名称见 xlreport convert 写出的 .json",
            )


_EXAMINED: dict[str, Callable[[Entry, _Lines, tuple[Form, ...]], None]] = {
    RELATION: _examine_relation,
    LENGTH: _examine_length,
    NAMED: _examine_named,
}


def _levels(said: Any, lines: _Lines, forms: tuple[Form, ...]) -> dict[str, str]:
    if not isinstance(said, Mapping):
        raise OfficeError(lines.of(LEVELS), "levels 要写成 [levels]", '下面每行写一条，例如 swing = "off"')
    heading = Entry(LEVELS, lines.of(LEVELS), {})
    for rule_id, level in said.items():
        line = lines.within(heading, rule_id)
        rules = [form.rules_by_id[rule_id] for form in forms if rule_id in form.rules_by_id]
        if not rules:
            raise OfficeError(line, f"没有代号为“{rule_id}”的规则", "规则的代号见 xlreport rules")
        if level not in (*_LEVELS, MUTED):
            raise OfficeError(
                line, f"没有“{level}”这个级别", "可用 error（强制性）、warning（提示性）、off（不审核）"
            )
        if any(rule.tag == "P" for rule in rules) and level != "error":
            raise OfficeError(line, f"“{rules[0].title}”是报表印载的关系，不能放宽", "请删去这一行")
    return dict(said)


def _name(entry: Entry, place: int) -> str:
    return str(entry.said.get("id") or f"office-{place}")


def _texts(form: Form) -> tuple[str, ...]:
    return tuple(part.content for part in form.text_sections)


def _changed(rule: Rule, level: str) -> Rule:
    """The rule as the office wants it; what was changed is said with every result."""
    if level == MUTED:
        return replace(rule, judge=_silent, change=f"“{rule.title}”不审核")
    return replace(rule, level=level, change=f"“{rule.title}”按{_LEVELS[level]}审核")  # type: ignore[arg-type]


def _silent(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    return iter(())


def _rule(entry: Entry, form: Form, place: int) -> Rule | None:
    """The rule of an entry for a form; ``None`` where the form lacks its cells or its text."""
    made = _MADE[entry.kind](entry.said, form)
    if made is None:
        return None
    statement, judge, relation = made
    return Rule(
        id=_name(entry, place),
        level=entry.said.get("level", "warning"),
        tag="C",
        title=entry.said.get("title") or _TITLES[entry.kind],
        statement=statement,
        basis=BASIS,
        advice="请核对；属实的，填写审核说明",
        judge=judge,
        relation=relation,
    )


def _words(said: Mapping[str, Any], message: str) -> str:
    return f"{message}；{said['words']}" if said.get("words") else message


def _made_relation(said: Mapping[str, Any], form: Form) -> tuple[str, Any, Linear | None] | None:
    relation = linear(said["rule"])
    if unknown(relation, form):
        return None
    statement = in_words(relation, form)

    def judge(rule: Rule, evidence: Evidence) -> Iterator[Result]:
        if not all(map(evidence.filled, {table_of(key) for key in relation.keys})):
            return
        verdict = relation.weigh(evidence.figures)
        if verdict.outcome is Outcome.BROKEN:
            message = _words(said, f"{statement}：{verdict.sentence}")
            yield rule.finding(evidence, message, *relation.keys, verdict=verdict)
        elif verdict.outcome is not Outcome.UNREADABLE:
            yield None

    return statement, judge, relation


def in_words(relation: Linear, form: Form) -> str:
    """Return the relation with the labels of its cells: “总计（行政复议）不大于 …”."""
    sides = []
    for side in (relation.left, relation.right):
        words = ""
        for part in side:
            size: Number = abs(part.factor)  # type: ignore[assignment]
            times = "" if size == 1 and part.key else plain(size) + ("×" if part.key else "")
            sign = "－" if part.factor < 0 else ("＋" if words else "")
            words += sign + times + (f"“{form.label(part.key)}”" if part.key else "")
        sides.append(words)
    return f"{sides[0]}{'等于' if relation.relation == '=' else '不大于'}{sides[1]}"


def _made_length(said: Mapping[str, Any], form: Form) -> tuple[str, Any, Linear | None] | None:
    name, most, least = said["text"], said.get("most"), said.get("least", 0)
    if name not in _texts(form):
        return None
    heading = form.section(name).heading
    limits = [f"不少于 {least} 字"] if least else []
    limits += [f"不超过 {most} 字"] if most is not None else []
    statement = f"“{heading}”{'、'.join(limits)}"

    def judge(rule: Rule, evidence: Evidence) -> Iterator[Result]:
        text = getattr(evidence.report, name)
        if text is None:
            return
        length = len("".join(text.split()))
        if length < least or (most is not None and length > most):
            yield rule.finding(evidence, _words(said, f"{statement}，现有 {length} 字"), text=(name, 0))
        else:
            yield None

    return statement, judge, None


def _made_named(said: Mapping[str, Any], form: Form) -> tuple[str, Any, Linear | None] | None:
    name, mentioned, keys = said["text"], said.get("mentions", []), said.get("figures", [])
    if name not in _texts(form) or not all(key in form.cells for key in keys):
        return None
    heading = form.section(name).heading
    wanted = [*map(_either, mentioned), *(f"“{form.label(key)}”的数" for key in keys)]
    statement = f"“{heading}”写到{'、'.join(wanted)}"

    def judge(rule: Rule, evidence: Evidence) -> Iterator[Result]:
        text = getattr(evidence.report, name)
        if text is None:
            return
        missing = [
            _either(words) for words in mentioned if not any(word in text for word in words.split("|"))
        ]
        for key in keys:
            figure = evidence.figures.get(key)
            if isinstance(figure, Number) and not _names(text, plain(figure)):
                missing.append(f"“{form.label(key)}”的数（{plain(figure)}）")
        if missing:
            message = _words(said, f"“{heading}”没有写到{'、'.join(missing)}")
            yield rule.finding(evidence, message, *keys, text=(name, 0))
        else:
            yield None

    return statement, judge, None


def _either(words: str) -> str:
    return "或".join(f"“{word}”" for word in words.split("|"))


def _names(text: str, figure: str) -> bool:
    """True if the figure stands in the text as a number of its own."""
    plain_text = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text.translate(_HALF_WIDTH))
    return bool(re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d]|\.\d)", plain_text))


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0xFF0E: "."}
_MADE: dict[str, Callable[[Mapping[str, Any], Form], tuple[str, Any, Linear | None] | None]] = {
    RELATION: _made_relation,
    LENGTH: _made_length,
    NAMED: _made_named,
}
