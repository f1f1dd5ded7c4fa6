"""Each measure of these rooms at its border: what is one below or beyond it comes out otherwise."""

from __future__ import annotations

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.collection.folders import age, granted, named, put
from xlreport.collection import across, auditing, cache, copies, readers, report_files, spreading
from xlreport.collection import audit as auditing_of_folders
from xlreport.collection.across import COPIED, Across
from xlreport.collection.cache import Cache, cache_for
from xlreport.collection.contribution import Difference
from xlreport.collection.copies import BINS, LIMIT, SHORTEST, Sketches, likeness, sketch
from xlreport.collection.readers import Readers
from xlreport.collection.records import Audited, State
from xlreport.collection.report_files import stamp_of
from xlreport.collection.rollup_book import contributors
from xlreport.commands import arguments
from xlreport.example import good
from xlreport.form.catalogue import CURRENT


def letters(count: int, first: int = 0x4E00) -> str:
    return "".join(chr(first + number) for number in range(count))


def test_the_measures_are_those_of_the_notes():
    """Each of these has its reason in docs/decisions.md or docs/reliability.md, or beside it."""
    assert (spreading.BATCH, spreading.UNDER_WAY, spreading.MOST_PROCESSES, arguments.FEW) == (
        16,
        64,
        64,
        48,
    )
    assert (copies.SHINGLE, copies.BINS, copies.BAND, copies.LIMIT, copies.SHORTEST) == (5, 64, 4, 0.8, 200)
    assert (readers.LIMIT, readers.STARTING, readers.ATTEMPTS) == (60, 60, 2)
    assert (cache.KEPT, cache.LARGEST, report_files.SETTLED_SECONDS) == (10, 512 * 2**20, 3)
    page = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text("utf-8")
    for row in ("| 60 s |", "| 2 |", "| 512 MB; 10 |", "| 1 MB; 1; 100,000 characters |"):
        assert row in page


@pytest.mark.parametrize(("length", "judged"), [(SHORTEST - 1, False), (SHORTEST, True)])
def test_a_text_is_judged_from_so_many_letters_on(length: int, judged: bool):
    assert bool(sketch(letters(length))) is judged


def sketches_alike(bins: int) -> tuple[bytes, bytes]:
    """Two sketches that agree in so many bins, the first ones."""
    one = b"".join(number.to_bytes(4, "little") for number in range(BINS))
    other = one[: 4 * bins] + b"".join((1000 + number).to_bytes(4, "little") for number in range(BINS - bins))
    return one, other


def test_copied_begins_at_the_limit():
    def grouped(bins: int) -> bool:
        sketches = Sketches()
        for number, made in enumerate(sketches_alike(bins)):
            sketches.add(number, (("overview", made),))
        return bool(list(sketches.groups()))

    at_least = next(bins for bins in range(BINS + 1) if likeness(*sketches_alike(bins)) >= LIMIT)
    assert at_least == 43  # 2·43/64 ÷ (1 + 43/64) = 0.804
    assert grouped(at_least) and not grouped(at_least - 1)


def test_so_many_units_are_named_beside_copied_text():
    def said(units: int) -> str:
        together = Across()
        made = sketch(letters(400))
        for number in range(units):
            prints = (("overview", made),)
            record = Audited(f"{number}.json", f"第{number}局", 2025, CURRENT, State.PASSED, prints=prints)
            together.add(record)
        return next(seen.message for seen in together.observations() if seen.kind == COPIED)

    assert "等" not in said(across.NAMED + 1).split("的大体")[0]
    assert f"等 {across.NAMED + 1} 个单位" in said(across.NAMED + 2)
    assert across.NAMED == 3


def test_so_many_units_are_named_beside_a_difference():
    def said(units: int) -> str:
        return contributors(Difference("k", 0, 0, 0, tuple((f"第{number}局", 1) for number in range(units))))

    assert "等" not in said(8) and "第7局" in said(8)
    assert "第8局" not in said(9) and "等 9 个单位" in said(9)


@pytest.mark.parametrize(("seconds", "settled"), [(2.9, False), (3.1, True)])
def test_a_file_has_a_stamp_from_three_seconds_after_its_change_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, settled: bool
):
    path = put(tmp_path, "a.json", b"{}")
    changed = path.stat().st_mtime
    monkeypatch.setattr(time, "time", lambda: changed + seconds)
    assert bool(stamp_of(path)) is settled


def test_so_many_remarks_of_the_reader_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path, "a.json", good())
    real = auditing.read

    def read(path: Path) -> object:
        report = real(path)
        report.remarks.extend(f"说明{number}" for number in range(5))
        return report

    monkeypatch.setattr(auditing, "read", read)
    (record,) = auditing_of_folders.audit(tmp_path)
    assert record.remark == "说明0；说明1；说明2"


