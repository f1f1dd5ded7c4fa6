"""What remains of a report once it is audited: small frozen records that travel between processes and lie in the cache."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeAlias

from pydantic import ConfigDict, NonNegativeInt, TypeAdapter

from xlreport.findings import Level
from xlreport.wording import Told

#: A figure as it is shown: a number, the text that was typed instead, or ``None`` for a blank.
Shown: TypeAlias = int | float | str | None


#: What a supervisor may say of a finding.
CONFIRMED, IGNORED = "确认", "忽略"


class State(StrEnum):
    """How a unit came out of the audit."""

    PASSED = "通过"
    WARNED = "有提示"
    FAILED = "不通过"
    UNREADABLE = "无法读取"


class Found(NamedTuple):
    """One finding: ``title`` is that of its rule, ``place`` is the text shown, ``target`` the cell to jump to (“三、依申请公开!D7”; “” for none).

    ``subject`` tells what it is about from everything else in the report, ``figures`` whether the figures are the same; both are digests.
    ``verdict`` and ``reason`` are a supervisor's, from an earlier summary; ``note`` is what is to be said to that one about these.
    """

    rule: str
    title: str
    level: Level
    place: str
    target: str
    left: Shown
    right: Shown
    difference: Shown
    told: Told
    explanation: str
    subject: str = ""
    figures: str = ""
    verdict: str = ""
    reason: str = ""
    note: str = ""

    @property
    def ignored(self) -> bool:
        """True if a supervisor has said, with a reason, that it does not count."""
        return self.verdict == IGNORED and bool(self.reason)

    @property
    def confirmed(self) -> bool:
        """True if a supervisor has said that it is so."""
        return self.verdict == CONFIRMED


class Audited(NamedTuple):
    """One unit's report, audited.

    ``path`` is relative to the folder; ``errors`` and ``warnings`` count findings that stand; ``figures`` are the main lines in the order
    of the form; ``prints`` are fingerprints of the texts by section; ``previous`` is the path of last year's report where one was found;
    ``remark`` says why a file cannot be read, or what was assumed in reading it; ``shape`` what kind of file it is, in words. The organisation
    of a file that cannot be read is what its name tells of.
    """

    path: str
    organisation: str = ""
    year: int | None = None
    form: str = ""
    state: State = State.UNREADABLE
    errors: NonNegativeInt = 0
    warnings: NonNegativeInt = 0
    figures: tuple[tuple[str, Shown], ...] = ()
    findings: tuple[Found, ...] = ()
    prints: tuple[tuple[str, bytes], ...] = ()
    previous: str = ""
    remark: str = ""
    shape: str = ""

    def dump(self) -> str:
        """Return the record as one line of JSON; raises ``ValueError`` where a path in it is no text."""
        return _audited().dump_json(self).decode()


def digest(*texts: str) -> str:
    """Return a short text that is another one for other texts."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=6).hexdigest()


@cache
def _audited() -> TypeAdapter[Audited]:
    config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", ser_json_inf_nan="constants")
    return TypeAdapter(Audited, config=config)


def load(text: str) -> Audited:
    """Return the record that ``dump`` wrote; raises ``ValueError`` for another text, and where the counts are not those of the state."""
    record = _audited().validate_json(text, strict=True)
    if (record.errors > 0) != (record.state is State.FAILED):
        raise ValueError(text)
    return record
