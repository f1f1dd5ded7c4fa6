"""The texts that lie beside these modules: words and weights."""

from __future__ import annotations

# Half of what importlib.resources takes to load.
from pkgutil import get_data


def text_of(name: str) -> str:
    """Return one of these files; its lines end as Python's do, however it was checked out."""
    content = get_data(__name__, name)
    assert content is not None
    return content.decode().replace("\r\n", "\n")
