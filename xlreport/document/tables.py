"""The pen that draws a grid as a Word table: real merges, header rows that repeat, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from xlreport.document import styles
from xlreport.document.markup import attribute, paragraph, run
from xlreport.form.figures import Figure, shown
from xlreport.form.grid import Grid, GridCell, Role

_STYLES = {
    Role.TITLE: styles.CELL_TITLE,
    Role.NOTE: styles.CELL_NOTE,
    Role.HEADER: styles.CELL_HEADER,
    Role.LABEL: styles.CELL_LABEL,
    Role.FIGURE: styles.CELL_FIGURE,
}

#: One character in a table, and the room beside a line of them, in twentieths of a point.
_CHARACTER, _ROOM = 210, 135
#: Characters to a line of the innermost labels, at least.
_LABEL_CHARACTERS = 9


def table(grid: Grid, figures: Mapping[str, Figure], ids: Mapping[str, str], width: int, caption: str) -> str:
    """Return the table as WordprocessingML, ``width`` twentieths of a point wide.

    A blank figure stays blank, a text stays as typed. ``ids`` are style ids by style name; ``caption`` is for screen readers.
    """
    texts = {cell.key: shown(figures[cell.key]) for cell in grid.cells if cell.key}
    columns = column_widths(grid, texts, width)
    rows = (
        _row(line, row, row < grid.header_rows, columns, texts, ids)
        for row, line in enumerate(_covering(grid))
    )
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={attribute(ids[styles.GRID])}/>"
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={attribute(caption)}/></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def column_widths(grid: Grid, texts: Mapping[str, str], width: int) -> list[int]:
    """Return column widths that add up to ``width``; ``texts`` are the figures as printed, by key.

    Equal beside plain row labels. Otherwise columns of figures are wide enough for their headers and numbers, group labels stand in
    two or three short lines, and the innermost labels get the rest.
    """
    if grid.label_columns == 1:
        return _shared(width, [1] * grid.width)
    needs = [0] * grid.width
    for cell in grid.cells:
        if cell.column_span == 1:
            needs[cell.column] = max(needs[cell.column], _need(cell, texts.get(cell.key, "")))
    if grid.label_columns:
        elastic = [grid.label_columns - 1]
        needs[elastic[0]] = _ROOM + _LABEL_CHARACTERS * _CHARACTER
    else:
        elastic = list(range(grid.width))
    spare = width - sum(needs)
    if spare < 0:
        return _shared(width, needs)
    for column, share in zip(elastic, _shared(spare, [1] * len(elastic)), strict=True):
        needs[column] += share
    return needs


def _need(cell: GridCell, text: str) -> int:
    """The width a cell asks for; none for one that wraps."""
    if cell.role is Role.HEADER or (cell.role is Role.LABEL and cell.row_span > 1):
        return _ROOM + _characters_to_a_line(len(cell.text), cell.role is Role.LABEL) * _CHARACTER
    return _ROOM + len(text) * _CHARACTER // 2 if text.isdecimal() else 0


def _characters_to_a_line(length: int, group: bool) -> int:
    """Column headers break after two characters (商业/企业), group labels into two lines or three."""
    if group:
        return ceil(length / (2 if length <= 8 else 3))
    return length if length <= 3 else 2


def _shared(width: int, weights: Sequence[int]) -> list[int]:
    """Return ``width`` in whole parts by weight."""
    ends = [round(width * sum(weights[: number + 1]) / sum(weights)) for number in range(len(weights))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _covering(grid: Grid) -> Iterator[list[GridCell]]:
    """Yield for every row the cells that stand in it or reach into it from above, left to right."""
    lines: list[list[GridCell]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            lines[row].append(cell)
    return (sorted(line, key=lambda cell: cell.column) for line in lines)


def _row(
    line: list[GridCell],
    row: int,
    header: bool,
    columns: list[int],
    texts: Mapping[str, str],
    ids: Mapping[str, str],
) -> str:
    properties = f"<w:cantSplit/>{'<w:tblHeader/>' if header else ''}"
    cells = "".join(_cell(cell, row, columns, texts, ids) for cell in line)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(
    cell: GridCell, row: int, columns: list[int], texts: Mapping[str, str], ids: Mapping[str, str]
) -> str:
    width = sum(columns[cell.column : cell.column + cell.column_span])
    merge = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    begins = row == cell.row
    if cell.row_span > 1:
        merge += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    grouping = cell.role is Role.LABEL and cell.row_span > 1
    style = ids[styles.CELL_GROUP if grouping else _STYLES[cell.role]]
    text = run(texts[cell.key] if cell.key else cell.text) if begins else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}</w:tcPr>{paragraph(style, text)}</w:tc>'
