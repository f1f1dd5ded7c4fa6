"""Rules in print: for the terminal, for programs, for the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from xlreport.findings import LEVEL_NAMES
from xlreport.form.declaration import Form
from xlreport.form.rule import TAG_NAMES, Rule


class CatalogueEntry(NamedTuple):
    """A rule, and the ids of the forms it belongs to."""

    rule: Rule
    forms: tuple[str, ...]


def listed(forms: Iterable[Form]) -> list[CatalogueEntry]:
    """Return every rule of ``forms`` once, those of the first form first."""
    found: dict[Rule, list[str]] = {}
    for form in forms:
        for rule in form.rules:
            found.setdefault(rule, []).append(form.id)
    return [CatalogueEntry(rule, tuple(ids)) for rule, ids in found.items()]


def as_text(rules: Iterable[CatalogueEntry]) -> str:
    """Return rules as lines to read, one paragraph a rule."""
    return "\n\n".join(
        f"{rule.id}　{rule.title}（{_level(rule)}，{TAG_NAMES[rule.tag]}）\n"
        f"  规则：{rule.statement}\n  依据：{rule.basis}\n  处理：{rule.advice}\n  格式：{'、'.join(forms)}"
        for rule, forms in rules
    )


def as_json(rules: Iterable[CatalogueEntry]) -> str:
    """Return rules as a JSON array of objects."""
    return json.dumps(
        [
            {
                "id": rule.id,
                "level": rule.level,
                "tag": rule.tag,
                "title": rule.title,
                "statement": rule.statement,
                "basis": rule.basis,
                "advice": rule.advice,
                "answerable": rule.answerable,
                "forms": forms,
            }
            for rule, forms in rules
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_markdown(rules: Iterable[CatalogueEntry]) -> str:
    """Return rules as a Markdown table."""
    rows = [
        "| 规则 | 名称 | 级别 | 内容 | 依据 |",
        "|---|---|---|---|---|",
        *(f"| `{r.id}` | {r.title} | {_level(r)} | {r.statement} | {r.basis} |" for r, _ in rules),
    ]
    return "\n".join(rows)


def _level(rule: Rule) -> str:
    return LEVEL_NAMES[rule.level] + ("，可写审核说明" if rule.answerable else "")
