"""A real LibreOffice for the tests: documents opened, edited, recalculated and rendered through UNO.

One headless process serves a test session (one per xdist worker). UNO comes from the system's python3-uno, which works from
another CPython of the same minor version.
"""

from __future__ import annotations

import builtins
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"
START_SECONDS = 60
#: How the reason of every skip begins that LibreOffice would undo, and the command that installs it (Debian, Ubuntu).
SKIPPED, INSTALL = "needs LibreOffice", "make libreoffice"
#: Set where no test may be skipped for want of LibreOffice.
REQUIRED = "XLREPORT_OFFICE_REQUIRED"

#: Chinese fonts of a Windows office, and what stands in for them here. Only faces of equal width are swapped: a full-width
#: character is one em in all of them.
STAND_INS = {
    "仿宋 仿宋_GB2312 FangSong FangSong_GB2312 宋体 SimSun 方正小标宋简体 方正小标宋_GBK": "Noto Serif CJK SC",
    "楷体 楷体_GB2312 KaiTi KaiTi_GB2312 华文中宋": "Noto Serif CJK SC",
    "黑体 SimHei 等线": "Noto Sans CJK SC",
    "Times~New~Roman": "Liberation Serif",
}


def missing() -> str:
    """Return what is missing to run LibreOffice here, “” if nothing is."""
    if shutil.which("soffice") is None:
        return "soffice is not installed"
    if shutil.which("pdftoppm") is None:
        return "pdftoppm (poppler-utils) is not installed"
    try:
        _uno()
    except ImportError as error:
        return f"python3-uno cannot be imported: {error}"
    return ""


def needed(reason: str) -> None:
    """Skip the test where something is missing, as ``reason`` says, except where all must be there, as in ``.ci/run``."""
    if reason and os.environ.get(REQUIRED):
        pytest.fail(f"LibreOffice is required: {reason}")
    if reason:
        pytest.skip(f"{SKIPPED}: {reason}")


def without_office(reasons: Iterable[str]) -> str:
    """Return what to do about the tests that were skipped for these reasons because LibreOffice is missing, “” if none was."""
    count = sum(SKIPPED in reason for reason in reasons)
    if not count:
        return ""
    return f"{count} tests were skipped because LibreOffice is missing; this installs it (Debian, Ubuntu): {INSTALL}"


def _uno() -> Any:
    if SYSTEM_PACKAGES not in sys.path:
        # At the end: the packages of the environment keep their precedence.
        sys.path.append(SYSTEM_PACKAGES)
    plain_import = builtins.__import__
    import uno

    # uno puts its own __import__ in place, which only “from com.sun.star… import” needs and which disturbs other libraries.
    builtins.__import__ = plain_import
    return uno


def font_settings() -> str:
    """Return a fontconfig file in which the fonts of Chinese official documents have stand-ins."""
    rules = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{name.replace("~", " ")}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{stand_in}</string></edit></match>\n'
        for names, stand_in in STAND_INS.items()
        for name in names.split()
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n{rules}</fontconfig>\n'
    )


class Document:
    """An open document. Cells are addressed by sheet name (or position) and reference, “D7” or “D7:J31”."""

    def __init__(self, model: Any) -> None:
        self.model = model

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, in order."""
        return list(self.model.Sheets.ElementNames)

    def sheet(self, sheet: str | int) -> Any:
        """Return the UNO object of a sheet."""
        return (
            self.model.Sheets.getByIndex(sheet)
            if isinstance(sheet, int)
            else self.model.Sheets.getByName(sheet)
        )

    def recalculate(self) -> None:
        """Calculate every formula anew; LibreOffice trusts cached values otherwise."""
        self.model.calculateAll()

    def value(self, sheet: str | int, cell: str) -> float | str:
        """Return a cell's value as number or text."""
        return self.values(sheet, cell)[0][0]

    def values(self, sheet: str | int, block: str) -> list[list[float | str]]:
        """Return the values of a block, row by row; an error value comes as ``None``."""
        return [list(row) for row in self.sheet(sheet).getCellRangeByName(block).getDataArray()]

    def text(self, sheet: str | int, cell: str) -> str:
        """Return a cell as it is shown."""
        return str(self.sheet(sheet).getCellRangeByName(cell).String)

    def formula(self, sheet: str | int, cell: str) -> str:
        """Return a cell's formula, in LibreOffice's own syntax."""
        return str(self.sheet(sheet).getCellRangeByName(cell).Formula)

    def set(self, sheet: str | int, cell: str, value: object) -> None:
        """Put a value, a text or (from “=”) a formula into one cell; ``None`` empties it."""
        target = self.sheet(sheet).getCellRangeByName(cell)
        if isinstance(value, str) and value.startswith("="):
            target.setFormula(value)
        elif isinstance(value, (int, float, Decimal)):
            target.setValue(float(value))
        else:
            target.setString("" if value is None else str(value))

    def fill(self, sheet: str | int, block: str, rows: Iterable[Sequence[object]]) -> None:
        """Put values and texts into a block of the same size at once; ``None`` empties a cell, nothing is a formula."""
        data = tuple(
            tuple(
                "" if value is None else float(value) if isinstance(value, (int, Decimal)) else value
                for value in row
            )
            for row in rows
        )
        self.sheet(sheet).getCellRangeByName(block).setDataArray(data)

    def unprotect(self) -> None:
        """Lift the protection of every sheet, so that ``fill`` may cross locked cells."""
        for name in self.sheet_names:
            self.sheet(name).unprotect("")

    def save(self, path: Path, export: str, password: str = "") -> Path:
        """Store a copy through one of LibreOffice's export filters (“calc_pdf_Export”, “Calc MS Excel 2007 XML”, …), with a password to open it."""
        how = [_property("FilterName", export)]
        if password and "pdf" in export:
            inner = (_property("EncryptFile", True), _property("DocumentOpenPassword", password))
            how.append(_property("FilterData", _uno().Any("[]com.sun.star.beans.PropertyValue", inner)))
        elif password:
            how.append(_property("Password", password))
        self.model.storeToURL(path.resolve().as_uri(), tuple(how))
        return path

    def close(self) -> None:
        """Close without saving."""
        self.model.close(True)


