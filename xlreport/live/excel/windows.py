"""Where things are on a Windows machine, and what Excel there needs. Elsewhere there is no such place."""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from xlreport.live.excel.xlam import PROJECT


@dataclass(frozen=True)
class Places:
    """The folders that the installer touches, and what it must know of the machine.

    ``start`` is the folder from which Excel opens everything when it starts; ``settings`` the one in which xlwings' VBA looks
    for our settings; ``encoding`` that of the settings, the code page of the machine; ``excel`` the program, if it was found.
    """

    start: Path
    settings: Path
    encoding: str
    excel: Path | None = None


def places() -> Places | None:
    """Return this machine's places, ``None`` where it is no Windows."""
    if sys.platform != "win32":
        return None
    return Places(
        start=Path(os.environ["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART",
        settings=Path(os.environ["USERPROFILE"]) / f".{PROJECT}",
        encoding="mbcs",
        excel=_registered_excel(),
    )


def _registered_excel() -> Path | None:
    if sys.platform == "win32":
        import winreg

        key = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                return Path(winreg.QueryValue(root, key).strip('"'))
            except OSError:
                continue
    return None


def bits(program: Path) -> int | None:
    """Return 32 or 64, as the program's own header says; ``None`` where it cannot be read."""
    try:
        with program.open("rb") as stream:
            stream.seek(0x3C)
            (header,) = struct.unpack("<I", stream.read(4))
            stream.seek(header)
            mark, machine = struct.unpack("<4sH", stream.read(6))
    except (OSError, struct.error):
        return None
    return {0x014C: 32, 0x8664: 64, 0xAA64: 64}.get(machine) if mark == b"PE\0\0" else None


def library(interpreter: Path, version: str, excel_bits: int | None) -> tuple[str, Path | None]:
    """Return the name of the DLL through which Excel's functions reach Python, and its path, ``None`` where it is missing.

    xlwings' VBA looks in the folder of Python and in the one above. The DLL must be of Excel's bits; Python's do not matter.
    """
    names = [f"xlwings{size}-{version}.dll" for size in ((excel_bits,) if excel_bits else (64, 32))]
    for name in names:
        for folder in (interpreter.parent, interpreter.parent.parent):
            if (folder / name).is_file():
                return name, folder / name
    return names[0], None
