"""The rules of an office: own relations, limits of length, what a text must name, levels changed, rules muted.

Pure: a text in, rules out. How it is written is read in ``xlreport.rules.office_text``; where it lies, and what is said when it is used, is the
affair of ``xlreport.office_file``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from xlreport.form.declaration import Form
from xlreport.form.figures import Number, plain
from xlreport.form.finding import LEVEL_NAMES
from xlreport.form.linear import Linear, linear
from xlreport.form.rule import Rule
from xlreport.form.weighing import Outcome
from xlreport.rules.office_text import (
    LENGTH,
    MUTED,
    NAMED,
    RELATION,
    OfficeEntry,
    lacking,
    name_of,
    texts_of,
    written,
)
from xlreport.rules.rule import Evidence, Result, table_of

BASIS = "本单位的规则"
_TITLES = {RELATION: "本单位的审核关系", LENGTH: "字数不合本单位规定", NAMED: "缺少本单位规定的内容"}


class OfficeRules(NamedTuple):
    """An office's rules as written; ``for_form`` gives those that a form's reports are held to."""

    text: str
    entries: tuple[OfficeEntry, ...]
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


def office_rules(text: str, forms: Sequence[Form]) -> OfficeRules:
    """Return the rules that ``text`` writes; raises ``OfficeError`` for what no form of ``forms`` makes sense of."""
    return OfficeRules(text, *written(text, forms))


def _changed(rule: Rule, level: Any) -> Rule:
    """The rule as the office wants it; what was changed is said with every result."""
    if level == MUTED:
        return replace(rule, judge=_silent, change=f"“{rule.title}”不审核")
    return replace(rule, level=level, change=f"“{rule.title}”按{LEVEL_NAMES[level]}审核")


def _silent(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    return iter(())


def _rule(entry: OfficeEntry, form: Form, place: int) -> Rule | None:
    """The rule of an entry for a form; ``None`` where the form lacks its cells or its text."""
    made = _MADE[entry.kind](entry.said, form)
    if made is None:
        return None
    statement, judge, relation = made
    return Rule(
        id=name_of(entry, place),
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
    if lacking(relation.keys, form):
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
        for key, factor in side:
            size = factor if factor > 0 else -factor
            times = "" if size == 1 and key else plain(size) + ("×" if key else "")
            sign = "－" if factor < 0 else ("＋" if words else "")
            words += sign + times + (f"“{form.label(key)}”" if key else "")
        sides.append(words)
    return f"{sides[0]}{'等于' if relation.relation == '=' else '不大于'}{sides[1]}"


def _made_length(said: Mapping[str, Any], form: Form) -> tuple[str, Any, Linear | None] | None:
    name, most, least = said["text"], said.get("most"), said.get("least", 0)
    if name not in texts_of(form):
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
    if name not in texts_of(form) or lacking(keys, form):
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
        unnamed = []
        for key in keys:
            figure = evidence.figures.get(key)
            if isinstance(figure, Number) and not _names(text, plain(figure)):
                missing.append(f"“{form.label(key)}”的数（{plain(figure)}）")
                unnamed.append(key)
        if missing:
            message = _words(said, f"“{heading}”没有写到{'、'.join(missing)}")
            yield rule.finding(evidence, message, *unnamed, text=(name, 0))
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
