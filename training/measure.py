"""``python -m training.measure``: read every set by what all others teach, and write the tables of ``docs/narrative.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise

from training.annotated import names
from training.measuring import (
    Outcome,
    Score,
    by_kind,
    denials,
    exactly,
    false_errors,
    findings,
    folds,
    publish,
    read_by_others,
    reliability,
    silent_below,
    total,
)

#: From which likelihood on readings might be heard.
BOUNDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
#: The bounds of the rows of the reliability table.
STEPS = (0.4, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)


def table(sets: dict[str, list[Outcome]]) -> str:
    """Return the scores as Markdown: set by set, kind by kind, and how often readings were right by how sure they were."""
    lines = [
        "| set | sentences | figures: n | precision | recall | findings: n | precision | recall | false alarms at error level |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    everything = [outcome for outcomes in sets.values() for outcome in outcomes]
    for name, outcomes in (*sets.items(), ("all", everything)):
        read = total(by_kind(outcomes).values())
        lines.append(
            f"| {name.replace('_', ' ')} | {len(outcomes)} | {_cells(read)} | {_cells(findings(outcomes))} | {len(false_errors(outcomes))} |"
        )
    lines += ["", "| figures of all sets, by kind | n | precision | recall |", "|---|---|---|---|"]
    lines += [f"| {group} | {_cells(score)} |" for group, score in by_kind(everything).items()]
    lines.append(f"| denials (未发生…, 均为…) | {_cells(denials(everything))} |")
    true = [outcome for outcome in everything if outcome.sentence.verdict == "silent"]
    exact = exactly(everything)
    lines += [
        "",
        f"Of {len(true)} true sentences, {len(false_errors(true))} were called an error. Read as exactly what is annotated: precision {exact.precision:.3f}, recall {exact.recall:.3f}.",
        "",
        "| how likely a reading was said to be | readings | right | those that may be called an error | right |",
        "|---|---|---|---|---|",
    ]
    lines += list(_reliable(everything))
    lines += ["", "| silent on what is less likely than | precision | recall |", "|---|---|---|"]
    for least in BOUNDS:
        score = silent_below(least, everything)
        lines.append(f"| {least:g} | {score.precision:.3f} | {score.recall:.3f} |")
    return "\n".join(lines)


def _reliable(outcomes: Iterable[Outcome]) -> Iterable[str]:
    rows = list(reliability(outcomes))
    for low, high in pairwise(STEPS):
        of_all = [right for chance, _, right in rows if low <= chance < high]
        sure = [right for chance, sure, right in rows if sure and low <= chance < high]
        label = f"{low:g} – {high:g}" if high < 1 else f"{low:g} and more"
        yield f"| {label} | {_share(of_all)} | {_share(sure)} |"
    yield f"| all | {_share([right for _, _, right in rows])} | {_share([right for _, sure, right in rows if sure])} |"


def _share(right: Sequence[bool]) -> str:
    return f"{len(right)} | {sum(right) / len(right):.4f}" if right else "0 | –"


def _cells(score: Score) -> str:
    return f"{score.right + score.missed} | {score.precision:.3f} | {score.recall:.3f}"


def main() -> None:
    """Measure, print what was misread, write the tables."""
    found: dict[str, list[Outcome]] = {}
    for group in folds(names()):
        found |= read_by_others(group, names())
        read = total(by_kind(outcome for name in group for outcome in found[name]).values())
        print(f"{', '.join(group)}: {read.precision:.3f} {read.recall:.3f}", file=sys.stderr, flush=True)
    sets = {name: found[name] for name in names()}
    for name, outcomes in sets.items():
        for outcome in outcomes:
            for line in outcome.misread():
                print(f"{name}: {line}")
    publish("scores", table(sets))
    print(table(sets))


if __name__ == "__main__":
    main()
