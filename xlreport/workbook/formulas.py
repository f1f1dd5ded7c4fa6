"""Balances as native formulas: alive in Excel, WPS and LibreOffice, without Python and without macros.

A check cell is blank while there is nothing to weigh; else it shows ✓, or a mark (✗ for an error, △ for a warning) with what is
wrong: “✗ 差+3” (left side minus right side), “△ 超3”, “✗ 非数字”. ``check_text`` says the same from Python's verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal

from xlreport.form.balance import Balance, Number, Outcome, Term, Verdict, plain
from xlreport.form.figures import BLANK_MARKS
from xlreport.form.linear import Linear, Part
from xlreport.form.rule import Rule
from xlreport.rules.balance import weighable
from xlreport.rules.rule import Evidence, table_of
from xlreport.workbook.layout import Block, Layout, TablePlace, cell_at, quoted

HOLDS, ERROR, WARNING = "✓", "✗", "△"
NOT_A_NUMBER = "非数字"
NOTHING_ENTERED = "尚未填写"
#: Binary fractions are compared to this many decimals.
DECIMALS = 6
#: Encloses a text and the marks it is looked up in, so that only a whole mark is found.
_FENCE = "§"
#: What people type for blank that trimming in a spreadsheet would leave: full-width and no-break blanks, tabs, line ends.
_BLANKS = ('"　"', '"\u00a0"', "CHAR(9)", "CHAR(10)")


def mark_of(balance: Balance) -> str:
    """Return the mark of a broken balance: ✗ where it is an error, △ where it is a warning."""
    return ERROR if balance.rule.level == "error" else WARNING


def check_formula(balance: Balance, layout: Layout, sheet: str) -> str:
    """Return the formula of a balance's check cell on ``sheet``."""
    difference = _difference(balance, layout, sheet)
    return _verdict_formula(balance.keys, difference, balance.relation, mark_of(balance), layout, sheet)


def relation_formula(relation: Linear, rule: Rule, layout: Layout, sheet: str) -> str:
    """Return the formula that weighs an office's own relation, on ``sheet``."""
    signed = [*relation.left, *(Part(-part.factor, part.key) for part in relation.right)]
    # N makes 0 of a text, which would fail in a product; a blank counts as 0 anyway.
    times = [
        f"{plain(part.factor)}*N({_corner(layout.cells[part.key], sheet)})"
        if part.key
        else plain(part.factor)
        for part in signed
    ]
    difference = "+".join(f"({part})" for part in times)
    mark = ERROR if rule.level == "error" else WARNING
    return _verdict_formula(relation.keys, difference, relation.relation, mark, layout, sheet)


def _verdict_formula(
    keys: Iterable[str], left_less_right: str, relation: str, mark: str, layout: Layout, sheet: str
) -> str:
    keys = tuple(keys)
    cells = ranges((layout.cells[key] for key in keys), sheet)
    tables = dict.fromkeys(table_of(key) for key in keys)
    nothing = ",".join(f"{_corner(layout.filled(table), sheet)}=0" for table in tables)
    difference = f"ROUND({left_less_right},{DECIMALS})"
    signs = ("+", "-") if relation == "=" else ("", "-")
    whole, decimals = (";".join(sign + digits for sign in signs) for digits in ("0", "0.0#####"))
    word = {"=": "差", "<=": "超"}[relation]
    shown = f'IF({difference}=INT({difference}),TEXT({difference},"{whole}"),TEXT({difference},"{decimals}"))'
    return (
        f'=IF(OR({nothing}),"",IF({_count(cells, _not_numbers)}>0,"{mark} {NOT_A_NUMBER}",'
        f'IF(COUNT({",".join(cells)})=0,"",'
        f'IF({difference}{relation}0,"{HOLDS}","{mark} {word}"&{shown}))))'
    )


def check_text(balance: Balance, evidence: Evidence) -> str:
    """Return what a balance's check cell shows, by Python's verdict."""
    return verdict_text(balance, balance.weigh(evidence.figures)) if weighable(balance, evidence) else ""


def verdict_text(balance: Balance, verdict: Verdict) -> str:
    """Return a verdict as a check cell shows it."""
    if verdict.outcome is Outcome.EMPTY:
        return ""
    if verdict.outcome is Outcome.UNREADABLE:
        return f"{mark_of(balance)} {NOT_A_NUMBER}"
    difference = _rounded(verdict.difference)
    if difference == 0 or verdict.outcome is Outcome.HOLDS:
        return HOLDS
    if verdict.relation == "<=":
        return f"{mark_of(balance)} 超{plain(difference)}"
    return f"{mark_of(balance)} 差{'+' if difference > 0 else ''}{plain(difference)}"


def _rounded(number: Number) -> Number:
    if isinstance(number, int):
        return number
    return number.quantize(Decimal(1).scaleb(-DECIMALS), context=Context(prec=100))


