"""Files are told apart by what is in them, whatever they are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.samples import complete
from tests.workbook.edited import sample, written
from xlreport.errors import FormError, InputError
from xlreport.form.catalogue import MODULES
from xlreport.sources.reading import read


def saved(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path)
    assert "\n" not in str(caught.value) and caught.value.advice
    return caught.value


def test_a_workbook_is_read_under_any_name(tmp_path: Path) -> None:
    written(tmp_path / "r.xlsx")
    renamed = (tmp_path / "r.xlsx").rename(tmp_path / "年报.json")
    assert read(renamed).figures() == sample().figures()
    assert read(str(renamed)).organisation == sample().organisation


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_json_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(complete().model_dump(mode="json"), ensure_ascii=False)
    assert read(saved(tmp_path / "r.xlsx", text.encode(encoding))) == complete()


@pytest.mark.parametrize(
    ("data", "place", "problem"),
    [
        ({"applications": {"neu": {}}}, "applications.neu", "没有这一项"),
        ({"year": "明年"}, "year", "明年"),
        ({"year": 12}, "year", "12"),
        ({"organisation": 5}, "organisation", "5"),
        ({"disclosure": 5}, "disclosure", "5"),
        ({"disclosure": {"rules": [1]}}, "disclosure.rules", "[1]"),
        ({"explanations": 1}, "explanations", "1"),
        ({"previous": {"cases": {"review": {"uphold": 1}}}}, "previous.cases.review.uphold", "没有这一项"),
        ({"previous": {"form": ["x"]}}, "previous", "x"),
        ({"a": 1, "b": 2}, "a", "另有 1 处"),
    ],
)
def test_json_that_is_no_report_is_refused_with_its_key(
    tmp_path: Path, data: dict[str, Any], place: str, problem: str
) -> None:
    error = refused(saved(tmp_path / "r.json", json.dumps(data)))
    assert error.place == place and problem in error.problem


def test_json_of_an_unknown_form_is_refused(tmp_path: Path) -> None:
    for data in ({"form": "disclosure-2008"}, {"form": 5}, {"form": ["x"]}):
        error = refused(saved(tmp_path / "r.json", json.dumps(data)))
        assert isinstance(error, FormError) and all(form in error.advice for form in MODULES)


@pytest.mark.parametrize(
    "text",
    ["{", '{"year": 2025,}', "[1, 2]", '{"year": ' + "1" * 5000 + "}", "[" * 100_000, '{"a": "\\ud800"}'],
)
def test_text_that_is_no_json_object_is_refused(tmp_path: Path, text: str) -> None:
    refused(saved(tmp_path / "r.json", text))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<html><body>年报</body></html>", "没有政府信息公开工作年度报告的表格和文字"),
        ("某局2025年政府信息公开工作年度报告\n", "没有政府信息公开工作年度报告的表格和文字"),
        (b"\x89PNG\r\n\x1a\n\0\0", "认不出"),
        (b"", "空的"),
        (b"PK\x03\x04xx", "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_by_what_it_is(
    tmp_path: Path, content: bytes | str, problem: str
) -> None:
    assert problem in refused(saved(tmp_path / "r.xlsx", content)).problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"form": "disclosure-2021", "year": 2024, "year": 2025}', "“year”写了不止一次（2024、2025）"),
        ('{"applications": {"new": {"total": 1, "total": 2}}}', "“total”写了不止一次"),
        ('{"code": 0, "data": {"content": "<html><body><p>年度报告</p></body></html>"}}', "网站接口的数据"),
        ('{"previous": {"previous": {"year": 2023}}}', "更早的报告"),
        ('{"year": NaN}', "不是数"),
    ],
)
def test_json_that_cannot_be_told_is_one_line(tmp_path: Path, text: str, words: str) -> None:
    assert words in str(refused(saved(tmp_path / "r.json", text)))
