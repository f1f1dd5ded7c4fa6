"""Whether a declared form fits together: what would otherwise go wrong far from where it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.usual_sentences import FIELDS, keys_of

#: Names that every report has beside its tables and texts.
RESERVED = frozenset(
    (
        "form",
        "organisation",
        "year",
        "title",
        "level",
        "preamble",
        "headings",
        "asides",
        "explanations",
        "previous",
    )
)


def faults(form: Form) -> list[str]:
    """Return what is wrong with a form, a phrase each; nothing for a sound one."""
    try:
        return list(_faults(form))
    except Exception as error:
        # Declarations are other people's code, and are run here for the first time.
        return [f"{type(error).__name__}: {error}"]


def _faults(form: Form) -> Iterator[str]:
    contents = [part.content for part in form.sections]
    if not form.tables:
        yield "没有表"
    for table in form.tables:
        if table.key not in contents:
            yield f"没有放“{table.key}”这张表的部分"
        if not table.cells:
            yield f"“{table.key}”里没有数字格"
    for name, number in Counter((*contents, *(part.sheet for part in form.sections))).items():
        if number > 1:
            yield f"“{name}”用了 {number} 次"
    for name in contents:
        if name in RESERVED or not name.isidentifier() or name.startswith("_"):
            yield f"部分不能叫“{name}”"
    for rule_id, number in Counter(rule.id for rule in form.rules).items():
        if number > 1:
            yield f"规则代号“{rule_id}”用了 {number} 次"
    for balance in form.balances:
        if balance.rule not in form.rules:
            yield f"有算式属于规则“{balance.rule.id}”，规则里没有它"
        unknown = [key for key in balance.keys if key.removeprefix(PREVIOUS) not in form.cells]
        if unknown:
            yield f"算式里的“{unknown[0]}”不是表中的格"
    for key in form.main_lines:
        if key not in form.cells:
            yield f"主要指标“{key}”不是表中的格"
    for content, sentences in form.sentences.items():
        if content not in {part.content for part in form.text_sections}:
            yield f"常用文字写给“{content}”，没有这一部分文字"
        for key in sorted({key for sentence in sentences for key in keys_of(sentence)}):
            if key not in form.cells and key not in FIELDS:
                yield f"常用文字里的“{key}”不是表中的格"
    if form.measure and form.measure not in form.main_lines:
        yield f"“{form.measure}”不是主要指标"
