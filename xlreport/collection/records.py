"""What remains of a report once it is audited: small frozen records that travel between processes and lie in the cache."""

from __future__ import annotations

import base64
import hashlib
import json
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

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
    errors: int = 0
    warnings: int = 0
    figures: tuple[tuple[str, Shown], ...] = ()
    findings: tuple[Found, ...] = ()
    prints: tuple[tuple[str, bytes], ...] = ()
    previous: str = ""
    remark: str = ""
    shape: str = ""

    def dump(self) -> str:
        """Return the record as one line of JSON."""
        prints = [(section, base64.b85encode(sketch).decode()) for section, sketch in self.prints]
        return json.dumps(self._replace(prints=prints), ensure_ascii=False)  # type: ignore[arg-type]


def digest(*texts: str) -> str:
    """Return a short text that is another one for other texts."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=6).hexdigest()


def load(text: str) -> Audited:
    """Return the record that ``dump`` wrote; raises ``ValueError``, ``TypeError`` or ``KeyError`` for another text."""
    data: dict[str, Any] = dict(zip(Audited._fields, json.loads(text), strict=True))
    record = Audited(
        **data
        | {
            "state": State(data["state"]),
            "figures": tuple((key, value) for key, value in data["figures"]),
            "findings": tuple(_found(found) for found in data["findings"]),
            "prints": tuple((section, base64.b85decode(sketch)) for section, sketch in data["prints"]),
        }
    )
    if not _is_sound(record):
        raise ValueError(text)
    return record


def _found(data: list[Any]) -> Found:
    found = Found(*data)
    message, todo, proposed, quote = found.told
    return found._replace(told=Told(message, todo, tuple(proposed), quote))


def _words_of(found: Found) -> tuple[object, ...]:
    """What of a finding is text."""
    others = found._replace(left="", right="", difference="", told=Told("", "", (), ""))
    return (
        *(part for part in others if part != others.told),
        *found.told.proposed,
        *found.told[:2],
        found.told.quote,
    )


def _is_sound(record: Audited) -> bool:
    """True if every part is of its type, and the counts are those of the state."""
    texts = (record.path, record.organisation, record.form, record.previous, record.remark, record.shape)
    sides = [(found.left, found.right, found.difference) for found in record.findings]
    words = (word for found in record.findings for word in _words_of(found))
    numbers = (value for values in sides for value in values)
    return (
        all(isinstance(text, str) for text in (*texts, *words))
        and all(isinstance(value, Shown) for value in (*(value for _, value in record.figures), *numbers))
        and all(isinstance(key, str) for key, _ in (*record.figures, *record.prints))
        and all(isinstance(count, int) and count >= 0 for count in (record.errors, record.warnings))
        and isinstance(record.year, int | None)
        and (record.errors > 0) == (record.state is State.FAILED)
    )
