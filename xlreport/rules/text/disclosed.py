"""What a number of documents and decisions counts."""

from __future__ import annotations

from xlreport.rules.text.claims import Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import Said
from xlreport.rules.text.tokens import Token


def document_heads(of: dict[Kind, list[Token]], said: Said, denied: bool) -> list[Head]:
    """Return the columns of table 2 that are named for 规章 and 行政规范性文件, or were last."""
    documents = list(dict.fromkeys(word.value for word in of.get(Kind.DOCUMENT, ()))) or [said.document]
    acts = list(of.get(Kind.DOCUMENT_ACT, ()))
    values = list(dict.fromkeys(act.value for act in acts))
    if len(values) > 1 and denied:
        return [Head(f"{row}.{act}") for row in documents if row for act in values]  # 未制发、废止…
    if len(values) > 1 or (not acts and (not said.act or Kind.ACT in of)):  # 新增规范性文件
        return []
    act = acts[0].value if acts else said.act
    said.act = act
    sure = all(word.sure for word in acts)
    return [Head(f"{document}.{act}", "", sure) for document in documents if document]


def decision_heads(of: dict[Kind, list[Token]], said: Said, denied: bool) -> list[Head]:
    """Return the kinds of decision; those that were 公开 may be fewer than those that were made."""
    verbs = of.get(Kind.DECIDE, ())
    if Kind.OBJECT in of:
        return []
    said.published = not verbs and (
        said.published or any(word.text == "公开" for word in of.get(Kind.ROW, ()))
    )
    sure = any(verb.sure for verb in verbs) if verbs else bool(said.decide) and not said.published
    if not verbs and said.decide is None and not denied and not said.published:
        return []
    if verbs:
        said.decide = sure
    bound = "part" if said.published else ""
    return [Head(f"{word.value}.decisions", "", sure, bound) for word in of.get(Kind.DECISION, ())]
