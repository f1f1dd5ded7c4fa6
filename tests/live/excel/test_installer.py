"""Installing into folders that stand in for those of a Windows machine, and taking everything away again."""

from __future__ import annotations

import csv
import json
import struct
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings

from xlreport.errors import OutputError
from xlreport.live.excel import installer, xlam
from xlreport.live.excel.settings import settings
from xlreport.live.excel.windows import Places, bits, library, places


def program(path: Path, machine: int) -> Path:
    """Write the beginning of a Windows program for a kind of processor."""
    path.write_bytes(
        b"MZ".ljust(0x3C, b"\0")
        + struct.pack("<I", 0x80)
        + bytes(0x40)
        + struct.pack("<4sH", b"PE\0\0", machine)
    )
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Places:
    """A machine with 32-bit Excel, and a Python with the DLLs of the installed xlwings one folder above, as in a virtual environment."""
    scripts = tmp_path / "venv" / "Scripts"
    scripts.mkdir(parents=True)
    (scripts / "python.exe").write_bytes(b"python")
    for size in (32, 64):
        (tmp_path / "venv" / f"xlwings{size}-{xlwings.__version__}.dll").write_bytes(b"dll")
    return Places(
        start=tmp_path / "AppData" / "Microsoft" / "Excel" / "XLSTART",
        settings=tmp_path / "home" / ".xlreport",
        encoding="gbk",
        excel=program(tmp_path / "EXCEL.EXE", 0x014C),
    )


@pytest.fixture
def python(tmp_path: Path) -> Path:
    return tmp_path / "venv" / "Scripts" / "python.exe"


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file below ``folder`` with its bytes, every folder with ``None``."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def add_in(machine: Places) -> Path:
    return machine.start / "xlreport.xlam"


def configured(machine: Places) -> dict[str, str]:
    """The settings as VBA's ``Input #`` reads them."""
    text = (machine.settings / "xlreport.conf").read_bytes().decode(machine.encoding)
    return dict(csv.reader(text.splitlines()))


def test_installing_and_uninstalling_leaves_no_trace(machine: Places, python: Path, tmp_path: Path):
    before = everything(tmp_path)
    installer.install(machine, python)
    assert add_in(machine).read_bytes() == xlam.add_in()
    assert configured(machine)["INTERPRETER_WIN"] == str(python)
    installer.uninstall(machine)
    assert everything(tmp_path) == before


def test_what_stood_there_before_comes_back_byte_for_byte(machine: Places, python: Path, tmp_path: Path):
    for path, content in {
        add_in(machine): b"another add-in",
        machine.start / "other.xlam": b"not ours",
        machine.settings / "xlreport.conf": b'"INTERPRETER_WIN","C:\\old\\python.exe"\r\n',
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    before = everything(tmp_path)
    said = installer.install(machine, python)
    assert len([line for line in said if "已备份为" in line]) == 2
    installer.install(machine, python)  # an update keeps the first originals
    installer.uninstall(machine)
    assert everything(tmp_path) == before


def test_what_was_changed_after_installing_is_kept_aside(machine: Places, python: Path):
    installer.install(machine, python)
    (machine.settings / "xlreport.conf").write_bytes(b'"SHOW CONSOLE","True"\r\n')
    said = "\n".join(installer.uninstall(machine))
    assert "安装后被改动过" in said and not (machine.settings / "xlreport.conf").exists()
    (kept,) = (machine.settings / "backup").iterdir()
    assert kept.read_bytes() == b'"SHOW CONSOLE","True"\r\n'


def test_an_install_that_fails_half_way_changes_nothing(
    machine: Places, python: Path, tmp_path: Path, monkeypatch
):
    add_in(machine).parent.mkdir(parents=True)
    add_in(machine).write_bytes(b"another add-in")
    before = everything(tmp_path)
    really = installer.write_bytes

    def fails_on_the_list(path: Path, content: bytes) -> None:
        if path.name == installer.LIST_NAME:
            raise OutputError(path, "磁盘空间不足")
        really(path, content)

    monkeypatch.setattr(installer, "write_bytes", fails_on_the_list)
    with pytest.raises(OutputError, match="磁盘空间不足"):
        installer.install(machine, python)
    assert everything(tmp_path) == before


def test_uninstalling_twice_is_no_error(machine: Places, python: Path):
    installer.install(machine, python)
    installer.uninstall(machine)
    assert installer.uninstall(machine) == ["没有安装过，无需卸载"]


def test_a_healthy_installation_says_which_python_and_which_dll(machine: Places, python: Path):
    installer.install(machine, python)
    status = installer.status(machine)
    text = "\n".join(status.lines)
    assert status.healthy and "状态：正常" in text and str(python) in text
    assert "32 位" in text and f"xlwings32-{xlwings.__version__}.dll" in text


def test_nothing_installed_is_no_problem(machine: Places):
    assert installer.status(machine) == (("加载项：未安装",), True)


def test_a_foreign_add_in_is_told_from_ours(machine: Places):
    add_in(machine).parent.mkdir(parents=True)
    add_in(machine).write_bytes(b"foreign")
    assert "不是本程序安装的" in installer.status(machine).lines[0]


def changed_xlwings(machine: Places, python: Path) -> None:
    for dll in python.parent.parent.glob("*.dll"):
        dll.unlink()


def other_excel(machine: Places, python: Path) -> None:
    (python.parent.parent / f"xlwings32-{xlwings.__version__}.dll").unlink()


def removed_python(machine: Places, python: Path) -> None:
    python.unlink()


def removed_add_in(machine: Places, python: Path) -> None:
    add_in(machine).unlink()


def changed_add_in(machine: Places, python: Path) -> None:
    add_in(machine).write_bytes(b"changed")


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (changed_xlwings, f"没有 xlwings32-{xlwings.__version__}.dll"),
        (other_excel, f"没有 xlwings32-{xlwings.__version__}.dll"),
        (removed_python, "已不存在"),
        (removed_add_in, "缺少"),
        (changed_add_in, "被改动过"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(machine: Places, python: Path, break_it, said: str):
    installer.install(machine, python)
    break_it(machine, python)
    status = installer.status(machine)
    (problem,) = (line for line in status.lines if line.startswith("问题："))
    assert not status.healthy and said in problem and "重新运行 xlreport addin install" in problem


def test_an_update_of_xlwings_is_noticed(machine: Places):
    installer.install(machine, Path(sys.executable))
    path = machine.settings / installer.LIST_NAME
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "xlwings": "0.33.0"}), "utf-8")
    text = "\n".join(installer.status(machine).lines)
    assert f"xlwings 已从 0.33.0 变为 {xlwings.__version__}" in text and installer.AGAIN in text


