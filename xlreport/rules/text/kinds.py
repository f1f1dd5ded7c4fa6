"""The classes of words that the reader of sentences knows."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import NamedTuple


class Kind(IntEnum):
    """Word classes of sentences."""

    QUANTITY = auto()  # a number with its unit
    PERCENT = auto()
    YEAR = auto()  # 2024年
    THIS_YEAR = auto()
    LAST_YEAR = auto()
    NEXT_YEAR = auto()
    PERIOD = auto()  # a part of the year, or several years
    DEADLINE = auto()  # 截至…
    FUTURE = auto()
    ACT = auto()  # what happens to an application: received, answered …; the value is the kind of claim
    TRANSFER = auto()  # 结转, without its direction
    OBJECT = auto()  # an application
    ROW = auto()  # a result or ground of table 3; the value is the key of the row or group
    APPLICANT = auto()  # the value is the column
    ANYONE = auto()
    CASE = auto()  # the value is review, litigation …
    OUTCOME = auto()  # the value is the column of table 4, “” for one that it does not have
    DOCUMENT = auto()  # the value is the row of table 2
    DOCUMENT_ACT = auto()  # the value is the column of table 2
    DECISION = auto()
    DECIDE = auto()
    FEE = auto()
    ABOUT = auto()  # 因政府信息公开…: says that disclosure is the matter
    EVENT = auto()  # 发生, 引发
    OTHER = auto()  # 其他, whose meaning its neighbours tell
    NOT = auto()
    ALL = auto()
    MODIFIED = auto()  # 按期: makes 均已办结 a weaker statement
    COMPARED = auto()  # 较, 比, 同比
    CHANGE = auto()  # 增加, 减少: the figure is a difference
    REACH = auto()  # 达到, 增至: the figure is a level
    PART = auto()  # 其中
    TOTAL = auto()
    IN_TURN = auto()  # 分别
    EACH = auto()
    SHARE = auto()  # 占
    CHANNEL = auto()  # by which way an application came: in no table
    TOPIC = auto()  # 涉及…, …类: an unnamed part
    FOREIGN = auto()  # things that are counted elsewhere
    OWN = auto()  # 本机关, 我局
    WIDER = auto()  # 全市
    NARROWER = auto()  # 市本级
    UNITS = auto()  # subordinate or other bodies
    AND = auto()
    FILLER = auto()
    STOP = auto()  # ，；：
    LIST = auto()  # 、
    OPEN = auto()
    CLOSE = auto()
    UNKNOWN = auto()


class Word(NamedTuple):
    """A word of the lexicon; ``sure`` is false where its meaning is only usual. It is itself only ``before`` some words, and not before another (中心)."""

    kind: Kind
    value: str = ""
    sure: bool = True
    before: tuple[str, ...] = ("",)
    unless: tuple[str, ...] = ()

    def stands(self, text: str, end: int) -> bool:
        """True unless what follows the word, which ends there, makes it another one."""
        return text.startswith(self.before, end) and not text.startswith(self.unless, end)


#: Classes of words that may say what is counted, and of numbers.
HEADS = frozenset(
    {
        *(
            Kind.ACT,
            Kind.TRANSFER,
            Kind.OBJECT,
            Kind.ROW,
            Kind.APPLICANT,
            Kind.CASE,
            Kind.OUTCOME,
            Kind.OTHER,
        ),
        *(Kind.DOCUMENT, Kind.DOCUMENT_ACT, Kind.DECISION, Kind.DECIDE, Kind.FEE, Kind.QUANTITY),
    }
)
