"""What a clerk is told, in the workbook, in the manual and on docs/quick.zh-CN.md: ``python -m xlreport.workbook.guide`` prints the page."""

from __future__ import annotations

from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import Form
from xlreport.workbook.check_lines import ERROR, WARNING
from xlreport.workbook.formulas import HOLDS, NOT_A_NUMBER
from xlreport.workbook.layout import BASICS, LAST_YEAR
from xlreport.workbook.names import HEADING_STYLE
from xlreport.workbook.results import SHEET as RESULTS


def guide_lines(form: Form) -> tuple[str, ...]:
    """Return the instructions, one line each."""
    tables = "、".join(f"“{form.section(table.key).sheet}”" for table in form.tables)
    return (
        "浅黄色的格子是填写的地方，其他格子已保护（没有密码，可在“审阅”里撤销）。",
        f"先填“{BASICS}”，再按顺序填各表：数字填在{tables}，文字一行写一段，小标题在“样式”一栏选“{HEADING_STYLE}”"
        "（从 Word 粘贴来的不用选，校验时按“（一）”“1.”认出）。",
        "没有发生的填 0，不留空白，不填“/”：可以点“空白填0”。数量填整数，金额单位是万元。粘贴进来成了文本的数，点“文本转数字”。",
        "第一、第六部分的常用句子列在正文右边，复制到左边，或点“插入文字”：句中的数随表格变化，与表格总是一致；要改写的直接改那一段。",
        "总计、合计自己填写，表格不自动求和：系统用它和各分项相互核对。空着的合计可以点“填合计”。",
        f"“{LAST_YEAR}”填上一年度报告已公布的数，用来与本年数核对：可以点“导入上年数”；没有上年报告的整页留空。",
        f"表格旁边和下面随时显示：{HOLDS} 平衡；{ERROR} 错误，须改正；{WARNING} 核实后改正或说明。没有填写时不显示。",
        f"“{ERROR} 185≠203”表示等号左边是 185、右边是 203；“{NOT_A_NUMBER}”表示有格子填的是文字或空格。表上方一行写明哪一行、哪一列不平衡，点它转到“{RESULTS}”。",
        f"填完点“校验”：有问题的格子涂上颜色，“{RESULTS}”逐条列出。点“位置”到那一格，或点“上一处”“下一处”逐个看。",
        "颜色最深的格子最可能填错：选中它，点“采纳建议”，看过理由再改；在同一格再点一次可以改回。",
        f"提示性的问题，情况属实的，在“{RESULTS}”的“审核说明”一栏写明理由；数不变，说明就一直有效。",
        "再点“校验”直到通过，然后点“生成文档”，得到上报的 Word 文档。有强制性错误时不生成。",
        "可以插入行、调整工作表顺序、改工作表名称；请不要删除表头文字和已定义的名称。",
        "这些按钮在“年报”选项卡里（LibreOffice 在“年报”菜单）。没有的，填好后把文件交给装有本软件的人审核。",
    )


def quick_page(form: Form) -> str:
    """Return the instructions as a page of Markdown."""
    lines = "\n".join(f"{number}. {line}" for number, line in enumerate(guide_lines(form), 1))
    return f"# 一页说明\n\n与工作簿“使用说明”一页相同；每一步的图和常见问题见[使用说明](usage.zh-CN.md)。\n\n{lines}\n"


if __name__ == "__main__":
    print(quick_page(form_of(CURRENT)), end="")
