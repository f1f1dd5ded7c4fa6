"""The installer itself, run by Wine with a program in the place of Python that writes down how it is called.

Needs ``apt install nsis wine64 gcc-mingw-w64-x86-64``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows.made import python_zip, wheels
from windows import build

HERE = Path(__file__).parent
COMPILER = "x86_64-w64-mingw32-gcc"
MISSING = [program for program in ("makensis", "wine", COMPILER) if shutil.which(program) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

FOLDER = r"AppData\Local\Programs\xlreport"
CONTEXT = r"HKCU\Software\Classes\SystemFileAssociations\.xlsx\shell\xlreport"
ENTRY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\xlreport"


class Machine:
    """A Windows of its own, with one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls_file = folder / "calls.txt"
        # Settings of the running system must not decide what the user is called.
        self.environment = {
            **{key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")},
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
            "USER": "王科长",
            "LC_ALL": "C.UTF-8",
            "CALLS": f"Z:{self.calls_file}",
        }
        self.run("wineboot", "-i")
        users = folder / "prefix/drive_c/users"
        (self.home,) = (path for path in users.iterdir() if path.name != "Public")

    def run(self, *command: str, **environment: str) -> int:
        done = subprocess.run(
            ["wine", *command],
            env={**self.environment, **environment},
            capture_output=True,
            timeout=300,
            check=False,
        )
        return done.returncode

    def install(self, setup: Path, **environment: str) -> int:
        return self.run(str(setup), "/S", **environment)

    def uninstall(self, **environment: str) -> int:
        # “_?=” keeps the uninstaller from running as a copy of itself that nobody can wait for; so it leaves itself behind.
        folder = self.home / "AppData/Local/Programs/xlreport"
        copy = self.folder / "uninstall.exe"
        shutil.copyfile(folder / "uninstall.exe", copy)
        return self.run(str(copy), "/S", f"_?={self.own(FOLDER)}", **environment)

    def own(self, path: str) -> str:
        """Return what Windows calls a path below the user's folder."""
        return rf"C:\users\{self.home.name}\{path}"

    def calls(self) -> list[str]:
        """Return the command lines with which Python was called since the last time."""
        text = self.calls_file.read_text("utf-8") if self.calls_file.exists() else ""
        self.calls_file.unlink(missing_ok=True)
        return [line.rpartition("|")[0] for line in text.splitlines()]

    def registry(self, key: str) -> str:
        """Return what is written below a key, “” where there is none."""
        # What “query” prints goes through a code page; a file does not.
        target = self.folder / "exported.reg"
        target.unlink(missing_ok=True)
        if self.run("reg", "export", key, f"Z:{target}", "/y"):
            return ""
        return target.read_text("utf-16").replace('\\"', '"').replace("\\\\", "\\")

    def files(self) -> set[str]:
        """Return everything in the user's folders."""
        return {str(path.relative_to(self.home)) for path in self.home.rglob("*")}

    def close(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment, check=False)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("program") / "python.exe"
    subprocess.run([COMPILER, "-municode", "-o", path, HERE / "standin.c"], check=True)
    return path


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Path:
    folder = tmp_path_factory.mktemp("build")
    made, package = build.build(
        python_zip(folder, program.read_bytes()), wheels(folder / "wheels"), folder / "成品"
    )
    assert {"安装.cmd", "install.py"} <= {path.name for path in package.iterdir()}
    return made


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("machine"))
    yield machine
    machine.close()


def test_install_update_and_uninstall_leave_the_machine_as_it_was(setup: Path, machine: Machine) -> None:
    before = machine.files()
    python = machine.own(rf"{FOLDER}\python\python.exe")

    assert machine.install(setup) == 0
    assert machine.calls() == [f'"{python}" -m xlreport.cli addin install']
    menu = machine.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/年报"
    assert {path.name for path in menu.iterdir()} == {"新建年报.lnk", "说明.lnk", "卸载.lnk"}
    assert "-m xlreport.desktop new".encode("utf-16-le") in (menu / "新建年报.lnk").read_bytes()
    assert f'"{python}" -m xlreport.desktop check "%1"' in machine.registry(CONTEXT)
    assert build.VERSION in machine.registry(ENTRY)
    installed = machine.files()

    # An update takes away what the version before had and this one has not.
    stale = machine.home / "AppData/Local/Programs/xlreport/python/Lib/site-packages/stale.py"
    stale.write_text("")
    assert machine.install(setup) == 0
    assert machine.files() == installed
    machine.calls()

    (machine.home / "AppData/Local/xlreport/cache").mkdir(parents=True)
    assert machine.uninstall() == 0
    assert machine.calls() == [f'"{python}" -m xlreport.cli addin uninstall']
    assert machine.files() == before
    assert not machine.registry(CONTEXT) and not machine.registry(ENTRY)


def test_an_add_in_that_cannot_be_installed_is_said_by_the_status_and_the_rest_is_there(
    setup: Path, machine: Machine
) -> None:
    assert machine.install(setup, STATUS="2") == 1
    assert machine.registry(CONTEXT) and machine.registry(ENTRY)
    # While Excel holds the add-in, nothing is taken away.
    installed = machine.files()
    assert machine.uninstall(STATUS="2") == 2
    assert machine.files() == installed
    assert machine.uninstall() == 0


def test_a_user_who_deleted_python_by_hand_can_uninstall(setup: Path, machine: Machine) -> None:
    before = machine.files()
    assert machine.install(setup) == 0
    machine.calls()
    shutil.rmtree(machine.home / "AppData/Local/Programs/xlreport/python")
    assert machine.uninstall() == 0
    assert machine.files() == before and machine.calls() == []


def test_files_of_others_in_the_folder_stay(setup: Path, machine: Machine) -> None:
    assert machine.install(setup) == 0
    note = machine.home / "AppData/Local/Programs/xlreport/笔记.txt"
    note.write_text("x")
    assert machine.uninstall() == 0
    assert note.exists() and [path.name for path in note.parent.iterdir()] == [note.name]
    shutil.rmtree(note.parent)


def test_the_batch_file_calls_the_script_with_the_python_that_is_there_or_that_lies_beside_it(
    program: Path, machine: Machine, tmp_path: Path
) -> None:
    folder, on_path = tmp_path / "安装 包", tmp_path / "bin"
    folder.mkdir()
    on_path.mkdir()
    batch = shutil.copy(build.HERE / "安装.cmd", folder)
    machine.calls()
    own = f"Z:{folder}".replace("/", "\\")

    def start(**environment: str) -> int:
        return machine.run("cmd", "/c", f"Z:{batch}", "/quiet", **environment)

    # Opened from within the archive, the batch file is alone.
    assert start() == 2 and machine.calls() == []
    shutil.copy(build.HERE / "install.py", folder)
    assert start() == 2 and machine.calls() == []

    shutil.copy(program, folder / "python-3.13.9-amd64.exe")
    assert start() == 2
    (call,) = machine.calls()
    assert call.startswith(f'"{own}\\python-3.13.9-amd64.exe" /passive InstallAllUsers=0')

    (folder / "python-3.13.9-amd64.exe").unlink()
    shutil.copy(program, on_path / "py.exe")
    path = f"Z:{on_path}"
    assert start(WINEPATH=path) == 0
    assert machine.calls()[-1].strip() == "py -3 install.py"
    # What the script ends with is what the batch file ends with, and the steps of the script say what is wrong.
    assert start(WINEPATH=path, STATUS="2") == 2
