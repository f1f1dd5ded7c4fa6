"""The buttons, one record each. The ribbon, its macros, menus and toolbars are made from these records."""

from __future__ import annotations

from typing import NamedTuple

#: The heading of the ribbon tab, and of the menu where there is no ribbon.
TITLE = "年报"
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
        "fill_totals",
        "填合计",
        "填报",
        "AutoSum",
        "填写空白的合计格",
        "按各明细格计算，只填空白的合计格，不覆盖已填的数。",
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
