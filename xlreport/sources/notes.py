"""How a note's mark beside a text is written down: “437（注1）”."""

from __future__ import annotations

_BRACKETS = "[]()（）〔〕【】注 "


def note(mark: str) -> str:
    """Return what stands for a ``mark`` in the text beside it, whatever brackets it is printed in."""
    return f"（注{mark.strip(_BRACKETS) or mark.strip()}）"
