"""Published reports rendered in every variation and read back: how many cells come back right, and none wrong without a word.

Run as ``python -m benchmarks.reading [DOCUMENTS]``.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.rendering.rendered import RENDERINGS, differences, is_silent, read_back, sample, suited
from tests.rendering.variations import CHOICES, Variation, single_variations
from tests.samples import CURRENT_REPORTS
from xlreport.form.figures import amount


def main(documents: int) -> None:
    """Print what was tried and what came back."""
    counts: Counter[str] = Counter()
    chance = random.Random(2021)
    singles = [(how, rendering) for how in single_variations() for rendering in RENDERINGS]
    mixed = [(_mixed(chance), chance.choice(RENDERINGS)) for _ in range(documents)]
    with tempfile.TemporaryDirectory() as folder:
        for kind, tried in (("single", singles), ("mixed", mixed)):
            for how, rendering in tried:
                if not rendering.lays_out and how.wrapping != "none":
                    continue
                report = suited(sample(chance.choice(CURRENT_REPORTS)), how)
                again = read_back(report, how, rendering, Path(folder))
                printed, read = report.figures(), again.figures()
                wrong = [key for key in printed if amount(printed[key]) != amount(read.get(key, "?"))]
                counts[f"{kind} documents"] += 1
                counts[f"{kind} cells"] += len(printed)
                counts[f"{kind} cells not read back"] += len(wrong)
                silent = sum(is_silent(read.get(key), again.remarks) for key in wrong)
                counts[f"{kind} cells wrong without a word"] += silent
                counts[f"{kind} texts or titles not read back"] += len(differences(report, again)) - len(
                    wrong
                )
                if differences(report, again):
                    print(rendering.name, how, differences(report, again)[:3], file=sys.stderr)
    for name, count in counts.items():
        print(f"{name}: {count}")


def _mixed(chance: random.Random) -> Variation:
    return Variation(**{name: chance.choice(choices) for name, choices in CHOICES.items()})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
