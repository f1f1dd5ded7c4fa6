"""Putting the add-in in place, taking it away again, and saying what is there.

Two files are put in place: the add-in in Excel's start folder and the settings of xlwings' VBA. What stood there before is kept in a
folder of backups and comes back on uninstalling. A list of what was installed, ``installed.json``, says what is ours; nothing
else is touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from xlreport import __version__
from xlreport.errors import OutputError
from xlreport.live.excel import settings, xlam
from xlreport.live.excel.windows import Places, bits, library
from xlreport.output import write_bytes

LIST_NAME, BACKUPS = "installed.json", "backup"
AGAIN = "请重新运行 xlreport addin install"


class InstalledFile(BaseModel):
    """A file that was put in place; ``original`` is the backup of what stood there before, if anything did."""

    model_config = ConfigDict(frozen=True)

    path: Path
    sha256: str
    original: Path | None


class Installed(BaseModel):
    """What was installed, when by which versions, and the folders that were made for it."""

    model_config = ConfigDict(frozen=True)

    version: str
    xlwings: str
    interpreter: Path
    files: tuple[InstalledFile, ...]
    folders: tuple[Path, ...]

    def file(self, path: Path) -> InstalledFile | None:
        """Return the record of the file at ``path``, ``None`` if it is not ours."""
        return next((file for file in self.files if file.path == path), None)


class Status(NamedTuple):
    """What is installed, as lines to read; ``healthy`` is false where something must be done."""

    lines: tuple[str, ...]
    healthy: bool


def install(places: Places, interpreter: Path = Path(sys.executable)) -> list[str]:
    """Put add-in and settings in place and return what was done, one sentence each.

    Raises ``OutputError`` where that cannot be; then everything is as it was.
    """
    contents = {
        places.start / xlam.FILE_NAME: xlam.add_in(),
        places.settings / settings.FILE_NAME: settings.settings(
            interpreter, places.settings, places.encoding
        ),
    }
    former = installed(places)
    said: list[str] = []
    with _undone_on_error() as undo:
        folders = [*_made((places.settings, places.start), undo), *(former.folders if former else ())]
        files = []
        for path, content in contents.items():
            original = _kept(places, path, former, said, undo)
            before = path.read_bytes() if path.exists() else None
            write_bytes(path, content)
            undo.callback(_put_back, path, before)
            files.append(InstalledFile(path=path, sha256=_sum(content), original=original))
            said.append(f"已写入 {path}")
        record = Installed(
            version=__version__,
            xlwings=xlam.xlwings_version(),
            interpreter=interpreter,
            files=tuple(files),
            folders=tuple(dict.fromkeys(folders)),
        )
        write_bytes(places.settings / LIST_NAME, record.model_dump_json(indent=2).encode())
    return [*said, "下次启动 Excel 时会出现“年报”选项卡；撤销请运行 xlreport addin uninstall"]


def uninstall(places: Places) -> list[str]:
    """Take away what was installed, put back what stood there before, and return what was done.

    Raises ``OutputError`` where a file is in use; what is left can be taken away by another call.
    """
    record = installed(places)
    if record is None:
        return ["没有安装过，无需卸载"]
    said: list[str] = []
    for file in record.files:
        if file.path.exists() and _sum(file.path.read_bytes()) != file.sha256:
            said.append(f"{file.path} 安装后被改动过，已另存为 {_set_aside(places, file.path)}")
        if file.original and file.original.exists():
            write_bytes(file.path, file.original.read_bytes())
            file.original.unlink()
            said.append(f"已恢复原来的 {file.path}")
        elif file.path.exists() and not file.original:
            _remove(file.path)
            said.append(f"已删除 {file.path}")
    (places.settings / LIST_NAME).unlink()
    for folder in (places.settings / BACKUPS, *record.folders):
        with contextlib.suppress(OSError):  # not empty: somebody else keeps something there
            folder.rmdir()
    return said


def status(places: Places) -> Status:
    """Return what is installed, which Python it calls, and what is wrong with it."""
    record = installed(places)
    path = places.start / xlam.FILE_NAME
    if record is None:
        foreign = f"未安装；{path} 不是本程序安装的" if path.exists() else "未安装"
        return Status((f"加载项：{foreign}",), True)
    size = bits(places.excel) if places.excel else None
    name, found = library(record.interpreter, record.xlwings, size)
    lines = (
        f"加载项：{path}（xlreport {record.version}，xlwings {record.xlwings}）",
        f"Python：{record.interpreter}",
        f"Excel：{f'{size} 位' if size else '没有找到'}，函数通过 {found or name} 调用 Python",
    )
    problems = tuple(f"问题：{problem}" for problem in _problems(record, found, name))
    return Status((*lines, *(problems or ("状态：正常",))), not problems)


def _problems(record: Installed, found: Path | None, name: str) -> Iterator[str]:
    for file in record.files:
        if not file.path.exists():
            yield f"缺少 {file.path}，{AGAIN}"
        elif _sum(file.path.read_bytes()) != file.sha256:
            yield f"{file.path} 被改动过，{AGAIN}"
    if not record.interpreter.exists():
        yield f"{record.interpreter} 已不存在，请用现在的 Python 重新运行 xlreport addin install"
        return
    if record.interpreter == Path(sys.executable) and record.xlwings != xlam.xlwings_version():
        yield f"xlwings 已从 {record.xlwings} 变为 {xlam.xlwings_version()}，加载项还是旧的，{AGAIN}"
    elif found is None:
        yield f"Python 的文件夹里没有 {name}，单元格函数不能用；xlwings 更新过的，{AGAIN}；用 pip install --user 装的，请改装在虚拟环境里"
    if record.interpreter == Path(sys.executable) and record.version != __version__:
        yield f"xlreport 已从 {record.version} 变为 {__version__}，{AGAIN}"


def installed(places: Places) -> Installed | None:
    """Return the list of what was installed, ``None`` if nothing was; raises ``OutputError`` if it cannot be read."""
    path = places.settings / LIST_NAME
    if not path.exists():
        return None
    try:
        return Installed.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise OutputError(
            path, "安装记录读不出来", "请删除这个文件，再运行 xlreport addin install"
        ) from error


def intentions() -> list[str]:
    """Return what installing would do on Windows, for a machine that is none."""
    folder = rf"%USERPROFILE%\.{xlam.PROJECT}"
    return [
        f"用已安装的 xlwings {xlam.xlwings_version()} 生成 {xlam.FILE_NAME}，放到 %APPDATA%\\Microsoft\\Excel\\XLSTART",
        f"把 Python 的位置写入 {folder}\\{settings.FILE_NAME}",
        f"原有的同名文件先备份到 {folder}\\{BACKUPS}，卸载时恢复",
    ]


def _kept(
    places: Places, path: Path, former: Installed | None, said: list[str], undo: contextlib.ExitStack
) -> Path | None:
    """Keep what stands at ``path`` and return the backup of what stood there before we ever came."""
    ours = former.file(path) if former else None
    if path.exists() and (ours is None or _sum(path.read_bytes()) != ours.sha256):
        backup = _set_aside(places, path)
        undo.callback(_forget, backup)
        said.append(f"原有的 {path} 已备份为 {backup}")
        if ours is None:
            return backup
    return ours.original if ours else None


def _set_aside(places: Places, path: Path) -> Path:
    """Copy a file into the folder of backups under a name that is free there, and return the copy."""
    folder = places.settings / BACKUPS
    folder.mkdir(exist_ok=True)
    names = (f"{path.stem}-{number}{path.suffix}" for number in range(1, 10_000))
    backup = next(folder / name for name in names if not (folder / name).exists())
    write_bytes(backup, path.read_bytes())
    return backup


def _forget(backup: Path) -> None:
    backup.unlink()
    with contextlib.suppress(OSError):
        backup.parent.rmdir()


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        write_bytes(path, content)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(path, "不能删除，可能 Excel 正在使用它", "请退出 Excel 后再试") from error


def _made(folders: tuple[Path, ...], undo: contextlib.ExitStack) -> list[Path]:
    """Make the folders that are missing and return them, the innermost first."""
    made: list[Path] = []
    for folder in folders:
        for missing in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
            try:
                missing.mkdir()
            except OSError as error:
                raise OutputError(missing, "不能建立这个文件夹", "请检查权限") from error
            undo.callback(missing.rmdir)
            made.insert(0, missing)
    return made


@contextlib.contextmanager
def _undone_on_error() -> Iterator[contextlib.ExitStack]:
    """Yield a stack of what to undo, last things first, if the block ends in an error."""
    with contextlib.ExitStack() as undo:
        yield undo
        undo.pop_all()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
