"""退回意见: the letter that goes back to a unit with its report, laid out as an official document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docx.document import Document

from xlreport.document import base, styles
from xlreport.document.docx import describe, save
from xlreport.document.markup import LINE_BREAK, paragraph, run
from xlreport.document.styles import BODY, HEADINGS, PARAGRAPHS, TITLE, Style
from xlreport.wording import RETURNED

_ADDRESSEE, _SIGNATURE, _FACT = "主送机关", "落款", "问题要点"
_STYLES = (
    Style(
        _ADDRESSEE,
        "LetterAddressee",
        "退回意见开头的单位名称",
        BODY,
        BODY,
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>',
    ),
    Style(
        _SIGNATURE,
        "LetterSignature",
        "退回意见末尾的落款",
        BODY,
        paragraph='<w:keepNext/><w:ind w:rightChars="200" w:right="640" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>',
    ),
    Style(_FACT, "LetterFact", "退回意见里一个问题的各点", BODY, paragraph='<w:jc w:val="left"/>'),
)
#: Left blank, to be written in by who signs.
_DATE = "　　　　年　　月　　日"
_NUMERALS = "一二三"


class Problem(NamedTuple):
    """What a letter says of a finding: its rule, where it is, what is wrong, what it should probably be, what to do, the sentence it is about."""

    title: str
    place: str
    message: str
    proposed: tuple[str, ...]
    todo: str
    quote: str


class Letter(NamedTuple):
    """What goes back to ``organisation`` (“” where it is not known): its ``file``, what must be mended and what is to be looked at.

    ``kind`` is what such reports of the year are called, ``report`` this one's title, ``unreadable`` says why the file cannot be read (“” if it can), ``marked`` is the marked workbook that
    goes along (“” without one).
    """

    organisation: str
    kind: str
    report: str
    file: str
    errors: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    unreadable: str = ""
    marked: str = ""


def write(letter: Letter, path: Path) -> None:
    """Write the letter to ``path`` in one step; raises ``OutputError`` where that cannot be done."""
    save(document(letter), path)


def document(letter: Letter) -> Document:
    """Return the letter; its deadline, its sender and its date are left blank."""
    made = base.empty()
    styles.add_missing(made, _STYLES)
    ids = styles.ids_by_name(made, (*PARAGRAPHS, *_STYLES))
    heading = LINE_BREAK.join(map(run, (letter.kind, RETURNED)))
    lines = (paragraph(ids[style], run(text)) for style, text in _lines(letter))
    base.put_into(made, "".join((paragraph(ids[TITLE], heading), *lines)))
    describe(made, f"{letter.report}{RETURNED}", RETURNED, "")
    return made


def _lines(letter: Letter) -> Iterator[tuple[str, str]]:
    yield _ADDRESSEE, f"{letter.organisation or '　　　　　　　　'}："
    if letter.unreadable:
        yield BODY, f"你单位报送的文件“{letter.file}”无法读取，不能审核，现退回。"
        parts = [("无法读取的原因", [(BODY, _sentence(letter.unreadable))])]
    else:
        counts = f"须改正的问题 {len(letter.errors)} 处"
        counts += f"，请核对的问题 {len(letter.warnings)} 处" if letter.warnings else ""
        yield (
            BODY,
            f"你单位报送的《{letter.report}》（文件“{letter.file}”）已经审核，有{counts}，现退回修改。",
        )
        parts = [("须改正的问题", list(_problems(letter.errors)))]
        parts += [("请核对的问题", list(_problems(letter.warnings)))] if letter.warnings else []
    parts.append(("重新报送", list(_requests(letter))))
    for numeral, (heading, lines) in zip(_NUMERALS, parts, strict=False):
        yield HEADINGS[0], f"{numeral}、{heading}"
        yield from lines
    if letter.marked:
        yield BODY, f"附件：{letter.marked}"
    yield BODY, ""
    yield _SIGNATURE, "（审核单位）　　　　　　"
    yield _SIGNATURE, _DATE


def _problems(problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    for number, problem in enumerate(problems, 1):
        where = f"（{problem.place}）" if problem.place not in ("", "—") else ""
        yield HEADINGS[2], f"{number}.{problem.title}{where}"
        yield _FACT, f"问题：{_sentence(problem.message)}"
        if problem.quote:
            yield _FACT, problem.quote
        for proposal in problem.proposed:
            yield _FACT, f"请重点核对：{_sentence(proposal)}"
        if problem.todo:
            yield _FACT, f"怎样改：{_sentence(problem.todo)}"


def _requests(letter: Letter) -> Iterator[tuple[str, str]]:
    if letter.unreadable:
        yield BODY, "请按上述原因处理，确认文件能正常打开后重新报送。"
    else:
        if letter.marked:
            where = "上述问题已在附件工作簿的单元格里标出，“校验结果”工作表列有全部问题"
            yield BODY, f"{where}；可以直接在附件里改，改后再审核一次。"
        answer = "请核对的，数据确实无误时请写明原因。" if letter.warnings else ""
        yield BODY, f"须改正的，请逐项改正，表和文字里同一个数一起改。{answer}"
    # A line of its own, so that no end of a line falls within what is to be written in.
    yield BODY, f"重新报送期限：{_DATE}前。"


def _sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends in a sign of its own."""
    stripped = " ".join(text.split())
    return stripped if stripped.endswith(("。", "！", "？", "…")) else stripped + "。"
