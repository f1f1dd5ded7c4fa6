"""The native formulas against Python's verdicts, in a real LibreOffice."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.examples import examples
from tests.office import Document, Office
from tests.samples import CURRENT_REPORTS, published, year_before
from xlreport.checking import gather
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import BLANK_MARKS
from xlreport.report import Report, nested
from xlreport.rules.rule import Evidence
from xlreport.workbook.check_lines import lines_of
from xlreport.workbook.entries import typed_figure
from xlreport.workbook.formulas import check_text, ranges, summary_formula
from xlreport.workbook.layout import Block, Layout, layout_of
from xlreport.workbook.stored import stored_values
from xlreport.workbook.template import build, template_of

FORM = form_of(CURRENT)
LAYOUT = layout_of(FORM)
#: Random fillings of the template that are tried.
FILLINGS = examples(80)
#: Longer formulas are not read by a person who clicks on a ✗.
LONGEST = 200
TEXTS = ("167 件", "abc", "１２", "12", "#", "*", "?", "~", "无数据", "-1 件", "=", "无 无", "TRUE")
BLANKS = BLANK_MARKS
#: What looks blank and is not.
ODD_BLANKS = (" ", "　", "\u00a0", " / ", "　无　", "\t", "—\n", "/ ", "－—", "／/")
Figures = dict[str, Any]
#: More than any sheet of the template holds.
_ALL = "A1:Z120"
#: What a check cell that does not hold begins with: an error, or a warning (table 2 against last year).
ALARMS = ("✗", "△")


class Sheets:
    """The open template: filled with figures, read as the texts of its check cells."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document, self.layout = document, layout
        self._blocks = {
            place.prefix + place.table.key: (place, document.values(place.sheet, place.figures.reference))
            for place in (*layout.tables, *layout.previous)
        }

    def put(self, figures: Figures) -> None:
        """Fill in the figures; cells that are not among them are emptied."""
        for place, rows in self._blocks.values():
            data: list[list[Any]] = [list(row) for row in rows]
            for key, cell in place.grid.figures.items():
                block = place.place(cell)
                row, column = block.row - place.figures.row, block.column - place.figures.column
                value = figures.get(place.prefix + key)
                data[row][column] = value
            self.document.fill(place.sheet, place.figures.reference, data)

    def shown(self) -> list[str]:
        """The texts of all check cells."""
        return list(self.values(check.place for check in self.layout.checks).values())

    def values(self, blocks: Iterable[Block]) -> dict[Block, Any]:
        """What the formulas in these cells come to."""
        self.document.model.calculate()
        sheets: dict[str, list[list[Any]]] = {}
        found = {}
        for block in blocks:
            if block.sheet not in sheets:
                sheets[block.sheet] = self.document.values(block.sheet, _ALL)
            found[block] = sheets[block.sheet][block.row - 1][block.column - 1]
        return found


@pytest.fixture(scope="module")
def sheets(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheets]:
    path = tmp_path_factory.mktemp("formulas") / "template.xlsx"
    path.write_bytes(template_of(FORM))
    with office.opened(path) as document:
        document.unprotect()
        document.recalculate()
        # Filling a block would calculate everything; once before reading is enough.
        document.model.enableAutomaticCalculation(False)
        yield Sheets(document, LAYOUT)


def evidence_of(figures: Figures, form: Form = FORM) -> Evidence:
    """What the rules would read from these cells."""
    previous = {
        key.removeprefix(PREVIOUS): typed_figure(value)
        for key, value in figures.items()
        if key.startswith(PREVIOUS)
    }
    this = {key: typed_figure(value) for key, value in figures.items() if not key.startswith(PREVIOUS)}
    report = Report.model_validate(nested(this))
    return gather(report, Report.model_validate(nested(previous)) if previous else None)


def verdicts(evidence: Evidence) -> list[str]:
    return [check_text(check.balance, check.balance.rule, evidence) for check in LAYOUT.checks]


def balanced(name: str, previous: str | None = None) -> Figures:
    figures: Figures = dict(published(name).figures())
    if previous:
        figures |= {PREVIOUS + key: value for key, value in published(previous).figures().items()}
    return figures


def filling(draw: random.Random) -> Figures:
    """Return random figures: balanced ones with errors, blanks, texts and large numbers, or quite random ones."""
    figures = balanced(draw.choice(CURRENT_REPORTS), draw.choice((None, *CURRENT_REPORTS)))
    kind = draw.random()
    if kind < 0.1:
        figures = {key: draw.choice((None, 0, draw.randrange(10**12))) for key in figures}
    elif kind < 0.2:
        figures = {key: value for key, value in figures.items() if draw.random() < 0.05}
    # A spreadsheet has 15 significant digits: enough for large numbers or for decimals, not for both in one sum.
    fractions = 0 if kind < 0.1 else 5
    changes: list[Any] = [
        lambda old: draw.randrange(10),
        lambda old: draw.randrange(-5, 10**8),
        lambda old: None,
        lambda old: draw.choice(BLANKS),
        lambda old: draw.choice((*TEXTS, *ODD_BLANKS)),
        lambda old: round(draw.uniform(-3, 3), draw.randint(0, fractions)),
        lambda old: old + draw.choice((-1, 1)) if type(old) is int else 1,
    ]
    for key in draw.sample(sorted(figures), min(len(figures), draw.choice((0, 0, 1, 2, 5, 30)))):
        figures[key] = draw.choice(changes)(figures[key])
    for table in draw.sample(
        ["disclosure", "applications", "cases", "previous.disclosure", "previous.applications"], 2
    ):
        if draw.random() < 0.2:
            word = draw.choice((None, None, 0, " ", "/"))
            figures = {key: word if key.startswith(table) else value for key, value in figures.items()}
    return figures


