"""Texts written so that the program keeps them as texts."""

from __future__ import annotations


def as_text(text: str) -> str:
    """Return ``text`` as it must be handed to a cell to stay this text.

    A spreadsheet program reads what a macro writes as if it were typed: “1-2” becomes a date, “=A1” a formula, “二〇二五年一月一日” a day.
    The apostrophe in front, which does not become part of the value, prevents it.
    """
    return f"'{text}" if text else text
