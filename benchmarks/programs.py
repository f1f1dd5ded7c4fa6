"""Reports rendered by real programs and read back: LibreOffice saves .xls, .ods, .doc, .rtf, .odt and .pdf, Chromium prints pages to .pdf.

Run as ``python -m benchmarks.programs [DOCUMENTS]``; needs ``soffice``, and ``chromium`` for its row.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import xlreport
from tests.rendering import pages
from tests.rendering.drawing import items
from tests.rendering.rendered import differences, is_silent, sample, suited
from tests.rendering.variations import CHOICES, Variation, single_variations
from tests.samples import CURRENT_REPORTS
from tests.sources.test_other_layouts import save
from xlreport.errors import XlreportError
from xlreport.form.figures import amount
from xlreport.report import Report

DOCUMENTS, BOOKS = ("doc", "rtf", "pdf", "odt"), ("xls", "ods")


def main(count: int) -> None:
    """Print a row for every shape: documents, cells, cells not read back, of these without a word, texts or titles not read back."""
    chance = random.Random(2021)
    singles = chance.sample(single_variations(), min(count, len(single_variations())))
    mixed = [_mixed(chance) for _ in range(count - len(singles))]
    drawn = [how for how in (*singles, *mixed) if how.wrapping == "none"]
    reports = [suited(sample(chance.choice(CURRENT_REPORTS)), how) for how in drawn]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (how, report) in enumerate(zip(drawn, reports, strict=True)):
            drawing = items(report, how)
            page = pages.as_html(drawing, how, "plain").replace("CHARSET", "utf-8")
            (folder / f"{number}.html").write_text(page, "utf-8")
            save(folder / f"{number}.xlsx", how, "many", drawing)
        _save_as("odt", sorted(folder.glob("*.html")), folder, "--infilter=HTML (StarWriter)")
        for ending in DOCUMENTS[:-1]:
            _save_as(ending, sorted(folder.glob("*.odt")), folder)
        for ending in BOOKS:
            _save_as(ending, sorted(folder.glob("*.xlsx")), folder)
        if shutil.which("chromium"):
            (folder / "chromium").mkdir()
            for path in folder.glob("*.html"):
                _print(path, folder / "chromium" / f"{path.stem}.pdf", folder / "browser")
        for shape in (*DOCUMENTS, *BOOKS, "chromium"):
            place = folder / "chromium" if shape == "chromium" else folder
            ending = "pdf" if shape == "chromium" else shape
            counts: Counter[str] = Counter()
            for number, (how, report) in enumerate(zip(drawn, reports, strict=True)):
                _count(counts, report, place / f"{number}.{ending}", how, shape)
            print(
                f"| {shape} | "
                + " | ".join(str(counts[each]) for each in ("documents", "cells", "wrong", "silent", "texts"))
            )


def _count(counts: Counter[str], report: Report, path: Path, how: Variation, shape: str) -> None:
    counts["documents"] += 1
    printed = report.figures()
    counts["cells"] += len(printed)
    try:
        again = xlreport.read(path)
    except XlreportError as problem:
        counts["wrong"] += len(printed)
        print(shape, how, problem, file=sys.stderr)
        return
    read = again.figures()
    wrong = [key for key in printed if amount(printed[key]) != amount(read.get(key, "?"))]
    told = [line for line in again.remarks if "LibreOffice" not in line and "这是 PDF" not in line]
    counts["wrong"] += len(wrong)
    counts["silent"] += sum(is_silent(read.get(key), told) for key in wrong)
    others = differences(report, again)
    counts["texts"] += len(others) - len(wrong)
    if others:
        print(shape, how, others[:3], told[:3], file=sys.stderr)


def _mixed(chance: random.Random) -> Variation:
    return Variation(**{name: chance.choice(choices) for name, choices in CHOICES.items()})


def _save_as(ending: str, paths: Sequence[Path], folder: Path, *options: str) -> None:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *options]
    command += ["--convert-to", ending, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def _print(path: Path, target: Path, profile: Path) -> None:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
    subprocess.run(
        [*command, f"--print-to-pdf={target}", str(path)], check=True, capture_output=True, timeout=120
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