def profile(folder: Path) -> list[str]:
    """Return the arguments for a profile in ``folder``, and for extensions “for all users” there: the office installs none for root alone."""
    places = {
        "UserInstallation": "profile",
        "UNO_SHARED_PACKAGES": "shared",
        "UNO_SHARED_PACKAGES_CACHE": "shared",
    }
    return [f"-env:{name}={(folder / place).resolve().as_uri()}" for name, place in places.items()]


def install(extension: Path, folder: Path, environment: dict[str, str]) -> None:
    """Install an extension into the profile in ``folder``."""
    subprocess.run(
        ["unopkg", "add", "--shared", "--force", *profile(folder), str(extension)],
        env=environment,
        check=True,
        capture_output=True,
        timeout=START_SECONDS,
    )


def plain_environment() -> dict[str, str]:
    """Return the environment as on a user's desktop: the office's own Python must not find the one of the tests first."""
    strangers = ("PYTHON", "VIRTUAL_ENV")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(strangers)}
    return kept | {"PATH": "/usr/local/bin:/usr/bin:/bin"}


class Office:
    """A running headless LibreOffice, with an extension where one is named; ``folder`` holds its profile and working copies."""

    def __init__(self, folder: Path, extension: Path | None = None) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        fonts = folder / "fonts.conf"
        fonts.write_text(font_settings(), encoding="utf-8")
        environment = plain_environment() if extension else dict(os.environ)
        if extension:
            install(extension, folder, environment)
        pipe = f"xlreport-{os.getpid()}-{time.time_ns()}"
        self._process = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                *profile(folder),
                f"--accept=pipe,name={pipe};urp;",
            ],
            env={**environment, "FONTCONFIG_FILE": str(fonts)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._desktop = self._connect(pipe)
        except BaseException:
            self.close()
            raise
        self._copies = 0

    def _connect(self, pipe: str) -> Any:
        local = _uno().getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                #: The component context, for those who connect another way.
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                services = self.context.ServiceManager
                return services.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
            except Exception:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def open(self, path: Path | str) -> Document:
        """Open a copy of the file, hidden; raises ``OSError`` where LibreOffice cannot read it."""
        self._copies += 1
        # A copy, because a lock file that was left beside the original would make loading fail.
        copy = self._folder / f"copy-{self._copies}" / Path(path).name
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        model = self._desktop.loadComponentFromURL(
            copy.resolve().as_uri(), "_blank", 0, (_property("Hidden", True),)
        )
        if model is None:
            raise OSError(f"LibreOffice cannot open {path}")
        return Document(model)

    @contextmanager
    def opened(self, path: Path | str) -> Iterator[Document]:
        """Open a copy of the file and close it at the end."""
        document = self.open(path)
        try:
            yield document
        finally:
            document.close()

    def to_pdf(self, path: Path | str, folder: Path) -> Path:
        """Render a workbook, a text document or a web page to a PDF file in ``folder`` and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        with self.opened(path) as document:
            if document.model.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                document.recalculate()
                export = "calc_pdf_Export"
            elif document.model.supportsService("com.sun.star.text.WebDocument"):
                export = "writer_web_pdf_Export"
            else:
                export = "writer_pdf_Export"
            return document.save(folder / f"{Path(path).stem}.pdf", export)

    def pictures(self, path: Path | str, folder: Path, dots_per_inch: int = 100) -> list[Path]:
        """Render every page to a PNG file in ``folder`` and return the paths, in page order."""
        pdf = self.to_pdf(path, folder)
        subprocess.run(["pdftoppm", "-r", str(dots_per_inch), "-png", pdf, pdf.with_suffix("")], check=True)
        return sorted(folder.glob(f"{pdf.stem}-*.png"))

    def close(self) -> None:
        """End the process."""
        with suppress(Exception):
            # The connection breaks while the program says goodbye.
            self._desktop.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _property(name: str, value: object) -> Any:
    struct = _uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    struct.Name, struct.Value = name, value
    return struct
