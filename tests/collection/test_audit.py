"""The audit as a stream: the same records whatever does the work, nothing that stops it, nothing stale."""

from __future__ import annotations

import os
import re
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import xlreport
from tests.collection.folders import BROKEN, age, mixed, named, put
from tests.samples import published, with_figure
from xlreport.collection import auditing, spreading
from xlreport.collection.audit import audit, last_year_of
from xlreport.collection.auditing import Batch, audit_batch
from xlreport.collection.cache import Cache
from xlreport.collection.organisations import LastYear, normalised
from xlreport.collection.readers import Readers
from xlreport.collection.records import Audited, State, load
from xlreport.collection.report_files import files_under
from xlreport.errors import InputError
from xlreport.example import faulty, good


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed(tmp_path_factory.mktemp("mixed"))


@pytest.fixture(scope="module")
def serial(folder: Path) -> list[Audited]:
    return list(audit(folder))


def test_there_is_a_record_for_every_file_in_order(folder: Path, serial: list[Audited]):
    assert [record.path for record in serial] == files_under(folder)
    states = {record.path: record.state for record in serial}
    assert {path for path, state in states.items() if state is State.UNREADABLE} == set(BROKEN)
    assert states["镇/错.xlsx"] is State.FAILED


def test_a_record_says_what_check_says(folder: Path, serial: list[Audited]):
    record = next(record for record in serial if record.path == "镇/错.xlsx")
    report = xlreport.read(folder / record.path)
    findings = xlreport.check(report)
    assert (record.organisation, record.year, record.form) == ("错集镇人民政府", 2025, report.form)
    assert (record.errors, record.warnings) == (len(findings.errors), len(findings.warnings))
    assert [found.rule for found in record.findings] == [finding.rule for finding in findings]
    assert dict(record.figures).keys() == set(report.declaration.main_lines)
    assert any(found.target.startswith("三、依申请公开!") for found in record.findings)


def test_a_file_that_cannot_be_read_says_why_in_one_line_without_its_path(
    folder: Path, serial: list[Audited]
):
    for record in serial:
        if record.state is State.UNREADABLE:
            assert record.remark and len(record.remark.splitlines()) == 1
            assert str(folder) not in record.remark


def test_threads_and_processes_give_the_serial_records(folder: Path, serial: list[Audited], monkeypatch):
    monkeypatch.setattr("xlreport.collection.spreading.BATCH", 2)
    for executor in (ThreadPoolExecutor(3), ProcessPoolExecutor(2), Readers(1, 60), Readers(2, 60)):
        with executor:
            assert list(audit(folder, executor=executor)) == serial


