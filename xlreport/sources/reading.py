"""A report in whatever shape it comes: the shape is told by the content, not by the ending."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.errors import FormError, InputError
from xlreport.form.catalogue import MODULES, form_of
from xlreport.report import Report
from xlreport.sources.files import content_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_SHAPES = "可以读取 .xlsx 工作簿和 .json 数据"


def read(path: str | Path) -> Report:
    """Return the report in the file ``path``.

    Raises ``InputError`` where the file cannot be read as a report, ``FormError`` where its form is not known.
    """
    source = Path(path)
    content = content_of(source)
    if content.startswith((_ZIP, _OLE)):
        from xlreport.workbook.reader import report_in

        return report_in(source, content)
    text = _text(content)
    if text is None:
        raise InputError(source, "认不出这是什么文件", _SHAPES)
    if text.lstrip().startswith(("{", "[")):
        return _from_json(source, text)
    shape = "网页" if text.lstrip()[:1] == "<" else "文本"
    raise InputError(source, f"这是{shape}文件，暂时不能读取", _SHAPES)


def _text(content: bytes) -> str | None:
    """Return the content as text; ``None`` for binary data."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for attempt in (encoding, "gb18030"):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    return None


def _from_json(source: Path, text: str) -> Report:
    from pydantic import ValidationError

    try:
        data = json.loads(text)
    except json.JSONDecodeError as problem:
        place = f"第 {problem.lineno} 行第 {problem.colno} 列"
        raise InputError(source, "JSON 写法有误", "请核对引号、逗号和括号", place) from None
    except (ValueError, RecursionError):
        raise InputError(source, "JSON 写法有误（数字过长或嵌套过深）", "请核对内容") from None
    if not isinstance(data, dict):
        raise InputError(source, "JSON 的最外层应是一个对象", "请用 xlreport convert 写出的 .json 作样子")
    form = data.get("form")
    if form is not None and not (isinstance(form, str) and form in MODULES):
        known = "、".join(f"{form_id}（{form_of(form_id).notice}）" for form_id in MODULES)
        raise FormError(source, f"不认识报表格式“{form}”", f"可用的格式有：{known}", "form")
    try:
        return Report.model_validate(data)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        more = f"（另有 {len(errors) - 1} 处）" if len(errors) > 1 else ""
        raise InputError(
            source, _wrong(errors[0]) + more, "请按接口的名称和类型改正", _key(errors[0])
        ) from None


def _key(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"])


def _wrong(error: ErrorDetails) -> str:
    """Say in Chinese what pydantic found wrong."""
    kind, value = error["type"], str(error["input"])[:30]
    if kind == "extra_forbidden":
        return "没有这一项"
    if kind.startswith(("dict", "model", "tuple")):
        return f"“{value}”的类型不对"
    if kind.startswith("string"):
        return f"应是文字，写的是“{value}”"
    if kind.startswith(("int", "greater", "less")):
        return f"应是四位年份，写的是“{value}”"
    return f"“{value}”不对"
