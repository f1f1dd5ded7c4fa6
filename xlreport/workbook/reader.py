"""The standard workbook read into a report.

What is looked for has a defined name. The name says where to look first; the labels there say whether it still holds. Where it does
not (rows inserted by a program, names deleted, a sheet copied to another workbook), the labels are looked for on every sheet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlreport.errors import FormError, InputError
from xlreport.form.catalogue import built_in, forms, plugged_in
from xlreport.form.declaration import PREVIOUS, Form, Table
from xlreport.form.figures import Typed, parse_figure
from xlreport.ooxml.addresses import address
from xlreport.report import Explanation, Report, filled_in, paragraph_key, usual_title
from xlreport.sources.labels import NAMED, named
from xlreport.sources.matching import Place, normal
from xlreport.workbook.entries import find_field, find_text, typed_figure, year_of
from xlreport.workbook.names import FIELDS, FINDINGS, PREAMBLE, PREVIOUS_FIELDS, name_of, template_name
from xlreport.workbook.results import read_explanations
from xlreport.workbook.seen_tables import about_others, visible_twins
from xlreport.workbook.sheets import Sheets
from xlreport.workbook.shown import NOTHING_HIDDEN, Hidden
from xlreport.workbook.table_places import FoundTable, find_table

_OLDER = "工作簿用的是旧版模板，照样读取；点“新建年报”可以转入新版"
_STANDARD = "请用标准工作簿填报（点“新建年报”，或用 xlreport new 新建）"


def report_from(sheets: Sheets) -> Report:
    """Return the report in a workbook's sheets, with the place of every cell and remarks on what was not found.

    Raises ``InputError`` where the workbook holds none of the form's tables, ``FormError`` where it is of another form.
    """
    return _Reading(sheets).report()


def is_of_older_template(sheets: Sheets) -> bool:
    """True for a standard workbook that was made before the present version of the template."""
    return sheets.area(name_of("form")) is not None and sheets.area(template_name()) is None


# The tables of the standard workbook have the same places in every file.
@lru_cache(maxsize=256)
def _addresses(prefix: str, title: str, keys: tuple[str, ...], places: tuple[Place, ...]) -> dict[str, str]:
    return {prefix + key: f"{title}!{address(place)}" for key, place in zip(keys, places, strict=True)}


class NoTablesError(InputError):
    """A workbook that was read to the end and has none of the form's tables where the standard workbook has them."""


