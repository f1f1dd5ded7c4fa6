"""The annotated sentences: what each of them says, of whom, and how sure a finding on it may be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.report import Report, nested
from xlreport.rules.text.claim_labels import ACTS, CASES, DOCUMENTS

SETS = Path(__file__).parent / "data"
#: Reports whose figures the sentences are held against: published ones, and invented ones.
REPORTS = Path(__file__).parent / "reports"
#: The form in whose words everything is read.
FORM = form_of(CURRENT)
#: Kinds of results are written without what they all begin with.
_GROUPS = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")
_CLAIM = re.compile(r"([\w.+|]+)=([\d.]+)(~)?(?::(\w+))?(?:@(\d{4}))?(/\w+)?(~)?")


class Figure(NamedTuple):
    """What a figure counts, as annotated or as read."""

    kind: str
    column: str
    value: Number
    year: int
    own: bool
    approximate: bool = False


class Annotated(NamedTuple):
    """One annotated sentence of a set; ``report`` names the report that it is held against, ``organisation`` and ``year`` are that report's."""

    set: str
    report: str
    organisation: str
    year: int
    verdict: str
    figures: tuple[Figure, ...]
    text: str


def names() -> list[str]:
    """Return the names of the sets, in the order of the alphabet."""
    return sorted(path.stem for path in SETS.glob("*.txt"))


@cache
def load(name: str) -> tuple[Annotated, ...]:
    """Return the sentences of one set; ``ValueError`` names the line that is not as it should be."""
    path = SETS / f"{name}.txt"
    report, organisation, year = "", "", 0
    found: list[Annotated] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("["):
            report, organisation, year = _head(line)
        elif line.strip() and not line.startswith("#"):
            try:
                verdict, figures, text = _sentence(line, year)
            except (ValueError, ArithmeticError) as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
            found.append(Annotated(name, report, organisation, year, verdict, figures, text))
    return tuple(found)


def _head(line: str) -> tuple[str, str, int]:
    """“[suqian-2023]”, or with another body and year of the same figures: “[xiji-2025 甲县住房和城乡建设局 2023]”."""
    report, *body = line.strip("[] ").split()
    organisation, year = whose(report)
    if body:
        organisation = body[0]
        year = int(body[1]) if len(body) > 1 else year
    return report, organisation, year


def _sentence(line: str, year: int) -> tuple[str, tuple[Figure, ...], str]:
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) < 3 or parts[0] not in ("silent", "warning", "error"):
        return "silent", (), line.strip()
    verdict, said, text = parts
    return verdict, tuple(_figures(said, year)), text


def _figures(said: str, own_year: int) -> Iterator[Figure]:
    for claim in re.split(r",\s*", said):
        if claim in ("-", ""):
            continue
        match = _CLAIM.fullmatch(claim)
        if match is None:
            raise ValueError(f"not a claim: {claim}")
        kind, value, rough, column, year, scope, late = match.groups()
        kind = "+".join(_whole_kind(part) for part in kind.partition("|")[0].split("+"))
        number = Decimal(value)
        whole = int(number) if number == int(number) else number
        yield Figure(kind, column or "", whole, int(year or own_year), not scope, bool(rough or late))


def _whole_kind(kind: str) -> str:
    head = kind.split(".")[0]
    kind = f"results.{kind}" if head in _GROUPS else kind
    if head not in (
        *_GROUPS,
        *ACTS,
        *CASES,
        *DOCUMENTS,
        "results",
        "licensing",
        "penalties",
        "coercion",
        "fees",
    ):
        raise ValueError(f"no kind: {kind}")
    return kind


@cache
def whose(report: str) -> tuple[str, int]:
    """Return the organisation and the year of a report of the samples."""
    found = report_named(report, "")
    assert found.year is not None
    return found.organisation, found.year


def report_named(name: str, text: str, organisation: str = "", year: int | None = None) -> Report:
    """Return the figures of that report with ``text`` as its first section; ``zero`` is a report of zeros."""
    data = dict(_data(name))
    data["organisation"] = organisation or data["organisation"]
    data["year"] = year or data["year"]
    return Report.model_validate({**data, "overview": text, "problems": "", "other_matters": ""})


@cache
def _data(name: str) -> dict[str, object]:
    if name == "zero":
        figures = nested(dict.fromkeys(FORM.cells, 0))
        return {**figures, "organisation": "某县档案馆", "year": 2024}
    found: dict[str, object] = json.loads((REPORTS / f"{name}.json").read_text("utf-8"))
    return found