def test_pieces_are_of_so_many_files(tmp_path: Path):
    sizes: list[int] = []

    class Noting(ThreadPoolExecutor):
        def submit(self, function, /, *given, **options):  # type: ignore[no-untyped-def]
            sizes.append(len(given[0].paths))
            return super().submit(function, *given, **options)

    for number in range(spreading.BATCH + 1):
        put(tmp_path, f"{number:02}.txt", b"x")
    with Noting(1) as executor:
        assert len(list(auditing_of_folders.audit(tmp_path, executor=executor))) == 17
    assert sizes == [16, 1]


def test_so_many_caches_are_kept_and_those_used_last(tmp_path: Path, home: Path):
    paths = []
    for number in range(cache.KEPT + 1):
        path = cache_for(tmp_path / f"{number}.xlsx")
        assert path is not None
        Cache(path).close()
        age(path, 1000 - number)
        paths.append(path)
    assert [path.exists() for path in paths] == [False] + [True] * cache.KEPT


@pytest.mark.parametrize("over", [False, True])
def test_a_cache_of_more_than_its_measure_is_thrown_away(tmp_path: Path, monkeypatch, over: bool):
    path = tmp_path / "c.sqlite"
    kept = Cache(path)
    kept.put("report", "a", "stamp", "record")
    kept.close()
    monkeypatch.setattr(cache, "LARGEST", path.stat().st_size - over)
    again = Cache(path)
    assert (again.get("report", "a", "stamp") is None) is over
    assert bool(again.trouble) is over
    again.close()


def endless(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE known")
    connection.execute(
        "CREATE VIEW known(kind, path, stamp, record) AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " SELECT 'report', 'a', 'stamp', x FROM n WHERE x < 0"
    )


def triggered(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TRIGGER t AFTER INSERT ON known BEGIN DELETE FROM known; END")


@pytest.mark.parametrize("spoil", [endless, triggered])
def test_a_cache_that_would_run_without_end_is_not_run(tmp_path: Path, spoil):
    path = tmp_path / "c.sqlite"
    Cache(path).close()
    connection = sqlite3.connect(path)
    spoil(connection)
    connection.commit()
    connection.close()
    again = Cache(path)
    assert again.trouble and again.get("report", "a", "stamp") is None
    again.close()
    assert not Cache(path).trouble


def test_a_cache_that_is_a_link_or_a_device_is_not_followed(tmp_path: Path):
    other = tmp_path / "other.sqlite"
    Cache(other).close()
    before = other.read_bytes()
    path = tmp_path / "c.sqlite"
    for target in (other, Path("/dev/zero"), path):
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        found = Cache(path)
        assert found.trouble
        found.close()
        assert not path.is_symlink()
    assert other.read_bytes() == before


def test_a_locked_cache_is_not_waited_for(tmp_path: Path):
    path = tmp_path / "c.sqlite"
    Cache(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        found = Cache(path)
        assert "另一次审核" in found.trouble and found.get("report", "a", "s") is None
        found.close()
    finally:
        holder.close()
    assert path.exists()


def test_a_cache_that_may_not_be_written_is_begun_anew(tmp_path: Path):
    path = tmp_path / "c.sqlite"
    kept = Cache(path)
    kept.put("report", "a", "s", "record")
    kept.close()
    path.chmod(0o400)
    found = Cache(path)
    if os.geteuid():
        assert found.trouble
    found.put("report", "b", "s", "record")
    found.close()
    assert Cache(path).get("report", "b", "s") == "record"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("不通过", "通过"),
        lambda text: "[" * 100_000,
        lambda text: "[]",
        lambda text: text.replace('\\"甲局\\"', "7"),
        lambda text: "null",
    ],
)
def test_a_record_that_cannot_be_ours_is_found_out_anew(tmp_path: Path, change):
    put(tmp_path, "f/a.json", named(granted(good(), 1), "甲局"))  # its text contradicts its figures
    path = tmp_path / "c.sqlite"
    first = Cache(path)
    (before,) = auditing_of_folders.audit(tmp_path / "f", cache=first)
    first.close()
    connection = sqlite3.connect(path)
    (text,) = connection.execute("SELECT record FROM known").fetchone()
    connection.execute("UPDATE known SET record = ?", (change(text),))
    connection.commit()
    connection.close()
    again = Cache(path)
    (after,) = auditing_of_folders.audit(tmp_path / "f", cache=again)
    again.close()
    assert after == before and again.trouble


def test_a_reading_process_that_never_starts_is_given_up(tmp_path: Path, monkeypatch):
    put(tmp_path, "a.json", good())
    monkeypatch.setattr(readers, "_PROGRAM", "import time; time.sleep(600)")
    monkeypatch.setattr(readers, "STARTING", 0.5)
    with Readers(1, 60) as executor:
        (record,) = auditing_of_folders.audit(tmp_path, executor=executor)
    assert "意外退出" in record.remark
