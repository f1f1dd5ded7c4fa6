"""Workbook files looked at part by part."""

from __future__ import annotations

import zipfile
from pathlib import Path

from xlreport.ooxml.notes import Note, Notes
from xlreport.ooxml.package import Package
from xlreport.ooxml.workbook import Book


def package_of(path: Path) -> Package:
    """Return the package in a file."""
    with zipfile.ZipFile(path) as zipped:
        return Package(zipped)


def parts_of(path: Path) -> dict[str, bytes]:
    """Return every part of a file by its name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheet_parts(path: Path) -> dict[str, str]:
    """Return the part of every worksheet by its title."""
    return Book(package_of(path)).worksheets()


def notes_of(path: Path, title: str) -> dict[tuple[int, int], Note]:
    """Return the notes of a sheet by row and column from 1."""
    package = package_of(path)
    book = Book(package)
    return Notes(package, book, book.worksheets()[title]).all()
