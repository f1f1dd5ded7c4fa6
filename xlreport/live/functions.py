"""The functions for cells, as xlwings serves them to Excel. What they answer is in ``answers``.

Each takes a whole range at once, since a call from a cell to Python costs far more than the work it does. A function added to
``FUNCTIONS`` is part of the add-in when that is next built.
"""

from __future__ import annotations

from typing import Any

import xlwings as xw

from xlreport.live import answers
from xlreport.workbook.layout import Block

CATEGORY = "xlreport"
#: Without err_to_str an error in a cell would arrive as an empty one.
_RANGE = {"ndim": 2, "err_to_str": True}
#: What the parameters of ``XLR_CHECK`` are; LibreOffice says it too.
CHECKED = {"table": "一张表的全部数字格", "previous": "上年同一张表的全部数字格；没有的不填"}


@xw.func(category=CATEGORY)
@xw.arg("table", xw.Range, doc=CHECKED["table"])
@xw.arg("previous", doc=CHECKED["previous"], **_RANGE)
def XLR_CHECK(table: Any, previous: Any = None) -> str:
    """审核一张表：平衡，或者第一个问题、疑似填错的格和其余问题的个数。"""
    # The range and not only its values, because the answer names a cell. Of values typed into the formula xlwings makes ``None``.
    if table is None:
        return answers.check_table([[]])
    corner = Block("", table.row, table.column, table.row, table.column)
    return answers.check_table(table.options(**_RANGE).value, previous, corner)


@xw.func(category=CATEGORY)
@xw.arg("left", doc="等号左边的单元格", **_RANGE)
@xw.arg("right", doc="等号右边的单元格", **_RANGE)
def XLR_BALANCE(left: Any, right: Any) -> str:
    """比较两个区域的合计：相等，或者左边减右边的差。"""
    return answers.weigh(left, right)


@xw.func(category=CATEGORY)
@xw.arg("rule_id", doc="规则代号；留空时列出全部代号")
def XLR_EXPLAIN(rule_id: Any) -> str:
    """说明一条审核规则。"""
    return answers.explain(rule_id)


FUNCTIONS = (XLR_CHECK, XLR_BALANCE, XLR_EXPLAIN)
