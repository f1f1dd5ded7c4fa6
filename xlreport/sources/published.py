"""A published document as a report: its tables by their labels, its text by its headings, and everything that was assumed said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from xlreport.errors import InputError
from xlreport.form.catalogue import built_in, plugged_in
from xlreport.form.declaration import Form
from xlreport.form.figures import is_blank
from xlreport.limits import MOST_TABLES, MOST_TEXTS
from xlreport.report import Report, filled_in, usual_title
from xlreport.sources.beside import with_figures_below
from xlreport.sources.blocks import Block, Paragraph, Table, dissolved, numbered
from xlreport.sources.collecting import Collected, collect
from xlreport.sources.evident import Evident
from xlreport.sources.headings import headings_of
from xlreport.sources.labels import PLAIN, wording
from xlreport.sources.outline import Outline, outline
from xlreport.sources.refusals import COPY_OUT
from xlreport.sources.streams import gathered
from xlreport.sources.wanted import wanted
from xlreport.wording import RETURNED, SUMMARY

#: Larger tables are something else, and matching them would take its time.
WIDEST, MOST_CELLS = 200, 20_000
#: A table of another form is told by this share of its figures.
ANOTHER_FORM = 0.5


def report_of(blocks: Sequence[Block], source: Path, remarks: Iterable[str] = ()) -> Report:
    """Return the report that a document's ``blocks`` print; ``remarks`` are what its reader has to say.

    Raises ``InputError`` where the document has neither a table nor a heading of the form.
    """
    _refuse_papers_about_reports(blocks, source)
    try:
        found = _found(source, blocks, tuple(built_in()))
        if found.best.share < ANOTHER_FORM:
            others = (_found(source, blocks, (form,)) for form in plugged_in())
            found = max((found, *others), key=lambda each: each.best.share)
    except RecursionError:
        raise InputError(source, "表格嵌套过深，读不出内容", COPY_OUT) from None
    best, candidates, text, too_large = found
    if not best.cells and not text.order:
        problem = f"里面没有{best.form.title}的表格和文字"
        raise InputError(source, problem, "请核对文件；表格是图片的，请改用能选中文字的原件")
    return _report(best, candidates, text, [*remarks, *too_large])


def _refuse_papers_about_reports(blocks: Sequence[Block], source: Path) -> None:
    """Raise ``NoReportError`` for a summary or a letter of ours: figures of reports stand in it, and it is none."""
    first = next((block for block in blocks if not isinstance(block, Paragraph) or block.text.strip()), None)
    if isinstance(first, Paragraph):
        heading = "".join(first.text.split())
        for form in built_in():
            for name in (SUMMARY, RETURNED):
                if heading.endswith(f"{form.title}{name}"):
                    raise NoReportError(source, f"这是{name}，不是年度报告", "请移出存放报告的文件夹")


class NoReportError(InputError):
    """It is a paper about reports."""


class _Found(NamedTuple):
    """A document read by forms that share their sections: the one that it fills in, and what it holds of each."""

    best: Collected
    candidates: Sequence[Collected]
    text: Outline
    too_large: Sequence[str]


@cache
def _words_of(forms: tuple[Form, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the labels of rows that head no column, as “其他” and “总计” do, and those of the headers of tables of a single line."""
    declared = [wanted(table) for form in forms for table in form.tables]
    rows = {wording(label).words for each in declared for row in each.rows for label in row.labels}
    columns = {wording(label).words for each in declared for label in each.column_labels}
    lines = {wording(label).words for each in declared if each.is_line for label in each.column_labels}
    return frozenset(rows - columns), frozenset(lines)


def _found(source: Path, blocks: Sequence[Block], forms: tuple[Form, ...]) -> _Found:
    headings = headings_of(forms[0].sections)

    def may_be_heading(text: str) -> bool:
        return bool(headings.of(text.strip(), 0) or headings.in_brackets(text.strip(), 0))

    def is_heading(text: str) -> bool:
        found = headings.of(text.strip(), 0)
        return found is not None and found.score >= PLAIN

    rows, headers = _words_of(forms)

    def is_row(text: str) -> bool:
        return wording(text).words in rows

    stream = numbered(gathered(list(dissolved(blocks, is_heading)), may_be_heading, is_row))
    tables = [block for block in stream if isinstance(block, Table)]
    ours = [with_figures_below(table, headers) for table in tables if _may_be_ours(table)]
    _refuse_too_much(source, ours)
    text = outline(stream, forms[0])
    evident = Evident(ours, forms)
    candidates = []
    for form in forms:
        candidates.append(collect(ours, form, text.title.year, evident))
        if candidates[-1].is_whole:
            break
    best = max(candidates, key=lambda found: found.share)
    if text.title.year is not None and best is not candidates[0]:
        best = _of_the_year(candidates, best)
    return _Found(
        best, candidates, text, [_too_large(table, forms[0]) for table in tables if not _may_be_ours(table)]
    )


