"""What may stand in a figure's cell, in every shape a report comes in; and amounts of money in every unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tests.strangers import books, texts
from tests.strangers.attempts import FEE, PENALTIES, Attempt, Doubtful, Expected, NoNumber, Shown
from tests.strangers.bases import FEE_HEADER, page, page_file, replaced, run, word

Make = Callable[[Path], object]

#: What a careful reader takes for 437: a mark is no digit, and neither is what stands in brackets behind.
READ = (
    "437①", "437②", "437⑫", "437❶", "437➀", "437⑴", "437⒈", "437¹", "437²", "437¹²", "437₁", "437ⁿ", "437*", "437＊", "437†", "437‡", "437§", "437※",
    "437㊀", "437㈠", "437ⓐ", "437ª", "437º", "437（注1）", "437(注)", "437［1］", "437[1]", "437【1】", "437〔2〕", "437（1）", "437⁽¹⁾", "437＃", "437 ①", "*437", "①437",
    " 437 ", "　437　", "４３７", "437件", "437 件", "437宗", "437起", "437項", "+437", "437.0", "437.00", "00437", "437（其中当场处罚9件）", "437件（含上年转入9件）",
    "437（同比增长9%）", "437​", "‎437", "\ufeff437", "437。", "437件。", "437\u00ad", "⁠437",
    "𝟒𝟑𝟕", "４３７①", "437件①", "437¹件",
)  # fmt: skip

#: What is not one number, or not surely.
NOT_READ = (
    "约437", "437余", "437多", "近437", "437以上", "超过437", "≥437", "<437", "＞437", "437±5", "~437", "437?", "437？", "43?7", "43□7", "43*7", "43X", "四百三十七", "肆佰叁拾柒",
    "437/9", "437／9", "437、9", "437,9", "437;9", "437 9", "437-440", "437－440", "437—440", "437~440", "437至440", "437或438", "437+9", "400+37=437", "437→438", "437（438）件或", "43.7.1",
    "2025-04-03", "2025/4/3", "2025年4月3日", "4月37日", "12:30", "437%", "437‰", "4.37e2", "4.37E+02", "0x1b5", "437ab", "TRUE", "FALSE", "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#####", "######",
    "NaN", "inf", "-inf", "Infinity", "null", "None", "437万", "7.27亿", "4.37百", "437千", "-437", "－437", "−437", "437.5", "1,23", "4,37", "43,7", "1,2345", ".437", "..437",
    "437²³⁴次方", "¼", "½", "4½", "437½", "³⁄₄", "Ⅳ", "Ⅻ", "卌", "④③⑦", "①", "²", "⁴³⁷", "₄₃₇", "㊲", "❹❸❼", "⒋⒊⒎", "四三七", "见附件", "同上", "待统计", "不详", "保密", "略", "*", "**", "***", "437万元", "437个工作日",
    "４３７．５", "4'37", "437℃", "437㎡", "437kg", "$437", "￥437", "437USD", "=400+37", "437<9", "437|9", "437\\9", "9\b437",
)  # fmt: skip

#: What is 437 in another unit, which is reckoned and said; in the standard workbook it is no number.
CONVERTED = ("0.0437万件", "0.0437萬件", "0.437千件", "4.37百件")

#: What may be taken for 437, if that is said.
MAYBE = (
    "437元", "437人", "437页", "437.", "437,", "437'", "437°", "٤٣٧", "४३७", "๔๓๗", "(437)", "（437）", "---437---", "“437”", '"437"', "'437", "=437", "43 7", "43\u30007", "4 3 7", "437 件次", "共437", "437（约）", "437（估计）", "437（不含派出所）", "437↑", "437▲", "437！", "437(438)", "437［438］", "437，", "437、",
)  # fmt: skip

#: Amounts as a fee's cell and header show them, and what they are in 万元 (None: not to be read).
MONEY: tuple[tuple[str, str, float | None], ...] = (
    ("251000元", "本年收费金额（单位：万元）", 25.1), ("251000（元）", "本年收费金额（单位：万元）", 25.1), ("251,000元", "本年收费金额（单位：万元）", 25.1),
    ("251000.00元", "本年收费金额（单位：万元）", 25.1), ("25.1万元", "本年收费金额（单位：万元）", 25.1), ("25.1（万元）", "本年收费金额（单位：万元）", 25.1), ("25.1万", "本年收费金额（单位：万元）", 25.1),
    ("251千元", "本年收费金额（单位：万元）", 25.1), ("251（千元）", "本年收费金额（单位：万元）", 25.1), ("2.51十万元", "本年收费金额（单位：万元）", 25.1), ("0.251百万元", "本年收费金额（单位：万元）", 25.1),
    ("0.251（百万元）", "本年收费金额（单位：万元）", 25.1), ("0.00251亿元", "本年收费金额（单位：万元）", 25.1), ("0.00251（亿元）", "本年收费金额（单位：万元）", 25.1), ("人民币25.1万元", "本年收费金额（单位：万元）", 25.1),
    ("￥251000元", "本年收费金额（单位：万元）", 25.1), ("25.1[万元]", "本年收费金额（单位：万元）", 25.1), ("251000[元]", "本年收费金额（单位：万元）", 25.1), ("251000 元", "本年收费金额（单位：万元）", 25.1), ("251000圆", "本年收费金额（单位：万元）", 25.1),
    ("2510百元", "本年收费金额（单位：万元）", 25.1), ("2510000角", "本年收费金额（单位：万元）", 25.1),
    ("251000", "本年收费金额（单位：元）", 25.1), ("251", "本年收费金额（单位：千元）", 25.1), ("2.51", "本年收费金额（单位：十万元）", 25.1), ("0.251", "本年收费金额（单位：百万元）", 25.1),
    ("25.1", "本年收费金额（单位：百万元）", 2510), ("0.00251", "本年收费金额（单位：亿元）", 25.1), ("0.0251", "本年收费金额（单位：千万元）", 25.1), ("2510", "本年收费金额（单位：百元）", 25.1),
    ("251000", "本年收费金额（元）", 25.1), ("25.1", "本年收费金额（万元）", 25.1), ("25.1", "本年收费金额/万元", 25.1), ("251000", "本年收费金额/元", 25.1), ("251000", "本年收费金额(单位:元)", 25.1), ("251000", "本年收费金额（单位：人民币元）", 25.1),
    ("251", "本年收费金额（千元）", 25.1), ("251000", "本年收费金额  单位：元", 25.1), ("25.1", "本年收费金额（单位：人民币万元）", 25.1), ("25.1", "本年收费金额（单位：萬元）", 25.1), ("0.251", "本年收费金额（百万元）", 25.1), ("0.00251", "本年收费金额（亿元）", 25.1),
    ("251000元", "本年收费金额（单位：元）", 25.1), ("25.1万元", "本年收费金额（单位：元）", 25.1), ("251千元", "本年收费金额（单位：千元）", 25.1),
    ("25.1万美元", "本年收费金额（单位：万元）", None), ("25.1美元", "本年收费金额（单位：万元）", None), ("25.1", "本年收费金额（单位：万美元）", None), ("25.1", "本年收费金额（单位：美元）", None), ("25.1", "本年收费金额（单位：万港元）", None),
    ("25.1万港元", "本年收费金额（单位：万元）", None), ("25.1万港币", "本年收费金额（单位：万元）", None), ("25.1", "本年收费金额（单位：万日元）", None), ("25.1万日元", "本年收费金额（单位：万元）", None), ("25.1", "本年收费金额（单位：万欧元）", None), ("25.1欧元", "本年收费金额（单位：万元）", None),
    ("€25.1", "本年收费金额（单位：万元）", None), ("$25.1", "本年收费金额（单位：万元）", None), ("US$25.1", "本年收费金额（单位：万元）", None), ("£25.1", "本年收费金额（单位：万元）", None), ("25.1韩元", "本年收费金额（单位：万元）", None), ("25.1英镑", "本年收费金额（单位：万元）", None), ("25.1新台币", "本年收费金额（单位：万元）", None), ("25.1卢布", "本年收费金额（单位：万元）", None), ("HK$25.1", "本年收费金额（单位：万元）", None), ("25.1USD", "本年收费金额（单位：万元）", None), ("25.1澳元", "本年收费金额（单位：万元）", None),
    ("约25.1", "本年收费金额（单位：万元）", None), ("25.1-26", "本年收费金额（单位：万元）", None), ("25.1余万元", "本年收费金额（单位：万元）", None), ("25万1000元", "本年收费金额（单位：万元）", 25.1), ("贰拾伍万壹仟元整", "本年收费金额（单位：万元）", 25.1), ("25,1", "本年收费金额（单位：万元）", None), ("25.1.0", "本年收费金额（单位：万元）", None), ("25·1", "本年收费金额（单位：万元）", None), ("25。1", "本年收费金额（单位：万元）", None),
    ("-25.1", "本年收费金额（单位：万元）", None), ("25.1%", "本年收费金额（单位：万元）", None), ("25.1万件", "本年收费金额（单位：万元）", None), ("25.1万元/年", "本年收费金额（单位：万元）", None),
    ("25.1①", "本年收费金额（单位：万元）", 25.1), ("25.1¹", "本年收费金额（单位：万元）", 25.1), ("25.1*", "本年收费金额（单位：万元）", 25.1), ("２５．１", "本年收费金额（单位：万元）", 25.1), ("25.10", "本年收费金额（单位：万元）", 25.1), ("25.1000", "本年收费金额（单位：万元）", 25.1), ("1,025.1", "本年收费金额（单位：万元）", 1025.1),
)  # fmt: skip


def conversion(figure: str, header: str) -> bool:
    """Whether a reader has to reckon: the amount shown is not in 万元 as it stands."""
    unit = re.search(r"[千百十]*万元?|亿元?|[千百]?[元圆角]", figure) or re.search(
        r"[千百十]*[万萬]元|亿元|[千百]?[元圆角]", header.replace("人民币", "")
    )
    return unit is not None and unit[0] not in ("万元", "万", "萬元")


def above(unit: str) -> str:
    return f"单位：{unit}"


#: Unit above the table, in the header, behind the figure: (above, header, cell, 万元 or None for a contradiction).
PLACES: tuple[tuple[str, str, str, float | None], ...] = (
    ("元", "", "251000", 25.1), ("万元", "", "25.1", 25.1), ("千元", "", "251", 25.1), ("亿元", "", "0.00251", 25.1), ("百万元", "", "0.251", 25.1), ("十万元", "", "2.51", 25.1),
    ("元", "万元", "251000", None), ("千元", "万元", "251", None), ("亿元", "万元", "0.00251", None), ("万元", "元", "251000", None), ("元", "千元", "251", None), ("百万元", "万元", "25.1", None),
    ("万元", "万元", "25.1", 25.1), ("元", "元", "251000", 25.1), ("千元", "千元", "251", 25.1), ("万元", "万元", "251000元", 25.1), ("元", "", "25.1万元", 25.1), ("万元", "", "251000元", 25.1),
    ("件、万元", "万元", "25.1", 25.1), ("件", "万元", "25.1", 25.1), ("件、元", "", "251000", 25.1), ("美元", "", "25.1", None), ("万美元", "万元", "25.1", None), ("人民币元", "", "251000", 25.1), ("人民币万元", "", "25.1", 25.1),
)  # fmt: skip


def headed(unit: str) -> str:
    return f"本年收费金额（单位：{unit}）" if unit else "本年收费金额"


#: 件 in larger units in a header: (header of the decisions, cell, number).
COUNTS: tuple[tuple[str, str, float | None], ...] = (
    ("本年处理决定数量（单位：件）", "437", 437), ("本年处理决定数量（件）", "437", 437), ("本年处理决定数量（单位：万件）", "0.0437", 437), ("本年处理决定数量（万件）", "0.0437", 437),
    ("本年处理决定数量（单位：千件）", "0.437", 437), ("本年处理决定数量（单位：百件）", "4.37", 437), ("本年处理决定数量（单位：万件）", "437", 4370000), ("本年处理决定数量（单位：千件）", "437", 437000),
    ("本年处理决定数量", "0.0437万件", 437), ("本年处理决定数量（单位：宗）", "437", 437), ("本年处理决定数量（单位：%）", "437", None), ("本年处理决定数量（单位：万元）", "437", None), ("本年处理决定数量（单位：人次）", "437", None),
    ("上年处理决定数量", "437", None), ("2024年处理决定数量", "437", None), ("本年（2025）处理决定数量", "437", 437), ("2025年处理决定数量", "437", 437), ("本年增减", "437", None), ("累计处理决定数量", "437", None), ("本年计划处理决定数量", "437", None),
)  # fmt: skip


def html_unit(unit: str, header: str, cell: str) -> Make:
    def change(text: str) -> str:
        first = text.index("<table")
        return text[:first] + f'<p style="text-align:right">{above(unit)}</p>\n' + text[first:]

    return page_file(page(fee=cell, fee_header=headed(header), change=change))


def word_unit(unit: str, header: str, cell: str) -> Make:
    def change(text: str) -> str:
        text = replaced(text, f">{FEE_HEADER}<", f">{headed(header)}<")
        first = text.index("<w:tbl>")
        return text[:first] + f"<w:p>{run(above(unit))}</w:p>" + text[first:]

    return word(fee=cell, document=change)


def shapes(cell: str) -> Iterator[tuple[str, str, Make]]:
    """The 437 replaced by ``cell`` in every shape: its name, ending, maker."""
    yield "page", ".html", page_file(page(escape(cell)))
    yield "word", ".docx", word(runs=run(escape(cell)))
    yield "sheet", ".xlsx", books.printed(cell)
    if "\n" not in cell and "\t" not in cell:
        yield "tabs", ".txt", texts.tabbed(cell)
        yield "pipes", ".md", texts.piped(cell)
    yield "standard", ".xlsx", books.standard(cell)


def header_of_penalties(text: str, header: str) -> str:
    """The heading above 行政处罚, which is printed twice in table two."""
    place = text.index("第二十条第（六）项")
    return text[:place] + text[place:].replace("本年处理决定数量", header, 1)


def clean(cell: str) -> str:
    """A name for a file system and a terminal."""
    return "".join(c if c.isprintable() and c not in "/\\" else f"u{ord(c):04x}" for c in cell)


def attempts() -> Iterator[Attempt]:
    for kind, cells, expected in (
        ("marked", READ, Shown()),
        ("no-number", NOT_READ, NoNumber()),
        ("converted", CONVERTED, Shown({PENALTIES: 437}, said=True)),
        ("maybe", MAYBE, Doubtful((437,))),
    ):
        for cell in cells:
            for shape, suffix, make in shapes(cell):
                if "\b" in cell and shape != "page":
                    continue  # no XML may hold it
                awaited: Expected = expected
                if cell == "437|9" and shape == "pipes":
                    continue  # a pipe parts cells there
                if cell in CONVERTED and shape == "standard":
                    awaited = NoNumber()
                yield Attempt("figures", f"{kind}-{shape}", clean(cell), suffix, make, awaited)
    for cell, header, amount in MONEY:
        awaited = NoNumber((FEE,)) if amount is None else Shown({FEE: amount}, said=conversion(cell, header))
        name = f"{clean(cell)}-in-{clean(header)}"
        yield Attempt(
            "figures",
            "money-page",
            name,
            ".html",
            page_file(page(fee=escape(cell), fee_header=header)),
            awaited,
            promise="a conversion is said",
        )
        yield Attempt(
            "figures",
            "money-word",
            name,
            ".docx",
            word(fee=escape(cell), document=lambda t, h=header: replaced(t, f">{FEE_HEADER}<", f">{h}<")),
            awaited,
            promise="a conversion is said",
        )
        yield Attempt(
            "figures",
            "money-sheet",
            name,
            ".xlsx",
            books.printed(fee=cell, fee_header=header),
            awaited,
            promise="a conversion is said",
        )
        yield Attempt(
            "figures",
            "money-tabs",
            name,
            ".txt",
            texts.tabbed(fee=cell, fee_header=header),
            awaited,
            promise="a conversion is said",
        )
    for unit, header, cell, amount in PLACES:
        awaited = (
            NoNumber((FEE,))
            if amount is None
            else Shown({FEE: amount}, said=conversion(cell, header or unit))
        )
        name = f"{cell}-in-{headed(header)}-below-{unit}"
        promise = "a contradiction between units is an error at that cell"
        yield Attempt(
            "figures", "units-page", name, ".html", html_unit(unit, header, cell), awaited, promise=promise
        )
        yield Attempt(
            "figures", "units-word", name, ".docx", word_unit(unit, header, cell), awaited, promise=promise
        )
        yield Attempt(
            "figures",
            "units-sheet",
            name,
            ".xlsx",
            books.printed(fee=cell, fee_header=headed(header), unit=above(unit)),
            awaited,
            promise=promise,
        )
    for header, cell, number in COUNTS:
        counted: Expected = Doubtful(()) if number is None else Shown({PENALTIES: number})
        yield Attempt(
            "figures",
            "counts-page",
            f"{clean(cell)}-in-{clean(header)}",
            ".html",
            page_file(page(cell, change=lambda t, h=header: header_of_penalties(t, h))),
            counted,
        )
        yield Attempt(
            "figures",
            "counts-word",
            f"{clean(cell)}-in-{clean(header)}",
            ".docx",
            word(runs=run(cell), document=lambda t, h=header: header_of_penalties(t, h)),
            counted,
        )
