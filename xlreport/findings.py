"""What ``check`` says about a report. Pure data.

The rules make findings of values that are right by construction, by ``model_construct``: building the validators would take longer than a check.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from xlreport.form.balance import plain
from xlreport.report import Explanation

Level: TypeAlias = Literal["error", "warning"]
#: The levels in the trade's words.
LEVEL_NAMES: dict[Level, str] = {"error": "强制性", "warning": "提示性"}


def _as_number(value: int | Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


#: One side of a balance: exact in Python, a plain number in JSON.
Side: TypeAlias = Annotated[
    int | Decimal, PlainSerializer(_as_number, return_type=int | float, when_used="json-unless-none")
]


class Suggestion(BaseModel):
    """A value that a cell should probably have, and why."""

    # “from” is a Python keyword, so the field has another name in Python only.
    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True, defer_build=True)

    cell: str
    was: Any = Field(alias="from")
    to: Side
    reason: str

    @property
    def wording(self) -> str:
        """The suggestion as a cell's note has it: “疑似应为 79（数字颠倒，很可能）”."""
        return f"疑似应为 {plain(self.to)}（{self.reason}）"


class Finding(BaseModel):
    """One thing that is wrong, or asks for a reason.

    ``cells`` are keys, ``where`` their places in the source (“三、依申请公开!D7”, in the same order; empty if the source has no
    addresses). ``left``, ``right`` and ``difference`` are the sides of a broken balance. ``figures`` are the cells' values as text,
    the ones an ``explanation`` (审核说明) is written for. ``paragraph`` is the line (from 0) of the text that the last of the
    ``cells`` names, where the finding is about one.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    rule: str
    level: Level
    cells: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    left: Side | None = None
    right: Side | None = None
    difference: Side | None = None
    message: str
    quote: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    explanation: str | None = None
    figures: tuple[str, ...] = Field(default=(), exclude=True)
    paragraph: int | None = Field(default=None, exclude=True)


class Subject(BaseModel):
    """Which report the findings are about."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    form: str
    organisation: str
    year: int | None


class Findings(BaseModel):
    """All that was found, strictest rules first; ``checked`` counts the single checks made.

    ``lapsed`` are explanations that no longer apply, because their figures changed or their finding is gone.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    report: Subject
    passed: bool
    checked: int
    findings: tuple[Finding, ...]
    lapsed: tuple[Explanation, ...] = Field(default=(), exclude=True)

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:  # type: ignore[override]
        return iter(self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the submission document: level error and not answered by an explanation."""
        return tuple(f for f in self.findings if f.level == "error" and not f.explanation)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not stop it."""
        return tuple(f for f in self.findings if f.level == "warning")
