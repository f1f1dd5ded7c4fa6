"""An installed LibreOffice that turns a document of another program into one that is read here, and does nothing else.

It runs with a profile of its own that is thrown away: no macros, no active content, no links brought up to date, no way into the network; and
it ends with its children when the time is over.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import CONVERSION_SECONDS

#: Where it lies if it is not on the path.
_USUAL = (
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_NEVER, _HIGHEST, _MANUAL = 2, 3, 2
#: Settings by their place in the registry: macros, content of other programs, links in texts and sheets, a proxy that is not there.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", _HIGHEST),
    ("Common/Security/Scripting", "DisableMacrosExecution", True),
    ("Common/Security/Scripting", "DisableActiveContent", True),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("Writer/Content/Update", "Link", _NEVER),
    ("Calc/Content/Update", "Link", _NEVER),
)
_PROXY = (
    ("ooInetProxyType", _MANUAL),
    ("ooInetHTTPProxyName", "127.0.0.1"),
    ("ooInetHTTPProxyPort", 9),
    ("ooInetHTTPSProxyName", "127.0.0.1"),
    ("ooInetHTTPSProxyPort", 9),
)


def office_program() -> str | None:
    """Return the program, on the path or where it is usually installed; ``None`` where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in map(os.path.expandvars, _USUAL) if Path(path).is_file()), None)


def turned(program: str, source: Path, content: bytes, ending: str, target: str) -> bytes:
    """Return ``content``, a file with this ending, as a file with the ending ``target``; raises ``InputError`` where the program cannot."""
    with tempfile.TemporaryDirectory(prefix="xlreport-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        given = folder / f"in.{ending}"
        given.write_bytes(content)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]
        command += ["--nolockcheck", "--convert-to", target, "--outdir", str(folder / "out"), str(given)]
        try:
            _run(command, folder)
        except OSError:
            raise InputError(source, "LibreOffice 启动不了，这份文件没有读", _advice(target)) from None
        except subprocess.TimeoutExpired:
            problem = f"LibreOffice 转换了 {CONVERSION_SECONDS} 秒还没有完成，这份文件没有读"
            raise InputError(source, problem, _advice(target)) from None
        made = folder / "out" / f"in.{target}"
        if not made.is_file():
            problem = "LibreOffice 打不开这份文件（已损坏，或者设有打开密码）"
            raise InputError(source, problem, _advice(target))
        return made.read_bytes()


def _advice(target: str) -> str:
    return f"请用 Word、Excel 或 WPS 打开，另存为 .{target} 后再读"


def _run(command: list[str], folder: Path) -> None:
    """Run to the end, or end it and all that it started when the time is over."""
    quiet = subprocess.DEVNULL
    # Whatever it is asked to fetch goes to a port where nobody listens.
    beside = {**os.environ, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    process = subprocess.Popen(
        command,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        cwd=folder,
        env=beside,
        start_new_session=sys.platform != "win32",
    )
    try:
        process.wait(CONVERSION_SECONDS)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _registry() -> str:
    """Return the settings of the profile as the program keeps them."""
    entries: list[tuple[str, str, object]] = [
        (f"/org.openoffice.Office.{path}", name, value) for path, name, value in _SETTINGS
    ]
    entries += [("/org.openoffice.Inet/Settings", name, value) for name, value in _PROXY]
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{str(value).lower()}</value></prop></item>'
        for path, name, value in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )
