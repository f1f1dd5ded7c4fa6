"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.office import Office, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A real LibreOffice, one per session (and per xdist worker). Skipped where there is none, except on CI, where it must be."""
    reason = missing()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"LibreOffice is required on CI: {reason}")
    if reason:
        pytest.skip(reason)
    running = Office(tmp_path_factory.mktemp("office"))
    yield running
    running.close()
