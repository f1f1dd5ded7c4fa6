"""The standard workbook, drawn from the form: ``python -m xlreport.workbook.template [OUT]`` writes workbook_template.xlsx."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.checking import gather
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import Form
from xlreport.ooxml.addresses import quoted
from xlreport.report import Report
from xlreport.workbook.check_lines import lines_of
from xlreport.workbook.formulas import constants
from xlreport.workbook.layout import BASICS, GUIDE, LAST_YEAR, Layout, layout_of
from xlreport.workbook.names import FINDINGS, name_of, template_name
from xlreport.workbook.reproducible import bytes_of
from xlreport.workbook.results import SHEET as RESULTS
from xlreport.workbook.results import UNCHECKED, ResultList
from xlreport.workbook.results_sheet import draw_results
from xlreport.workbook.stored import stored_values
from xlreport.workbook.table_sheets import draw_last_year, draw_table
from xlreport.workbook.text_sheets import draw_basics, draw_guide, draw_section

#: The template in the project's top folder.
TEMPLATE = Path(__file__).parents[2] / "workbook_template.xlsx"
#: The date that it bears on whatever day it is made.
DATED = datetime(2026, 1, 1, tzinfo=UTC)


def build(form: Form) -> Workbook:
    """Return the empty standard workbook of a form."""
    return draw_workbook(layout_of(form))


def draw_workbook(layout: Layout, results: ResultList = UNCHECKED) -> Workbook:
    """Return the standard workbook by a plan, with ``results`` on its last sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheets: dict[str, Worksheet] = {name: workbook.create_sheet(name) for name in layout.sheets}
    draw_guide(sheets[GUIDE], layout)
    draw_basics(sheets[BASICS], layout)
    for section in layout.form.text_sections:
        draw_section(sheets[section.sheet], section, layout)
    for place in layout.tables:
        draw_table(sheets[place.sheet], place, layout)
    draw_last_year(sheets[LAST_YEAR], layout)
    findings = f"{quoted(RESULTS)}!{draw_results(sheets[RESULTS], results)}"
    references = {name: block.absolute for name, block in layout.names().items()}
    named = constants(lines_of(place, layout) for place in layout.tables)
    for name, reference in (references | {name_of(FINDINGS): findings} | named).items():
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    version = layout.fields["form"].absolute
    workbook.defined_names[template_name()] = DefinedName(template_name(), attr_text=version, hidden=True)
    properties = workbook.properties
    properties.creator, properties.title, properties.language = "xlreport", layout.form.title, "zh-CN"
    # Formulas may come to something else in another program than what is stored beside them.
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    return workbook


def template_of(form: Form) -> bytes:
    """Return the empty standard workbook of a form as a file."""
    return bytes_of(build(form), stored_values(layout_of(form), gather(Report(form=form.id))), DATED)


def main(arguments: list[str]) -> None:
    """Write the template of the current form to the path given, by default into the project's top folder."""
    target = Path(arguments[0]) if arguments else TEMPLATE
    target.write_bytes(template_of(form_of(CURRENT)))


if __name__ == "__main__":
    main(sys.argv[1:])
