"""What the sentences say surely of cells: witnesses for the search of what was mistyped."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.form.figures import Figure, amount
from xlreport.rules.rule import Evidence
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.meanings import Meaning, agrees, readings
from xlreport.rules.text.report_claims import claims_of

#: Less likely readings are no witnesses, and no reading is surer than a sentence is to be right.
LEAST, MOST = 0.8, 0.9975


class Witness(NamedTuple):
    """A figure of the text that is read surely, and what it may stand for."""

    claim: Claim
    meanings: tuple[Meaning, ...]

    @property
    def voice(self) -> float:
        """How much likelier what the sentence bears out is than what it speaks against (a logarithm)."""
        chance = min(self.claim.chance, MOST)
        return math.log(chance / (1 - chance))

    def names(self, key: str) -> bool:
        """True if the sentence may be about that one cell."""
        return any(meaning.terms == ((1, key),) for meaning in self.meanings)

    def bears_out(self, changed: Mapping[str, Number], figures: Mapping[str, Figure]) -> bool:
        """True if the sentence is right once the cells of ``changed`` hold these figures."""
        for meaning in self.meanings:
            terms = [
                (sign, changed[key] if key in changed else amount(figures.get(key)))
                for sign, key in meaning.terms
            ]
            known = [sign * value for sign, value in terms if value is not None]
            if len(known) == len(terms) and agrees(self.claim, sum(known)):
                return True
        return False


def witnesses(evidence: Evidence) -> tuple[Witness, ...]:
    """Return the figures of the text that are read well enough, in their order."""
    return tuple(
        Witness(reading.claim, tuple(dict.fromkeys(meaning for meaning, _ in reading.values)))
        for reading in readings(claims_of(evidence.report), evidence)
        if reading.claim.chance >= LEAST and not reading.claim.bound
    )
