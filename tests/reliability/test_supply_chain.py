"""What is shipped, what it needs, and that building it again gives the same."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import xlreport

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PACKAGE = Path(xlreport.__file__).parent
#: What is imported under another name than it is installed by.
DISTRIBUTIONS = {
    "docx": "python-docx",
    "python_calamine": "python-calamine",
    "pydantic_core": "pydantic",
    "numpy": "scipy",
    "pdfminer": "pdfplumber",
}
#: Modules of spreadsheet programs, there only inside them; “cn” is the interface of our own functions.
INSIDE_PROGRAMS = {
    "cn",
    "com",
    "uno",
    "unohelper",
    "officehelper",
    "pywintypes",
    "pythoncom",
    "win32api",
    "win32com",
    "xlreport_settings",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a wheel and a source archive."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_contains_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = set(package.namelist())
        template = package.read("xlreport/data/workbook_template.xlsx")
    modules = {f"xlreport/{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*.py")}
    data = {"xlreport/py.typed", "xlreport/data/xiji-2025.json", "xlreport/data/workbook_template.xlsx"}
    # The words of the sentences, and what was learnt from the annotated ones.
    data |= {"xlreport/rules/text/words.txt", "xlreport/rules/text/weights.txt"}
    about = {name for name in names if ".dist-info/" in name}
    # How LibreOffice is told of our functions.
    data.add("xlreport/live/libreoffice/extension/functions.idl")
    assert names - about == modules | data
    assert {name.partition("/")[2] for name in about} == {
        "METADATA",
        "WHEEL",
        "RECORD",
        "entry_points.txt",
        "licenses/LICENSE",
    }
    assert template == (ROOT / "workbook_template.xlsx").read_bytes()


def test_the_source_archive_holds_what_the_wheel_is_built_from(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as package:
        top = {name.split("/")[1] for name in package.getnames()}
    assert top == {
        *("xlreport", "workbook_template.xlsx", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"),
        *("PKG-INFO", ".gitignore"),
    }


def test_the_same_source_gives_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, "TZ": "Asia/Shanghai"}
    )
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_dependencies_are_few_and_bounded_from_both_sides() -> None:
    needed = [Requirement(line) for line in PROJECT["dependencies"]]
    assert len(needed) <= 10
    for requirement in needed:
        assert {"<", ">="} == {each.operator for each in requirement.specifier}, requirement


def test_whatever_is_imported_is_a_dependency_by_its_own_name() -> None:
    declared = {Requirement(line).name.lower() for line in PROJECT["dependencies"]}
    optional = {
        Requirement(line).name for extra in PROJECT["optional-dependencies"].values() for line in extra
    }
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        guarded = {
            id(inner) for node in ast.walk(tree) if isinstance(node, ast.Try) for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in (name.partition(".")[0] for name in names):
                if name in sys.stdlib_module_names or name in {"xlreport", ""} | INSIDE_PROGRAMS:
                    continue
                allowed = (
                    declared | optional
                    if id(node) in guarded or name in {"scipy", "numpy", "distributed", "pdfplumber"}
                    else declared
                )
                assert DISTRIBUTIONS.get(name, name).lower() in allowed, f"{path.name}: {name}"


def test_the_development_environment_is_pinned() -> None:
    text = (ROOT / "constraints-dev.txt").read_text("utf-8")
    pins = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)$", text, re.MULTILINE))
    assert "/" not in re.sub(r"#.*", "", text) and "@" not in text
    known = {re.sub(r"[-_.]+", "-", name).lower() for name in pins}
    extras = PROJECT["optional-dependencies"]
    assert "xlreport[test]" in extras["dev"]
    for line in {*PROJECT["dependencies"], *extras["test"], *extras["dev"], *extras["fuzz"]} - {
        "xlreport[test]"
    }:
        assert re.sub(r"[-_.]+", "-", Requirement(line).name).lower() in known, line


def digests(seed: str, zone: str) -> str:
    """Return the sums of what is built, by a fresh Python in another time zone with another order of sets."""
    program = (
        "import hashlib\n"
        "from xlreport.example import good\n"
        "from xlreport.form.catalogue import MODULES, form_of\n"
        "from xlreport.live.excel.xlam import add_in\n"
        "from xlreport.live.libreoffice.extension import content\n"
        "from xlreport.workbook.reproducible import bytes_of\n"
        "from xlreport.workbook.template import template_of\n"
        "from xlreport.workbook.writer import fill\n"
        "made = [template_of(form_of(form)) for form in MODULES]\n"
        "made += [bytes_of(fill(good())), add_in(), content('python')]\n"
        "print(*(hashlib.sha256(each).hexdigest() for each in made))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": "1767225600"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_template_workbook_add_in_and_extension_are_the_same_at_every_build() -> None:
    first = digests("0", "UTC")
    assert digests("1", "Asia/Shanghai") == first
    assert digests("4242", "America/St_Johns") == first
    template = hashlib.sha256((ROOT / "workbook_template.xlsx").read_bytes()).hexdigest()
    assert template in first


def test_the_version_is_written_once() -> None:
    assert importlib.metadata.version("xlreport") == xlreport.__version__ == PROJECT["version"]