def _may_be_ours(table: Table) -> bool:
    return table.width <= WIDEST and len(table.cells) <= MOST_CELLS


def _refuse_too_much(source: Path, tables: Sequence[Table]) -> None:
    """Raise ``InputError`` where the tables hold more than any report: matching labels takes its time."""
    texts = {cell.text for table in tables for cell in table.cells}
    if len(tables) > MOST_TABLES or len(texts) > MOST_TEXTS:
        problem = f"有 {len(tables)} 张表、{len(texts)} 种不同的格内文字，超出上限（{MOST_TABLES} 张、{MOST_TEXTS} 种）"
        raise InputError(source, problem, "请把年度报告的正文和表格单独另存后再读")


def _too_large(table: Table, form: Form) -> str:
    return f"{table.name}有 {table.height} 行 {table.width} 列，不是{form.title}的表，没有读"


def _of_the_year(candidates: Sequence[Collected], best: Collected) -> Collected:
    """The current form, where only tables were found that all forms have alike."""
    current = candidates[0]
    tables = {key.partition(".")[0] for key in best.cells}
    alike = all(
        sum(key.startswith(f"{table}.") for key in current.cells)
        >= 0.9 * sum(key.startswith(f"{table}.") for key in best.cells)
        for table in tables
    )
    return current if alike else best


def _report(found: Collected, candidates: Sequence[Collected], text: Outline, remarks: list[str]) -> Report:
    form = found.form
    said = [*remarks, *_about_the_form(found, candidates), *found.remarks]
    figures: dict[str, Any] = {}
    for key, placed in found.cells.items():
        figures[key], assumption = placed.read(form.cells[key].unit)
        if assumption:
            said.append(f"{placed.place}：{assumption}")
    said += _about_missing(found, text)
    said += _about_blanks(form, figures)
    title, organisation, year = text.title.text, text.title.organisation, text.title.year
    report = filled_in(
        form.id,
        figures,
        **text.texts,
        organisation=organisation,
        year=year,
        title="" if title == usual_title(form, organisation, year) else title,
        headings=text.headings,
        asides=text.asides,
    )
    places = {key: placed.place for key, placed in found.cells.items()}
    typed = bool(found.cells) and all(placed.table.place_of is not None for placed in found.cells.values())
    (report.places if typed else report.origins).update(places)
    report.outline.extend(text.order)
    report.remarks.extend(dict.fromkeys([*said, *text.remarks]))
    return report


def _about_the_form(found: Collected, candidates: Sequence[Collected]) -> list[str]:
    said, form, current = [], found.form, candidates[0].form
    if form is not current:
        said.append(f"表格是{form.notice}的格式，按该格式读取（现行格式是{current.notice}）")
    for declared in form.tables:
        mine = _share(found, declared.key)
        for other in candidates:
            if mine < 1 and _share(other, declared.key) > max(mine, ANOTHER_FORM):
                what = "没有读" if not mine else "两种格式相同的行才读了"
                said.append(
                    f"{declared.name}是{other.form.notice}的格式，与其他表（{form.notice}）不一致，{what}"
                )
    return said


def _share(found: Collected, table: str) -> float:
    """How much of a table of that form was found."""
    cells = found.form.table(table).cells
    return sum(cell.key in found.cells and not found.cells[cell.key].doubt for cell in cells) / len(cells)


def _about_missing(found: Collected, text: Outline) -> list[str]:
    said = []
    for declared in found.missing:
        section = found.form.section(declared.key)
        if declared.key in text.pictures:
            said.append(f"“{section.heading}”部分只有图片，{declared.name}读不出数字；请改用能选中文字的原件")
        else:
            said.append(f"没有找到{declared.name}（“{section.heading}”），按空白处理")
    return said


def _about_blanks(form: Form, figures: dict[str, Any]) -> list[str]:
    said = []
    for table in form.tables:
        blank = [cell for cell in table.cells if cell.key in figures and is_blank(figures[cell.key])]
        if blank and len(blank) < len(table.cells):
            said.append(f"{table.name}有 {len(blank)} 格空白或填“/”，合计时按 0 计")
    return said
