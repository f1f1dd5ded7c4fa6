"""A LibreOffice that can be seen: a virtual screen, a window manager, keyboard and mouse, and the extension installed.

What a person does goes through the keyboard and the mouse; UNO only looks, and brings the cursor to a cell.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from tests.office import _uno, font_settings, install, plain_environment, profile
from tests.office import missing as office_missing
from xlreport.live.libreoffice import run
from xlreport.live.libreoffice.extension import IDENTIFIER
from xlreport.live.menu import TITLE

Seen = TypeVar("Seen")
_TOOLBAR = f"private:resource/toolbar/addon_{IDENTIFIER}"
#: How long anything may take before the test fails (a busy machine is slow by far), and how often it is looked at meanwhile.
PATIENCE, POLL = 150.0, 0.05
#: A screen with a workbook on it has more colours than this; one with an empty window has not.
PAINTED = 300
#: A place on the title bar, where no hint pops up.
_NOTHING = "1000", "8"
#: How the title of a window ends that shows a workbook.
_PROGRAM = "LibreOffice Calc"
#: Of com.sun.star.accessibility.AccessibleRole: MENU_BAR,
_MENU_BAR = 35
#: and DOCUMENT_SPREADSHEET, with how deep in a window it lies at most.
_SHEET, _DEEPEST = 58, 7


def missing() -> str:
    """Return what is missing to show LibreOffice in a window, “” if nothing is."""
    for program in ("soffice", "Xvfb", "openbox", "xdotool", "import"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    return office_missing()


def wait_for(look: Callable[[], Seen], what: str, patience: float = PATIENCE) -> Seen:
    """Return what ``look`` sees as soon as it sees anything; fails after ``patience`` seconds."""
    deadline = time.monotonic() + patience
    while True:
        try:
            seen = look()
        except Exception as error:  # the office may be busy, or what is looked for not there yet
            seen, problem = None, error  # type: ignore[assignment]
        else:
            problem = None
        if seen:
            return seen
        assert time.monotonic() < deadline, f"waited in vain for {what}" + (
            f": {problem!r}" if problem else ""
        )
        time.sleep(POLL)


class Window:
    """A visible LibreOffice with one workbook."""

    def __init__(self, folder: Path, extension: Path, workbook: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._display = ""
        try:
            self._display = self._start_screen()
            self._start("openbox")
            self._start_office(extension, workbook)
        except BaseException:
            self.close()
            raise

    def _start_screen(self) -> str:
        reading, writing = os.pipe()
        self._start(
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
            keep=writing,
        )
        os.close(writing)
        with os.fdopen(reading) as stream:
            return f":{stream.readline().strip()}"

    def _start(self, *command: str, keep: int | None = None) -> None:
        process = subprocess.Popen(
            command,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=() if keep is None else (keep,),
        )
        self._processes.append(process)

    def _environment(self) -> dict[str, str]:
        made = {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "gen"}
        made["FONTCONFIG_FILE"] = str(self._folder / "fonts.conf")
        # What an earlier run left of the same workbook is none of this one's.
        made["XDG_CACHE_HOME"] = str(self._folder / "cache")
        return plain_environment() | made | ({"DISPLAY": self._display} if self._display else {})

    def _start_office(self, extension: Path, workbook: Path) -> None:
        # Menus are drawn in the first font that has Chinese, and a script face would not be what users see.
        script = "<selectfont><rejectfont><glob>/usr/share/fonts/truetype/arphic/*</glob></rejectfont></selectfont>"
        fonts = font_settings().replace("</fontconfig>", f"{script}</fontconfig>")
        (self._folder / "fonts.conf").write_text(fonts, encoding="utf-8")
        install(extension, self._folder, self._environment())
        pipe = f"xlreport-window-{os.getpid()}-{time.time_ns()}"
        quiet = ("--norestore", "--nologo", "--nofirststartwizard", "--nolockcheck")
        self._start(
            "soffice",
            *quiet,
            f"--accept=pipe,name={pipe};urp;",
            *profile(self._folder),
            "--calc",
            str(workbook),
        )
        local = _uno().getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
        context = wait_for(lambda: resolver.resolve(url), "the office to answer")
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.book = wait_for(lambda: self.document(workbook), "the workbook to be open")
        wait_for(
            lambda: self.book.CurrentController.Frame.ContainerWindow.isVisible(), "the window to be seen"
        )
        wait_for(lambda: self._spot(TITLE), "the menu of the extension")

    def document(self, file: Path) -> Any:
        """Return the open document of that file, ``None`` if there is none."""
        components = self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            model = components.nextElement()
            if unquote(getattr(model, "URL", "")) == unquote(file.resolve().as_uri()):
                return model
        return None

    @contextmanager
    def read_only(self, workbook: Path) -> Iterator[None]:
        """Show another workbook, which cannot be written, in a window of its own before this one."""
        before, how = self.book, _uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        how.Name, how.Value = "ReadOnly", True
        self.book = self.desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, (how,))
        try:
            wait_for(lambda: self._spot(TITLE), "the menu of the extension")
            yield
        finally:
            self.book.close(True)
            self.book = before

    def text(self, sheet: str, address: str) -> str:
        """Return a cell as it is shown."""
        return str(self.book.Sheets.getByName(sheet).getCellRangeByName(address).String)

    def shown(self) -> str:
        """Return the name of the sheet that is shown."""
        return str(self.book.CurrentController.ActiveSheet.Name)

    def select(self, sheet: str, address: str) -> None:
        """Bring the cursor to a cell, as a click does: no block is selected, in which Tab would go round."""
        home, controller = self.book.Sheets.getByName(sheet), self.book.CurrentController
        controller.setActiveSheet(home)
        controller.select(home.getCellRangeByName(address))
        controller.select(self.book.createInstance("com.sun.star.sheet.SheetCellRanges"))

    def cursor(self) -> str:
        """Return where the cursor is, “三、依申请公开!D9”."""
        return f"{self.shown()}!{self.book.CurrentSelection.AbsoluteName.rpartition('.')[2].replace('$', '')}"

    def in_view(self, sheet: str, address: str) -> bool:
        """Return whether a cell can be seen as the window stands."""
        if self.shown() != sheet:
            return False
        cell = self.book.Sheets.getByName(sheet).getCellRangeByName(address).RangeAddress
        panes = self.book.CurrentController
        return any(
            view.StartRow <= cell.StartRow <= view.EndRow
            and view.StartColumn <= cell.StartColumn <= view.EndColumn
            for view in (panes.getByIndex(index).VisibleRange for index in range(panes.Count))
        )

    def type(self, text: str) -> None:
        """Type on the keyboard; “\\n” is the Enter key."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self._press_in_sheet("key", "Return")
            if line:
                self._press_in_sheet("type", "--delay", "5", line)

    def hover(self, address: str) -> None:
        """Rest the mouse on a cell of the sheet that is shown, until its note pops up."""
        cell = self.book.CurrentController.ActiveSheet.getCellRangeByName(address).CellAddress
        window = self.book.CurrentController.Frame.ContainerWindow.getAccessibleContext()
        places = (
            pane.getAccessibleCellAt(cell.Row, cell.Column).getAccessibleContext()
            for pane in _panes(window, 0)
        )
        # In the panes where it cannot be seen it has no size.
        seen = next(place for place in places if place.getSize().Width)
        corner, size = seen.getLocationOnScreen(), seen.getSize()
        self._press("mousemove", "--sync", *_NOTHING)
        before = wait_for(self._still, "the screen to stand still")
        spot = corner.X + size.Width // 2, corner.Y + size.Height // 2
        self._press("mousemove", "--sync", *map(str, spot))
        wait_for(lambda: self._still() not in (None, before), "the note to pop up")

    def enter(self, values: Iterable[object]) -> None:
        """Type values into cells from the cursor on, with Tab from each to the next that is open for input."""
        keys = [key for value in values for key in (*str(value), "Tab")]
        self._press_in_sheet("key", "--delay", "10", *keys)

    def press_key(self, name: str) -> None:
        """Press a key by its name, “Delete”."""
        self._press_in_sheet("key", name)

    def choose(self, *names: str) -> None:
        """Choose from the menus: click on each name, as soon as it can be seen."""
        for depth in range(1, len(names) + 1):
            path = names[:depth]
            x, y = wait_for(lambda path=path: self._spot(*path), f"“{path[-1]}” on the screen")  # type: ignore[misc]
            self._press("mousemove", "--sync", str(x), str(y), "click", "1")
        self._press("mousemove", "--sync", *_NOTHING)

    def _spot(self, *path: str) -> tuple[int, int] | None:
        """The middle of the menu item to which the names lead; ``None`` while it cannot be seen."""
        window = self.book.CurrentController.Frame.ContainerWindow.getAccessibleContext()
        item = next(node for node in _children(window) if node.getAccessibleRole() == _MENU_BAR)
        for name in path:
            item = next(node for node in _children(item) if _is_called(node, name))
        place, size = item.getLocationOnScreen(), item.getSize()
        seen = size.Width > 0 and place.Y > 0
        return (place.X + size.Width // 2, place.Y + size.Height // 2) if seen else None

    def press_tool(self, name: str, times: int = 1) -> None:
        """Click on a button of our toolbar; two clicks come as fast as those of a double click."""
        layout = self.book.CurrentController.Frame.LayoutManager
        bar = layout.getElement(_TOOLBAR).getRealInterface().getAccessibleContext()
        item = next(node for node in _children(bar) if _is_called(node, name))
        place, size = item.getLocationOnScreen(), item.getSize()
        spot = str(place.X + size.Width // 2), str(place.Y + size.Height // 2)
        self._press("mousemove", "--sync", *spot, "click", "--repeat", str(times), "--delay", "90", "1")

    def jobs(self) -> list[int]:
        """Return the processes of buttons that work on this workbook: of this office, not of another that is tried beside it."""
        ours, found = {process.pid for process in self._processes}, []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
                number = int(folder.name)
                if run.__name__ in command and self.book.RuntimeUID in command and os.getsid(number) in ours:
                    found.append(number)
        return found

    def message(self) -> str:
        """Return the text of the message box that is open, “” if none is."""
        toolkit = self.book.CurrentController.Frame.ContainerWindow.Toolkit
        for index in range(toolkit.getTopWindowCount()):
            window = toolkit.getTopWindow(index).getAccessibleContext()
            if window is not None and window.getAccessibleName() == TITLE:
                return max((node.getAccessibleName() for node in _within(window)), key=len)
        return ""

    def answer(self) -> str:
        """Wait for a message box, press Enter once it has the keyboard, and return what it said when it is gone."""
        said = wait_for(self.message, "a message box")
        self._press_in(TITLE, "Return")
        wait_for(lambda: self.message() != said, "the message box to be gone")
        return said

    def cancel(self, title: str) -> None:
        """Close the dialog with that title by the Escape key, once it has the keyboard."""
        self._press_in(title, "Escape")
        wait_for(lambda: self._in_front() != title, f"“{title}” to be gone")

    def _press_in(self, title: str, key: str) -> None:
        wait_for(lambda: self._in_front() == title, f"“{title}” to have the keyboard")
        self._press("key", key)

    def _in_front(self) -> str:
        """The title of the window to which keys go."""
        asked = ["xdotool", "getwindowfocus", "getwindowname"]
        environment = dict(os.environ, DISPLAY=self._display)
        said = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=PATIENCE)
        return said.stdout.strip()

    def picture(self, path: Path) -> None:
        """Take a picture of the screen, once it is painted."""
        path.parent.mkdir(parents=True, exist_ok=True)

        def painted() -> bool:
            path.write_bytes(self._screen())
            colours = subprocess.run(
                ["identify", "-format", "%k", str(path)], check=True, capture_output=True
            )
            return int(colours.stdout) > PAINTED

        wait_for(painted, "the screen to be painted")

    def _still(self) -> bytes | None:
        """The screen as a picture; ``None`` while it changes."""
        first, second = self._screen(), self._screen()
        return first if first == second else None

    def _screen(self) -> bytes:
        take = [
            "import",
            "-window",
            "root",
            "-display",
            self._display,
            "-define",
            "png:exclude-chunks=date,time",
            "png:-",
        ]
        return subprocess.run(take, check=True, capture_output=True, timeout=PATIENCE).stdout

    def _press_in_sheet(self, *what: str) -> None:
        wait_for(lambda: self._in_front().endswith(_PROGRAM), "the workbook to have the keyboard")
        self._press(*what)

    def _press(self, *what: str) -> None:
        environment = dict(os.environ, DISPLAY=self._display)
        subprocess.run(["xdotool", *what], env=environment, check=True, timeout=PATIENCE)

    def close(self) -> None:
        """End everything that was started."""
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in reversed(self._processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _panes(node: Any, depth: int) -> Iterator[Any]:
    """The parts of a sheet: one, or more where rows or columns are frozen."""
    for child in _children(node):
        if child.getAccessibleRole() == _SHEET:
            yield child
        elif depth < _DEEPEST and child.getAccessibleRole() != _MENU_BAR:
            yield from _panes(child, depth + 1)


def _children(node: Any) -> Iterator[Any]:
    for index in range(node.getAccessibleChildCount()):
        child = node.getAccessibleChild(index)
        if child is not None:
            yield child.getAccessibleContext()


def _is_called(node: Any, name: str) -> bool:
    # Items of a menu get a letter to press: “校验(~A)”.
    called = str(node.getAccessibleName())
    return called == name or called.startswith(f"{name}(")


def _within(node: Any) -> Iterator[Any]:
    yield node
    for child in _children(node):
        yield from _within(child)
