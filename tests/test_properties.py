"""What every file that is written says of itself: when it was made, in which language, and what its pictures and tables show."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import xlreport
from tests.collection.folders import named, put
from tests.samples import complete
from xlreport.cli import main
from xlreport.example import good
from xlreport.output import date_of_writing
from xlreport.report import Report

FILES = ("report.xlsx", "report.docx", "audit.xlsx", "rollup.xlsx", "letter.docx")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of every kind, made now."""
    tmp_path = tmp_path_factory.mktemp("made")
    xlreport.write(good(), tmp_path / "report.xlsx")
    xlreport.write(good(), tmp_path / "report.docx")
    put(tmp_path, "f/甲.json", named(complete(), "甲局"))
    put(tmp_path, "f/乙.json", named(complete(), "乙局"))
    put(tmp_path, "f/丙.json", named(Report(year=2024), "丙局"))
    main(["audit", str(tmp_path / "f"), str(tmp_path / "audit.xlsx"), "--letters", str(tmp_path / "letters")])
    next((tmp_path / "letters").glob("丙局*.docx")).rename(tmp_path / "letter.docx")
    main(["rollup", str(tmp_path / "f"), str(tmp_path / "rollup.xlsx")])
    return tmp_path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def dates(path: Path) -> list[datetime]:
    """When a file says it was created and changed."""
    found = re.findall(
        r"<dcterms:(?:created|modified)[^>]*>([^<]*)<",
        part(path, "docProps/core.xml").replace("Z<", "+00:00<"),
    )
    assert len(found) == 2
    return [datetime.fromisoformat(each) for each in found]


def test_every_file_bears_the_date_on_which_it_was_made(folder: Path) -> None:
    now = datetime.now(UTC)
    for name in FILES:
        for date in dates(folder / name):
            assert timedelta(0) <= now - date < timedelta(minutes=5), name


def test_the_date_can_be_set_so_that_files_come_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a.xlsx", "b.xlsx", "a.docx"):
        xlreport.write(good(), tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as package:
            # No entry tells the time of day at which it was packed.
            assert {entry.date_time[:3] for entry in package.infolist()} == {(1980, 1, 1)}
        assert set(dates(tmp_path / name)) == {datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)}
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("wrong", ["", "yesterday", "9" * 30])
def test_a_date_that_is_none_is_passed_over(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    assert abs(date_of_writing() - datetime.now(UTC)) < timedelta(minutes=5)


def test_files_are_in_chinese(folder: Path) -> None:
    for name in FILES:
        said = re.findall(r"<dc:language[^>]*>([^<]*)<", part(folder / name, "docProps/core.xml"))
        assert said == ["zh-CN"], name


def test_every_chart_and_table_says_what_it_shows(folder: Path) -> None:
    charts = re.findall(r"<xdr:cNvPr [^>]*>", part(folder / "audit.xlsx", "xl/drawings/drawing1.xml"))
    assert len(charts) == 3 and all(re.search(r'descr="[^"]+：[^"]+。"', chart) for chart in charts)
    document = part(folder / "report.docx", "word/document.xml")
    assert document.count("<w:tbl>") == document.count("<w:tblCaption ") == 3


def test_the_mark_of_a_draft_says_what_it_shows(folder: Path) -> None:
    main(["convert", str(folder / "report.xlsx"), str(folder / "draft.docx"), "--draft"])
    with zipfile.ZipFile(folder / "draft.docx") as package:
        headers = [
            package.read(name).decode() for name in package.namelist() if name.startswith("word/header")
        ]
    assert headers and all('alt="草稿"' in header for header in headers)
