"""The buttons. Each reads all it needs, works everything out, and only then writes; they know the workbook through xlwings alone.

``python -c "import xlreport.live.buttons as b; b.validate()"`` is what a ribbon, a menu or a toolbar runs.
"""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from xlreport.errors import InputError
from xlreport.findings import Findings
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.figures import parse_figure
from xlreport.last_year import carried_over
from xlreport.live import manual
from xlreport.live.accepted import Accepted, formula_in, latest, put_back, remember
from xlreport.live.dialogs import agrees, ask_for_report
from xlreport.live.documents import document_name, folder_of, home_of
from xlreport.live.failing import button
from xlreport.live.figures import cell_value, last_years_values, proposals, write_figures
from xlreport.live.filling import fill_totals as fill_totals
from xlreport.live.filling import fill_zeros as fill_zeros
from xlreport.live.filling import texts_to_numbers as texts_to_numbers
from xlreport.live.inserting import insert_sentences as insert_sentences
from xlreport.live.moving import next_finding as next_finding
from xlreport.live.moving import previous_finding as previous_finding
from xlreport.live.open_report import read_live
from xlreport.live.own_rules import checked, rules_beside
from xlreport.live.pen.marked import mark, mark_again
from xlreport.live.pen.marking import put_on, take_off
from xlreport.live.places import cell_at
from xlreport.live.proposing import Offer, named, offer_about, offer_at, question
from xlreport.live.protection import refuse_unwritable, unprotected
from xlreport.live.selecting import selected_place, subject_at
from xlreport.live.session import working
from xlreport.live.starting import new_report as new_report
from xlreport.live.styling import choose_styles
from xlreport.output import write_bytes
from xlreport.own_folder import own_folder
from xlreport.report import Report
from xlreport.rules.rule import shown
from xlreport.workbook.results import COLUMNS, PLACE, LineSubject

if TYPE_CHECKING:
    import xlwings as xw

BLOCKED = (
    "审核结果中存在强制性审核类型错误，不允许上报（{count} 处）。请点“校验”，按“校验结果”改正后再生成文档。"
)
NO_SUGGESTION = "这一格没有建议的数。请选中疑似填错的格，或“校验结果”里的一条，再点“采纳建议”。"
NO_SUGGESTION_IN_LINE = "这一条没有建议的数，或者已经改正。请逐格核对，再点“校验”。"


@button
def validate(book: xw.Book) -> str | None:
    """Check the report, mark its cells, list the findings, and go to the first."""
    refuse_unwritable(book)
    with working(book, "正在审核，请稍候…"):
        report = read_live(book)
        choose_styles(book, report)
        sheet, first, without_note = mark(book, report)
    sheet.activate()
    sheet.range((first, 1 + COLUMNS.index(PLACE))).select()
    rules = rules_beside(book).remark
    said = [f"{rules}。" if rules else "", *report.remarks]
    if without_note:
        places = "、".join(without_note)
        said.append(f"{places} 已有会话式批注，不能再加批注，只加了底色；问题见“校验结果”。")
    return "\n".join(filter(None, said)) or None


@button
def accept_suggestion(book: xw.Book) -> str | None:
    """Write the most plausible suggestion for the selected cell or line if the user agrees; or put back what it replaced."""
    refuse_unwritable(book)
    place = selected_place(book)
    if place is None:
        return "请只选中一个单元格，再点“采纳建议”。"
    with working(book, "正在核对…"):
        report = read_live(book)
        subject = subject_at(book, place)
        keys = [key for cells in subject.cells for key in cells] if subject else []
        here = [report.places.get(key, "") for key in keys] if subject else [place]
        offer = _offered(book, report, place, subject)
        earlier = latest(book, here)
    # In the cell the second click takes back the first; in the list the finding itself comes first.
    if earlier is not None and (subject is None or offer is None):
        return _put_back(book, report, earlier)
    if offer is None:
        return NO_SUGGESTION if subject is None else NO_SUGGESTION_IN_LINE
    cell = cell_at(book, offer.place)
    if cell.merge_area.address.partition(":")[0] != cell.address:
        return f"{offer.place} 在合并的单元格里，写不进数，请先取消合并。"
    if not agrees(book.app, question(offer, formula_in(cell), report.declaration, report.places)):
        return None
    with working(book, "正在填写…"):
        now = read_live(book)
        if _offered(book, now, place, subject) != offer:
            return "工作簿里的数已经变化，没有改动。请再点一次“采纳建议”。"
        value = cell_value(offer.suggestion.to)
        with unprotected([cell.sheet]):
            remember(book, offer.place, value)
            cell.value = value
        mark_again(book)
    return None


