"""The settings file that xlwings' VBA reads: which Python to start, and how.

VBA reads it line by line in the code page of the machine (``Open … For Input``), so what that code page cannot say cannot be written.
"""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import OutputError
from xlreport.live.excel.xlam import PROJECT

FILE_NAME = f"{PROJECT}.conf"


def settings(interpreter: Path, folder: Path, encoding: str) -> bytes:
    """Return the content of the settings file in ``folder``.

    Raises ``OutputError`` where the path of Python or of the folder has characters outside the code page.
    """
    target = folder / FILE_NAME
    _require(
        target, interpreter, encoding, "请把 Python 安装到只含英文字母的文件夹（如 C:\\xlreport）再安装加载项"
    )
    _require(
        target,
        folder,
        encoding,
        "请在 Windows 区域设置里把“非 Unicode 程序的语言”设为中文（简体，中国）再安装加载项",
    )
    entries = {
        "INTERPRETER_WIN": str(interpreter),
        # What lies beside a workbook is data; it must not be found where Python looks for its modules.
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        # A button starts a Python of its own: it works without the DLL, and after an update without restarting Excel.
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
    }
    return "".join(f'"{key}","{value}"\r\n' for key, value in entries.items()).encode(encoding)


def _require(target: Path, path: Path, encoding: str, advice: str) -> None:
    try:
        str(path).encode(encoding)
    except UnicodeEncodeError as error:
        outside = str(path)[error.start : error.end]
        raise OutputError(
            target, f"路径“{path}”里的“{outside}”不在本机的系统代码页内，Excel 读不到", advice
        ) from error
