"""What the program reads is what a person sees: a few of every family of ``python -m tests.strangers``, and random plain files."""

from __future__ import annotations

import random
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xlreport
from tests.strangers import FAMILIES, every
from tests.strangers.__main__ import tried
from tests.strangers.attempts import Attempt
from tests.strangers.bases import page, page_file, run, word
from tests.strangers.judging import FAILURES
from tests.strangers.pages import twin
from tests.strangers.plain_reading import document_rows, figures, page_rows

#: So many of each family; the whole run is the command. Files of no end are tried by the command alone, but for one.
SAMPLES = {"rollups": 4, "caches": 6, "styles": 6, "hostile": 2}


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_silent_crashes_or_takes_too_long(family: str) -> None:
    attempts = [a for a in every([family]) if a.kind != "many"]
    drawn = random.Random(10).sample(attempts, SAMPLES.get(family, 20))
    came = tried(drawn, jobs=1)
    assert len(came) == len(drawn)
    assert [f"{v.what.value} {a.title}: {v.why}" for a, v in came if v.what in FAILURES] == []


def test_every_attempt_has_a_name_of_its_own() -> None:
    titles = [attempt.title for attempt in every()]
    assert len(titles) >= 800
    assert len(set(titles)) == len(titles)


def test_a_wrong_expectation_is_found() -> None:
    """The judge is no yes-man: a page that shows 437 does not show 438."""
    from tests.strangers.attempts import PENALTIES, NoNumber, Shown

    wrong = [
        Attempt("texts", "judge", "other", ".html", page_file(page()), Shown({PENALTIES: 438})),
        Attempt("texts", "judge", "none", ".html", page_file(page()), NoNumber()),
        Attempt("texts", "judge", "right", ".html", page_file(page()), Shown()),
    ]
    assert [v.what in FAILURES for _, v in tried(wrong, jobs=1)] == [True, True, False]


WHOLE = st.integers(min_value=0, max_value=10**7)


@settings(max_examples=25)
@given(shown=WHOLE, hidden=st.none() | WHOLE, before=st.booleans())
def test_what_is_read_of_a_page_is_what_a_plain_reading_sees(
    shown: int, hidden: int | None, before: bool
) -> None:
    rows = [twin(str(shown))]
    if hidden is not None:
        rows.insert(0 if before else 1, twin(str(hidden), 'style="display:none"'))
    _same(page_file(page(row="".join(rows))), ".html", shown)


@settings(max_examples=25)
@given(digits=WHOLE.map(str), cuts=st.sets(st.integers(min_value=1, max_value=7)), hidden=st.none() | WHOLE)
def test_what_is_read_of_a_document_is_what_a_plain_reading_sees(
    digits: str, cuts: set[int], hidden: int | None
) -> None:
    """The figure is split over runs at random, beside a hidden row of the same label."""
    places = [0, *sorted(cut for cut in cuts if cut < len(digits)), len(digits)]
    runs = "".join(run(digits[one:other]) for one, other in pairwise(places))

    def row(text: str) -> str:
        new = text.replace(run("437"), runs)
        if hidden is None:
            return new
        return text.replace(run("437"), run(str(hidden))).replace("<w:trPr>", "<w:trPr><w:hidden/>", 1) + new

    _same(word(row=row), ".docx", int(digits))


def _same(make: object, suffix: str, shown: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        assert callable(make)
        make(path)
        seen = figures(page_rows(path) if suffix == ".html" else document_rows(path), "行政处罚")
        assert seen == [str(shown)]
        assert xlreport.read(path).disclosure.penalties.decisions == shown  # type: ignore[attr-defined]