class _Reading:
    """One workbook being read: what was found so far, where, and what is to be said about it."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._places: dict[str, str] = {}
        self._remarks: list[str] = []

    def report(self) -> Report:
        """Return everything as a report."""
        form = self._form()
        figures, fields = self._tables(form, ""), {**self._fields(FIELDS, form), **self._texts(form)}
        fields |= {"previous": self._previous(form), "explanations": self._explanations()}
        if fields.get("organisation") and fields.get("year") and fields.get("title", "") in ("", "0"):
            # No program has calculated the title that the sheet offers: it is the one made of name and year. LibreOffice
            # writes 0 into an .xls for every text that was calculated by another program.
            fields["title"] = usual_title(form, fields["organisation"], fields["year"])
        if is_of_older_template(self._sheets):
            self._remarks.append(_OLDER)
        report = filled_in(form.id, figures, **fields)
        report.places.update(self._places)
        report.remarks.extend(dict.fromkeys([*self._remarks, *self._sheets.remarks]))
        return report

    def _form(self) -> Form:
        """The form by the notice named on 基本信息; where none is named, the one whose tables are there."""
        entry = find_field(self._sheets, "form", FIELDS["form"])
        if entry is None or not entry.text:
            return self._most_alike()
        notice = normal(entry.text)
        for form in forms():  # one by one: a form takes time to load
            if notice in (normal(form.notice), form.id):
                return form
        known = "、".join(form.notice for form in forms())
        place = f"{entry.title}!{address(entry.place)}"
        raise FormError(self._sheets.path, f"不认识报表格式“{entry.text}”", f"可用的格式有：{known}", place)

    def _most_alike(self) -> Form:
        """The form whose tables are there; those of plug-ins are tried only where none of this package's is."""
        likeness = {form: self._likeness(form) for form in built_in()}
        if max(likeness.values()) <= 0:
            likeness |= {form: self._likeness(form) for form in plugged_in()}
        return max(likeness, key=likeness.__getitem__)

    def _likeness(self, form: Form) -> float:
        """The share of the form's cells that have a place; -1 where a table contradicts the form."""
        try:
            tables = [find_table(self._sheets, form, table, "") for table in form.tables]
        except FormError:
            return -1
        return sum(len(found.match.cells) for found in tables if found) / len(form.cells)

    def _fields(self, labels: dict[str, str], form: Form) -> dict[str, Any]:
        """Return the fields by the last part of their names; the form is found before all others."""
        found: dict[str, Any] = {}
        for name, label in labels.items():
            entry = find_field(self._sheets, name, label, form)
            attribute = name.rpartition(".")[2]
            if entry is None or attribute == "form":
                continue
            self._places[name] = f"{entry.title}!{address(entry.place)}"
            found[attribute] = year_of(entry.text) if attribute == "year" else entry.text
            if attribute == "year" and entry.text and found[attribute] is None:
                self._remarks.append(f"{self._places[name]} 的{label}“{entry.text}”不是四位年份，按空白处理")
        return found

    def _tables(self, form: Form, prefix: str) -> dict[str, Any]:
        """Return the figures of this year's (or, by ``prefix``, last year's) tables by key."""
        figures: dict[str, Any] = {}
        missing: list[Table] = []
        homes: dict[str, dict[str, Place]] = {}
        for table in form.tables:
            found = find_table(self._sheets, form, table, prefix)
            if found is None:
                missing.append(table)
                continue
            title, match = found.title, found.match
            cells = self._shown(found, table, figures)
            self._places.update(_addresses(prefix, title, tuple(cells), tuple(cells.values())))
            homes.setdefault(title, {}).update(cells)
            if match.unplaced:
                what = f"“{title}”里没有找到{table.name}的{named(match.unplaced)}"
                self._remarks.append(f"{what}，相应的格按空白处理；请按{form.notice}的格式补上")
        if not prefix:
            self._report_missing(form, missing)
            for title, cells in homes.items():
                self._remarks += about_others(self._sheets, title, form.tables, cells)
        return figures

    def _shown(self, found: FoundTable, table: Table, figures: dict[str, Any]) -> dict[str, Place]:
        """Put the figures of a table into ``figures`` as they are seen, and return where; one that stands twice with two values is a text."""
        title, sheets = found.title, self._sheets
        cells, hidden = found.match.cells, sheets.hidden(title)
        twins: dict[str, list[Place]] = {}
        if hidden != NOTHING_HIDDEN or not found.exact:
            twins = visible_twins(sheets.rows(title), table, cells, hidden)
            cells = {**cells, **{key: places[0] for key, places in twins.items()}}
        values = sheets.figures(title, cells)
        for key, value in values.items():
            figures[key] = typed_figure(value)
        elsewhere = {key: [(title, place) for place in places[1:]] for key, places in twins.items()}
        for key, places in found.doubled.items():
            elsewhere[key] = [*elsewhere.get(key, []), *places]
        differ: list[str] = []
        for key, spots in elsewhere.items():
            others = [parse_figure(sheets.value(*spot)) for spot in spots]
            differing = [
                other for other in others if other is not None and other != parse_figure(figures[key])
            ]
            if differing:
                seen = "／".join(
                    str(each)
                    for each in dict.fromkeys((parse_figure(figures[key]), *differing))
                    if each is not None
                )
                where = f"{title}!{address(cells[key])}、{spots[0][0]}!{address(spots[0][1])}"
                figures[key] = Typed(f"{seen}（两处不一致）")
                differ.append(f"{where}（{seen}）")
        if differ:
            more = f"等 {len(differ)} 格" if len(differ) > 1 else ""
            self._remarks.append(f"{table.name}有两处都看得见而数不一致，没有读取：{differ[0]}{more}")
        self._say_hidden(title, cells, values, hidden)
        return cells

    def _say_hidden(
        self, title: str, cells: dict[str, Place], values: dict[str, Any], hidden: Hidden
    ) -> None:
        """Say where figures were read that nobody sees and that are not 0."""
        whole = self._sheets.is_hidden(title)
        if not whole and hidden == NOTHING_HIDDEN:
            return
        read = [
            f"{address(cells[key])} 的 {parse_figure(value)}"
            for key, value in values.items()
            if value not in (None, 0) and (whole or hidden.holds(cells[key]))
        ]
        if read:
            places = "、".join(read[:NAMED]) + ("等" if len(read) > NAMED else "")
            what = "整张工作表是隐藏的" if whole else "所在的行或列是隐藏的"
            self._remarks.append(
                f"“{title}”{what}，其中 {len(read)} 格（{places}）填有数，照样读取了；请核对"
            )

    def _report_missing(self, form: Form, missing: list[Table]) -> None:
        if len(missing) == len(form.tables):
            problem = f"工作簿里没有{form.title}的表格（{form.notice}的格式）"
            raise NoTablesError(self._sheets.path, problem, _STANDARD)
        for table in missing:
            sheet = form.section(table.key).sheet
            self._remarks.append(f"没有找到{table.name}，按空白处理；请恢复工作表“{sheet}”")

    def _texts(self, form: Form) -> dict[str, Any]:
        basics = find_field(self._sheets, "form", FIELDS["form"])
        homes = {
            PREAMBLE: basics.title if basics else "",
            **{part.content: part.sheet for part in form.text_sections},
        }
        found = {content: find_text(self._sheets, form, content, home) for content, home in homes.items()}
        texts = {content: text for content, text in found.items() if text is not None}
        for name, text in texts.items():
            self._places[name] = f"{text.title}!{address(text.place)}"
            lines = ((paragraph_key(name, line), place) for line, place in enumerate(text.places))
            self._places.update((key, f"{text.title}!{address(place)}") for key, place in lines)
        headings = {content: text.headings for content, text in texts.items() if text.headings is not None}
        return {**{content: text.text for content, text in texts.items()}, "headings": headings}

    def _previous(self, form: Form) -> Report | None:
        """Last year's report as far as the workbook has it; ``None`` where nothing was entered."""
        figures, fields = self._tables(form, PREVIOUS), self._fields(PREVIOUS_FIELDS, form)
        if all(value in (None, "") for value in (*figures.values(), *fields.values())):
            return None
        return filled_in(form.id, figures, **fields)

    def _explanations(self) -> tuple[Explanation, ...]:
        area = self._sheets.area(name_of(FINDINGS))
        if area:
            return read_explanations(self._sheets.rows(area.sheet))
        lists = (read_explanations(rows) for _, rows in self._sheets.searchable())
        return next(filter(None, lists), ())
