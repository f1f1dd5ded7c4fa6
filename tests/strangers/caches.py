"""Audits of folders that somebody else keeps: pipes, devices, depths, and records of earlier audits that were forged."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.strangers.attempts import Attempt, Command, Ran
from tests.strangers.bases import EXAMPLE
from tests.strangers.rollups import Files, folder, unit

Judge = Callable[[Command, Path], str]


def failing(name: str = "坏局") -> bytes:
    held = unit(name)
    held["applications"]["new"]["total"] += 1
    return json.dumps(held, ensure_ascii=False).encode()


def passing(name: str = "坏局") -> bytes:
    """As long as ``failing``, so that size and date can be the same."""
    return json.dumps(unit(name), ensure_ascii=False).encode()


def audited(*, status: int | None = 1, told: str = "") -> Judge:
    """An audit ends, with this status, and writes its summary."""

    def judge(program: Command, path: Path) -> str:
        out = path.with_name("audit.xlsx")
        return _audit(program, path, out, status, told)

    return judge


def _audit(program: Command, path: Path, out: Path, status: int | None, told: str = "") -> str:
    from tests.strangers.judging import crashed

    ran: Ran = program("audit", path, out, "--jobs", "1", "--force")
    if trouble := crashed(ran):
        return f"crash: {trouble}"
    text = ran.output + ran.errors
    if status is not None and ran.status != status:
        return f"status {ran.status}, should be {status}; {text.strip()[-200:]!r}"
    if told and told not in text:
        return f"{told!r} is not said; {text.strip()[-200:]!r}"
    if ran.status in (0, 1) and not out.exists():
        return "no summary"
    return ""


def removed(judge: Judge) -> Judge:
    """The folder is taken away afterwards: it is deeper than Python itself can remove."""

    def judged(program: Command, path: Path) -> str:
        try:
            return judge(program, path)
        finally:
            subprocess.run(["rm", "-rf", str(path / "d")], check=True)

    return judged


def records_after(program: Command, path: Path, out: Path, status: int) -> Path | str:
    """The file of records that an audit leaves in the user's own folder, or what was wrong with the audit."""
    for old in program.home.rglob("*.sqlite"):
        old.unlink()
    if why := _audit(program, path, out, status):
        return why
    [found] = program.home.rglob("*.sqlite")
    return found


def changed(change: Callable[[Path], object]) -> Judge:
    """The file of records is another one between two audits of a folder that must not pass."""

    def judge(program: Command, path: Path) -> str:
        out = path.with_name("audit.xlsx")
        held = records_after(program, path, out, 1)
        if isinstance(held, str):
            return held
        change(held)
        try:
            return _audit(program, path, out, 1)
        finally:
            with contextlib.suppress(OSError):
                held.rmdir() if held.is_dir() and not held.is_symlink() else held.unlink()

    return judge


def forged(forge: Callable[[bytes], bytes]) -> Judge:
    """The file as it lies on the disk is another one."""
    return changed(lambda held: held.write_bytes(forge(held.read_bytes())))


def told_anew(forge: Callable[[bytes], bytes]) -> Judge:
    """Each record says something else, in a file that is sound."""

    def change(held: Path) -> None:
        with contextlib.closing(sqlite3.connect(held)) as known, known:
            known.create_function(
                "forged", 1, lambda record: forge(record.encode()).decode("utf-8", "replace")
            )
            known.execute("UPDATE known SET record = forged(record)")

    return changed(change)


def placed(put: Callable[[Path], object]) -> Judge:
    """Something else stands where the records should be."""

    def change(held: Path) -> None:
        held.unlink()
        put(held)

    return changed(change)


def carried(program: Command, path: Path) -> str:
    """Records of a passing folder are put in the place of those of a failing one: same names, sizes and dates."""
    good = path.with_name("good") / path.name
    shutil.copytree(path, good)
    for name in ("a.json", "b.json"):
        (good / name).write_bytes(passing(name))
        (path / name).write_bytes(failing(name))
        size = max((good / name).stat().st_size, (path / name).stat().st_size)
        for place in (good / name, path / name):
            place.write_bytes(place.read_bytes().ljust(size))
            os.utime(place, (1_700_000_000, 1_700_000_000))
    first, out = good.with_name("audit.xlsx"), path.with_name("audit.xlsx")
    passed = records_after(program, good, first, 0)
    if isinstance(passed, str):
        return passed
    content = passed.read_bytes()
    own = records_after(program, path, out, 1)
    if isinstance(own, str):
        return own
    own.write_bytes(content)
    with contextlib.closing(sqlite3.connect(own)) as known, known:
        known.execute("UPDATE known SET path = replace(path, ?, ?)", (str(good), str(path)))
    return _audit(program, path, out, 1)


