"""The rule catalogue in print: for the terminal, for programs, for the documentation."""

from __future__ import annotations

import json

from xlreport.findings import LEVEL_NAMES
from xlreport.rules.catalogue import CATALOGUE
from xlreport.rules.rule import TAG_NAMES, Rule


def as_text() -> str:
    """Return the catalogue as lines to read, one paragraph a rule."""
    return "\n\n".join(
        f"{rule.id}　{rule.title}（{_level(rule)}，{TAG_NAMES[rule.tag]}）\n"
        f"  规则：{rule.statement}\n  依据：{rule.basis}\n  处理：{rule.advice}"
        for rule in CATALOGUE
    )


def as_json() -> str:
    """Return the catalogue as a JSON array of objects."""
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
            }
            for rule in CATALOGUE
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_markdown() -> str:
    """Return the catalogue as a Markdown table."""
    rows = [
        "| 规则 | 名称 | 级别 | 内容 | 依据 |",
        "|---|---|---|---|---|",
        *(f"| `{r.id}` | {r.title} | {_level(r)} | {r.statement} | {r.basis} |" for r in CATALOGUE),
    ]
    return "\n".join(rows)


def _level(rule: Rule) -> str:
    return LEVEL_NAMES[rule.level] + ("，可写审核说明" if rule.answerable else "")
