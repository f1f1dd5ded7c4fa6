"""Units and whose subordinates they are, as a list gives them; which report is whose; what each comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from xlreport.collection.contribution import Contribution, Difference
from xlreport.collection.organisations import normalised, tails
from xlreport.collection.sums import compared, sum_of
from xlreport.collection.unit_list import Listed
from xlreport.errors import InputError
from xlreport.form.figures import Figure


@dataclass(eq=False)
class Branch:
    """A unit of the list; ``listed`` is false for a superior that the list names only as such."""

    name: str
    listed: bool = True
    parent: Branch | None = None
    children: list[Branch] = field(default_factory=list)
    unit: Contribution | None = None


class Comparison(NamedTuple):
    """A superior's own report against its subordinates: how many were added, who of them is missing, and the cells that differ."""

    superior: str
    path: str
    added: int
    missing: tuple[str, ...]
    differences: tuple[Difference, ...]


class Tree:
    """The units of a list in their order; ``twice`` are names that it has more than once.

    Raises ``InputError`` where units are above each other in a circle.
    """

    def __init__(self, path: Path, units: Sequence[Listed]) -> None:
        self.nodes: list[Branch] = []
        self.twice: list[str] = []
        self._keys: dict[str, list[Branch]] = {}
        self._build(units)
        self._refuse_circles(path)
        for node in self.nodes:
            for key in _keys_of(node):
                self._keys.setdefault(key, []).append(node)
        self._longer: dict[str, list[Branch]] = {}
        for key, nodes in self._keys.items():
            for tail in tails(key):
                self._longer.setdefault(tail, []).extend(nodes)

    @property
    def roots(self) -> list[Branch]:
        """The units that nobody is above."""
        return [node for node in self.nodes if node.parent is None]

    @property
    def has_levels(self) -> bool:
        """True if anybody is above anybody."""
        return any(node.parent for node in self.nodes)

    def node_of(self, organisation: str) -> Branch | None:
        """Return the unit of the list that has this name, also with or without the areas before it; ``None`` if there is none, or several."""
        name = normalised(organisation)
        if not name:
            return None
        for nodes in (
            self._keys.get(name),
            *(self._keys.get(tail) for tail in tails(name)),
            self._longer.get(name),
        ):
            several = list(dict.fromkeys(nodes or ()))
            if len(several) == 1:
                return several[0]
            if several:
                return None
        return None

    def _build(self, units: Sequence[Listed]) -> None:
        by_line: dict[int, Branch] = {}
        by_name: dict[str, Branch] = {}
        seen: set[tuple[int, str]] = set()
        # Under another superior a name is another unit's, where the list shows the superior by the place of the line.
        placed = any(unit.superior_line for unit in units)
        for unit in units:
            name = normalised(unit.name)
            identity = (id(by_line.get(unit.superior_line)) if placed and unit.superior_line else 0, name)
            if identity in seen:
                self.twice.append(unit.name)
                by_line[unit.line] = by_name[name]
                continue
            seen.add(identity)
            node = Branch(unit.name)
            self.nodes.append(node)
            by_line[unit.line] = node
            by_name.setdefault(name, node)
        linked: set[int] = set()
        for unit in units:
            node = by_line[unit.line]
            if not unit.superior or id(node) in linked:
                continue
            linked.add(id(node))
            parent = by_line.get(unit.superior_line) or by_name.get(normalised(unit.superior))
            if parent is None:
                parent = by_name[normalised(unit.superior)] = Branch(unit.superior, listed=False)
                self.nodes.append(parent)
            node.parent = parent
            parent.children.append(node)

    def _refuse_circles(self, path: Path) -> None:
        safe: set[int] = set()
        for start in self.nodes:
            way: dict[int, Branch] = {}
            node: Branch | None = start
            while node is not None and id(node) not in safe:
                if id(node) in way:
                    names = [each.name for each in way.values()]
                    circle = names[names.index(node.name) :]
                    shown = "→".join(
                        (*circle[:_SHOWN], "……") if len(circle) > _SHOWN else (*circle, node.name)
                    )
                    raise InputError(path, f"上级关系绕成了一个圈：{shown}", "请改正名单里的上级")
                way[id(node)] = node
                node = node.parent
            safe.update(way)


#: Units of a circle that are named.
_SHOWN = 8


def _keys_of(node: Branch) -> Iterator[str]:
    """The names by which a unit's report is known: its own, and that with those above before it, as far as they are."""
    name = normalised(node.name)
    yield name
    above, seen = node.parent, 0
    while above is not None and seen < _LEVELS:
        whole = normalised(above.name) + name
        yield whole
        name, above, seen = whole, above.parent, seen + 1


#: Levels that may stand before a unit's name, from 乡镇 up to 省.
_LEVELS = 4


def placed(tree: Tree, units: Iterable[Contribution]) -> tuple[list[Contribution], list[str]]:
    """Put each report in its place and return those that have none, and the names that are in the list more than once for no reason."""
    strangers = []
    for unit in units:
        node = tree.node_of(unit.organisation)
        if node is None or node.unit is not None:
            strangers.append(unit)
        else:
            node.unit = unit
    alike: dict[str, list[Branch]] = {}
    for node in tree.nodes:
        alike.setdefault(normalised(node.name), []).append(node)
    unclear = [
        nodes[0].name for nodes in alike.values() if len(nodes) > 1 and not all(node.unit for node in nodes)
    ]
    return strangers, list(dict.fromkeys([*tree.twice, *unclear]))


class Added(NamedTuple):
    """What a tree comes to: the reports whose sum is the whole (of every branch the lowest), those of their superiors, and how these agree."""

    units: list[Contribution]
    superiors: list[Contribution]
    checks: list[Comparison]


def added(tree: Tree, keys: Sequence[str]) -> Added:
    """Return what the reports in their places come to, in the cells ``keys``.

    A superior without a report stands for the sum of its subordinates; one whose subordinates have none is added itself.
    """
    result = Added([], [], [])
    stated: dict[int, dict[str, Figure]] = {}
    for node in reversed(_from_the_top(tree)):
        parts = [(child.name, stated[id(child)]) for child in node.children if id(child) in stated]
        if node.unit is None and parts:
            stated[id(node)] = {key: sum_of(figures.get(key) for _, figures in parts) for key in keys}
        elif node.unit is not None:
            stated[id(node)] = node.unit.figures
            (result.superiors if parts else result.units).append(node.unit)
            if parts:
                missing = tuple(child.name for child in node.children if id(child) not in stated)
                differences = compared(node.unit.figures, parts, keys)
                result.checks.append(Comparison(node.name, node.unit.path, len(parts), missing, differences))
    for found in result:
        found.reverse()
    return result


def _from_the_top(tree: Tree) -> list[Branch]:
    """Every superior before its subordinates; without recursion, since a list may be as deep as it likes."""
    order: list[Branch] = []
    waiting = list(reversed(tree.roots))
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += reversed(node.children)
    return order


def missing_in(tree: Tree, known: Callable[[Branch], bool]) -> Iterator[str]:
    """Yield what is to be said of units without a report; ``known`` says that a unit's report is said elsewhere."""
    roots = tree.roots
    for node in tree.nodes:
        # The sum is the report of whom all others are below.
        whole = len(roots) == 1 and node is roots[0] and node.children
        if node.unit is None and not whole and not known(node):
            if node.listed:
                yield f"名单里有“{node.name}”，文件夹里没有读到它的报告"
            else:
                yield f"上级“{node.name}”没有列在名单的单位里，也没有它的报告；请核对名称"