def replaced_in_place(program: Command, path: Path) -> str:
    """A passing file is changed into a failing one of the same size and date, in the same folder."""
    target = path / "b.json"
    good, bad = passing("b"), failing("b")
    size = max(len(good), len(bad))
    out = path.with_name("audit.xlsx")
    for content, status in ((good, 0), (bad, 1)):
        target.write_bytes(content.ljust(size))
        os.utime(target, (1_700_000_000, 1_700_000_000))
        if why := _audit(program, path, out, status):
            return why
    return ""


def folders() -> Iterator[tuple[str, str, Files, Judge]]:
    good: Files = {"a.json": unit("甲局"), "b.json": failing()}

    def linked(target: str) -> Callable[[Path], object]:
        return lambda place: place.symlink_to(target)

    def listening(place: Path) -> None:
        held = socket.socket(socket.AF_UNIX)
        where = Path.cwd()
        try:
            os.chdir(place.parent)
            held.bind(place.name)
        finally:
            os.chdir(where)
            held.close()

    def deep(place: Path) -> None:
        where = os.open(place.parent, os.O_RDONLY)
        try:
            for _ in range(1_500):
                os.mkdir("d", dir_fd=where)
                inner = os.open("d", os.O_RDONLY, dir_fd=where)
                os.close(where)
                where = inner
        finally:
            os.close(where)

    def bytes_name(place: Path) -> None:
        (Path(os.fsdecode(os.fsencode(place.parent) + b"/\xff\xfe.json"))).write_bytes(failing("丁局"))

    def sparse(size: int) -> Callable[[Path], object]:
        def make(place: Path) -> None:
            with place.open("wb") as stream:
                stream.truncate(size)

        return make

    for ending in ("json", "docx", "html", "xlsx", "txt"):
        yield "odd-file", f"pipe-{ending}", {**good, f"p.{ending}": lambda place: os.mkfifo(place)}, audited()
        yield "odd-file", f"device-zero-{ending}", {**good, f"p.{ending}": linked("/dev/zero")}, audited()
        yield "odd-file", f"empty-{ending}", {**good, f"p.{ending}": b""}, audited()
        yield "odd-file", f"sparse-{ending}", {**good, f"p.{ending}": sparse(90_000_000)}, audited()
    yield "odd-file", "device-null", {**good, "p.json": linked("/dev/null")}, audited()
    yield "odd-file", "device-random", {**good, "p.json": linked("/dev/urandom")}, audited()
    yield "odd-file", "terminal", {**good, "p.json": linked("/dev/tty")}, audited()
    yield "odd-file", "standard-input", {**good, "p.json": linked("/dev/stdin")}, audited()
    yield "odd-file", "process-file", {**good, "p.json": linked("/proc/self/mem")}, audited()
    yield (
        "odd-file",
        "link-to-a-pipe",
        {
            **good,
            "q": lambda place: os.mkfifo(place),
            "p.json": lambda place: place.symlink_to(place.with_name("q")),
        },
        audited(),
    )
    yield "odd-file", "socket", {**good, "p.json": listening}, audited()
    yield "odd-file", "link-to-itself", {**good, "p.json": lambda place: place.symlink_to(place)}, audited()
    yield "odd-file", "dangling", {**good, "p.json": linked("/nowhere")}, audited()
    yield "odd-file", "very-large", {**good, "p.json": sparse(5_000_000_000)}, audited()
    yield (
        "odd-folder",
        "link-to-itself",
        {**good, "d": lambda place: place.symlink_to(place.parent)},
        audited(),
    )
    yield "odd-folder", "link-to-root", {**good, "d": linked("/proc")}, audited()
    yield "odd-folder", "deep", {**good, "d": deep}, removed(audited())
    yield "odd-folder", "named-like-a-file", {**good, "d.xlsx": lambda place: place.mkdir()}, audited()
    yield (
        "odd-folder",
        "many-empty",
        {**good, "e": lambda place: [(place / str(i)).mkdir(parents=True) for i in range(3_000)]},
        audited(),
    )
    for number, name in enumerate(
        (
            "\n.json",
            "\x1b[31m红.json",
            "‮nosj.json",
            " .json",
            "a" * 240 + ".json",
            "=cmd|' /C calc'!A0.json",
            "-rf.json",
            "%s%n.json",
            "{0}.json",
            "'; DROP.json",
            "CON.json",
            "a\tb.json",
            "😀.json",
            "..json",
            "a&b<c>.json",
        )
    ):
        yield "odd-name", str(number), {**good, name: failing("丁局")}, audited()
    yield "odd-name", "no-text", {**good, "x": bytes_name}, audited()
    yield "plain", "one-fails", good, audited()
    yield "plain", "all-pass", {"a.json": unit("甲局"), "b.json": unit("乙局", 9)}, audited(status=0)
    yield "plain", "nothing", {}, audited(status=None)


