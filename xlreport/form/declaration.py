"""The words in which a form is declared.

A table is declared as pydantic models: one class per table, one field per row, one innermost class per set of columns.
The field's title is the label printed on the form; everything else that is known of a cell (its key, its place in
the nesting, its unit) follows from where the field stands. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from xlreport.form.balance import Balance
from xlreport.form.figures import Unit
from xlreport.form.rule import Rule


class Record(BaseModel):
    """A part of a report: figures side by side, or rows of them."""

    # A whole report is validated at once, so its parts need no validators of their own until one is assigned to.
    model_config = ConfigDict(extra="forbid", validate_assignment=True, defer_build=True)

    if TYPE_CHECKING:
        # The fields of a table depend on the form; static checkers see them as Any.
        def __getattr__(self, name: str) -> Any: ...


def count(label: str, under: str | None = None, aliases: tuple[str, ...] = (), hint: str = "") -> Any:
    """A figure in 件, printed under ``label`` (and, with neighbours of the same ``under``, below that heading).

    ``aliases`` are other labels under which it is met in published reports; ``hint`` is said where the figure is typed.
    """
    return _figure(label, under, aliases, Unit.COUNT, hint)


def change(label: str, under: str | None = None, aliases: tuple[str, ...] = ()) -> Any:
    """A change in 件 against last year, which may be negative."""
    return _figure(label, under, aliases, Unit.CHANGE)


def money(label: str, under: str | None = None, aliases: tuple[str, ...] = ()) -> Any:
    """A figure in 万元, printed under ``label``."""
    return _figure(label, under, aliases, Unit.MONEY)


def row(label: str, under: str | None = None, aliases: tuple[str, ...] = (), hint: str = "") -> Any:
    """A row of figures, or a group of rows, printed beside ``label``; ``aliases`` are other labels met in print.

    ``hint`` is said where its figures are typed. A row with its group's own label among its aliases also takes the figures of a group that is printed as a single row.
    """
    # The empty record is validated into the annotated class, so that a missing row is a row of blanks.
    extra: Any = {"under": under, "aliases": aliases, "hint": hint}
    return Field(default={}, validate_default=True, title=label, json_schema_extra=extra)


def _figure(label: str, under: str | None, aliases: tuple[str, ...], unit: Unit, hint: str = "") -> Any:
    extra: Any = {"under": under, "aliases": aliases, "unit": unit.value, "hint": hint}
    return Field(default=None, title=label, json_schema_extra=extra)


class Node(NamedTuple):
    """One label of a table with what stands below it; ``key`` is empty for a heading that only groups.

    ``aliases`` are other labels met in print, ``hint`` what is said where its figures are typed.
    """

    label: str
    key: str
    children: tuple[Node, ...]
    unit: Unit | None
    model: type[Record] | None
    aliases: tuple[str, ...] = ()
    hint: str = ""

    @property
    def is_row(self) -> bool:
        """True for a row of figures: everything directly in its record is a figure."""
        return self.model is not None and not any(parts_of(self.model).values())

    def leaves(self) -> Iterator[Node]:
        """Yield the innermost nodes, in printed order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def nodes(model: type[Record], prefix: str = "") -> tuple[Node, ...]:
    """Return the labels of ``model`` as a tree; keys are dotted paths that begin with ``prefix``."""
    found: list[Node] = []
    for name, inner in parts_of(model).items():
        field = model.model_fields[name]
        extra = field.json_schema_extra
        assert isinstance(extra, dict) and field.title is not None, f"{model.__name__}.{name} is not declared"
        key = f"{prefix}.{name}" if prefix else name
        below, unit = (nodes(inner, key), None) if inner else ((), Unit(str(extra["unit"])))
        node = Node(field.title, key, below, unit, inner, _aliases(extra), str(extra["hint"]))
        under = extra.get("under")
        if under and found and found[-1].label == under and not found[-1].key:
            found[-1] = found[-1]._replace(children=(*found[-1].children, node))
        else:
            found.append(Node(str(under), "", (node,), None, None) if under else node)
    return tuple(found)


def parts_of(model: type[Record]) -> dict[str, type[Record] | None]:
    """Return the fields of ``model`` by name: the model of a record within, ``None`` for a figure."""
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    return {
        name: kind if isinstance(kind, type) and issubclass(kind, Record) else None
        for name, kind in kinds.items()
    }


def short(label: str) -> str:
    """Return a label without the note in brackets behind it: “（二）部分公开（区分处理的，…）” → “（二）部分公开”."""
    head, bracket, _ = label.rstrip("）").rpartition("（")
    return head if bracket and label.endswith("）") and head else label


def _aliases(extra: dict[str, Any]) -> tuple[str, ...]:
    return tuple(extra["aliases"])


def rows_of(level: tuple[Node, ...]) -> list[Node]:
    """Return the rows of figures at and below this level, in printed order."""
    return [row for node in level for row in ([node] if node.is_row else rows_of(node.children))]


class Cell(NamedTuple):
    """One figure of a form: its key, the table it belongs to, its row and column labels, its unit, and what is said where it is typed."""

    key: str
    table: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    unit: Unit
    hint: str = ""

    @property
    def label(self) -> str:
        """The cell in words, innermost labels only: “（一）予以公开·自然人”."""
        innermost = (*self.row_labels, *self.column_labels[-1:]) if self.row_labels else self.column_labels
        return "·".join(short(label) for label in innermost[-2:])


