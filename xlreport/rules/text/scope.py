"""Whose figure it is: the report's own body, a wider area, or another body."""

from __future__ import annotations

import re
from enum import Enum

from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.short_names import fellow_names, short_names, without_brackets
from xlreport.rules.text.tokens import Token


class Scope(Enum):
    """Whose figures a clause tells."""

    OWN = "o"
    PERHAPS = "p"  # the area of a government, which its report may or may not cover
    OTHER = "x"


_AREA = re.compile(r"(省|市|区|县|州|盟|旗|镇|乡|街道)(人民政府|政府|办事处)?$")
_BODY = re.compile(
    r"(局|委|(?<![承经主督交转协催代开举续接])(?<!(?<!征)收)办|厅|院|站|所|镇|乡|处|科|队|县|区|市|州|旗|省|校|街道|中心|政府|公司|办公室|法院|支队|[支分总]行)(共)?$"
)
#: A body and what it is at, where neither is a word of the lexicon.
_ACTOR = re.compile(
    r"([\u4e00-\u9fff]{1,12}?(?:局|队|科|所|站|中心|委员会|管委会|公司|街道|镇|乡|县|区|市))"
    r"(?:开展|牵头|负责|承担|组织|联合|会同|结合|立足|积极|认真|严格|持续|坚持|累计|深入|主动|加强|强化)"
)
#: What may stand before a body's name and be no part of it.
_LEADING = re.compile(r"^(?:目前|截至|针对|[我本在由向对])")
#: What is left out at the end of a body's name: 西集镇 for 西集镇人民政府, 市政府办 for 市人民政府办公室.
_LEFT_OUT = (r"(人民政府|办事处)$", r"(?<=办)公[厅室]$", r"(?<=街道办)事处$")
_GOVERNMENT_OFFICE = re.compile(r"(?:党政)?办公[室厅]$|(?<=政府)办$")
#: A part of a town's, a street's or an office's own body.
_OWN_PART = re.compile(r"[镇乡街道]{0,2}[^省市区县州旗镇乡各]*(?:队|所|办|办公室|站|中心|科|股|室)")
_PLACES = frozenset("省市区县州盟旗镇乡")
#: Bodies that are the government of a zone: their 全区 is their own.
_ZONES = ("区管理委员会", "区管委会")
_KINDS_OF_OFFICE = frozenset("局厅委")


def abbreviates(name: str, full: str) -> bool:
    """True if ``name`` is the end of ``full`` with characters left out, as 市政府办公厅 is of 上海市人民政府办公厅; no place is left out."""
    rest = full
    for sign in reversed(name):
        place = rest.rfind(sign)
        if place < 0 or (rest is full and place + 1 < len(full)) or _PLACES & set(rest[place + 1 :]):
            return False
        rest = rest[:place]
    return len(name) >= 3


def _own(name: re.Match[str]) -> str:
    """本机关 in the length of a name."""
    return "本机关".ljust(len(name[0]), "·") if len(name[0]) > 2 else "我局"