def filled_formula(place: TablePlace) -> str:
    """Return the formula that counts a table's cells in which anything was entered, marks for “nothing” included."""
    figures = (place.place(cell) for cell in place.grid.figures.values())
    return f"={_count(ranges(figures, place.sheet), _entries)}"


def summary_formula(tables: Sequence[TablePlace], sheet: str) -> str:
    """Return the formula that sums up the check cells of ``tables``."""
    cells = ranges((check.place for table in tables for check in table.checks), sheet)
    figures = ranges((table.place(cell) for table in tables for cell in table.grid.figures.values()), sheet)
    filled = [_corner(table.filled, sheet) for table in tables]

    def marked(mark: str) -> str:
        return _count(cells, lambda cell: f'--(LEFT({cell},1)="{mark}")')

    bad, doubtful, good = marked(ERROR), marked(WARNING), marked(HOLDS)
    # Some cells stand in no balance, so no check cell tells of them.
    unread = _count(figures, _not_numbers)
    also = f'IF({doubtful}>0,"；另有 "&{doubtful}&" 项需核实，见标 {WARNING} 处","")'
    verdict = (
        f'IF({bad}>0,"{ERROR} "&{bad}&" 项不平衡，见标 {ERROR} 处"&{also},'
        f'IF({unread}>0,"{ERROR} 有 "&({unread})&" 格不是数字",'
        f'IF({doubtful}>0,"{WARNING} "&{doubtful}&" 项需核实，见标 {WARNING} 处",'
        f'IF({good}>0,"{HOLDS} 平衡（"&{good}&" 项）","已填写"))))'
    )
    if len(tables) > 1:
        empty = "+".join(f"({cell}=0)" for cell in filled)
        verdict += f'&IF({empty}>0,"；还有 "&({empty})&" 张表未填写","")'
    return f'=IF({"+".join(filled)}=0,"{NOTHING_ENTERED}",{verdict})'


def ranges(blocks: Iterable[Block], sheet: str) -> list[str]:
    """Return references to the blocks' top left cells as seen from ``sheet``, neighbours joined to ranges."""
    rows: dict[tuple[str, int], list[int]] = {}
    for block in blocks:
        rows.setdefault((block.sheet, block.row), []).append(block.column)
    joined: list[Block] = []
    for (home, row), columns in sorted(rows.items(), key=lambda item: (item[0][0] != sheet, item[0])):
        for left, right in _runs(columns):
            above = next((b for b in joined if b == Block(home, b.row, left, row - 1, right)), None)
            if above:
                joined[joined.index(above)] = above._replace(last_row=row)
            else:
                joined.append(Block(home, row, left, row, right))
    return [_reference(block, sheet) for block in joined]


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _corner(block: Block, sheet: str) -> str:
    """The top left cell, which holds the value where cells are merged."""
    return _reference(cell_at(block.sheet, block.row, block.column), sheet)


def _reference(block: Block, sheet: str) -> str:
    return block.reference if block.sheet == sheet else f"{quoted(block.sheet)}!{block.reference}"


def _difference(balance: Balance, layout: Layout, sheet: str) -> str:
    signed = [*balance.left, *(Term(term.key, -term.sign) for term in balance.right)]
    plus = ranges((layout.cells[key] for key, sign in signed if sign > 0), sheet)
    minus = ranges((layout.cells[key] for key, sign in signed if sign < 0), sheet)
    # SUM passes over text in references, where + would fail; a blank counts as 0 in both.
    return f"SUM({','.join(plus)})-SUM({','.join(minus)})"


def _count(cells: Iterable[str], test: Callable[[str], str]) -> str:
    # A table without check cells (table 2 of 2019) still needs an operand.
    return "+".join(f"SUMPRODUCT({test(cell)})" for cell in cells) or "0"


def _not_numbers(cell: str) -> str:
    """1 for each cell that holds anything but a number or a mark for blank; errors included.

    A truth value is one of them in Excel; LibreOffice takes it for a number, so there only the check itself finds it.
    """
    marks = _FENCE + _FENCE.join(BLANK_MARKS) + _FENCE * 2
    # FIND, because unlike MATCH, COUNTIF and = it knows no wildcards, ignores no case and no width.
    return f'(1-ISNUMBER({cell}))*ISERROR(FIND("{_FENCE}"&{_trimmed(cell)}&"{_FENCE}","{marks}"))'


def _entries(cell: str) -> str:
    """1 for each cell that holds more than blanks."""
    return f'--ISERROR(FIND("{_FENCE}"&{_trimmed(cell)}&"{_FENCE}","{_FENCE * 2}"))'


def _trimmed(cell: str) -> str:
    for blank in _BLANKS:
        cell = f'SUBSTITUTE({cell},{blank}," ")'
    return f"TRIM({cell})"
