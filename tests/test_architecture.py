"""The shape of the house: arrows point inwards, nothing is written twice, the public surface is one list."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

import xlreport
from xlreport.example import faulty
from xlreport.form.catalogue import MODULES, built_in, form_of
from xlreport.form.grid import grid_of
from xlreport.workbook.marking import mark

PACKAGE = Path(xlreport.__file__).parent
ROOT = PACKAGE.parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
#: The words in which forms are declared, and the models: what a rule may know.
MODELS = {"form", "report", "findings"}
#: Layers of the core and what they may know of this package; everything else is an edge.
CORE = {
    # ``plugins`` knows nobody; the catalogue finds forms and rules from elsewhere through it.
    "form": {"form", "plugins"},
    # Each declared form puts tables and rules together; nobody imports it by name but another form.
    "declared": {*MODELS, "rules"},
    "plugins": set(),
    "report": {"form", "report"},
    "last_year": {"form", "report"},
    "findings": MODELS,
    "wording": {*MODELS, "wording"},
    # Packages of Office, whatever is in them.
    "ooxml": {"ooxml"},
    # Numbers and nothing else.
    "limits": set(),
    "rules": {*MODELS, "rules", "limits"},
    "locate": {*MODELS, "rules", "locate"},
    "checking": {*MODELS, "rules", "locate", "checking"},
}
#: Libraries of the edges, which the core must not know.
EDGES = {"openpyxl", "docx", "xlwings", "python_calamine", "rich", "zipfile", "pathlib", "io", "os", "lxml"}
DECLARATIONS = {PACKAGE.joinpath(*module.split(".")[1:]).with_suffix(".py") for module in MODULES.values()}


def layer(path: Path) -> str:
    if path in DECLARATIONS:
        return "declared"
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_what_reads_sentences_knows_no_rule_that_uses_it():
    """Percentages and prose stand on the reader, never the other way round, nor on each other."""
    rules = PACKAGE / "rules"
    for room, others in (("text", ("percent", "prose")), ("percent", ("prose",)), ("prose", ("percent",))):
        known = {module for path in (rules / room).glob("*.py") for module in imports(path)}
        assert not {
            module
            for module in known
            if module.startswith(tuple(f"xlreport.rules.{other}" for other in others))
        }, room


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if layer(p) in CORE], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_the_core_knows_only_itself(path: Path):
    for module in imports(path):
        parts = module.split(".")
        # Finding out what is installed is the one look outside that the core takes.
        assert parts[0] not in EDGES or layer(path) in ("plugins", "ooxml"), module
        if parts[0] == "xlreport" and len(parts) > 1:
            assert parts[1] in CORE[layer(path)], module


def test_nobody_knows_a_form_by_its_module_but_another_form():
    declared = {
        "xlreport." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in DECLARATIONS
    }
    for path in SOURCES:
        found = imports(path) | {f"xlreport.form.{name}" for name in names_from(path, "xlreport.form")}
        assert layer(path) == "declared" or not found & declared, path


def names_from(path: Path, module: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }


@cache
def strings(path: Path) -> list[str]:
    """The string constants of a module that are no docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        n.value
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docstrings
    ]


def test_no_printed_label_is_written_a_second_time():
    labels = {
        cell.text
        for form in MODULES
        for table in form_of(form).tables
        for cell in grid_of(table).cells
        if len(cell.text) > 5
    }
    for path in set(SOURCES) - DECLARATIONS:
        for text in strings(path):
            assert text.strip() not in labels, f"{path.name}: {text}"


def test_no_id_of_a_form_or_rule_is_written_where_forms_and_rules_are_not_declared():
    ids = {form.id for form in built_in()} | {rule.id for form in built_in() for rule in form.rules}
    for path in SOURCES:
        if layer(path) not in ("form", "declared", "rules"):
            for text in strings(path):
                words = {word for word in re.findall(r"[\w-]+", text, re.ASCII) if "-" in word}
                found = ids & {text, *words}
                assert found <= NAMES_OF_OTHER_THINGS, f"{path.name}: {text}"


#: Ids of rules that are names of other things too: a field of every report, a group of a pattern.
NAMES_OF_OTHER_THINGS = {"year", "unit"}


def test_no_cell_address_is_written_by_hand():
    address = re.compile(r"\$?[A-Z]{1,2}\$?\d{1,4}(:\$?[A-Z]{1,2}\$?\d{1,4})?")
    for path in SOURCES:
        for text in strings(path):
            assert not address.fullmatch(text) or text in ALLOWED, f"{path.name}: {text}"


#: Strings that look like an address and are none.
ALLOWED = {"A4", "FF0000"}


def test_every_module_says_what_it_is_for():
    for path in SOURCES:
        assert ast.get_docstring(tree(path)), path


def test_the_public_surface_is_the_list():
    assert sorted(xlreport.__all__) == xlreport.__all__
    assert set(xlreport.__all__) == {
        *("Report", "Findings", "Finding", "read", "check", "write"),
        *("XlreportError", "InputError", "OutputError", "FormError", "BlockedError"),
    }
    for name in xlreport.__all__:
        assert getattr(xlreport, name).__doc__


def test_every_error_is_one_of_ours():
    for name in xlreport.__all__:
        if name.endswith("Error"):
            assert issubclass(getattr(xlreport, name), xlreport.XlreportError)


def test_the_walk_in_the_docs_is_the_way_a_figure_goes(tmp_path: Path):
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    part = page.split("## A figure from file to mark")[1].split("\n## ")[0]
    walk = re.findall(r"^\| `([\w.]+)` \|", part, re.MULTILINE)
    xlreport.write(faulty(), tmp_path / "a.xlsx")
    called: dict[str, None] = {}

    def note(frame, event, _):
        if event == "call" and str(PACKAGE) in frame.f_code.co_filename:
            module = Path(frame.f_code.co_filename).relative_to(PACKAGE).with_suffix("")
            called[f"{'.'.join(module.parts)}.{frame.f_code.co_qualname}"] = None

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        findings = xlreport.check(xlreport.read(tmp_path / "a.xlsx"))
        mark(tmp_path / "a.xlsx", findings, tmp_path / "b.xlsx")
    finally:
        sys.setprofile(before)
    assert len(walk) == 8
    assert [name for name in called if name in walk] == walk
