"""A report as paragraphs and drawn tables, before any file format: labels and shapes varied, figures printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.rendering.variations import Variation, printed
from xlreport.form.declaration import Table
from xlreport.form.grid import Grid, GridCell, Role, grid_of
from xlreport.report import Report


@dataclass(frozen=True)
class DrawnCell:
    """A cell of a drawn table; ``figure`` marks those that hold one."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    figure: bool = False


@dataclass(frozen=True)
class DrawnTable:
    """A drawn table; ``cells`` cover it."""

    cells: tuple[DrawnCell, ...]

    @property
    def height(self) -> int:
        return max(cell.row + cell.row_span for cell in self.cells)

    @property
    def width(self) -> int:
        return max(cell.column + cell.column_span for cell in self.cells)

    def lines(self) -> list[list[DrawnCell]]:
        """The cells by the row they begin in."""
        found: list[list[DrawnCell]] = [[] for _ in range(self.height)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found[cell.row].append(cell)
        return found


Item = str | DrawnTable

SHORTENED = {
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期未缴纳费用",
    "4.无正当理由大量反复申请": "4.大量反复申请",
}
USUAL = {"行政规范性文件": "规范性文件", "社会公益组织": "社会公益", "规章": "规 章", "总计": "合计"}
OVERDUE = {
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期不缴费",
}
DROPPED = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "5.属于三类内部事务信息": "5.属三类内部事务信息",
    "一、本年新收政府信息公开申请数量": "一、本年新收政府信息公开申请数",
    "法律服务机构": "法律服务机枃",
    "复议后起诉": "复议后起斥",
}


def label(text: str, how: Variation) -> str:
    """Return a label as that variation prints it."""
    if how.labels == "spaced" and len(text) > 4:
        text = f"{text[0]}　{text[1:4]}\n{text[4:]} "
    elif how.labels == "half-width":
        text = text.replace("（", "(").replace("）", ")").replace("“", '"').replace("”", '"')
    elif how.labels == "comma":
        text = re.sub(r"^(\d)\.", r"\1、", text)
    elif how.labels == "dropped":
        text = DROPPED.get(text, text)
    elif how.labels == "shortened":
        text = SHORTENED.get(text, text)
    elif how.labels == "overdue":
        text = OVERDUE.get(text, text)
    elif how.labels == "usual":
        text = USUAL.get(text, text)
    return text


def items(report: Report, how: Variation) -> list[Item]:
    """Return the whole document: title, preamble, sections, tables."""
    form = report.declaration
    found: list[Item] = [*_title(report, how)]
    if how.noise == "contents":
        found += ["目　录", *(section.heading for section in form.sections)]
    found += (report.preamble or "").splitlines()
    tables = {table.key: table for table in form.tables}
    for section in form.sections:
        found.append(heading(section.number, section.title, section.content, how))
        if section.content in tables:
            found += drawn_tables(report, tables[section.content], how)
        else:
            found += (getattr(report, section.content) or "").splitlines()
            if how.noise == "small-table" and section.number == "一":
                rows = [["渠道", "条数", "其他"], ["门户网站", "437", "12"], ["公众号", "1200", "3"]]
                cells = [
                    DrawnCell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)
                ]
                found.append(DrawnTable(tuple(cells)))
    if how.noise == "signature":
        found += [report.organisation, f"{(report.year or 2024) + 1}年1月20日"]
    return found


def _title(report: Report, how: Variation) -> Iterable[str]:
    name, rest = report.organisation, f"{report.declaration.title}"
    if how.title == "two":
        return [f"{name}{report.year}年", rest]
    if how.title == "three":
        return [name, f"{report.year}年", rest]
    if how.title == "year-first":
        return [f"{report.year}年{name}{rest}"]
    if how.title == "cover":
        return [name, rest, f"（{report.year}年）"]
    if how.title == "year-above":
        return [f"（{report.year}年度）", name, rest]
    if how.title == "name-below":
        return [f"{report.year}年{rest}", f"（{name}）"]
    if how.title == "on-a-page":
        furniture = ["来源：市政府办公室", f"发布时间：{(report.year or 2024) + 1}-01-20", "字号：大 中 小"]
        return [
            "宿迁市人民政府门户网站",
            f"当前位置：首页 > {rest} > {name}",
            f"{name}{report.year}年{rest}",
            *furniture,
        ]
    if how.title == "issued":
        return [f"关于印发《{name}{report.year}年{rest}》的通知"]
    return [f"{name}{report.year}年{rest}"]


