"""The defined names of the standard workbook. Reading goes by these names, so sheets may be moved and renamed."""

from __future__ import annotations

PREFIX = "xlr_"


def name_of(content: str) -> str:
    """Return the defined name of a table's figure block, a text block or a field: ``applications`` → ``xlr_applications``.

    Last year's blocks (``previous.applications``) are named ``xlr_previous_applications``.
    """
    return PREFIX + content.replace(".", "_")


#: The version of the standard workbook; to be raised when one made before should be moved into a new one.
TEMPLATE_VERSION = 2


def template_name(version: int = TEMPLATE_VERSION) -> str:
    """Return the hidden name that says of which version a workbook is. Whatever saves a workbook keeps its names."""
    return name_of(f"template_{version}")


#: Fields on the sheet 基本信息, by the name of the report's attribute; ``form`` holds the notice that issued the form.
FIELDS = {
    "form": "报表格式",
    "organisation": "机关名称",
    "year": "报告年度",
    "level": "机关层级",
    "title": "报告标题",
}
#: Fields about last year, on the sheet 上年数.
PREVIOUS_FIELDS = {"previous.organisation": "上年机关名称", "previous.year": "上年数年度"}
#: The text block on 基本信息; the sections' texts are named by their content.
PREAMBLE = "preamble"
#: The list on the sheet 校验结果, its heading row included.
FINDINGS = "findings"
#: The headings over the two columns of a text block, and what its first column says of a paragraph.
STYLE_COLUMN, TEXT_COLUMN = "样式", "正文"
HEADING_STYLE, BODY_STYLE = "标题", "正文"
