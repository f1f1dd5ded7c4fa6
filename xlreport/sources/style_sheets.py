"""What the style sheets in a page and the styles on its elements declare, in the order in which a browser lets them win."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from xlreport.errors import InputError
from xlreport.limits import MOST_STYLE_MATCHES, MOST_STYLE_RULES
from xlreport.sources.refusals import COPY_OUT
from xlreport.sources.selectors import Selector, Siblings, passes
from xlreport.sources.style_rules import Declaration, StyleRule, declarations_in, rules_in

Element: TypeAlias = Any


class Declared(dict[str, str]):
    """What is declared of an element: values by property. Nobody changes it."""

    @cached_property
    def key(self) -> frozenset[tuple[str, str]]:
        """The same for all of which the same is declared."""
        return frozenset(self.items())


NOTHING = Declared()
#: Of so many kinds of elements are the rules remembered, where they are no more than these.
_MOST_KNOWN, _MOST_KEPT = 4_000, 100


class StyleSheets:
    """All sheets of a page. ``declared`` says what holds for an element."""

    def __init__(self, texts: Iterable[str], source: Path, folds: bool) -> None:
        """``folds``: names of classes are the same in small letters and capitals, as in pages without a document type."""
        self._source = source
        self._fold = str.lower if folds else str
        self._siblings = Siblings()
        self._work = 0
        self._boxes: set[str] = {""}
        #: Rules by what the element that is meant must have.
        self._rules: dict[str, list[tuple[int, StyleRule]]] = {}
        #: The rules that may mean an element, by its tag, id and classes: most elements of a page share them.
        self._known: dict[tuple[str, str, str | None, str | None], tuple[tuple[int, StyleRule], ...]] = {}
        #: What is declared of all elements with these and a style of their own, wherever they stand.
        self._settled: dict[
            tuple[str, str, str | None, str | None, str | None], tuple[Declared, Declared]
        ] = {}
        for order, rule in enumerate(found for text in texts for found in rules_in(text)):
            if order >= MOST_STYLE_RULES:
                raise self._too_much()
            self._boxes.add(rule.selector.box)
            self._rules.setdefault(self._key(rule.selector), []).append((order, rule))

    @property
    def boxes(self) -> Set[str]:
        """What rules mean beside elements themselves: what is put ``before`` and ``after`` their text."""
        return self._boxes - {""}

    def _too_much(self) -> InputError:
        return InputError(self._source, "网页的样式表过于复杂", COPY_OUT)

    def _key(self, selector: Selector) -> str:
        last = selector.parts[-1]
        if last.id:
            return f"#{self._fold(last.id)}"
        if last.classes:
            return f".{self._fold(min(last.classes))}"
        return last.tag or "*"

    def declared(self, element: Element, box: str = "") -> tuple[Declared, Declared]:
        """Return what certainly is declared of an element (or of what is put ``before`` or ``after`` its text), and what perhaps is.

        Both are the same mapping where nothing is uncertain. Raises ``InputError`` where it takes far too much work.
        """
        if box not in self._boxes:
            return NOTHING, NOTHING
        key = box, element.tag, element.get("id"), element.get("class"), element.get("style")
        settled = self._settled.get(key)
        if settled is not None:
            return settled
        rules = self._rules_for(element, box)
        matching = [found for found in rules if self._matches(element, found[1].selector)]
        own = [] if box else list(declarations_in(element.get("style") or ""))
        matching.sort(key=lambda found: (found[1].selector.weight, found[0]))
        perhaps = _winning([rule.declarations for _, rule in matching], own)
        certain = perhaps
        if not all(rule.certain for _, rule in matching):
            certain = _winning([rule.declarations for _, rule in matching if rule.certain], own)
        if len(self._settled) < _MOST_KNOWN and not any(rule.selector.looks_around for _, rule in rules):
            self._settled[key] = certain, perhaps
        return certain, perhaps

    def _rules_for(self, element: Element, box: str) -> tuple[tuple[int, StyleRule], ...]:
        key = box, element.tag, element.get("id"), element.get("class")
        found = self._known.get(key)
        if found is None:
            found = tuple(rule for rule in self._candidates(element) if rule[1].selector.box == box)
            if len(found) <= _MOST_KEPT and len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        return found

    def _candidates(self, element: Element) -> Iterator[tuple[int, StyleRule]]:
        if not self._rules:
            return
        yield from self._rules.get("*", ())
        yield from self._rules.get(element.tag, ())
        if name := element.get("id"):
            yield from self._rules.get(f"#{self._fold(name)}", ())
        for name in set(self._fold(element.get("class") or "").split()):
            yield from self._rules.get(f".{name}", ())

    def _matches(self, element: Element, selector: Selector) -> bool:
        return self._from(element, selector, len(selector.parts) - 1)

    def _from(self, element: Element, selector: Selector, at: int) -> bool:
        self._work += 1
        if self._work > MOST_STYLE_MATCHES:
            raise self._too_much()
        if not passes(element, selector.parts[at], self._siblings, self._fold):
            return False
        if not at:
            return True
        join = selector.joins[at - 1]
        others = _others(element, join)
        return any(self._from(other, selector, at - 1) for other in others)


def _others(element: Element, join: str) -> Iterator[Element]:
    """Yield the elements that may stand before such a join."""
    if join == ">":
        parent = element.getparent()
        return iter(() if parent is None else (parent,))
    if join == " ":
        return iter(element.iterancestors())
    before = (other for other in element.itersiblings(preceding=True) if isinstance(other.tag, str))
    return (other for at, other in enumerate(before) if join == "~" or at == 0)


def _winning(rules: Iterable[Iterable[Declaration]], own: Iterable[Declaration]) -> Declared:
    """The value that wins of every property: what is important, the element's own, the weightiest, the last."""
    found: dict[str, str] = {}
    important: dict[str, str] = {}
    for declarations in (*rules, own):
        for name, value, is_important in declarations:
            (important if is_important else found)[name] = value
    return Declared(found | important)