@pytest.mark.libreoffice
def test_every_formula_comes_to_what_python_says(sheets: Sheets) -> None:
    draw = random.Random(2021)
    seen: set[str] = set()
    for number in range(FILLINGS):
        figures = filling(draw)
        evidence = evidence_of(figures)
        expected = stored_values(LAYOUT, evidence)
        sheets.put(figures)
        shown = sheets.values(expected)
        wrong = [(block, shown[block], value) for block, value in expected.items() if shown[block] != value]
        assert not wrong, f"filling {number}: {wrong[:5]}"
        seen |= {re.sub(r"[-.0-9]+", "0", text) for text in verdicts(evidence)}
    assert {"", "✓", "✗ 0≠0", "✗ 非数字", "△ 0≠0", "△ 0＞0", "△ 非数字"} <= seen


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", CURRENT_REPORTS)
def test_every_step_of_one_shows_in_some_check_cell(sheets: Sheets, name: str) -> None:
    """Python's verdicts are compared above; here the cells alone must catch each figure that takes part in a balance.

    Every figure is stepped in one of the reports: what catches it is the formula, which is the same in all of them.
    """
    figures = balanced(name)
    figures |= {PREVIOUS + key: value for key, value in year_before(published(name)).figures().items()}
    sheets.put(figures)
    assert not any(text.startswith(ALARMS) for text in sheets.shown())
    equations = [check.balance for check in LAYOUT.checks if check.balance.relation == "="]
    involved = {key for balance in equations for key in balance.keys if not key.startswith(PREVIOUS)}
    assert len(involved) == 196
    missed = []
    for key in sorted(involved)[CURRENT_REPORTS.index(name) :: len(CURRENT_REPORTS)]:
        sheet, cell = LAYOUT.address(key)
        for step in (1, -1):
            sheets.document.set(sheet, cell, figures[key] + step)
            if not any(text.startswith(ALARMS) for text in sheets.shown()):
                missed.append((key, step))
        sheets.document.set(sheet, cell, figures[key])
    assert not missed


@pytest.mark.libreoffice
def test_last_years_figures_take_part(sheets: Sheets) -> None:
    figures = balanced("suqian-2024", "suqian-2023")
    keys = [
        term.key for check in LAYOUT.checks for term in check.balance.right if term.key.startswith(PREVIOUS)
    ]
    stock = ["disclosure.rules.in_force", "disclosure.normative_documents.in_force"]
    for key in {*keys, *stock}:
        sheets.put(figures)
        before = sheets.shown()
        sheet, cell = LAYOUT.address(key)
        sheets.document.set(sheet, cell, figures[key] + 1)
        assert sheets.shown() != before, key


@pytest.mark.libreoffice
@pytest.mark.parametrize("formula", ["=1/0", "=NA()", "=#REF!"])
def test_an_error_value_is_no_number_and_leaves_the_other_cells_alone(sheets: Sheets, formula: str) -> None:
    figures = balanced("suqian-2024")
    sheets.put(figures)
    sheet, cell = LAYOUT.address("applications.new.natural_person")
    sheets.document.set(sheet, cell, formula)
    shown = sheets.shown()
    figures["applications.new.natural_person"] = "#REF!"
    assert shown == verdicts(evidence_of(figures))
    assert shown.count("✗ 非数字") == 2


@pytest.mark.libreoffice
def test_a_formula_in_a_figure_cell_counts_as_its_result(sheets: Sheets) -> None:
    figures = balanced("suqian-2024")
    sheets.put(figures)
    sheet, cell = LAYOUT.address("applications.new.natural_person")
    sheets.document.set(sheet, cell, f"={figures['applications.new.natural_person'] - 1}+1")
    assert sheets.shown() == verdicts(evidence_of(figures))


@pytest.mark.libreoffice
@pytest.mark.parametrize("form_id", MODULES)
def test_every_formula_of_every_form_can_be_calculated(office: Office, tmp_path: Path, form_id: str) -> None:
    """A formula that a program cannot read makes Excel offer to repair the whole workbook."""
    book = build(form_of(form_id))
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_of(form_of(form_id)))
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in book
        for cells in sheet
        for cell in cells
        if cell.data_type == "f"
    ]
    with office.opened(path) as document:
        document.recalculate()
        failed = [
            place for place in formulas if document.sheet(place[0]).getCellRangeByName(place[1]).getError()
        ]
    assert formulas
    assert not failed


def test_a_table_without_check_cells_is_summed_up_all_the_same() -> None:
    place = next(place for place in layout_of(form_of("disclosure-2019")).tables if not place.checks)
    assert "COUNTIF" not in summary_formula(place, lines_of(place, layout_of(form_of("disclosure-2019"))))


@pytest.mark.parametrize("form_id", [*MODULES, "enforcement"])
def test_every_formula_is_short_enough_to_be_read(form_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if form_id == "enforcement":
        monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "examples" / "enforcement"))
        form = importlib.import_module("xlreport_enforcement.form").FORM
    else:
        form = form_of(form_id)
    formulas = {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in build(form)
        for line in sheet
        for cell in line
        if cell.data_type == "f"
    }
    # A sentence is read as its words.
    for place in layout_of(form).sentences:
        del formulas[f"{place.sheet}!{place.corner}"]
    assert formulas
    assert {place: text for place, text in formulas.items() if len(text) > LONGEST} == {}


def test_neighbours_are_joined_to_ranges() -> None:
    here = [Block("a", row, column, row, column) for row in (1, 2, 3) for column in (1, 2)]
    there = [Block("b'c", 5, 4, 5, 4)]
    assert ranges([*there, *here, Block("a", 5, 1, 5, 1)], "a") == ["A1:B3", "A5", "'b''c'!D5"]
