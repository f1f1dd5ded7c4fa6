"""A report in JSON, as ``convert`` writes it: taken whole, or refused with the key that is wrong."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.errors import FormError, InputError
from xlreport.form.catalogue import forms, is_known
from xlreport.limits import MOST_DIGITS
from xlreport.report import Report
from xlreport.sources.html_source import LOOKS_LIKE_MARKUP

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: So much of a foreign text is quoted.
_QUOTED = 30
#: Significant digits that a float holds for sure; what programs write behind them is noise.
FLOAT_DIGITS = 15


def report_in(source: Path, text: str) -> Report:
    """Return the report that a JSON text holds; raises ``InputError``, or ``FormError`` where its form is not known."""
    from pydantic import ValidationError

    try:
        data = json.loads(
            text.lstrip("\ufeff"),
            parse_int=_whole_number,
            parse_float=_decimal,
            parse_constant=partial(_refuse_constant, source),
            object_pairs_hook=partial(_without_doubles, source),
        )
        _refuse_halves(source, text, data)
    except json.JSONDecodeError as problem:
        place = f"第 {problem.lineno} 行第 {problem.colno} 列"
        raise InputError(source, "JSON 写法有误", "请核对引号、逗号和括号", place) from None
    except RecursionError:
        raise InputError(source, "JSON 写法有误（嵌套过深）", "请核对内容") from None
    if not isinstance(data, dict):
        raise InputError(source, "JSON 的最外层应是一个对象", "请用 xlreport convert 写出的 .json 作样子")
    _refuse_other_data(source, data)
    _refuse_years_before(source, data)
    form = data.get("form")
    if form is None:
        data.pop("form", None)
    elif not (isinstance(form, str) and is_known(form)):
        all_known = "、".join(f"{known.id}（{known.notice}）" for known in forms())
        unknown = f"不认识报表格式“{str(form)[:_QUOTED]}”"
        raise FormError(source, unknown, f"可用的格式有：{all_known}", "form")
    try:
        return Report.model_validate(data)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        more = f"（另有 {len(errors) - 1} 处）" if len(errors) > 1 else ""
        raise InputError(
            source, _wrong(errors[0]) + more, "请按接口的名称和类型改正", _key(errors[0])
        ) from None


def _without_doubles(source: Path, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Programs disagree on which of two values counts, so neither does."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        double = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        values = "、".join(str(value)[:_QUOTED] for name, value in pairs if name == double)
        raise InputError(
            source, f"同一个对象里“{double[:_QUOTED]}”写了不止一次（{values}）", "请只保留对的一个"
        )
    return found


def _refuse_constant(source: Path, name: str) -> None:
    raise InputError(source, f"“{name}”不是数", "请改填数字，没有的填 0 或 null")


def _refuse_other_data(source: Path, data: dict[str, Any]) -> None:
    """Say what to do with JSON that is no report at all, such as a site's answer with the page in one of its fields."""
    if not data or data.keys() & Report.model_fields.keys():
        return
    if _holds_markup(data):
        raise InputError(
            source,
            "这是网站接口的数据，网页在它的字段里，不是年度报告的 JSON",
            "请在浏览器中打开该网页，另存为 .html 后再读",
        )


def _holds_markup(data: Any) -> bool:
    """True where a text anywhere in the data is a page."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and LOOKS_LIKE_MARKUP.search(value[:20_000]):
            return True
    return False


def _refuse_years_before(source: Path, data: dict[str, Any]) -> None:
    """Only one year back is kept of a report."""
    previous = data.get("previous")
    if isinstance(previous, dict) and previous.get("previous") is not None:
        problem = "上年报告里还套着更早的报告，只能有一层"
        raise InputError(source, problem, "请删去 previous 里的 previous", "previous.previous")


def _whole_number(digits: str) -> int | str:
    """Numbers beyond all measure stay what they are, a text, which the rules call a mistake."""
    return int(digits) if len(digits) <= MOST_DIGITS else digits


def _decimal(digits: str) -> Decimal | int | str:
    """Return a number with the digits that were typed; one beyond all measure stays a text. Noise of floats is taken off."""
    number = Decimal(digits)
    if len(digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        return digits[:MOST_DIGITS] + "…" if len(digits) > MOST_DIGITS else digits
    if len(number.as_tuple().digits) > FLOAT_DIGITS:
        number = Decimal(f"{number:.{FLOAT_DIGITS}g}")
    return int(number) if number == number.to_integral_value() else number


def _refuse_halves(source: Path, text: str, data: object) -> None:
    """A “\\ud83d” without its other half is no character, and nothing could write it."""
    if re.search(r"\\u[dD][89a-fA-F]", text):
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            problem = "文字里有不成对的代理字符（\\ud800–\\udfff）"
            raise InputError(source, problem, "请重新导出，或删去这些字符") from None


def _key(error: ErrorDetails) -> str:
    return ".".join(str(part)[:60] for part in error["loc"])


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
        if error["loc"][-1:] != ("year",):
            return f"应是整数，写的是“{value}”"
        return f"应是四位年份，写的是“{value}”"
    return f"“{value}”不对"