class Owner:
    """The body that reports, as far as its name tells."""

    def __init__(self, organisation: str) -> None:
        self._name = organisation
        self._bare = without_brackets(organisation)
        area = _AREA.search(self._bare)
        self._area = area[1] if area else ""
        self._seat = re.sub(r"^.*[省市区县州盟旗](?=.)|(人民政府|政府|办事处)$", "", self._bare)
        places = [sign for sign in self._bare[1:] if sign in _PLACES]
        self._seat_level = places[-1] if places else ""
        self._is_street = "街道" in self._bare
        self._short, self._fellow = short_names(organisation), fellow_names(organisation)
        self._heard: dict[str, Scope | None] = {}
        self._names = {re.sub(short, "", self._bare) for short in _LEFT_OUT} | {self._bare}

    def marked(self, text: str) -> str:
        """Return ``text`` with an office's own names as 本机关, as long as they were: 档案馆 and 信访局 have words that count for themselves."""
        if self._short is None:
            return text
        text = self._short.sub(_own, text)
        return (
            self._fellow.sub(lambda name: "各单位".ljust(len(name[0]), "·"), text) if self._fellow else text
        )

    def scope(self, token: Token) -> Scope | None:
        """Return the scope that a word sets, ``None`` where it sets none."""
        if token.kind is Kind.UNKNOWN:
            if token.text not in self._heard:
                # A town may call itself by one letter: 乡没有收到申请.
                bodily = token.text == self._area or (len(token.text) > 1 and _BODY.search(token.text))
                self._heard[token.text] = self._body(token.text) if bodily else None
            return self._heard[token.text]
        if token.kind is Kind.OWN:
            return Scope.OWN
        if token.kind is Kind.UNITS:
            return Scope.PERHAPS if self._is_street and token.text == "街道" else Scope.OTHER
        if token.kind is Kind.NARROWER:
            return self._narrower(token.text)
        if token.kind is Kind.WIDER:
            return self._wider(token.text)
        return None

    def of_street(self, name: str) -> Scope:
        """Return the scope of 电子城街道, whose name and kind are two words."""
        return self._body(name + "街道")

    def acting(self, text: str) -> Scope | None:
        """Return the scope of an unknown run of words that begins with a body that does something: 综合执法队开展…"""
        actor = _ACTOR.match(text)
        return self._body(actor[1]) if actor else None

    def _body(self, text: str) -> Scope:
        if self.is_own(text) or text.startswith("其"):
            return Scope.OWN  # 市政府及其办公室
        name = text.removesuffix("共").removeprefix("代表")
        if (office := _GOVERNMENT_OFFICE.search(name)) and self._bare.endswith(("政府", "办事处")):
            of = name[: office.start()]
            if not of or (self.is_own(of) or (len(of) <= 3 and of[0] == self._area[:1])):
                # 镇政府办公室 is the town itself; a county's office has applications of its own.
                return Scope.OWN if self._area in ("镇", "乡", "街道") else Scope.PERHAPS
        if self._bare.startswith(
            name.removesuffix("政府"), len(self._bare.partition("人民政府")[0]) - len(name) + 2
        ) and self._bare.endswith(("政府办公室", "政府办公厅")):
            return Scope.PERHAPS  # 市政府, in the report of its office
        small = self._area in ("镇", "乡", "街道") or not self._area
        if small and _OWN_PART.fullmatch(name.removeprefix(self._seat)):
            return (
                Scope.PERHAPS
            )  # 镇综合行政执法队 and 党政办 act for the town, 法制大队 and 局办公室 for the office
        mine = bool(self._area) and name.endswith("政府") and len(name) <= 4 and name[0] == self._area[0]
        return Scope.PERHAPS if mine else Scope.OTHER

    def is_own(self, text: str) -> bool:
        """True if ``text`` is the body's name or what it calls itself."""
        name = _LEADING.sub("", text.removesuffix("共"))
        if self._bare.endswith("分局") and not name.endswith("分局"):
            return False
        if text[0] in "我本" and len(name) <= 3:
            return True
        if not name:
            return False
        if len(name) == 2 and name[0] in _PLACES and name[1] in _KINDS_OF_OFFICE:
            # 省厅, in the report of an office of the province
            return self._bare.endswith(name[1]) and name[0] == self._seat_level
        if name.endswith("政府") and len(name) <= 4 and self._bare.endswith("政府"):
            return name[0] == self._area[:1]
        return any(full.endswith(name) or abbreviates(name, full) for full in self._names)

    def _narrower(self, text: str) -> Scope:
        if re.search("名义|本级", text) and re.search(r"政府办公[厅室]$", self._bare):
            return Scope.PERHAPS  # what a government's office issues is issued in the government's name
        own = text[:1] in _KINDS_OF_OFFICE and self._bare.endswith((text[0], text[0] + "员会"))
        if own and text != "局机关":
            # 厅机关, 局本级; a 局机关 is told apart from the schools or branches that the report counts.
            return Scope.PERHAPS
        return Scope.OWN if "本级" in self._name and "本级" in text else Scope.OTHER

    def _wider(self, text: str) -> Scope:
        place = next((sign for sign in text if sign in "省市区县州盟旗"), "")
        area = self._area or ("区" if self._bare.endswith(_ZONES) else "")
        if not area or (place and place != area):
            return Scope.OTHER
        return Scope.PERHAPS if "本级" in self._name or not place else Scope.OWN
