"""The part of xlreport that runs inside LibreOffice, in the office's own Python: it starts the real one and lets it connect back.

Copied into the extension; it must run without the package, on any Python 3 that an office brings.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
import unohelper  # type: ignore[import-not-found]
from com.sun.star.task import XJob, XJobExecutor  # type: ignore[import-not-found]

try:
    from cn.xlreport import XFunctions  # type: ignore[import-not-found]
except ImportError:
    # While the extension is being installed, the office does not know its types yet.
    XFunctions = XJob

SERVICE = "cn.xlreport.Buttons"
FUNCTIONS = "cn.xlreport.Functions"
SAVING = "cn.xlreport.Saving"
#: The pipe on which the office listens for us, once it does, and what listens; a secret name, open to this user only.
LISTENING: list[Any] = []

#: The hidden name by which a standard workbook is known, and what the names of last year's tables begin with.
TEMPLATE, TABLES, LAST_YEARS = "xlr_template_", "xlr_", "xlr_previous_"
#: The line above a table that asks Python, and what it falls back to; also as another program or version has written it.
LIVE = "=IFERROR(CN.XLREPORT.FUNCTIONS.CHECK({0};{1});{2})"
ASKING = re.compile(
    r"=IFERROR\([^;]*(?:XLR_|CN\.XLREPORT\.FUNCTIONS\.)CHECK\((?:'(?:[^']|'')*'|[^()'])*\);(.*)\)",
    re.IGNORECASE | re.DOTALL,
)
#: The events before which the native lines are put back. After all others the functions are entered.
BEFORE_SAVING = ("OnSave", "OnSaveAs", "OnCopyTo")
#: How long a cell waits for Python, in seconds. The first one waits for its start.
PATIENCE = 20


class Component(unohelper.Base):  # type: ignore[misc]
    """What all parts need of the office."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def service(self, name: str) -> Any:
        """Return a new instance of one of the office's services."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def settings(self) -> dict[str, str]:
        """Return what was decided when the extension was built."""
        provider = self.context.getValueByName(
            "/singletons/com.sun.star.deployment.PackageInformationProvider"
        )
        folder = Path(uno.fileUrlToSystemPath(provider.getPackageLocation("cn.xlreport.buttons")))
        found: dict[str, str] = json.loads((folder / "xlreport_settings.json").read_text("utf-8"))
        return found

    def start(self, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
        """Start a module of the package; raises ``OSError`` where there is no such Python."""
        # The office's own Python paths would lead another Python astray.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        environment["XLREPORT_UNO_PATH"] = str(Path(uno.__file__).parent)
        environment["PYTHONIOENCODING"] = "utf-8"
        no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        command = [self.settings()["interpreter"], "-m", *arguments]
        return subprocess.Popen(command, env=environment, creationflags=no_window, **streams)


class Buttons(Component, XJobExecutor):  # type: ignore[misc]
    """What the menu calls: “service:cn.xlreport.Buttons?validate”."""

    def trigger(self, function: str) -> None:
        """Start the button's work and return at once, since the work needs the office to go on running."""
        document = self.service("com.sun.star.frame.Desktop").getCurrentComponent()
        settings = self.settings()
        module = "xlreport.live.libreoffice.run"
        try:
            process = self.start(
                module,
                function,
                self.pipe(),
                document.RuntimeUID,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            self.say(settings["title"], f"找不到 xlreport 的 Python（{settings['interpreter']}）：{error}")
            return
        threading.Thread(target=self.watch, args=(process, settings["title"]), daemon=True).start()

    def watch(self, process: subprocess.Popen[bytes], title: str) -> None:
        """Show what the work could not say itself; of work that was killed the next press tells, once it has put everything back."""
        _, errors = process.communicate()
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        if process.returncode and lines:
            self.say(title, lines[-1])

    def pipe(self) -> str:
        """Return the name of the pipe on which the office listens."""
        if not LISTENING:
            name = f"xlreport-{secrets.token_hex(16)}"
            acceptor = self.service("com.sun.star.office.Acceptor")
            acceptor.initialize((f"pipe,name={name};urp;", True))
            LISTENING.extend((name, acceptor))
        return str(LISTENING[0])

    def say(self, title: str, text: str) -> None:
        """Show a message box over the window in front."""
        window = self.service("com.sun.star.frame.Desktop").getCurrentFrame().ContainerWindow
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX")
        window.Toolkit.createMessageBox(window, kind, 1, title, text).execute()


class Functions(Component, XFunctions):  # type: ignore[misc]
    """The function that cells call. What it raises is an error value in the cell, and the line falls back to the native one."""

    def __init__(self, context: Any) -> None:
        super().__init__(context)
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.lost = False

    def check(self, table: Any, previous: Any) -> str:
        """Return what Python says of a table: its cells, and the values of last year's."""
        values = [list(row) for row in table.getDataArray()]
        for down, row in enumerate(values):
            for across, value in enumerate(row):
                if value is None:
                    row[across] = table.getCellByPosition(across, down).String
        corner = table.RangeAddress
        place = {"row": corner.StartRow + 1, "column": corner.StartColumn + 1}
        return self.ask(dict(place, table=values, previous=previous or None))

    def ask(self, question: dict[str, Any]) -> str:
        """Return Python's answer; raises where there is none, and then at once for the rest of the session: nobody is to wait twice."""
        with self.lock:
            if self.lost:
                raise RuntimeError("xlreport does not answer")
            self.lost = True
            if self.process is None:
                module = "xlreport.live.libreoffice.answering"
                streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
                self.process = self.start(module, **streams)
            assert self.process.stdin is not None and self.process.stdout is not None
            late = threading.Timer(PATIENCE, self.process.kill)
            late.start()
            try:
                self.process.stdin.write(json.dumps(question).encode() + b"\n")
                self.process.stdin.flush()
                answer = json.loads(self.process.stdout.readline())
            finally:
                late.cancel()
            self.lost = False
        if answer is None:
            raise RuntimeError("this is no table")
        return str(answer)


class Saving(Component, XJob):  # type: ignore[misc]
    """What the office calls when a workbook is shown, before it is saved and afterwards: no file ever asks for the extension."""

    def execute(self, arguments: Any) -> None:
        """Enter the native lines before saving, and those that ask Python at all other times; nobody is asked to save or to undo that."""
        said = {
            value.Name: value.Value
            for each in arguments
            if each.Name == "Environment"
            for value in each.Value
        }
        model, live = said["Model"], said["EventName"] not in BEFORE_SAVING
        lines = [] if live and model.isReadonly() else list(changed_lines(model, live))
        if not lines:
            return
        with unnoticed(model):
            for sheet, cell, formula in lines:
                protected = sheet.isProtected()
                unrecorded(model.UndoManager, sheet.unprotect, "")
                unrecorded(model.UndoManager, cell.setFormula, formula)
                if protected and not sheet.isProtected():
                    unrecorded(model.UndoManager, sheet.protect, "")


@contextmanager
def unnoticed(model: Any) -> Iterator[None]:
    """Changes that are not drawn one by one, and that nobody is asked to save."""
    modified, history = model.isModified(), model.UndoManager
    nothing_done = not (history.isUndoPossible() or history.isRedoPossible())
    # Drawing lets the office record what it was told not to. Where nothing is drawn, to hold it off does so.
    shown = model.CurrentController.Frame.ContainerWindow.isVisible()
    if shown:
        model.lockControllers()
    try:
        yield
    finally:
        if shown:
            model.unlockControllers()
        if nothing_done:
            # A window that is about to be drawn for the first time is a case of its own.
            history.clear()
        model.setModified(modified)


def unrecorded(history: Any, change: Callable[[str], None], text: str) -> None:
    """Change something that nobody is to undo; what could be undone or done again still can."""
    # For each step, since the office itself lifts the lock when it lifts the protection of a sheet, or draws.
    history.lock()
    try:
        change(text)
    finally:
        history.unlock()


def changed_lines(model: Any, live: bool) -> Iterator[tuple[Any, Any, str]]:
    """Yield the lines above the tables of a standard workbook that are not as they should be: sheet, cell and formula."""
    names = model.NamedRanges
    known = set(names.ElementNames)
    if not any(name.startswith(TEMPLATE) for name in known):
        return
    for last_years in sorted(name for name in known if name.startswith(LAST_YEARS)):
        table = TABLES + last_years[len(LAST_YEARS) :]
        cells = names.getByName(table).getReferredCells() if table in known else None
        if cells is None:
            continue
        place = cells.RangeAddress
        # The line is the first formula in column A above the table. A single cell is no table.
        if not place.StartRow or place.StartColumn == place.EndColumn:
            continue
        sheet = cells.getSpreadsheet()
        above = sheet.getCellRangeByPosition(0, 0, 0, place.StartRow - 1).getFormulaArray()
        row = next((row for row, (text,) in enumerate(above) if text.startswith("=")), None)
        if row is not None:
            formula = above[row][0]
            asking = ASKING.fullmatch(formula)
            native = asking[1] if asking else formula[1:]
            wanted = LIVE.format(table, last_years, native) if live else f"={native}"
            if wanted != formula:
                yield sheet, sheet.getCellByPosition(0, row), wanted


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Buttons, SERVICE, (SERVICE, "com.sun.star.task.Job"))
g_ImplementationHelper.addImplementation(Functions, FUNCTIONS, (FUNCTIONS, "com.sun.star.sheet.AddIn"))
g_ImplementationHelper.addImplementation(Saving, SAVING, (SAVING, "com.sun.star.task.Job"))