def _offered(book: xw.Book, report: Report, place: str, subject: LineSubject | None) -> Offer | None:
    findings = checked(book, report).findings
    if subject is not None:
        return offer_about(subject, findings, report.places)
    return offer_at(place, findings, report.places)


def _put_back(book: xw.Book, report: Report, earlier: Accepted) -> str | None:
    before = earlier.formula or ("空白" if earlier.before is None else shown(parse_figure(earlier.before)))
    value = shown(parse_figure(earlier.value))
    key = next((key for key, place in report.places.items() if place == earlier.place), "")
    where = named(key, earlier.place, report.declaration)
    if not agrees(book.app, f"{where}的 {value} 是采纳的建议，要改回原来的 {before} 吗？"):
        return None
    with working(book, "正在改回…"):
        if latest(book, [earlier.place]) != earlier:
            return "这一格的数已经变化，没有改动。"
        with unprotected([cell_at(book, earlier.place).sheet]):
            put_back(book, earlier)
        mark_again(book)
    return None


@button
def clear_marks(book: xw.Book) -> str:
    """Give every marked cell back the fill and the note it had."""
    refuse_unwritable(book)
    with working(book, "正在清除标记…"):
        count = take_off(book)
    return f"已恢复 {count} 个单元格的底色和批注。" if count else "没有需要清除的标记。"


@button
def import_previous(book: xw.Book) -> str | None:
    """Take last year's figures from a file the user chooses, and propose what it carries over."""
    import xlreport

    refuse_unwritable(book)
    report = read_live(book)
    file = ask_for_report(book.app, "选择上年的年度报告", folder_of(book))
    if file is None:
        return None
    last = xlreport.read(file)
    values = last_years_values(last, report.places)
    if not values:
        return "这个工作簿没有“上年数”表，请用标准工作簿填报。"
    if report.previous is not None and not agrees(book.app, "“上年数”已有数据，要换成所选文件里的数吗？"):
        return None
    carried = {key: value for key, value in carried_over(report, last).items() if key in report.places}
    with working(book, "正在导入上年数…"):
        # Marks are about the figures as they were; and a mark must not be taken for the cell's own look.
        take_off(book)
        write_figures(book, report.places, {**values, **carried})
        put_on(book, proposals(report.places, carried))
    whose = f"{last.organisation}{last.year or ''}年" if last.organisation or last.year else file.name
    taken = f"；上年结转的数填了 {len(carried)} 格（浅蓝色），请核对" if carried else ""
    return f"已导入{whose}的数{taken}。"


@button
def make_document(book: xw.Book) -> str | None:
    """Write the submission document beside the workbook, if no error stands."""
    from xlreport.document import submission

    with working(book, "正在审核，请稍候…"):
        report = read_live(book)
        findings: Findings = checked(book, report)
    if findings.errors:
        return BLOCKED.format(count=len(findings.errors))
    folder = home_of(book)
    if folder is None:
        return "没有选择文件夹，没有生成文档。"
    target = folder / document_name(report)
    if target.exists() and not agrees(book.app, f"“{target.name}”已经存在，要换成新的吗？"):
        return None
    with working(book, "正在生成文档…"):
        submission.write(report, findings, target)
    if agrees(book.app, f"已生成：{target}\n现在打开吗？"):
        try:
            book.api.FollowHyperlink(str(target))
        except Exception:  # no program for such documents, or it is busy
            return f"打不开，请自己打开：{target}"
    return None


@button
def open_manual(book: xw.Book) -> str | None:
    """Show the manual in the web browser; where there is none, say where it is."""
    try:
        form = read_live(book).declaration
    except InputError:
        # The manual is for whoever has any workbook open.
        form = form_of(CURRENT)
    target = own_folder() / "manual.html"
    write_bytes(target, manual.page(form).encode())
    return None if webbrowser.open(target.as_uri()) else f"没有找到浏览器。说明在：{target}，请自己打开。"
