"""The one linear scorer, fitted: a label's score is the sum, over the features, of the weights of the label's parts.

``numbers`` choose one label each (softmax), ``runs`` may have several (one sigmoid a label).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from xlreport.rules.text.claim_labels import Label, family, parts, slots
from xlreport.rules.text.features import Seen
from xlreport.rules.text.weights import SCALE, SIGNS, Weights

#: How strongly weights are drawn to 0: those of single words, and those that all labels share.
STRICT, MILD = 1.0, 0.1
#: Smaller weights, in units of the file, are left out.
SMALLEST = 4
#: A feature counts that was seen so often.
LEAST = 3
ITERATIONS = 75


class Example(NamedTuple):
    """An anchor as it is seen, and its labels with their shares."""

    seen: Seen
    labels: tuple[Label, ...]
    weight: float = 1.0


def fit(
    examples: Sequence[Example], labels: Sequence[Label], several: bool, iterations: int = ITERATIONS
) -> Weights:
    """Return the weights that make the labels of the examples likely; ``several`` for examples that may have none or more than one."""
    words = [sorted(set(example.seen.features())) for example in examples]
    counts = Counter(name for said in words for name in said)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    at = {name: place for place, name in enumerate(names)}
    all_parts = sorted({part for label in labels for part in parts(label)})
    label_at = {label: place for place, label in enumerate(labels)}
    of_parts = sparse.csr_matrix(
        np.array([[float(part in parts(label)) for part in all_parts] for label in labels])
    )
    known = [[at[name] for name in said if name in at] for said in words]
    across_rows = np.concatenate([[0], np.cumsum([len(row) for row in known])])
    columns = np.array([column for row in known for column in row], dtype=np.int32)
    rows = sparse.csr_matrix((np.ones(len(columns)), columns, across_rows), shape=(len(examples), len(names)))
    target = np.zeros((len(examples), len(labels)))
    weight = np.array([example.weight for example in examples])
    for row, example in enumerate(examples):
        for label in example.labels:
            target[row, label_at[label]] += 1.0 if several else 1 / len(example.labels)
    keys, shared = _shared(examples, labels)
    features, width = len(names), len(all_parts)
    size = features * width
    across, down = rows.T.tocsr(), of_parts.T.tocsr()
    shared_down = shared.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        matrix, common = flat[:size].reshape(features, width), flat[size:]
        scores = (of_parts @ (rows @ matrix).T).T + (shared @ common).reshape(target.shape)
        if several:
            chance = 1 / (1 + np.exp(-scores))
            value = float(np.sum((np.logaddexp(0, scores) - target * scores) * weight[:, None]))
        else:
            top = scores.max(1, keepdims=True)
            odds = np.exp(scores - top)
            total = odds.sum(1, keepdims=True)
            chance = odds / total
            value = float(np.sum(((np.log(total) + top)[:, 0] - (target * scores).sum(1)) * weight))
        off = (chance - target) * weight[:, None]
        gradient = across @ np.asarray((down @ off.T).T)
        whole = np.concatenate(
            [gradient.ravel() + STRICT * matrix.ravel(), shared_down @ off.ravel() + MILD * common]
        )
        value += 0.5 * STRICT * float(flat[:size] @ flat[:size]) + 0.5 * MILD * float(common @ common)
        return value, whole

    best = minimize(
        loss,
        np.zeros(size + len(keys)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": iterations, "maxcor": 20},
    )
    matrix = best.x[:size].reshape(features, width)
    plain = {name: _said(matrix[row]) for name, row in at.items()}
    common = {key: round(float(value) * SCALE) for key, value in zip(keys, best.x[size:], strict=True)}
    return Weights(
        all_parts,
        labels,
        {name: said for name, said in plain.items() if said},
        {key: weight for key, weight in common.items() if weight},
    )


def _said(weights: NDArray[np.float64]) -> str:
    rounded = np.rint(weights * SCALE).astype(int)
    return "".join(f"{SIGNS[number]}{rounded[number]}" for number in np.flatnonzero(abs(rounded) >= SMALLEST))


def _shared(
    examples: Sequence[Example], labels: Sequence[Label]
) -> tuple[list[tuple[str, str, str]], sparse.csr_matrix]:
    """The features that are the same for every label: a piece of it is named in a place; of all labels, and of its family."""
    holders: dict[str, list[tuple[int, str, str]]] = {}
    for place, label in enumerate(labels):
        for piece, slot in slots(label):
            holders.setdefault(piece, []).append((place, slot, family(label)))
    keys: dict[tuple[str, str, str], int] = {}
    down: list[int] = []
    across: list[int] = []
    for row, example in enumerate(examples):
        for where, piece in sorted(
            {(place, piece) for place, found in example.seen.named for piece in found}
        ):
            for place, slot, kind in holders.get(piece, ()):
                for key in ((where, slot, ""), (where, slot, kind)):
                    down.append(row * len(labels) + place)
                    across.append(keys.setdefault(key, len(keys)))
    shape = (len(examples) * len(labels), len(keys))
    return list(keys), sparse.csr_matrix((np.ones(len(down)), (down, across)), shape=shape)
