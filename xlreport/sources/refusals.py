"""What is said of a file that is not read, and what to do about it: in the same words wherever it is met."""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import InputError

REPAIR = "请用 Excel、Word 或 WPS 打开修复并另存，或换成完整的文件"
REPAIR_WORKBOOK = "请用 Excel、WPS 或 LibreOffice 打开修复并另存，或换成完整的文件"
SAVE_AS_WORKBOOK = "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx 工作簿"
SHORTEN = "请删去与年度报告无关的内容"
SHORTEN_OR_CHANGE = f"{SHORTEN}，或换成正确的文件"
COPY_OUT = "请把正文和表格复制到新文档后再读"


def damaged(path: Path, advice: str, place: str = "") -> InputError:
    """Return the refusal of a file, or of a part of it, that cannot be made out."""
    return InputError(path, "文件已损坏，读不出内容", advice, place)
