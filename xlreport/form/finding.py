"""One finding: what a rule says of some cells. Pure data.

The rules make findings of values that are right by construction, by ``model_construct``: building the validators would take longer than a check.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

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


class Finding(BaseModel):
    """One thing that is wrong, or asks for a reason.

    ``cells`` are keys, ``where`` their places in the source (“三、依申请公开!D7”, in the same order; empty if the source has no
    addresses). ``left``, ``right`` and ``difference`` are the sides of a broken balance. ``figures`` are the cells' values as text,
    the ones an ``explanation`` (审核说明) is written for. Findings of a rule with the same ``alike`` (not “”) say the same of single
    cells, so that a list may have them in one line. ``paragraph`` is the line (from 0) of the text that the last of the
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
    alike: str = Field(default="", exclude=True)
    paragraph: int | None = Field(default=None, exclude=True)
