"""A button as one step of the list that Ctrl+Z goes back through, in a program that keeps one over what programs do.

Excel empties its list when a macro runs. Our own engine for LibreOffice says by two methods of its book that it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw


@contextmanager
def one_step(book: xw.Book, name: str) -> Iterator[None]:
    """Make one step called ``name`` of all that is done meanwhile."""
    begin = getattr(book.impl, "begin_step", None)
    if begin is None:
        yield
        return
    begin(name)
    try:
        yield
    finally:
        # The workbook may have been closed.
        with suppress(Exception):
            book.impl.end_step()


def close_steps(book: xw.Book) -> None:
    """End the steps that were begun by a job which was killed: until then nothing can be undone."""
    with suppress(Exception):
        while getattr(book.impl, "end_step", None) is not None:
            book.impl.end_step()
