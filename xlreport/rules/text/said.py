"""What a sentence has spoken of so far, and what that leaves understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlreport.rules.text.claims import Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.tokens import Token

APPLICATIONS, CASES, DOCUMENTS, DECISIONS = "applications", "cases", "documents", "decisions"
#: The topic once something was named that is counted elsewhere.
FOREIGN = "foreign"
CASE_KINDS = ("review", "litigation", "litigation_direct", "litigation_after_review")
SUITS = ("litigation_direct", "litigation_after_review")
COURTS = ("法院", "人民法院")
_HEADS = {
    *(Kind.ACT, Kind.TRANSFER, Kind.OBJECT, Kind.ROW, Kind.APPLICANT, Kind.CASE, Kind.OUTCOME, Kind.OTHER),
    *(Kind.DOCUMENT, Kind.DOCUMENT_ACT, Kind.DECISION, Kind.DECIDE, Kind.FEE),
}


#: What is done on the way to an answer; counted, it is something else.
_WORK = ("审核", "审查")


def is_head(word: Token) -> bool:
    """True if the word may say what is counted."""
    return word.kind in _HEADS


@dataclass(eq=False, repr=False)
class Said:
    """What a sentence has spoken of so far."""

    year: int = 0  # of the report
    topic: str = ""
    case: str = ""
    about: bool = False  # 政府信息公开 was named
    document: str = ""
    act: str = ""  # of documents
    decide: bool | None = None  # a decision verb, and whether it is sure
    published: bool = False  # decisions were 公开, which need not be all of them
    fee: bool = False
    general: bool = False  # the cases are of all kinds, those about disclosure are a part of them
    labels: bool = False  # 依申请公开 is how documents are marked
    cased: bool = False  # a kind of case was named in this sentence
    suits: tuple[str, ...] = ()  # the kinds of suit that were counted
    whole: Head | None = None  # what 其中自然人 is a part of
    group: str = ""  # the group of results that 其他 closes
    column: str = ""
    opened: bool = False  # what came in was said
    closed: bool = False  # what was done with it was said
    doubtful: bool = False  # other things were counted in between

    def notice(self, words: Sequence[Token]) -> None:
        """Take in the words of a clause or of a part of it."""
        cases = cases_named(words, self.case)
        if words and words[-1].text.startswith("外"):
            words = [word for word in words if word.kind is not Kind.ABOUT]  # 除政府信息公开外
        for word in words:
            if word.kind is Kind.ABOUT or (word.kind is Kind.OBJECT and "公开" in word.text):
                self.about = True
            if word.kind is Kind.ABOUT:
                continue
            if word.kind is Kind.CASE:
                self.topic, self.case, self.cased = CASES, cases[-1], True
            elif (
                word.kind is Kind.OBJECT and not any(w.kind in (Kind.CASE, Kind.DECISION) for w in words)
            ) or (word.kind is Kind.ANYONE and word.text == "申请人"):
                self.topic = APPLICATIONS
            elif word.kind is Kind.DOCUMENT:
                self.topic, self.document = DOCUMENTS, word.value
            elif word.kind is Kind.DECISION:
                self.topic = DECISIONS
            if word.kind is Kind.ANYONE and word.text == "申请人" and not self.came_in:
                self.whole = None  # 申请人中，自然人…: of those that came in
            self.fee = self.fee or (word.kind is Kind.FEE and word.sure)
        numbered = any(word.kind is Kind.QUANTITY for word in words)
        if any(word.kind is Kind.FOREIGN and (numbered or word.text not in _WORK) for word in words):
            self.topic = FOREIGN

    @property
    def came_in(self) -> bool:
        """True if what was counted last, and 自然人 may be a part of, is what came in."""
        return self.whole is not None and self.whole.kind in ("received", "new", "to_handle", "handled")

    def remember(self, heads: Sequence[Head]) -> None:
        """Take in what the last number counted."""
        head = heads[-1]
        self.column = head.column
        self.opened = self.opened or head.kind in ("received", "new")
        self.closed = self.closed or head.kind in ("answered", "handled") or head.kind.startswith("results.")
        if head.kind.startswith("carried_"):
            self.topic = APPLICATIONS
        if head.kind in CASE_KINDS:
            self.case = head.kind
            self.suits += (head.kind,)
        if head.kind.startswith("results."):
            self.topic = APPLICATIONS
        if head.kind.startswith("results.") and head.kind.count(".") == 1:
            self.group = head.kind
        elif head.kind.startswith("results."):
            self.group = head.kind.rpartition(".")[0]
        if not head.column or self.whole is None:
            self.whole = head._replace(column="")


def cases_named(words: Sequence[Token], said: str) -> list[str]:
    """The kinds of case named, without 行政诉讼 where one of its two kinds is named with it; 法院 is the one last said."""
    suit = said if said.startswith("litigation") else "litigation"
    named = list(
        dict.fromkeys(suit if word.text in COURTS else word.value for word in words if word.kind is Kind.CASE)
    )
    suits = [case for case in named if case in SUITS]
    return (
        [case for case in named if case != "litigation"]
        if suits and "review" not in named
        else suits or named
    )
