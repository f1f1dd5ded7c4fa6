"""The add-in's VBA, run by LibreOffice: each button reaches its Python function, each function is callable from a cell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.excel.macro_workbook import NO_ACTIVE_WORKBOOK, Macros, opened
from tests.office import Office
from xlreport.live import functions, menu
from xlreport.live.excel import ribbon, wrappers

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def macros(office: Office, tmp_path: Path) -> Iterator[Macros]:
    with opened(office, tmp_path / "macros.xlsm") as workbook:
        yield workbook


def test_every_module_is_taken_over(macros: Macros):
    assert {ribbon.MODULE, wrappers.MODULE} <= macros.modules


@pytest.mark.parametrize("button", menu.BUTTONS, ids=lambda button: button.function)
def test_a_button_runs_exactly_its_python_function(macros: Macros, button: menu.Button):
    recorded = macros.run(f"Driver.Press{button.function}")
    assert recorded == button.command
    first, call = ast.parse(recorded).body
    assert isinstance(first, ast.Import) and first.names[0].name == menu.MODULE
    assert isinstance(call, ast.Expr) and ast.unparse(call) == f"b.{button.function}()"


def test_without_a_workbook_a_button_runs_nothing(office: Office, tmp_path: Path):
    with opened(office, tmp_path / "macros.xlsm", NO_ACTIVE_WORKBOOK) as workbook:
        assert workbook.run("Driver.Pressvalidate") == ""


@pytest.mark.parametrize(
    ("formula", "called"),
    [
        ("=XLR_CHECK(A1:G25)", "XLR_CHECK/2"),
        ("=XLR_CHECK(A1:G25;A31:G55)", "XLR_CHECK/2"),
        ("=XLR_BALANCE(A1:A2;B1)", "XLR_BALANCE/2"),
        ('=XLR_EXPLAIN("flow")', "XLR_EXPLAIN/1"),
    ],
)
def test_a_function_in_a_cell_calls_python_once_with_its_arguments(macros: Macros, formula: str, called: str):
    assert macros.answer(formula) == f"{functions.__name__}.{called}"


def test_where_python_cannot_be_reached_the_cell_gets_an_error_that_iferror_catches(macros: Macros):
    assert macros.answer("=XLR_CHECK(A1:G25)").startswith(functions.__name__)
    macros.run("xlwings.BreakServer")
    # Excel's number for #VALUE!. LibreOffice spells it out, Excel hands it to IFERROR.
    assert macros.answer("=XLR_CHECK(A1:G26)") == "Error 2015"
