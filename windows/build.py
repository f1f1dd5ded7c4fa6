"""Make ``xlreport-setup.exe`` and the folder of wheels, on Linux or Windows.

``python windows/build.py --python-zip python-3.13.…-embed-amd64.zip`` (from python.org) needs NSIS (``makensis``; Debian: ``apt install nsis``) and, to
fetch the wheels of the dependencies, the internet; with ``--wheels FOLDER`` they are taken from there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
SETUP, FOLDER = "xlreport-setup.exe", "xlreport-安装包"
#: pip asks the machine that downloads, not the one that installs, whether this one is needed.
WINDOWS_ONLY = "pywin32>=224"
#: Where the parts of a wheel that are no modules belong, below the folder of Python. Scripts are left out: nothing calls them.
PLACES = {"purelib": "Lib/site-packages", "platlib": "Lib/site-packages", "data": ""}
COMMAND = '@"%~dp0python\\python.exe" -m xlreport.cli %*\r\n'
_PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


class BuildError(Exception):
    """Something that is needed is missing; the text says what."""


def main(arguments: list[str] | None = None) -> int:
    """Build and say where everything is; return 0, or 2 after one line."""
    parser = argparse.ArgumentParser(description="Make the Windows installer and the folder of wheels.")
    parser.add_argument(
        "--python-zip", type=Path, required=True, help="Python's embeddable package for amd64"
    )
    parser.add_argument("--wheels", type=Path, help="folder with the wheels of the dependencies")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "dist", help="where the results go, by default dist"
    )
    options = parser.parse_args(arguments)
    try:
        for made in build(options.python_zip, options.wheels, options.out):
            print(made)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def build(python_zip: Path, wheels: Path | None, out: Path) -> list[Path]:
    """Make the installer and the folder of wheels in ``out`` and return their paths; raises ``BuildError``."""
    version = version_of(python_zip)
    with tempfile.TemporaryDirectory() as folder:
        source, found = Path(folder, "source"), Path(folder, "wheels")
        gather(own_wheel(found), wheels, version, found)
        lay_out(python_zip, sorted(found.glob("*.whl")), source)
        out.mkdir(parents=True, exist_ok=True)
        command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
        command += [f"-D{name}={value}" for name, value in _defines(source, out / SETUP).items()]
        _run([*command, str(HERE / "setup.nsi")], "NSIS cannot make the installer")
        package = out / FOLDER
        shutil.rmtree(package, ignore_errors=True)
        shutil.copytree(found, package)
        for name in ("安装.cmd", "install.py"):
            shutil.copyfile(HERE / name, package / name)
    return [out / SETUP, package]


def version_of(python_zip: Path) -> str:
    """Return “3.13” for an embeddable package of Python 3.13; raises ``BuildError`` where it is none for amd64."""
    try:
        with zipfile.ZipFile(python_zip) as package:
            names = package.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise BuildError(f"{python_zip} cannot be read: {error}") from error
    found = [match for name in names if (match := re.fullmatch(r"python3(\d+)\._pth", name))]
    if len(found) != 1 or "python.exe" not in names:
        raise BuildError(f"{python_zip} is no embeddable package of Python (python-3.…-embed-amd64.zip)")
    return f"3.{found[0][1]}"


def own_wheel(folder: Path) -> Path:
    """Build the wheel of this source in ``folder`` and return its path; raises ``BuildError``."""
    _run([*_PIP, "wheel", "--no-deps", "-w", str(folder), str(ROOT)], "the wheel of xlreport cannot be built")
    (own,) = folder.glob("*.whl")
    return own


def gather(own: Path, wheels: Path | None, version: str, target: Path) -> None:
    """Put a wheel and those of everything it needs on Windows into ``target``; raises ``BuildError``."""
    where = ["--no-index", "--find-links", str(wheels)] if wheels else []
    machine = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", version]
    command = [*_PIP, "download", *where, *machine, "-d", str(target), str(own), WINDOWS_ONLY]
    _run(command, f"a wheel for Windows and Python {version} is missing")


def lay_out(python_zip: Path, wheels: list[Path], target: Path) -> None:
    """Make in ``target`` what will lie in the user's folder: Python with the wheels inside, the command, the manual."""
    python = target / "python"
    with zipfile.ZipFile(python_zip) as package:
        package.extractall(python)
    for wheel in wheels:
        unpack(wheel, python)
    (settings,) = python.glob("python3*._pth")
    # As it comes, this Python looks into its own archive only; ``site`` reads the .pth file of pywin32.
    settings.write_text(f"{settings.stem}.zip\n.\nLib\\site-packages\nimport site\n", "utf-8")
    (target / "xlreport.cmd").write_bytes(COMMAND.encode("ascii"))
    (target / "manual.html").write_text(_manual(), "utf-8")


def unpack(wheel: Path, python: Path) -> None:
    """Put the files of a wheel where pip would put them in that Python."""
    with zipfile.ZipFile(wheel) as package:
        for member in package.infolist():
            name = PurePosixPath(member.filename)
            place, inside = "Lib/site-packages", name
            if name.parts[0].endswith(".data"):
                kind, inside = name.parts[1], PurePosixPath(*name.parts[2:])
                if kind not in PLACES:
                    continue
                place = PLACES[kind]
            if member.is_dir():
                continue
            file = python / place / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(package.read(member))


def _manual() -> str:
    sys.path.insert(0, str(ROOT))
    from xlreport.form.catalogue import CURRENT, form_of
    from xlreport.live import manual

    return manual.page(form_of(CURRENT))


def _defines(source: Path, output: Path) -> dict[str, str]:
    return {"VERSION": VERSION, "SOURCE": str(source), "OUTPUT": str(output.resolve())}


def _run(command: list[str], problem: str) -> None:
    """Run a command; raises ``BuildError`` with what it said last where it fails or is not installed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildError(f"{problem}: {command[0]} is not installed") from error
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise BuildError(f"{problem}: {' '.join(said[-3:])}")


if __name__ == "__main__":
    raise SystemExit(main())
