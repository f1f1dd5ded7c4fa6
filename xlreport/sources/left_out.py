"""What a reader left out because the page does not show it: told once a kind, with examples, where it holds digits."""

from __future__ import annotations

from xlreport.sources.labels import short
from xlreport.sources.printed import has_digit

DELETIONS, PLACEHOLDER = "修订中删去或移走的文字", "内容控件里的提示文字"
#: So many examples of a kind are quoted.
QUOTED = 3


class LeftOut:
    """Texts that were not read, by the reason."""

    def __init__(self) -> None:
        self._examples: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, reason: str, text: str) -> None:
        """Note a text that is not read for ``reason`` (“隐藏的文字”); one without digits is nobody's figure."""
        if not has_digit(text):
            return
        self._counts[reason] = self._counts.get(reason, 0) + 1
        examples = self._examples.setdefault(reason, [])
        example = short(" ".join(text[:200].split()))
        if len(examples) < QUOTED and example not in examples:
            examples.append(example)

    def remarks(self) -> list[str]:
        """Return a sentence for every reason."""
        return [
            f"{reason}没有读入：{''.join(f'“{example}”' for example in examples)}"
            + (f"等 {self._counts[reason]} 处" if self._counts[reason] > len(examples) else "")
            + "；请核对"
            for reason, examples in self._examples.items()
        ]
