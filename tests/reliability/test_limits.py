"""The limits in the documents are those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport import limits

PAGE = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text("utf-8")
MB = 1024 * 1024


@pytest.mark.parametrize(
    "name", [name for name in vars(limits) if name.isupper() and not name.startswith("_")]
)
def test_every_limit_is_in_the_page(name: str) -> None:
    value = getattr(limits, name)
    shown = f"{value // MB} MB" if value % MB == 0 else f"{value:,}"
    assert f"| {shown} |" in PAGE, name