def heading(number: str, title: str, content: str, how: Variation) -> str:
    """Return a section's heading as that variation prints it."""
    if how.headings == "digits":
        return f"{'一二三四五六'.index(number) + 1}、 {title}"
    if how.headings == "usual":
        title = {
            "disclosure": "行政机关主动公开政府信息情况",
            "cases": "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "problems": "政府信息公开工作存在的主要问题及改进情况",
            "overview": "政府信息公开工作的基本情况",
        }.get(content, title)
    if how.headings == "spaced":
        return f"　　{number} 、{title[:2]} {title[2:]}"
    if how.headings == "misprint":
        title = title.replace("行政复议", "行政法复议").replace("改进情况", "改进措施")
    return f"（{number}）{title}" if how.headings == "bracketed" else f"{number}、{title}"


def drawn_tables(report: Report, table: Table, how: Variation) -> list[DrawnTable]:
    """Return a table of the report as that variation draws it, in one piece or several."""
    figures = report.figures()
    cells = [
        DrawnCell(
            c.row,
            c.column,
            c.row_span,
            c.column_span,
            printed(
                figures[c.key],
                report.declaration.cells[c.key].unit,
                how,
                "万元" in report.declaration.cells[c.key].column_labels[-1],
            ),
            True,
        )
        if c.key
        else DrawnCell(c.row, c.column, c.row_span, c.column_span, _printed_label(c, table, how, report.year))
        for c in _cells(grid_of(table), table, how)
    ]
    grid = grid_of(table)
    header = grid.header_rows
    if table.layout == "rows" and how.headers == "rows":
        cells, header = _headers_over_rows(cells, header), header + 1
    if table.layout == "rows" and how.groups == "flattened":
        cells = _flattened(cells, header, grid.label_columns)
    if table.layout == "rows" and how.groups == "pieces":
        cells = _in_pieces(cells, header)
    if table.layout == "line" and how.table4 == "rows":
        cells = _a_row_each(cells, table)
    if table.layout == "line" and how.table4 == "stacked":
        cells = _stacked(cells, table)
    pieces = _pieces(cells, table, header, how)
    return [DrawnTable(tuple(_unmerged(piece) if how.merged == "no" else piece)) for piece in pieces]


def _printed_label(cell: GridCell, table: Table, how: Variation, year: int | None) -> str:
    text = label(cell.text, how)
    if cell.role is Role.HEADER:
        if how.headers == "lines" and len(text) == 4:
            text = f"{text[:2]}\n{text[2:]}"
        if how.headers == "year":
            text = text.replace("本年", f"本年（{year}）")
        if how.headers == "cut" and text.startswith("本年新"):
            text = "本年新"
        if how.fee == "yuan-header":
            text = text.replace("万元", "元")
        if how.fee == "spaced-header":
            text = text.replace("万元", "万 元")
        if how.headers == "joined" and table.layout == "rows" and cell.row == 2:
            text = f"法人或其他组织{text}"
    return text


def _cells(grid: Grid, table: Table, how: Variation) -> list[GridCell]:
    """The grid's cells; the group of other results as a single row if that is asked for."""
    group = [c for c in grid.cells if c.role is Role.LABEL and c.text == "（六）其他处理" and c.row_span == 3]
    if how.other != "single" or not group:
        return list(grid.cells)
    top = group[0].row
    kept = []
    for cell in grid.cells:
        if cell is group[0]:
            kept.append(cell._replace(row_span=1, column_span=grid.label_columns - cell.column))
        elif (cell.row in (top, top + 1) and cell.row_span == 1) or (
            cell.row == top + 2 and cell.role is Role.LABEL
        ):
            continue
        elif cell.row == top + 2:
            kept.append(cell._replace(row=top))
        elif cell.row > top + 2:
            kept.append(cell._replace(row=cell.row - 2))
        elif cell.row < top < cell.row + cell.row_span:
            kept.append(cell._replace(row_span=cell.row_span - 2))
        else:
            kept.append(cell)
    return kept


def _headers_over_rows(cells: list[DrawnCell], header: int) -> list[DrawnCell]:
    """Break the lowest header labels of four characters over two rows: 商业 above 企业."""
    found = []
    for cell in cells:
        if cell.row >= header:
            found.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.row_span < header:
            found.append(cell)
        elif cell.row_span == 1 and len(cell.text) == 4:
            found.append(replace(cell, text=cell.text[:2]))
            found.append(replace(cell, row=cell.row + 1, text=cell.text[2:]))
        else:
            found.append(replace(cell, row_span=cell.row_span + 1))
    return found


def _flattened(cells: list[DrawnCell], header: int, labels: int) -> list[DrawnCell]:
    """One column of labels: “（三）不予公开-1.属于国家秘密”."""
    found = []
    for cell in cells:
        if cell.column >= labels:
            found.append(replace(cell, column=cell.column - labels + 1))
        elif cell.row < header:
            found.append(replace(cell, column_span=1))
    groups: dict[int, list[DrawnCell]] = {}
    for cell in cells:
        if cell.column < labels and cell.row >= header:
            for row in range(cell.row, cell.row + cell.row_span):
                groups.setdefault(row, []).append(cell)
    for row, line in groups.items():
        line.sort(key=lambda cell: cell.column)
        texts = [cell.text for cell in line][-2:] if len(line) > 2 else [line[-1].text]
        found.append(DrawnCell(row, 0, 1, 1, "-".join(texts)))
    return found


