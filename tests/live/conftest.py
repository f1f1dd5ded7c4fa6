"""What the tests of the buttons share: a folder for locks and logs that is the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(home: Path) -> Path:
    """The folder that ``home`` names, for every button that is pressed."""
    return home
