"""What the functions in cells answer: values in, one line out. Knows no spreadsheet program.

Values come as a spreadsheet gives them: numbers, texts, ``None`` for an empty cell, “#REF!” and the like for an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from xlreport.checking import gather
from xlreport.findings import LEVEL_NAMES, Finding
from xlreport.form.balance import Number, plain
from xlreport.form.catalogue import CURRENT, form_of, forms, plugged_in
from xlreport.form.declaration import PREVIOUS, Form, Table
from xlreport.form.figures import Figure, amount, intended_number, parse_figure
from xlreport.form.grid import grid_of
from xlreport.locate.suggest import LIKELY, suggest
from xlreport.report import Report, nested
from xlreport.rules.balance import balanced
from xlreport.rules.completeness import of_their_kind
from xlreport.rules.rule import Evidence, Rule, shown
from xlreport.workbook.check_lines import ERROR, WARNING
from xlreport.workbook.entries import typed_figure
from xlreport.workbook.formulas import HOLDS, NOTHING_ENTERED, check_text
from xlreport.workbook.layout import Block, cell_at

#: The values of a range, row by row.
Values: TypeAlias = Sequence[Sequence[Any]]


def check_table(values: Values, previous: Values | None = None, corner: Block | None = None) -> str:
    """Return whether the table that fills ``values`` balances, or what is wrong first, which cell is probably to blame, and how many more there are.

    The table is known by the size of its block of figures; ``previous`` is last year's block of the same table. ``corner`` is the
    block's first cell: with it a cell is named by its address, without it by its row and column.

    Raises ``ValueError`` where both blocks are given and are not those of one table, so that the line above a table into which rows were
    put falls back to its native formula.
    """
    size = _size(values)
    known = _table_of_size(size)
    if previous is not None and (known is None or _size(previous) != size):
        raise ValueError(f"no table fills {size} this year and {_size(previous)} last year")
    if known is None:
        return f"{ERROR} 所选区域是 {size[0]} 行 {size[1]} 列，不是{_sizes()}的数据区"
    form, table = known
    last = _report(form, table, previous) if previous is not None else None
    evidence = gather(_report(form, table, values), last)
    if not evidence.filled(table.key):
        return NOTHING_ENTERED
    found = suggest(evidence, tuple(_wrong(evidence)))
    if not found:
        good = [check_text(balance, balance.rule, evidence) for balance in form.balances].count(HOLDS)
        return f"{HOLDS} 平衡（{good} 项）"
    mark = ERROR if found[0].level == "error" else WARNING
    more = f"；另有 {len(found) - 1} 处" if len(found) > 1 else ""
    return f"{mark} {found[0].message}{_suspicion(found[0], table, form, corner)}{more}"


def _report(form: Form, table: Table, values: Values) -> Report:
    return Report.model_validate({**nested(_figures(table, values)), "form": form.id})


def _size(values: Values) -> tuple[int, int]:
    return len(values), max(map(len, values), default=0)


def _wrong(evidence: Evidence) -> Iterator[Finding]:
    """What a table's own figures can break; what is no proper figure comes first, since it unsettles the balances.

    Of last year's figures only those count that are weighed against this year's, as in the check cells.
    """
    weighed = {key for balance in evidence.form.balances for key in balance.keys}
    for rule in _about_figures(evidence.form):
        for finding in filter(None, rule.judge(rule, evidence)):
            if not finding.cells[0].startswith(PREVIOUS) or finding.cells[0] in weighed:
                yield finding


def _about_figures(form: Form) -> Iterator[Rule]:
    for judge in (of_their_kind, balanced):
        yield from (rule for rule in form.rules if rule.judge is judge)


def _suspicion(finding: Finding, table: Table, form: Form, corner: Block | None) -> str:
    """The cell that is very probably wrong, if there is one: “，疑似 D9 应为 79（数字颠倒）”."""
    if len(finding.suggestions) != 1:
        return ""
    (suggestion,) = finding.suggestions
    reason, _, confidence = suggestion.reason.rpartition("，")
    cell = grid_of(table).figures.get(suggestion.cell)
    if confidence != LIKELY or cell is None or f"请改为 {plain(suggestion.to)}" in finding.message:
        return ""
    top, left, _, _ = grid_of(table).box
    if corner is None:
        where = f"“{form.label(suggestion.cell)}”"
    else:
        place = cell_at("", corner.row + cell.row - top, corner.column + cell.column - left)
        where = f" {place.reference} "
    return f"，疑似{where}应为 {plain(suggestion.to)}（{reason}）"


def _table_of_size(size: tuple[int, int]) -> tuple[Form, Table] | None:
    """The table whose figures fill a block of so many rows and columns; of equal ones, the current form's, and one of a plug-in last."""
    return next((found[size] for form in forms() if size in (found := _tables_by_size(form))), None)


@cache
def _tables_by_size(form: Form) -> dict[tuple[int, int], tuple[Form, Table]]:
    """A form's tables by rows and columns of the block that holds their figures."""
    found: dict[tuple[int, int], tuple[Form, Table]] = {}
    for table in form.tables:
        top, left, bottom, right = grid_of(table).box
        found.setdefault((bottom - top + 1, right - left + 1), (form, table))
    return found


def _sizes() -> str:
    """The tables of the current form, and of forms that were added to it, with their sizes: “表二（12×3）、…”."""
    wanted = (form_of(CURRENT), *plugged_in())
    sizes = [
        f"{table.name}（{rows}×{columns}）"
        for form in wanted
        for (rows, columns), (_, table) in _tables_by_size(form).items()
    ]
    return "、".join(sizes)


def _figures(table: Table, values: Values) -> dict[str, Figure]:
    grid = grid_of(table)
    top, left, _, _ = grid.box
    return {key: _figure(values[cell.row - top][cell.column - left]) for key, cell in grid.figures.items()}


def _figure(value: Any) -> Figure:
    figure = parse_figure(typed_figure(value))
    # Excel hands over a cell in a currency format as a decimal number, whole ones too.
    return int(figure) if isinstance(figure, Decimal) and figure == figure.to_integral_value() else figure


def weigh(left: Values, right: Values) -> str:
    """Return ✓ if both ranges have the same sum, else “✗ 185≠203” (left, right), or which value is no number."""
    sums: list[Number] = []
    for values in (left, right):
        total: Number = 0
        for figure in (_figure(value) for line in values for value in line):
            number = amount(figure)
            if number is None:
                return f"{ERROR} {_no_number(str(figure))}"
            total += number
        sums.append(total)
    one, other = sums
    return HOLDS if one == other else f"{ERROR} {plain(one)}≠{plain(other)}"


def _no_number(text: str) -> str:
    meant = intended_number(text)
    if text.startswith("#"):
        return f"有单元格是错误值 {text}"
    return f"“{text}”不是数字" + (f"，请改为 {shown(meant)}" if meant is not None else "")


def explain(rule_id: Any) -> str:
    """Return a rule of the forms in words, or the ids there are."""
    wanted = str(rule_id or "").strip().lower()
    rule = next((form.rules_by_id[wanted] for form in forms() if wanted in form.rules_by_id), None)
    if rule is None:
        known = dict.fromkeys(rule_id for form in forms() for rule_id in form.rules_by_id)
        return f"{ERROR} 没有这条规则；可用：{'、'.join(known)}"
    return f"{rule.title}（{LEVEL_NAMES[rule.level]}）：{rule.statement}。依据：{rule.basis}。处理：{rule.advice}。"