def _in_pieces(cells: list[DrawnCell], header: int) -> list[DrawnCell]:
    """Group labels letter by letter down their rows."""
    found = []
    for cell in cells:
        if cell.row < header or cell.row_span == 1 or cell.figure:
            found.append(cell)
            continue
        letters = ["三、", *cell.text[2:]] if cell.text.startswith("三、") else list(cell.text)
        for down in range(cell.row_span):
            rest = "".join(letters[down:]) if down == cell.row_span - 1 else "".join(letters[down : down + 1])
            found.append(replace(cell, row=cell.row + down, row_span=1, text=rest))
    return found


def _a_row_each(cells: list[DrawnCell], table: Table) -> list[DrawnCell]:
    """The table of cases with a row for each kind of case, and the five outcomes once at the top."""
    figures = [cell.text for cell in cells if cell.figure]
    columns = [cell.column_labels for cell in table.cells]
    kinds = list(dict.fromkeys("（".join(labels[:-1]) for labels in columns))
    count = len(columns) // len(kinds)
    found = [DrawnCell(0, 0, 1, 1, "类别")]
    found += [DrawnCell(0, 1 + at, 1, 1, labels[-1]) for at, labels in enumerate(columns[:count])]
    for down, kind in enumerate(kinds, 1):
        found.append(DrawnCell(down, 0, 1, 1, f"{kind}）" if "（" in kind else kind))
        line = figures[(down - 1) * count : down * count]
        found += [DrawnCell(down, 1 + at, 1, 1, text, True) for at, text in enumerate(line)]
    return found


def _stacked(cells: list[DrawnCell], table: Table) -> list[DrawnCell]:
    """The table of cases as one block below another, each with its kind of case, its outcomes and its figures."""
    figures = iter([cell.text for cell in cells if cell.figure])
    blocks: dict[tuple[str, ...], list[str]] = {}
    for declared in table.cells:
        *kind, outcome = declared.column_labels
        blocks.setdefault(tuple(kind), []).append(outcome)
    found: list[DrawnCell] = []
    row = 0
    for kinds, outcomes in blocks.items():
        for kind in kinds:
            found.append(DrawnCell(row, 0, 1, len(outcomes), kind))
            row += 1
        found += [DrawnCell(row, at, 1, 1, outcome) for at, outcome in enumerate(outcomes)]
        found += [DrawnCell(row + 1, at, 1, 1, next(figures), True) for at in range(len(outcomes))]
        row += 2
    return found


def _pieces(cells: list[DrawnCell], table: Table, header: int, how: Variation) -> list[list[DrawnCell]]:
    height = max(cell.row + cell.row_span for cell in cells)
    if table.layout == "blocks" and how.table2 == "four":
        tops = [
            cell.row
            for cell in cells
            if cell.text.replace(" ", "").replace("　", "").replace("\n", "").startswith("第二十条")
        ]
        return [_cut(cells, top, end) for top, end in zip(tops, [*tops[1:], height], strict=True)]
    if table.layout == "line" and how.table4 == "two":
        edge = next(cell.column_span for cell in cells if cell.row == 0 and cell.column == 0)
        left = [cell for cell in cells if cell.column < edge]
        right = [replace(cell, column=cell.column - edge) for cell in cells if cell.column >= edge]
        return [left, right]
    if table.layout == "rows" and how.table3 != "one":
        middle = header + (height - header) // 2
        upper, lower = _cut(cells, 0, middle), _cut(cells, middle, height, how.table3 == "group-again")
        if how.table3 == "headless":
            return [upper, lower]
        head = [cell for cell in cells if cell.row < header]
        return [upper, [*head, *(replace(cell, row=cell.row + header) for cell in lower)]]
    return [cells]


def _cut(cells: list[DrawnCell], top: int, end: int, again: bool = True) -> list[DrawnCell]:
    """The rows from ``top`` to before ``end``; a cell that is cut has its text in the first part, and ``again`` in the other."""
    found = []
    for cell in cells:
        first, last = max(cell.row, top), min(cell.row + cell.row_span, end)
        if first < last:
            text = cell.text if cell.row >= top or again else ""
            found.append(replace(cell, row=first - top, row_span=last - first, text=text))
    return found


def _unmerged(cells: list[DrawnCell]) -> list[DrawnCell]:
    return [
        replace(
            cell,
            row=cell.row + down,
            column=cell.column + across,
            row_span=1,
            column_span=1,
            text="" if down or across else cell.text,
        )
        for cell in cells
        for down in range(cell.row_span)
        for across in range(cell.column_span)
    ]