def test_a_broken_list_is_one_clear_line(machine: Places, python: Path):
    installer.install(machine, python)
    (machine.settings / installer.LIST_NAME).write_text("{", "utf-8")
    with pytest.raises(OutputError, match="安装记录读不出来"):
        installer.status(machine)


def test_a_python_below_a_chinese_user_name_is_written_in_the_code_page(machine: Places, tmp_path: Path):
    python = tmp_path / "张三" / "python.exe"
    assert dict(csv.reader(settings(python, machine.settings, "gbk").decode("gbk").splitlines()))[
        "INTERPRETER_WIN"
    ] == str(python)


@pytest.mark.parametrize(
    ("python", "home", "said"),
    [("张三/python.exe", "home", "只含英文字母的文件夹"), ("python.exe", "张三", "非 Unicode 程序的语言")],
)
def test_what_the_code_page_cannot_say_is_refused_before_anything_is_touched(
    machine: Places, tmp_path: Path, python: str, home: str, said: str
):
    before = everything(tmp_path)
    western = replace(machine, settings=Path(home) / ".xlreport", encoding="cp1252")
    with pytest.raises(OutputError, match=said):
        installer.install(western, Path(python))
    assert everything(tmp_path) == before


@pytest.mark.parametrize(("machine_word", "size"), [(0x014C, 32), (0x8664, 64), (0x1234, None)])
def test_the_bits_of_a_program_are_read_from_its_header(tmp_path: Path, machine_word: int, size: int | None):
    assert bits(program(tmp_path / "EXCEL.EXE", machine_word)) == size


def test_what_is_no_program_has_no_bits(tmp_path: Path):
    (tmp_path / "short").write_bytes(b"MZ")
    assert bits(tmp_path / "short") is None and bits(tmp_path / "missing") is None


def test_the_dll_is_looked_for_where_xlwings_vba_looks(tmp_path: Path):
    python = tmp_path / "Scripts" / "python.exe"
    python.parent.mkdir()
    assert library(python, "1.0", 64) == ("xlwings64-1.0.dll", None)
    for folder in (tmp_path, python.parent):
        (folder / "xlwings64-1.0.dll").write_bytes(b"")
        assert (
            library(python, "1.0", 64)
            == library(python, "1.0", None)
            == ("xlwings64-1.0.dll", folder / "xlwings64-1.0.dll")
        )


@pytest.mark.skipif(sys.platform == "win32", reason="about machines that are no Windows")
def test_elsewhere_there_are_no_places():
    assert places() is None
