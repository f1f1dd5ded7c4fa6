"""Who of the units that are to report has done so, and with which file, in the order of their list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from xlreport.collection.file_names import year_in
from xlreport.collection.organisations import normalised
from xlreport.collection.records import Audited, State
from xlreport.collection.tree import Branch, Tree

#: Files that are named beside the one that counts.
_NAMED = 3


class Reporting(StrEnum):
    """Whether a unit has reported."""

    SENT = "已报"
    MISSING = "未报"
    UNKNOWN = "未审核到"
    UNLISTED = "名单外"


_TONES = {
    Reporting.SENT: "good",
    Reporting.MISSING: "error",
    Reporting.UNKNOWN: "unknown",
    Reporting.UNLISTED: "warning",
}


class Sent(NamedTuple):
    """A file that a unit has handed in; ``organisation`` is what it is called there."""

    path: str
    organisation: str
    year: int | None
    state: State
    errors: int
    warnings: int


class Reported(NamedTuple):
    """A unit of the list, or one with a report that is on none; ``counted`` is the file that counts."""

    name: str
    superior: str
    state: Reporting
    counted: Sent | None
    remark: str

    @property
    def tone(self) -> str:
        """The tint of its state."""
        return _TONES[self.state]


class Rate(NamedTuple):
    """How many units are to report, have and have not; ``unread`` are those of whose files none can be read."""

    due: int
    sent: int
    unread: int

    @property
    def missing(self) -> int:
        """How many have not."""
        return self.due - self.sent

    @property
    def sentence(self) -> str:
        """The rate in one line."""
        unread = f"（其中 {self.unread} 个单位的文件无法读取）" if self.unread else ""
        return f"应报 {self.due} 个单位，已报 {self.sent} 个{unread}，未报 {self.missing} 个，报送率 {self.sent / self.due:.1%}"


class Roster:
    """The units of a list and the files that are theirs, as far as they have been added."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._sent: dict[int, list[Sent]] = {}
        self._strangers: dict[str, list[Sent]] = {}
        self._by_name = {normalised(node.name): node for node in tree.nodes if node.listed}
        self._longest = max(map(len, self._by_name), default=0)

    def add(self, record: Audited) -> None:
        """Take in one file."""
        unreadable = record.state is State.UNREADABLE
        node = self._node(record)
        sent = Sent(
            record.path,
            record.organisation,
            year_in(record.path) if unreadable else record.year,
            record.state,
            record.errors,
            record.warnings,
        )
        if node is not None:
            self._sent.setdefault(id(node), []).append(sent)
        elif record.organisation and not unreadable:
            self._strangers.setdefault(normalised(record.organisation), []).append(sent)

    def whose(self, record: Audited) -> str:
        """Return whose report a file is: as it says, and where it cannot be read the unit of the list that its name tells of."""
        node = self._node(record) if record.state is State.UNREADABLE else None
        return node.name if node else record.organisation

    def _node(self, record: Audited) -> Branch | None:
        node = self._tree.node_of(record.organisation)
        return self._named_in(record.path) if node is None and record.state is State.UNREADABLE else node

    def units(self, complete: bool) -> Iterator[Reported]:
        """Yield the units in the order of the list, and then who is not on it; who is missing is known where all is audited."""
        year = self._year()
        for node in self._tree.nodes:
            if node.listed:
                yield self._reported(node, self._sent.get(id(node), []), year, complete)
        for files in self._strangers.values():
            best, remark = _chosen(files, year)
            first = best or files[0]
            said = "；".join(filter(None, ("有报告，但不在名单里；请核对单位名称", remark)))
            yield Reported(first.organisation, "", Reporting.UNLISTED, first, said)

    def rate(self) -> Rate:
        """Return how many have reported."""
        units = [unit for unit in self.units(True) if unit.state is not Reporting.UNLISTED]
        sent = [unit.counted for unit in units if unit.counted]
        return Rate(len(units), len(sent), sum(each.state is State.UNREADABLE for each in sent))

    def _reported(self, node: Branch, files: list[Sent], year: int | None, complete: bool) -> Reported:
        best, remark = _chosen(files, year)
        said = ["名单里不止一次，只算一个单位"] if node.name in self._tree.twice else []
        if best is not None:
            if best.organisation and normalised(best.organisation) != normalised(node.name):
                said.append(f"报告上的名称是“{best.organisation}”")
            if best.state is State.UNREADABLE:
                said.append("单位取自文件名，文件无法读取")
        state = Reporting.SENT if best else Reporting.MISSING if complete else Reporting.UNKNOWN
        superior = node.parent.name if node.parent else ""
        return Reported(node.name, superior, state, best, "；".join((*said, *filter(None, [remark]))))

    def _year(self) -> int | None:
        """The year that is audited: the latest that no more than half as many reports are of as of the most common one."""
        files = [each for found in (*self._sent.values(), *self._strangers.values()) for each in found]
        count = Counter(each.year for each in files if each.year is not None and each.state in _READ)
        most = max(count.values(), default=0)
        return max((year for year, number in count.items() if 2 * number >= most), default=None)

    def _named_in(self, path: str) -> Branch | None:
        """Return the unit whose name stands in a file's name, the longest first; the folders above come after."""
        for part in list(reversed(path.split("/")))[:_PARTS]:
            name = normalised(part.rpartition(".")[0] or part)[:_LONGEST_NAME]
            for length in range(min(len(name), self._longest), 1, -1):
                for start in range(len(name) - length + 1):
                    if found := self._by_name.get(name[start : start + length]):
                        return found
        return None


_READ = frozenset(State) - {State.UNREADABLE}
#: So much of a file's name is searched for a unit's, and so many folders above it.
_LONGEST_NAME, _PARTS = 100, 4


def _chosen(files: list[Sent], year: int | None) -> tuple[Sent | None, str]:
    """Return the file that counts, and what is to be said of the others.

    It is one of the year that is audited (or of none, which is found fault with elsewhere), one that can be read before one that cannot,
    then the one with the fewest errors, then the first.
    """
    fitting = [each for each in files if year is None or each.year in (None, year)]
    others = [each for each in files if each not in fitting]
    ranked = sorted(
        fitting, key=lambda each: (each.state is State.UNREADABLE, each.year is None, each.errors)
    )
    remarks = []
    if len(ranked) > 1:
        remarks.append(f"有 {len(ranked)} 份，计入“{ranked[0].path}”，不计{_paths(ranked[1:])}")
    if others:
        years = "、".join(f"{each}年" for each in sorted({file.year or 0 for file in others}))
        only = "" if ranked else "只"
        remarks.append(f"{only}有{years}的报告{_paths(others)}")
    return (ranked[0] if ranked else None), "；".join(remarks)


def _paths(files: list[Sent]) -> str:
    named = "、".join(f"“{each.path}”" for each in files[:_NAMED])
    return named + (f" 等 {len(files)} 份" if len(files) > _NAMED else "")