def records() -> Iterator[tuple[str, str, Judge]]:
    def words(pattern: bytes, new: bytes) -> Callable[[bytes], bytes]:
        return lambda body: re.sub(pattern, new, body)

    for name, forge in {
        "false-to-true": words(rb"false", b"true"), "errors-to-warnings": words(rb'"error"', b'"warning"'), "one-to-zero": words(rb"(?<=[ :])[1-9]\d*(?=[,}\s])", b"0"), "failed-to-passed": words("不通过".encode(), "通过".encode()), "findings-gone": words(rb'"findings":\s*\[.*?\](?=[,}])', b'"findings": []'),
        "cut": lambda body: body[: len(body) // 2], "empty": lambda body: b"", "nul": lambda body: b"\x00" * 1_000, "lists": lambda body: b"[" * 200_000, "braces": lambda body: b'{"a":' * 100_000, "null": lambda body: b"null", "number": lambda body: b"1", "text": lambda body: b'"x"', "empty-object": lambda body: b"{}", "empty-list": lambda body: b"[]", "not-a-number": lambda body: body.replace(b"0", b"NaN"), "reversed": lambda body: body[::-1], "twice": lambda body: body + body, "other-encoding": lambda body: body.decode("utf-8", "replace").encode("utf-16"), "no-text": lambda body: body + b"\xff\xfe", "keys-gone": words(rb'"\w+":', b'"x":'), "values-as-lists": words(rb":\s*", b": [1], \"x\": "), "huge-numbers": words(rb"\d+", b"9" * 5_000), "negative": words(rb"(?<=[:,\[ ])\d+", b"-1"), "pickle": lambda body: b"cos\nsystem\n(S'touch /tmp/strangers-were-here'\ntR.",
    }.items():  # fmt: skip
        yield "forged", name, forged(forge)
        yield "told-anew", name, told_anew(forge)
    yield "forged", "carried-from-a-passing-folder", carried
    yield "forged", "same-size-and-date", replaced_in_place
    for name, put in {
        "pipe": lambda place: os.mkfifo(place), "device": lambda place: place.symlink_to("/dev/zero"), "folder": lambda place: place.mkdir(), "dangling": lambda place: place.symlink_to("/nowhere/x"), "itself": lambda place: place.symlink_to(place), "link-to-a-file": lambda place: place.symlink_to(EXAMPLE), "huge": lambda place: _sparse(place, 3_000_000_000), "link-to-root": lambda place: place.symlink_to("/"),
    }.items():  # fmt: skip
        yield "placed", name, placed(put)


def _sparse(place: Path, size: int) -> None:
    with place.open("wb") as stream:
        stream.truncate(size)


def called(
    arguments: list[str], *, environment: dict[str, str] | None = None, shell: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The command as a user calls it, in a process of its own."""
    held = {**os.environ, **(environment or {})}
    command = [sys.executable, "-m", "xlreport.cli", *arguments]
    if shell:
        quoted = " ".join(f"'{part}'" for part in command)
        return subprocess.run(
            ["bash", "-c", shell.replace("XLREPORT", quoted)],
            capture_output=True,
            env=held,
            cwd=EXAMPLE.parents[1],
            timeout=60,
            check=False,
        )
    return subprocess.run(
        command, capture_output=True, env=held, cwd=EXAMPLE.parents[1], timeout=60, check=False
    )


def streams() -> Iterator[tuple[str, str, Judge]]:
    def clean(errors: bytes) -> str:
        text = errors.decode("utf-8", "replace")
        return (
            f"crash: {text.strip().splitlines()[-1]}"
            if "Traceback" in text or "Exception ignored" in text or "程序出错" in text
            else ""
        )

    def head(options: str, want: int) -> Judge:
        def judge(program: Command, path: Path) -> str:
            ran = called(
                ["check", str(path), *options.split()],
                shell="set -o pipefail; XLREPORT | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}",
            )
            return clean(ran.stderr) or (
                "" if ran.returncode == want else f"status {ran.returncode}, should be {want}"
            )

        return judge

    def full(options: str) -> Judge:
        def judge(program: Command, path: Path) -> str:
            ran = called(["check", str(path), *options.split()], shell="XLREPORT > /dev/full")
            text = ran.stderr.decode("utf-8", "replace")
            if why := clean(ran.stderr):
                return why
            if ran.returncode == 0 or not text.strip():
                return f"status {ran.returncode}, said {text[:100]!r}"
            return "“没有改动任何文件” though output was lost" if "没有改动任何文件" in text else ""

        return judge

    def closed(which: str, want: int) -> Judge:
        def judge(program: Command, path: Path) -> str:
            ran = called(["check", str(path)], shell=f"XLREPORT {which}")
            return clean(ran.stderr) or (
                "" if ran.returncode == want else f"status {ran.returncode}, should be {want}"
            )

        return judge

    def plain_locale(
        arguments: Callable[[Path], list[str]], want: tuple[int, ...], environment: dict[str, str]
    ) -> Judge:
        def judge(program: Command, path: Path) -> str:
            ran = called(arguments(path), environment=environment)
            return clean(ran.stderr) or (
                "" if ran.returncode in want else f"status {ran.returncode}: {ran.stderr[-200:]!r}"
            )

        return judge

    def named(program: Command, path: Path) -> str:
        """``new`` under LC_ALL=C keeps the name, or refuses."""
        out = path.with_name("new.xlsx")
        ran = called(
            ["new", str(out), "--organisation", "西集镇人民政府", "--year", "2026"],
            environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        )
        if why := clean(ran.stderr):
            return why
        if ran.returncode == 2:
            return "" if ran.stderr.strip() else "status 2 without a word"
        if ran.returncode != 0:
            return f"status {ran.returncode}"
        import openpyxl

        held = openpyxl.load_workbook(out)["基本信息"]["B4"].value
        return "" if held == "西集镇人民政府" else f"the name became {held!r}"

    bad = failing("丁局")
    for options, name in (("", "text"), ("--format json", "json")):
        yield "output", f"head-{name}", head(options, 1)
        yield "output", f"full-{name}", full(options)
    yield "output", "closed", closed(">&-", 1)
    yield "output", "errors-closed", closed("2>&-", 1)
    yield "output", "both-closed", closed(">&- 2>&-", 1)
    yield "output", "input-closed", closed("<&-", 1)
    for number, environment in enumerate(
        (
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"LC_ALL": "POSIX"},
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "gbk"},
            {"PYTHONIOENCODING": "utf-16"},
            {"TERM": "dumb"},
            {"COLUMNS": "1"},
            {"COLUMNS": "x"},
            {"HOME": "/nowhere", "XDG_CACHE_HOME": "/nowhere/x"},
            {"TMPDIR": "/nowhere"},
            {"TZ": "Nowhere/At_All"},
        )
    ):
        yield "locale", f"check-{number}", plain_locale(lambda path: ["check", str(path)], (1,), environment)
    yield "locale", "new-keeps-the-name", named
    assert bad


def attempts() -> Iterator[Attempt]:
    for kind, name, files, judge in folders():
        yield Attempt(
            "caches",
            kind,
            name,
            ".d",
            folder(files),
            judge=judge,
            promise="an audit ends, with a row that says so",
        )
    good: Files = {"a.json": unit("甲局"), "b.json": failing()}
    for kind, name, judge in records():
        yield Attempt(
            "caches",
            kind,
            name,
            ".d",
            folder(good),
            judge=judge,
            promise="a forged record never makes a report pass or the audit hang",
        )
    for kind, name, judge in streams():
        yield Attempt(
            "caches",
            kind,
            name,
            ".json",
            lambda path: path.write_bytes(failing("丁局")),
            judge=judge,
            promise="exit status and output are kept",
        )
