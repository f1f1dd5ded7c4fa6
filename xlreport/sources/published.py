"""A published document as a report: its tables by their labels, its text by its headings, and everything that was assumed said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xlreport.errors import InputError
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.form.declaration import Form
from xlreport.form.figures import Unit, is_blank
from xlreport.report import Report, filled_in, usual_title
from xlreport.sources.blocks import Block, Cell, Table, dissolved, numbered
from xlreport.sources.collecting import Collected, collect
from xlreport.sources.labels import PLAIN
from xlreport.sources.outline import Outline, heading_in, heading_in_brackets, outline
from xlreport.sources.printed import read_printed
from xlreport.sources.streams import gathered

#: Larger tables are something else, and matching them would take its time.
WIDEST, MOST_CELLS = 200, 20_000
#: A table of another form is told by this share of its figures.
ANOTHER_FORM = 0.5


def report_of(blocks: Sequence[Block], source: Path, remarks: Iterable[str] = ()) -> Report:
    """Return the report that a document's ``blocks`` print; ``remarks`` are what its reader has to say.

    Raises ``InputError`` where the document has neither a table nor a heading of the form.
    """
    sections = form_of(CURRENT).sections

    def may_be_heading(text: str) -> bool:
        return any(tell(text.strip(), sections) for tell in (heading_in, heading_in_brackets))

    def is_heading(text: str) -> bool:
        found = heading_in(text.strip(), sections)
        return found is not None and found.score >= PLAIN

    try:
        stream = numbered(gathered(list(dissolved(blocks, is_heading)), may_be_heading))
        tables = [block for block in stream if isinstance(block, Table) and _may_be_ours(block)]
        candidates = [collect(tables, form_of(form_id)) for form_id in MODULES]
        best = max(candidates, key=lambda found: found.share)
        texts = frozenset(part.content for part in best.form.text_sections)
        text = outline(stream, best.form.sections, texts)
        if text.title.year is not None and best.form.id != CURRENT:
            best = _of_the_year(candidates, best)
    except RecursionError:
        raise InputError(source, "表格嵌套过深，读不出内容", "请把正文和表格复制到新文档后再读") from None
    if not best.cells and not text.order:
        problem = f"里面没有{best.form.title}的表格和文字"
        raise InputError(source, problem, "请核对文件；表格是图片的，请改用能选中文字的原件")
    return _report(best, candidates, text, list(remarks))


def _may_be_ours(table: Table) -> bool:
    return table.width <= WIDEST and len(table.cells) <= MOST_CELLS


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
        figures[key], assumption = _figure(placed.table, placed.cell, form.cells[key].unit, placed.unit)
        if assumption:
            said.append(f"{placed.table.place(placed.cell)}：{assumption}")
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
    places = {key: placed.table.place(placed.cell) for key, placed in found.cells.items()}
    typed = bool(found.cells) and all(placed.table.place_of is not None for placed in found.cells.values())
    (report.places if typed else report.origins).update(places)
    report.outline.extend(text.order)
    report.remarks.extend(dict.fromkeys([*said, *text.remarks]))
    return report


def _figure(table: Table, cell: Cell, unit: Any, printed_in: str) -> tuple[Any, str]:
    if (
        table.place_of is not None
        and not isinstance(cell.value, str)
        and not (printed_in and unit is Unit.MONEY)
    ):
        # A number in a workbook needs no reading.
        return cell.value, ""
    return read_printed(cell.text, unit, printed_in)


def _about_the_form(found: Collected, candidates: Sequence[Collected]) -> list[str]:
    said, form = [], found.form
    if form.id != CURRENT:
        said.append(f"表格是{form.notice}的格式，按该格式读取（现行格式是{form_of(CURRENT).notice}）")
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
    return sum(cell.key in found.cells for cell in cells) / len(cells)


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