def test_a_dask_cluster_gives_the_serial_records(folder: Path, serial: list[Audited], monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("xlreport.collection.spreading.BATCH", 2)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert list(audit(folder, executor=client.get_executor())) == serial


class Counting(Executor):
    """Does the work at the time of asking, and knows how much was under way at most."""

    def __init__(self) -> None:
        self.open = self.most = self.files = 0

    def submit(self, function, /, *arguments, **options):
        executor = self

        class Counted(Future):
            def result(self, timeout=None):
                executor.open -= 1
                return function(*arguments)

        self.open += 1
        self.files += len(arguments[0].paths)
        self.most = max(self.most, self.open)
        return Counted()


def test_a_bounded_amount_of_work_is_under_way(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("xlreport.collection.spreading.BATCH", 1)
    monkeypatch.setattr(spreading, "UNDER_WAY", 4)
    for number in range(20):
        put(tmp_path, f"{number}.txt", b"x")
    executor = Counting()
    assert len(list(audit(tmp_path, executor=executor))) == 20
    assert executor.most == 4


def die(batch: Batch) -> list[Audited]:
    """The work, by a process that a file kills."""
    if "deadly.json" in batch.paths and os.environ.get("XLREPORT_TEST_PARENT") != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return audit_batch(batch)


def hang(batch: Batch) -> list[Audited]:
    """The work, by a process that a file holds up without end, in a place where no other thread gets a word in."""
    if "endless.json" in batch.paths:
        re.match(r"(a+)+$", "a" * 80 + "b")
    return audit_batch(batch)


def three(folder: Path, middle: str) -> None:
    for name in ("a.json", middle, "z.json"):
        put(folder, name, named(good(), name))


@pytest.mark.parametrize("make", [lambda: ProcessPoolExecutor(1), lambda: Readers(1, 60)])
def test_a_process_that_dies_costs_only_the_file_that_killed_it(tmp_path: Path, monkeypatch, make):
    monkeypatch.setenv("XLREPORT_TEST_PARENT", str(os.getpid()))
    monkeypatch.setattr("xlreport.collection.audit.audit_batch", die)
    three(tmp_path, "deadly.json")
    with make() as executor:
        records = list(audit(tmp_path, executor=executor))
    assert [record.state is State.UNREADABLE for record in records] == [False, True, False]
    assert "意外退出" in records[1].remark


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_takes_too_long_is_given_up_and_said(tmp_path: Path, monkeypatch, jobs: int):
    monkeypatch.setattr("xlreport.collection.audit.audit_batch", hang)
    three(tmp_path, "endless.json")
    # Long enough for the files that do end, also on a busy machine.
    with Readers(jobs, 6) as executor:
        records = list(audit(tmp_path, executor=executor))
    assert [record.state is State.UNREADABLE for record in records] == [False, True, False]
    assert "6 秒" in records[1].remark


def test_a_fault_of_ours_is_a_record_too(tmp_path: Path, monkeypatch):
    put(tmp_path, "a.json", good())
    monkeypatch.setattr(auditing, "check", lambda *_: 1 / 0)
    (record,) = audit(tmp_path)
    assert record.state is State.UNREADABLE and "ZeroDivisionError" in record.remark


def test_records_survive_their_json(serial: list[Audited]):
    assert [load(record.dump()) for record in serial] == serial


def test_a_missing_folder_is_an_input_error(tmp_path: Path):
    with pytest.raises(InputError):
        list(audit(tmp_path / "missing"))


# Last year's reports


def last_year(folder: Path) -> LastYear:
    return LastYear(str(folder), last_year_of(folder, files_under(folder)))


def test_last_year_is_found_by_organisation_however_it_is_written(tmp_path: Path):
    put(tmp_path, "now/a.json", named(published("suqian-2024"), "宿迁市 政府"))
    before = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 999)
    put(tmp_path, "last/other/x.json", named(before, "宿迁市人民政府"))
    put(tmp_path, "last/y.json", named(published("suqian-2023"), "别的局"))
    (record,) = audit(tmp_path / "now", last_year=last_year(tmp_path / "last"))
    assert record.previous == "other/x.json"
    assert "carried" in {found.rule for found in record.findings}


def test_of_several_years_the_one_before_is_taken_and_of_two_equal_none(tmp_path: Path):
    put(tmp_path, "now/a.json", published("suqian-2024"))
    put(tmp_path, "last/2023.json", published("suqian-2023"))
    put(tmp_path, "last/2022.json", published("suqian-2023").model_copy(update={"year": 2022}))
    assert [r.previous for r in audit(tmp_path / "now", last_year=last_year(tmp_path / "last"))] == [
        "2023.json"
    ]
    put(tmp_path, "last/2023-2.json", published("suqian-2023"))
    (record,) = audit(tmp_path / "now", last_year=last_year(tmp_path / "last"))
    assert record.previous == "" and "3 份" in record.remark


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("某 区人民政府", "某区政府", True),
        ("某局（某办）", "某局(某办)", True),
        ("某区政府办公室", "某区政府", False),
        ("甲局", "乙局", False),
    ],
)
def test_names_are_compared_without_what_does_not_matter(one: str, other: str, same: bool):
    assert (normalised(one) == normalised(other)) is same


# The cache


