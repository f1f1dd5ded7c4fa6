"""The buttons, one record each. The ribbon, its macros, menus and toolbars are made from these records."""

from __future__ import annotations

from typing import NamedTuple

#: The heading of the ribbon tab, and of the menu where there is no ribbon.
TITLE = "年报"
NO_WORKBOOK = "请先打开要审核的工作簿。"
#: The module that holds the functions behind the buttons.
MODULE = "xlreport.live.buttons"


class Button(NamedTuple):
    """A button: the function in ``MODULE`` that it calls, what is written on it, and what is shown when the mouse rests there.

    Neighbours of the same ``group`` stand together. ``image`` is the name of one of Office's own pictures.
    """

    function: str
    label: str
    group: str
    image: str
    tip: str
    explanation: str

    @property
    def command(self) -> str:
        """The Python command that presses the button. Without quotation marks, so that it passes through any shell."""
        return f"import {MODULE} as b; b.{self.function}()"


BUTTONS = (
    Button(
        "validate",
        "校验",
        "审核",
        "AcceptInvitation",
        "审核当前工作簿",
        "按全部审核公式检查本表，结果列在“校验结果”表，问题标在单元格里。",
    ),
    Button(
        "previous_finding",
        "上一处",
        "审核",
        "PreviousComment",
        "到上一处问题",
        "选中前面一处有问题的格；第一处之前是最后一处。",
    ),
    Button(
        "next_finding",
        "下一处",
        "审核",
        "NextComment",
        "到下一处问题",
        "选中后面一处有问题的格；改完一处，再点就到下一处，最后一处之后是第一处。在“校验结果”里，到选中的那一条所说的格。",
    ),
    Button(
        "accept_suggestion",
        "采纳建议",
        "审核",
        "ReviewAcceptChange",
        "采纳选中单元格的建议",
        "选中疑似填错的单元格（或“校验结果”里的一条），先显示建议的数和理由，同意后才改；在同一格再点一次可以改回。",
    ),
    Button(
        "clear_marks",
        "清除标记",
        "审核",
        "ClearFormats",
        "去掉校验留下的标记",
        "恢复校验改动过的底色和批注，不改动任何数字。",
    ),
    Button(
        "new_report",
        "新建年报",
        "填报",
        "FileNew",
        "新建一份标准工作簿",
        "新建空白的工作簿，或从上年的年度报告（工作簿、Word 文档、网页都可以）新建：上年的数和结转的数预先填好。",
    ),
    Button(
        "texts_to_numbers",
        "文本转数字",
        "填报",
        "NumberFormatsDialog",
        "把文本改成数字",
        "找出粘贴成文本的数（如“１６７”“1,234”“167 件”），全部列出，同意后一次改成数字。",
    ),
    Button(
        "fill_zeros",
        "空白填0",
        "填报",
        "FillDown",
        "在空白格填 0",
        "逐表询问：确实没有发生的，把空白格和“/”都填 0；应有数的合计不填。",
    ),
    Button(
        "fill_totals",
        "填合计",
        "填报",
        "AutoSum",
        "填写空白的合计格",
        "按各明细格计算，只填空白的合计格，不覆盖已填的数。",
    ),
    Button(
        "insert_sentences",
        "插入文字",
        "填报",
        "TextBoxInsert",
        "加入常用文字，其中的数随表格变化",
        "把第一、第六部分的常用文字先列出，同意后加在已写文字的后面；其中的数是公式，表格改了，文字跟着变。",
    ),
    Button(
        "import_previous",
        "导入上年数",
        "填报",
        "ImportExcel",
        "从上年报告取数",
        "选择上年的年度报告，把数字填入“上年数”表，用于表间审核。",
    ),
    Button(
        "make_document",
        "生成文档",
        "上报",
        "ExportWord",
        "生成上报文档",
        "审核通过后，按公文格式生成 Word 文档，保存在工作簿所在的文件夹。",
    ),
    Button(
        "open_manual",
        "打开说明",
        "帮助",
        "Help",
        "打开使用说明",
        "在浏览器里打开填报和审核的说明。",
    ),
)
