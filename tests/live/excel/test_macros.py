"""The add-in's VBA, run by LibreOffice: each button reaches its Python function, each function is callable from a cell."""

from __future__ import annotations

import ast
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live.desk import opened as opened_workbook
from tests.live.excel.macro_workbook import NO_ACTIVE_WORKBOOK, Macros, opened
from tests.live.strict import App
from tests.office import Office
from xlreport import failure_log
from xlreport.example import faulty
from xlreport.live import functions, menu
from xlreport.live.excel import ribbon
from xlreport.own_folder import own_folder
from xlreport.workbook.results import SHEET

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def macros(office: Office, tmp_path: Path) -> Iterator[Macros]:
    with opened(office, tmp_path / "macros.xlsm") as workbook:
        yield workbook


def test_every_module_is_taken_over(macros: Macros):
    assert ribbon.MODULE in macros.modules


#: What a person sees of each button on the faulty example.
SEEN: dict[str, Callable[[App], bool]] = {
    "validate": lambda app: app.books.opened[-1].wb.active.title == SHEET,
    "accept_suggestion": lambda app: "建议" in app.alerts[0],
    "clear_marks": lambda app: "标记" in app.alerts[0],
    "previous_finding": lambda app: app.books.opened[-1].wb.active.title != "使用说明",
    "next_finding": lambda app: app.books.opened[-1].wb.active.title != "使用说明",
    "new_report": lambda app: not app.answers and len(app.alerts) == 1,
    "texts_to_numbers": lambda app: "文本" in app.alerts[0],
    "fill_zeros": lambda app: "空白" in app.alerts[0],
    "fill_totals": lambda app: "合计" in app.alerts[0],
    "insert_sentences": lambda app: "句中的数随表格变化" in app.alerts[0],
    "import_previous": lambda app: not app.answers and not app.alerts,
    "make_document": lambda app: "不允许上报" in app.alerts[0],
    "open_manual": lambda app: (own_folder() / "manual.html").exists(),
}


@pytest.mark.parametrize("button", menu.BUTTONS, ids=lambda button: button.function)
def test_a_button_runs_exactly_its_python_function(
    macros: Macros, button: menu.Button, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
):
    recorded = macros.run(f"Driver.Press{button.function}")
    assert recorded == button.command
    first, call = ast.parse(recorded).body
    assert isinstance(first, ast.Import) and first.names[0].name == menu.MODULE
    assert isinstance(call, ast.Expr) and ast.unparse(call) == f"b.{button.function}()"
    # And now what the macro has asked for, with a workbook in front.
    monkeypatch.setattr(webbrowser, "open", lambda page: True)
    app = opened_workbook(faulty(), tmp_path / "a.xlsx")
    answers = dict.fromkeys(("texts_to_numbers", "fill_zeros", "insert_sentences"), ["no"] * 3)
    answers |= {"import_previous": [False], "new_report": ["cancel"]}
    app.answers = answers.get(button.function, [])
    exec(recorded, {})
    assert SEEN[button.function](app), app.alerts
    assert not (own_folder() / failure_log.NAME).exists()


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
