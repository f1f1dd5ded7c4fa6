"""An embeddable Python that is none, and wheels that hold nothing but their name."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
#: Newer than any lower bound, older than any upper one, for the packages whose bounds leave no room for 999.
VERSIONS = {
    "lxml": "6.0",
    "openpyxl": "3.9",
    "pydantic": "2.99",
    "python-calamine": "0.99",
    "python-docx": "1.99",
}
VERSIONS |= {"rich": "15.0", "watchfiles": "1.99", "xlsxwriter": "3.99", "xlwings": "0.99", "pywin32": "999"}


def python_zip(folder: Path, program: bytes = b"MZ") -> Path:
    """Make an archive shaped like Python's embeddable package, with ``program`` as its python.exe."""
    path = folder / "python-3.13.9-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("python.exe", program)
        package.writestr("pythonw.exe", program)
        package.writestr("python313.dll", b"MZ")
        package.writestr("python313.zip", b"PK")
        package.writestr("python313._pth", "python313.zip\n.\n\n# import site\n")
    return path


def wheel(folder: Path, name: str, files: dict[str, bytes] | None = None) -> Path:
    """Make a wheel for 64-bit Windows with some files beside its own record."""
    folder.mkdir(exist_ok=True)
    stem = f"{name.replace('-', '_')}-{VERSIONS[name]}"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSIONS[name]}\n"
    content = {
        **(files or {}),
        f"{stem}.dist-info/METADATA": about.encode(),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp313-cp313-win_amd64\n",
    }
    record = "".join(f"{each},,\n" for each in content) + f"{stem}.dist-info/RECORD,,\n"
    path = folder / f"{stem}-cp313-cp313-win_amd64.whl"
    with zipfile.ZipFile(path, "w") as package:
        for each, data in {**content, f"{stem}.dist-info/RECORD": record.encode()}.items():
            package.writestr(each, data)
    return path


def wheels(folder: Path, without: str = "") -> Path:
    """Make a wheel for everything that xlreport needs on Windows, but for one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in {Requirement(line).name for line in project["dependencies"]} | {"pywin32"}:
        if name != without:
            files = {f"{name}.py": b"", f"{name}-{VERSIONS[name]}.data/data/{name}64.dll": b"MZ"}
            wheel(folder, name, files if name == "xlwings" else {})
    return folder
