"""``python -m fuzz [READER|all] [SECONDS] [FOLDER] [SEED]``: fuzz one reader, or all, as many at a time as there are cores, each for so long;
exit 1 where something breaks.

What broke is kept in FOLDER (default ``artifacts/fuzz``), as is the corpus, with which the next run goes on. With a SEED and a new FOLDER
every run goes the same way, and on a quick machine no further than on a usual one, so that CI fails for what a change did; without one,
every run goes another. atheris guides the search by
coverage; where it cannot be installed (it has no wheel for every Python and system), inputs are changed at random, and that is said.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import random
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

#: An input may take so long, in seconds, before it counts as endless work.
TIMEOUT = 60
#: With a seed, no more inputs than this are tried a second.
USUAL = 200


def main(arguments: list[str]) -> int:
    """Fuzz as asked; return the exit status."""
    from fuzz.readers import READERS

    name, seconds, folder, seed = (*arguments, *["all", "60", "artifacts/fuzz", "0"][len(arguments) :])
    names = list(READERS) if name == "all" else [name]
    # The order of sets would take the same seed another way.
    fixed = {"PYTHONHASHSEED": seed} if seed != "0" else {}

    def held(each: str) -> bool:
        # A process each: libFuzzer ends the one that it runs in.
        command = [sys.executable, "-m", "fuzz.__main__", "--one", each, seconds, folder, seed]
        return subprocess.run(command, check=False, env=os.environ | fixed).returncode == 0

    with ThreadPoolExecutor(os.cpu_count()) as executor:
        broken = sum(not each for each in executor.map(held, names))
    print(f"{len(names) - broken} of {len(names)} readers held")
    return 1 if broken else 0


def one(name: str, seconds: int, folder: Path, seed: int) -> None:
    """Fuzz one reader in this process; the seed 0 is a new one each time."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: inputs are changed at random, without guidance")
        _at_random(name, seconds, corpus, seed)
        return
    with atheris.instrument_imports(include=["xlreport"], enable_loader_override=False):
        from fuzz.readers import READERS

        # What is imported only when it is needed guides the search as well.
        for package in ("workbook", "sources", "document"):
            for module in pkgutil.iter_modules(importlib.import_module(f"xlreport.{package}").__path__):
                importlib.import_module(f"xlreport.{package}.{module.name}")
    reader = READERS[name]
    for number, content in enumerate(reader.seeds()):
        (corpus / f"seed-{number}").write_bytes(content)
    options = [
        f"-seed={seed}",
        f"-max_total_time={seconds}",
        f"-runs={seconds * USUAL if seed else -1}",
        f"-artifact_prefix={folder}/{name}-",
        f"-timeout={TIMEOUT}",
        "-rss_limit_mb=2048",
        "-max_len=400000",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], reader.run)
    atheris.Fuzz()


def _at_random(name: str, seconds: int, corpus: Path, seed: int) -> None:
    from fuzz.readers import READERS

    reader, draw, tried = READERS[name], random.Random(seed or None), 0
    seeds = reader.seeds()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        content = bytearray(draw.choice(seeds))
        for _ in range(draw.choice((1, 1, 2, 5, 20))):
            _change(content, draw)
        tried += 1
        try:
            reader.run(bytes(content))
        except BaseException:
            traceback.print_exc()
            (corpus.parent / f"{name}-crash").write_bytes(content)
            raise SystemExit(1) from None
    print(f"{name}: {tried} inputs")


def _change(content: bytearray, draw: random.Random) -> None:
    start = draw.randrange(len(content) + 1)
    end = start + draw.choice((0, 1, 4, 50, 2000))
    kind = draw.randrange(4)
    if kind == 0:
        content[start:end] = draw.randbytes(draw.choice((1, 2, 8)))
    elif kind == 1:
        del content[start:end]
    elif kind == 2:
        other = draw.randrange(len(content) + 1)
        content[other:other] = content[start:end] * draw.choice((1, 1, 3, 100))
    else:
        content[start:start] = draw.choice(
            (b"0", b"-1", b"99999999999", b"1e9", b"\0", b"<", b"&", "\u202e".encode(), b"\xff", b"'")
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
    else:
        raise SystemExit(main(sys.argv[1:]))