class Reads:
    """Counts the files that were read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []

        def read(path: Path):
            self.paths.append(path.name)
            return xlreport.read(path)

        monkeypatch.setattr(auditing, "read", read)

    def of(self, folder: Path, out: Path, last: Path | None = None) -> list[str]:
        """The files that an audit reads."""
        self.paths.clear()
        cache = Cache(out)
        known = LastYear(str(last), last_year_of(last, files_under(last), cache=cache)) if last else None
        self.records = list(audit(folder, last_year=known, cache=cache))
        cache.close()
        return sorted(self.paths)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def test_what_is_unchanged_is_not_read_again(tmp_path: Path, reads: Reads):
    for name in ("a.json", "b.json", "c.json"):
        put(tmp_path, f"f/{name}", named(good(), name))
    assert reads.of(tmp_path / "f", tmp_path / "cache") == ["a.json", "b.json", "c.json"]
    first = reads.records
    assert reads.of(tmp_path / "f", tmp_path / "cache") == []
    assert reads.records == first
    changed = put(tmp_path, "f/b.json", named(faulty(), "b.json"))
    age(changed, 60)
    assert reads.of(tmp_path / "f", tmp_path / "cache") == ["b.json"]
    assert [record.state is State.FAILED for record in reads.records] == [False, True, False]


def test_a_file_put_in_place_with_the_old_size_and_time_is_read_again(tmp_path: Path, reads: Reads):
    path = put(tmp_path, "f/a.json", good())
    reads.of(tmp_path / "f", tmp_path / "cache")
    times, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace(b"167", b"168"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert reads.of(tmp_path / "f", tmp_path / "cache") == ["a.json"]


def test_other_rules_make_everything_stale(tmp_path: Path, reads: Reads, monkeypatch):
    put(tmp_path, "f/a.json", good())
    reads.of(tmp_path / "f", tmp_path / "cache")
    monkeypatch.setattr("xlreport.collection.cache.engine", lambda: "another version")
    assert reads.of(tmp_path / "f", tmp_path / "cache") == ["a.json"]


def test_last_year_s_file_is_part_of_what_must_be_unchanged(tmp_path: Path, reads: Reads):
    put(tmp_path, "f/now.json", published("suqian-2024"))
    last = put(tmp_path, "l/last.json", published("suqian-2023"))
    places = (tmp_path / "f", tmp_path / "cache")
    reads.of(*places)
    assert reads.of(*places, tmp_path / "l") == ["last.json", "last.json", "now.json"]
    assert reads.of(*places, tmp_path / "l") == []
    put(
        tmp_path, "l/last.json", with_figure(published("suqian-2023"), "applications.carried_out.research", 7)
    )
    age(last, 60)
    assert "now.json" in reads.of(*places, tmp_path / "l")
    assert "carried" in {found.rule for found in reads.records[0].findings}
    last.unlink()
    put(tmp_path, "l/other.json", named(published("suqian-2023"), "别的局"))
    assert "now.json" in reads.of(*places, tmp_path / "l")
    assert reads.of(*places) == ["now.json"]


def test_what_could_not_be_read_is_tried_again(tmp_path: Path, reads: Reads):
    put(tmp_path, "f/a.json", b"{")
    assert (
        reads.of(tmp_path / "f", tmp_path / "cache")
        == reads.of(tmp_path / "f", tmp_path / "cache")
        == ["a.json"]
    )


def test_a_damaged_cache_is_begun_anew_and_one_that_cannot_be_written_does_no_harm(
    tmp_path: Path, reads: Reads
):
    put(tmp_path, "f/a.json", good())
    (tmp_path / "cache").write_bytes(b"no database at all " * 100)
    assert reads.of(tmp_path / "f", tmp_path / "cache") == ["a.json"]
    assert reads.of(tmp_path / "f", tmp_path / "cache") == []
    assert reads.of(tmp_path / "f", tmp_path / "no folder" / "cache") == ["a.json"]