# Tables and forms are compared by identity: they are keys of caches, and there is one of each.
@dataclass(frozen=True, eq=False)
class Table:
    """One table of the form.

    ``layout`` says how the records lie on paper: ``rows`` (records are rows that share their columns), ``blocks``
    (stacked small tables, each with a title and columns of its own) or ``line`` (a single row of figures, the
    records side by side). ``corner`` is the text of the top left cell, ``heading`` the text over all columns.
    ``counted`` is the word for what its counts count.
    """

    key: str
    name: str
    model: type[Record]
    layout: Literal["rows", "blocks", "line"]
    corner: str = ""
    heading: str = ""
    counted: str = Unit.COUNT.value

    def with_model(self, model: type[Record]) -> Table:
        """Return this table with the rows of ``model``."""
        return replace(self, model=model)

    @cached_property
    def tree(self) -> tuple[Node, ...]:
        """The table's labels as a tree."""
        return nodes(self.model, self.key)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every figure of the table in printed order."""
        return tuple(self._cells(self.tree, (), (), self.layout == "line"))

    def _cells(
        self,
        level: tuple[Node, ...],
        rows: tuple[str, ...],
        columns: tuple[str, ...],
        across: bool,
        above: str = "",
    ) -> Iterator[Cell]:
        for node in level:
            # The innermost hint is the one about just this figure.
            hint = node.hint or above
            if node.unit:
                yield Cell(node.key, self.key, rows, (*columns, node.label), node.unit, hint)
            elif across:
                yield from self._cells(node.children, rows, (*columns, node.label), True, hint)
            else:
                yield from self._cells(node.children, (*rows, node.label), columns, node.is_row, hint)


@dataclass(frozen=True)
class Section:
    """One of the report's numbered sections: its printed heading, the sheet it has in the workbook, what it holds.

    ``content`` is the key of a table or the name of a text field of the report; ``aliases`` are other titles met in print. A text that is
    ``substantial`` may not say only 无. ``between`` stands between number and title.
    """

    number: str
    title: str
    sheet: str
    content: str
    hint: str = ""
    aliases: tuple[str, ...] = ()
    substantial: bool = False
    between: str = "、"

    @property
    def heading(self) -> str:
        """The heading as printed, “一、总体情况”."""
        return f"{self.number}{self.between}{self.title}"


@dataclass(frozen=True)
class Share:
    """A part that should stay below ``limit`` of a whole; ``part`` and ``whole`` are cell keys."""

    part: str
    whole: str
    limit: float


@dataclass(frozen=True, eq=False)
class Form:
    """A report form: its tables and sections, and what must hold.

    ``rules`` are all that is judged, in the order in which findings are listed; ``balances`` is what the linear ones weigh;
    ``main_lines`` are the cells that stand for the report in lists and whose jumps against last year are worth a question,
    ``measure`` the one of them by which offices are compared; ``printed_title`` is a regular expression for the title in print, where it varies.
    ``sentences`` are the usual sentences of its texts, by content, as ``form.usual_sentences`` reads them.
    """

    id: str
    title: str
    notice: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    balances: tuple[Balance, ...]
    rules: tuple[Rule, ...] = ()
    main_lines: tuple[str, ...] = ()
    measure: str = ""
    printed_title: str = ""
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def kind(self) -> str:
        """A regular expression for what such a report is called in print."""
        return self.printed_title or re.escape(self.title)

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Every figure of the form by its key, in printed order."""
        return {cell.key: cell for table in self.tables for cell in table.cells}

    @cached_property
    def rules_by_id(self) -> dict[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def balances_by_rule(self) -> dict[str, tuple[Balance, ...]]:
        """The balances of each rule, by its id."""
        ids = dict.fromkeys(balance.rule.id for balance in self.balances)
        return {rule_id: tuple(b for b in self.balances if b.rule.id == rule_id) for rule_id in ids}

    def table(self, key: str) -> Table:
        """Return the table with that key; raises ``KeyError`` for another."""
        return next((table for table in self.tables if table.key == key), None) or _missing(key)

    def section(self, content: str) -> Section:
        """Return the section that holds that table or text; raises ``KeyError`` for another."""
        return next((part for part in self.sections if part.content == content), None) or _missing(content)

    @cached_property
    def text_sections(self) -> tuple[Section, ...]:
        """The sections that hold text, in order."""
        tables = {table.key for table in self.tables}
        return tuple(part for part in self.sections if part.content not in tables)

    def label(self, key: str) -> str:
        """Return the cell, or the section of that text, in words; last year's cells are prefixed 上年."""
        if key.startswith(PREVIOUS):
            return "上年" + self.label(key.removeprefix(PREVIOUS))
        if key in self.cells:
            return self.cells[key].label
        return next((part.heading for part in self.sections if part.content == key), key)


def _missing(key: str) -> Any:
    raise KeyError(key)


#: Keys of last year's figures are those of this year behind this prefix; those of a report of another form beside this one behind the other.
PREVIOUS, BESIDE = "previous.", "beside."
