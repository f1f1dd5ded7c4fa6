"""Folders full of reports for the benchmarks: one is written by the package, the others are patched copies of it."""

from __future__ import annotations

import io
import random
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import xlreport
from xlreport.document.html import page
from xlreport.example import good
from xlreport.form.grid import grid_of
from xlreport.report import Report
from xlreport.workbook.layout import layout_of

#: Units in a sub-folder, and one in so many has an error in its figures.
PER_FOLDER, ONE_IN = 100, 8


#: What names are made of.
_SIGNS = "东南西北中山河江湖海林泉石田安宁平和"


class Unit(NamedTuple):
    """A made unit: its name, how many applications more than in the example it has, and where a figure is wrong by how much."""

    organisation: str
    more: int
    wrong: dict[str, int]


def units(count: int, seed: int = 2025) -> Iterator[Unit]:
    """Yield that many units; one in ``ONE_IN`` has an error."""
    draw = random.Random(seed)
    for number in range(count):
        sign = [_SIGNS[number // len(_SIGNS) ** place % len(_SIGNS)] for place in range(4)]
        wrong = {draw.choice(_CHANGED): draw.randint(1, 9)} if number % ONE_IN == 0 else {}
        yield Unit(f"示例市{''.join(sign)}局", draw.randint(0, 400), wrong)


#: The cells that grow with the applications: all of them by natural persons, all granted.
_CHANGED = [
    f"applications.{row}.{column}"
    for row in ("new", "results.granted", "results.total")
    for column in ("natural_person", "total")
]
#: The figures in the example's text that grow as well.
_TOLD = (167, 148)


def workbooks(folder: Path, count: int) -> None:
    """Write that many workbooks, in sub-folders."""
    parts = _parts(good(), ".xlsx")
    places = layout_of(good().declaration).cells
    sheets = {name: _sheet_part(parts, name) for name in {block.sheet for block in places.values()}}
    figures = good().figures()
    for number, unit in enumerate(units(count)):
        changed = _told(parts, unit)
        for key in _CHANGED:
            part = sheets[places[key].sheet]
            cell = rf'(<c r="{places[key].corner}"[^>]*><v>)[^<]*'.encode()
            changed[part], done = re.subn(
                cell, rb"\g<1>%d" % (figures[key] + unit.more + unit.wrong.get(key, 0)), changed[part]
            )
            assert done == 1, key
        _write(changed, _path(folder, number, ".xlsx"))


def documents(folder: Path, count: int) -> None:
    """Write that many submission documents, in sub-folders."""
    parts = _parts(good(), ".docx")
    for number, unit in enumerate(units(count)):
        _write(_told(parts, unit._replace(more=0)), _path(folder, number, ".docx"))


def pages(folder: Path, count: int) -> None:
    """Write that many web pages, in sub-folders."""
    parts = {"": page(good()).encode()}
    for number, unit in enumerate(units(count)):
        told = _told(parts, unit._replace(more=0))
        _path(folder, number, ".html").write_bytes(told[""])


def mixed(folder: Path, count: int) -> None:
    """Write that many files of every shape, in sub-folders: of ten, four workbooks, two documents, two pages, one of data, one text.

    One in nineteen is cut off in the middle.
    """
    packages = {ending: _parts(good(), ending) for ending in (".xlsx", ".docx")}
    plain = {".html": {"": page(good()).encode()}, ".json": {"": good().model_dump_json().encode()}}
    plain[".txt"] = {"": _text(good()).encode()}
    for number, unit in enumerate(units(count)):
        ending = _ENDINGS[number % len(_ENDINGS)]
        path = _path(folder, number, ending)
        if ending in packages:
            _write(_told(packages[ending], unit._replace(more=0)), path)
        else:
            path.write_bytes(_told(plain[ending], unit._replace(more=0))[""])
        if number % _BROKEN == 0:
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2])


_ENDINGS = (*(".xlsx", ".docx", ".html", ".xlsx", ".json"), *(".xlsx", ".docx", ".html", ".xlsx", ".txt"))
#: One in so many of mixed files is broken; odd, so that every shape is.
_BROKEN = 19


def _text(report: Report) -> str:
    """The report as plain text, its tables with tabs between the cells."""
    figures, lines = report.figures(), [report.full_title, *report.paragraphs("preamble")]
    tables = {table.key: table for table in report.declaration.tables}
    for section in report.declaration.sections:
        lines.append(section.heading)
        if section.content not in tables:
            lines += report.paragraphs(section.content)
            continue
        grid = grid_of(tables[section.content])
        rows = [[""] * grid.width for _ in range(grid.height)]
        for cell in grid.cells:
            rows[cell.row][cell.column] = str(figures[cell.key]) if cell.key else cell.text.replace("\n", "")
        lines += ["\t".join(row) for row in rows]
    return "\n".join(lines) + "\n"


def _told(parts: dict[str, bytes], unit: Unit) -> dict[str, bytes]:
    """The parts with the unit's name, and its figures in the text."""
    words = {good().organisation: unit.organisation} | {
        f"{told}件": f"{told + unit.more}件" for told in _TOLD
    }
    changed = {}
    for part, data in parts.items():
        for before, after in words.items():
            for escape in ("strict", "xmlcharrefreplace"):
                encoding = "utf-8" if escape == "strict" else "ascii"
                data = data.replace(before.encode(encoding, escape), after.encode(encoding, escape))
        changed[part] = data
    return changed


def _path(folder: Path, number: int, ending: str) -> Path:
    inside = folder / f"{number // PER_FOLDER:03}"
    inside.mkdir(parents=True, exist_ok=True)
    return inside / f"{number:05}{ending}"


def _parts(report: Report, ending: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, f"model{ending}")
        xlreport.write(report, path)
        with zipfile.ZipFile(path) as package:
            return {part: package.read(part) for part in package.namelist()}


def _sheet_part(parts: dict[str, bytes], title: str) -> str:
    book = parts["xl/workbook.xml"].decode()
    found = re.search(rf'<sheet [^>]*name="{title}"[^>]*r:id="(\w+)"', book)
    assert found, title
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    target = next(
        element for element in re.findall(r"<Relationship [^>]*>", relations) if f'Id="{found[1]}"' in element
    )
    return "xl/" + re.sub(r'.*Target="/?(?:xl/)?([^"]*)".*', r"\1", target)


def _write(parts: dict[str, bytes], path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, data in parts.items():
            package.writestr(part, data)
    path.write_bytes(content.getvalue())
