"""What all tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.office import Office, missing, needed, without_office

# Their programs are held to limits that only POSIX has.
collect_ignore = ["reliability", "strangers"] if sys.platform == "win32" else []


# A machine that is slow, or busy with other work, is no fault of the code.
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say at the very end how many tests a missing LibreOffice left out, and what installs it."""
    yield
    skipped = terminalreporter.stats.get("skipped", ())
    line = without_office(str(report.longrepr) for report in skipped)
    if line:
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A real LibreOffice, one per session (and per xdist worker). Skipped where there is none and none is required."""
    needed(missing())
    running = Office(tmp_path_factory.mktemp("office"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's own folder while the tests of a module run, where audits keep what they found."""
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps pages and its log during this test; not there yet."""
    cache = tmp_path / "缓存"
    monkeypatch.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(cache))
    return cache
