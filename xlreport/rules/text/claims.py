"""What a sentence claims: a number, what it counts, for whom, in which year."""

from __future__ import annotations

from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.rules.text.sentences import Sentence


class Claim(NamedTuple):
    """A figure of the text that stands for a figure of the tables.

    ``step`` is the place of the last digit that was written. ``sure`` is false where the words have this meaning only usually. ``implied`` names the
    words that say a number without writing one (未收到, 全部办结). ``bound`` tells which way a figure may be off: “above” for 160余, “over” for 超过160,
    “below” for 近160 and 不足160, “about” for 约160, “part” for what may be fewer than the tables have (公开行政许可决定N件).
    """

    kind: str
    value: Number
    sentence: Sentence
    start: int
    end: int
    year: int
    column: str = ""
    step: Number = 1
    sure: bool = True
    implied: str = ""
    bound: str = ""
    chance: float = 1.0
    others: tuple[tuple[str, str], ...] = ()

    @property
    def quote(self) -> str:
        """The sentence, shortened around the figure."""
        return self.sentence.quote(self.start, self.end)
