"""Files that are made of letters as blocks: web pages, also saved in a single file, and plain texts."""

from __future__ import annotations

from pathlib import Path

from xlreport.sources.blocks import Block
from xlreport.sources.html_source import LOOKS_LIKE_MARKUP
from xlreport.sources.web_archive import BEGINS, page_in


def blocks_in(source: Path, content: bytes, text: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of a file of which ``content`` is decoded to ``text``, and what is to be said about reading it.

    Raises ``InputError`` where nothing can be made of it, or it is far too large.
    """
    if BEGINS.match(text[:2000]):
        text = page_in(source, content)
    if LOOKS_LIKE_MARKUP.search(text[:20_000]):
        from xlreport.sources import html

        return html.blocks_in(source, text)
    from xlreport.sources import text as plain

    return plain.blocks_in(source, text), []
