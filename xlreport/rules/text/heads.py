"""What a number counts, from the words around it and from what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlreport.rules.text.claims import Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import RESULTS
from xlreport.rules.text.tokens import COUNT_UNITS, Token

APPLICATIONS, CASES, DOCUMENTS, DECISIONS = "applications", "cases", "documents", "decisions"
#: The topic once something was named that is counted elsewhere.
FOREIGN = "foreign"
CASE_KINDS = ("review", "litigation", "litigation_direct", "litigation_after_review")
_HEADS = {
    *(Kind.ACT, Kind.TRANSFER, Kind.OBJECT, Kind.ROW, Kind.APPLICANT, Kind.CASE, Kind.OUTCOME, Kind.OTHER),
    *(Kind.DOCUMENT, Kind.DOCUMENT_ACT, Kind.DECISION, Kind.DECIDE, Kind.FEE),
}
#: 依申请公开政府信息: given out upon application, or asked for.
_DISCLOSED = "results.granted|results.granted+results.partly_granted|received"
_FEE = Head("fees.amount")
#: Which act names the claim where several are said: 收到并办结 is read as 收到, which may mean either.
_PRECEDENCE = ("new", "to_handle", "received", "answered", "handled")


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
            self.fee = self.fee or (word.kind is Kind.FEE and word.sure)
        if any(word.kind is Kind.FOREIGN for word in words):
            self.topic = FOREIGN

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
        if head.kind.startswith("results.") and head.kind.count(".") == 1:
            self.group = head.kind
        elif head.kind.startswith("results."):
            self.group = head.kind.rpartition(".")[0]
        if not head.column or self.whole is None:
            self.whole = head._replace(column="")


_SUITS = ("litigation_direct", "litigation_after_review")
_COURTS = ("法院", "人民法院")


def cases_named(words: Sequence[Token], said: str) -> list[str]:
    """The kinds of case named, without 行政诉讼 where one of its two kinds is named with it; 法院 is the one last said."""
    suit = said if said.startswith("litigation") else "litigation"
    named = list(
        dict.fromkeys(
            suit if word.text in _COURTS else word.value for word in words if word.kind is Kind.CASE
        )
    )
    suits = [case for case in named if case in _SUITS]
    return (
        [case for case in named if case != "litigation"]
        if suits and "review" not in named
        else suits or named
    )


def heads_of(
    words: Sequence[Token], said: Said, unit: str, each: bool = False, denied: bool = False
) -> list[Head]:
    """Return what a number in ``unit`` counts that stands with ``words``; nothing where that is not clear.

    Several heads are returned only for 各 and 均为 (``each``, or such a word among them) and where all are denied at once.
    """
    if unit == "万元":
        fees = [word for word in words if word.kind is Kind.FEE]
        return [_FEE] if any(word.sure or said.fee for word in fees) else []
    if said.labels and not any(word.kind is Kind.OBJECT and word.text != "依申请公开" for word in words):
        return []
    each = each or denied or any(word.kind is Kind.EACH for word in words)
    found = _counted(words, said, denied, each)
    if not found:
        return []
    if unit and unit not in COUNT_UNITS and unit not in _loose_units(words):
        return []
    if len(found) == 1 or each:
        return found
    columns = {head.column for head in found}
    if len(columns) > 1:
        return []
    if {head.kind for head in found} == {"review", "litigation"}:
        return [Head(CASES, "", all(head.sure for head in found))]
    return [Head("+".join(head.kind for head in found), found[0].column, all(head.sure for head in found))]


def _loose_units(words: Sequence[Token]) -> tuple[str, ...]:
    """The units, beyond those of cases, in which what the words name is counted in print."""
    kinds = {word.kind for word in words}
    if Kind.CASE in kinds:
        return ("个",)
    if Kind.DECISION in kinds:
        return ("次", "人次")
    if Kind.DOCUMENT in kinds or Kind.DOCUMENT_ACT in kinds:
        return ("部", "个")
    return ("条", "个", "次", "人次", "余件") if Kind.OBJECT in kinds else ()


def _counted(words: Sequence[Token], said: Said, denied: bool, each: bool) -> list[Head]:
    of: dict[Kind, list[Token]] = {}
    for word in words:
        of.setdefault(word.kind, []).append(word)
    if denied and Kind.OTHER in of:
        return []  # 无其他…: something there is
    columns = list(dict.fromkeys(word.value for word in of.get(Kind.APPLICANT, ())))
    sure_column = all(word.sure for word in of.get(Kind.APPLICANT, ()))
    if (
        Kind.CASE in of
        or (Kind.OUTCOME in of and said.topic == CASES)
        or (Kind.OTHER in of and said.topic == CASES)
    ):
        return _cases(of, said, denied, each)
    if Kind.OUTCOME in of and Kind.ROW not in of:
        return []
    if Kind.DECISION in of or (denied and Kind.FEE in of):
        fees = [_FEE._replace(sure=False)] if denied and Kind.FEE in of else []
        return [*_decisions(of, said, denied), *fees]
    if Kind.DOCUMENT in of or (Kind.DOCUMENT_ACT in of and said.topic == DOCUMENTS):
        return _documents(of, said, denied)
    if Kind.TRANSFER in of or any(word.value == "carried_out" for word in of.get(Kind.ACT, ())):
        found = _carried(words, of, said)
    elif Kind.ROW in of:
        found = _rows(of, said, denied)
    elif Kind.OTHER in of and not columns:
        return _others(said)
    elif Kind.ACT in of and (Kind.OBJECT in of or said.topic == APPLICATIONS):
        found = [_act(of[Kind.ACT])]
    elif any(act.text.startswith("新收") for act in of.get(Kind.ACT, ())):
        found = [Head("new", "", False)]
    elif columns and said.whole is not None and said.topic == APPLICATIONS:
        found = [said.whole]
    elif any(word.value == "disclosed" for word in of.get(Kind.OBJECT, ())):
        found = [Head(_DISCLOSED, "", False)]
    elif Kind.OBJECT in of:
        found = [Head("received")]
    elif columns and said.topic == APPLICATIONS:
        found = [Head("received", "", False)]
    else:
        return []
    if not columns:
        return found
    return [Head(head.kind, column, head.sure and sure_column) for head in found for column in columns]


def _act(acts: list[Token]) -> Head:
    kind = min((act.value for act in acts), key=_PRECEDENCE.index)
    return Head(kind, "", kind != "handled" and all(act.sure for act in acts if act.value == kind))


def _carried(words: Sequence[Token], of: dict[Kind, list[Token]], said: Said) -> list[Head]:
    """Tell last year's carry from this year's by the year that stands with it."""
    known = Kind.OBJECT in of or said.topic in (APPLICATIONS, "")
    if not known:
        return []
    years = [int(word.number) for word in of.get(Kind.YEAR, ())]
    last = Kind.LAST_YEAR in of or said.year - 1 in years
    following = Kind.NEXT_YEAR in of or said.year + 1 in years
    if last and (since := _answered_since(words)):
        # 上年结转后共办结185件, 上年结转申请办结37件
        both = not any(word.kind is Kind.TOTAL or word.text == "后" for word in since)
        return [Head("carried_in|answered" if both else "answered", "", not both)]
    if last:
        return [Head("carried_in", "", not following)]
    if not following and not years and said.opened and not said.closed:
        return [Head("carried_out|carried_in")]  # 新收167件、结转37件: either may be meant
    if following or not years:
        return [Head("carried_out")]
    this_year = Kind.THIS_YEAR in of or said.year in years
    return [Head("carried_out", "", False)] if this_year and said.year == max(years) else []


def _answered_since(words: Sequence[Token]) -> Sequence[Token]:
    """The words from 结转 on if 办结 comes behind it."""
    start = next((i for i, word in enumerate(words) if word.kind is Kind.TRANSFER), len(words))
    return words[start:] if any(word.value == "answered" for word in words[start:]) else ()


def _rows(of: dict[Kind, list[Token]], said: Said, denied: bool) -> list[Head]:
    """The most exact of the results named; of several grounds with their group, the group."""
    rows = list(dict.fromkeys(row for word in of[Kind.ROW] for row in word.value.split("+")))
    inner = [row for row in rows if not any(other != row and other.startswith(row + ".") for other in rows)]
    groups = [row for row in rows if row not in inner]
    if denied and any(word.text == "等" for word in of.get(Kind.FILLER, ())):
        inner += groups  # 未出现重复申请等不予处理的情形
    for group in groups:
        if sum(row.startswith(group + ".") for row in inner) > 1 and not denied:
            inner = [group, *(row for row in inner if not row.startswith(group + "."))]
    sure = all(word.sure for word in of[Kind.ROW]) or any(
        word.sure and word.value in inner for word in of[Kind.ROW]
    )
    if Kind.OBJECT not in of and (said.topic == FOREIGN or _are_things(of[Kind.ROW], said)):
        return []  # 行政执法案卷93件接受评查
    if any(row.count(".") > 2 for row in inner) and len({row.split(".")[2] for row in inner}) > 1:
        return []  # 公开行政执法案卷
    if any(not word.sure for word in of[Kind.ROW]) and said.topic != APPLICATIONS and not sure:
        return []
    return [Head("results." + row.removeprefix(RESULTS), "", sure) for row in inner]


#: Grounds that are also the names of things: files, publications.
THINGS = (
    "enforcement_files",
    "administrative_inquiry",
    "public_publication",
    "internal_affairs",
    "deliberative_process",
)


def is_thing(word: Token) -> bool:
    """True if the ground of a refusal may just as well be a file or a publication: 行政执法案卷, not 属于行政执法案卷."""
    return word.value.rpartition(".")[2] in THINGS and not word.text.startswith(
        ("属于", "三类", "四类", "要求")
    )


def _are_things(rows: Sequence[Token], said: Said) -> bool:
    return all(map(is_thing, rows)) and not (said.group or said.whole or said.about)


def _others(said: Said) -> list[Head]:
    """What 其他 closes: the grounds of its group, or the kinds of result."""
    if said.column:
        return [Head(said.whole.kind if said.whole else "received", "other", False)]
    if said.group == "results.other":
        return [Head("results.other.other")]
    return [Head("results.other|results.other.other", "", False)] if said.group else []


def _cases(of: dict[Kind, list[Token]], said: Said, denied: bool, each: bool) -> list[Head]:
    named = cases_named(of.get(Kind.CASE, ()), said.case) or ([said.case] if said.case else [])
    sure = said.about or Kind.ABOUT in of or said.topic == APPLICATIONS
    if Kind.DECISION in of or Kind.DOCUMENT in of:
        return []
    outcomes = [word.value for word in of.get(Kind.OUTCOME, ())]
    if Kind.OTHER in of and not outcomes:
        outcomes = ["other"]
    # Who 受理 or 办理 a review is the body that decides it, which need not be the one that reports.
    deciding = any(act.value in ("received", "new", "handled") for act in of.get(Kind.ACT, ())) and not denied
    courts = any(word.text in _COURTS for word in of.get(Kind.CASE, ()))
    if deciding or (said.general and not sure) or (courts and "settled" in outcomes):
        said.topic, said.case = FOREIGN, ""
        return []
    if "" in outcomes or (len(set(outcomes)) > 1 and (not each or len(named) > 1)):
        return []
    if not (said.cased or Kind.CASE in of):
        if any(word.text in ("纠正", "纠错") for word in of.get(Kind.OUTCOME, ())):
            return []
        sure = False
    if len(set(outcomes)) > 1:
        return [Head(f"{case}.{outcome}", "", sure) for case in named for outcome in outcomes]
    suffix = "." + outcomes[0] if outcomes else ""
    if Kind.CASE not in of and set(_SUITS) <= set(said.suits) and "litigation" in said.suits and suffix:
        named = [
            f"litigation{suffix}|{said.case}"
        ]  # 行政诉讼77件，其中直接起诉25件、复议后起诉52件；维持40件
    if any(act.value in ("answered", "carried_out") for act in of.get(Kind.ACT, ())):
        suffix = suffix or (".settled" if not denied else "")
    return [
        Head(
            case + suffix,
            "",
            (sure or denied) and all(w.sure for w in of.get(Kind.CASE, ())),
        )
        for case in named
    ]


def _documents(of: dict[Kind, list[Token]], said: Said, denied: bool) -> list[Head]:
    documents = list(dict.fromkeys(word.value for word in of.get(Kind.DOCUMENT, ()))) or [said.document]
    acts = list(of.get(Kind.DOCUMENT_ACT, ()))
    values = list(dict.fromkeys(act.value for act in acts))
    if len(values) > 1 and denied:
        return [Head(f"{row}.{act}") for row in documents if row for act in values]  # 未制发、废止…
    if len(values) > 1 or (not acts and not said.act):
        return []
    act = acts[0].value if acts else said.act
    said.act = act
    sure = all(word.sure for word in acts)
    return [Head(f"{document}.{act}", "", sure) for document in documents if document]


def _decisions(of: dict[Kind, list[Token]], said: Said, denied: bool) -> list[Head]:
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
