"""The functions in cells, through xlwings' own conversion of arguments and results and the code that it runs beside Excel."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.test_answers import block, place
from tests.samples import published
from xlreport.live import functions
from xlreport.live.excel.wrappers import wrappers

#: How COM gives #DIV/0! and #REF!.
DIVISION_BY_ZERO, NO_REFERENCE = -2146826281, -2146826265
#: How COM gives an argument that the formula leaves out.
MISSING = -2147352572


@pytest.fixture(scope="module")
def call() -> Iterator[Callable[..., Any]]:
    """Call a function as a cell does. Ranges are rows of values; a plain value is one that stands in the formula."""
    server = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("udf_server.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin and server.stdout

    def send(function: str, *arguments: Any) -> Any:
        ranges = [{"range": a} if isinstance(a, list) else a for a in arguments]
        print(json.dumps({"function": function, "arguments": ranges}), file=server.stdin, flush=True)
        line = server.stdout.readline()
        assert line, "the server ended"
        answer = json.loads(line)
        return answer[0][0] if isinstance(answer, list) else answer

    yield send
    server.stdin.close()
    server.wait(30)
    server.stdout.close()


def table(key: str = "applications") -> list[list[Any]]:
    return block(key, published("xiji-2025").figures())


def test_a_whole_table_is_checked_in_one_call(call):
    assert call("XLR_CHECK", table()) == "✓ 平衡（39 项）"
    assert call("XLR_CHECK", table("cases")) == "✓ 平衡（3 项）"
    assert call("XLR_CHECK", table("disclosure")) == "✓ 平衡（2 项）"


@pytest.mark.parametrize(
    ("value", "said"),
    [(DIVISION_BY_ZERO, "#DIV/0!"), (NO_REFERENCE, "#REF!"), ("１６７", "请改为 167"), (168.0, "差1")],
)
def test_what_is_wrong_in_a_cell_reaches_the_answer(call, value: object, said: str):
    values = table()
    row, column = place("applications.new.natural_person")
    values[row][column] = value
    answer = call("XLR_CHECK", values)
    assert answer.startswith("✗ ") and said in answer


def test_last_years_block_is_weighed_where_it_is_given(call):
    assert call("XLR_CHECK", table(), MISSING) == "✓ 平衡（39 项）"
    assert call("XLR_CHECK", table(), table()).startswith("✗ “自然人”上年结转与上年数不符")


def test_the_cell_that_is_probably_wrong_is_named_by_its_address(call):
    values = table()
    row, column = place("applications.new.natural_person")
    values[row][column] = 176.0
    # The stand-in's ranges begin in A1.
    assert f"疑似 {chr(65 + column)}{row + 1} 应为 167（数字颠倒）" in call("XLR_CHECK", values)


def test_blank_cells_are_not_errors(call):
    values = [[None if value == 0 else value for value in line] for line in table()]
    assert call("XLR_CHECK", values).startswith("✓ 平衡")


def test_a_single_cell_and_a_plain_value_are_ranges_too(call):
    assert call("XLR_BALANCE", [[3.0]], [[1.0, 1.0]]) == "✗ 3≠2"
    assert call("XLR_BALANCE", 2.0, [[1.0], [1.0]]) == "✓"
    assert call("XLR_CHECK", [[1.0]]).startswith("✗ 所选区域是 1 行 1 列")


def test_a_rule_is_explained_by_its_id_in_a_cell_or_in_the_formula(call):
    assert call("XLR_EXPLAIN", "flow") == call("XLR_EXPLAIN", [["flow"]])
    assert call("XLR_EXPLAIN", [[None]]).startswith("✗ 没有这条规则")


def test_the_shipped_vba_calls_python_as_xlwings_own_would(call):
    """Line by line, except for what a cell shows where Python cannot be reached."""
    own = {line.strip() for line in call("wrappers").splitlines()}
    shipped = {line.strip().removeprefix("Public ") for line in wrappers().splitlines()}
    for function in functions.FUNCTIONS:
        name = function.__name__
        (signature,) = (line for line in shipped if line.startswith(f"Function {name}("))
        (python_call,) = (line for line in shipped if line.startswith(f"{name} = XLPy"))
        assert {signature, python_call} <= own
    functions_in_xlwings = {line for line in own if line.startswith("Function ")}
    assert functions_in_xlwings == {line for line in shipped if line.startswith("Function ")}
