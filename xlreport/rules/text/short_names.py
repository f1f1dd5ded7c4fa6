"""What a body is called for short: characters of its name in their order, by its level and by its kind."""

from __future__ import annotations

import re
from functools import lru_cache

_BRACKETS = re.compile(r"[（(].*?[）)]")
#: The places that a name begins with; 城市管理 is none.
_PLACES = re.compile(
    r"(?:(?!城市|市场|市区|城区)[^省市区县州盟旗]{1,12}?(?:自治[区州县旗]|[省市区县州盟旗]))*"
)
#: How a name ends, and how that is said for short.
_KINDS = {
    "管理委员会": "管(?:理)?委(?:员)?会",
    "管委会": "管(?:理)?委(?:员)?会",
    "委员会": "委(?:员会)?",
    "办公室": "办(?:公室)?",
    "办公厅": "办(?:公厅)?",
    "支行": "支行?",
    "联合社": "(?:联合)?社",
    "联合会": "联(?:合会)?",
    "部": "部(?!分|门|署)",
    **{
        kind: kind
        for kind in (
            "分局",
            "局",
            "厅",
            "委",
            "院",
            "馆",
            "海关",
            "署",
            "中心",
            "调查队",
            "总队",
            "支队",
            "大队",
            "学院",
            "大学",
            "学校",
        )
    },
}
#: Of whom a body in a place is a branch: what its name begins with, and what may be left out.
_SYSTEMS = re.compile(
    r"国家税务总局|国家统计局|国家外汇管理局|国家金融监督管理总局|中国银行保险监督管理委员会|中国证券监督管理委员会|中国人民银行|中华人民共和国"
)
#: What bodies of a kind call themselves beside: there is one of them in the place that a report is about.
_SCHOOLS = ("学校", "学院")
_ALONE = {
    "海关": ("海关",),
    "总队": ("总队",),
    "调查队": ("调查队",),
    "学院": _SCHOOLS,
    "大学": (*_SCHOOLS, "大学"),
    "学校": _SCHOOLS,
}
#: A letter that is no Latin one. As a range of characters it would take longer to compile than a text to be read.
_LETTER = r"[^\W\d_a-zA-Z]"
#: What may stand right before a name and be no part of a longer one.
_BEFORE = "年月日由向对在为因经被将是本我来期度内后据除和与及的，、。；：（“以"
#: What makes of a name that of many bodies, or of a part.
_NOT_BEFORE = "系统|下属|所属|直属|机关|本级|官网|网站"


def _kind_of(bare: str) -> str:
    """How a name ends, the longest of the known endings; “” for none of them. 城市管理委员会 is no zone's committee."""
    kind = max((kind for kind in _KINDS if bare.endswith(kind)), key=len, default="")
    return "委员会" if kind == "管理委员会" and not bare.endswith("区管理委员会") else kind


def without_brackets(name: str) -> str:
    """Return a name without what stands in brackets."""
    return _BRACKETS.sub("", name)


@lru_cache(maxsize=64)
def short_names(organisation: str) -> re.Pattern[str] | None:
    """Return the pattern of an office's names in a text; ``None`` for a government, which is called by its place, and for what is no office.

    县住建局 and 住房城乡建设局 for 甲县住房和城乡建设局, 经开区 and 管委会 for a zone's committee, 分局 for a branch. A longer name (乙县住建局) is not matched.
    """
    bare = without_brackets(organisation)
    kind = _kind_of(bare)
    if bare.endswith(("街道办事处", "街道")):
        kind = "街道"
        bare = bare.removesuffix("办事处")
    if not kind:
        return None
    of = _SYSTEMS.match(bare)
    system = of[0] if of and of.end() < len(bare) - len(kind) else ""
    head = bare[len(system) :].removesuffix(kind)
    found = _PLACES.match(head)
    places = found[0] if found else ""
    core = head[len(places) :]
    before = _before_core(places)
    end = _KINDS.get(kind, kind)
    zone = core or places
    if kind in ("管理委员会", "管委会") and zone.endswith("区"):
        forms = [f"(?!开区){_subsequence(zone[:-1])}区(?:{end})?", "园区", end]
    elif kind == "分局":
        own, _, seat = core.rpartition("局")
        office = f"(?:{_subsequence(own)}局?)?" if own else ""
        forms = [
            re.escape(bare),
            f"(?:{before}|[区县市])?{office}(?:{re.escape(seat)}区?)?(?:{re.escape(own)})?分局",
        ]
        if system:
            forms.append(f"(?:{_subsequence(head)})(?:{_subsequence(system)})?分局")
    elif kind == "街道":
        forms = [f"{before}?{re.escape(core)}街道(?:办事处|办)?"]
    elif core:
        forms = [f"{before}?(?:政府)?{_subsequence(core)}{end}", *_ALONE.get(kind, ())]
        if system:
            forms.append(f"(?:{_subsequence(system)})?{before}?{_subsequence(core)}{end}")
    else:
        forms = [f"{before}{end}"] if before != "(?:)" else []
    if not forms:
        return None
    return re.compile(rf"(?:(?<!{_LETTER})|(?<=[{_BEFORE}]))[我本]?(?:{'|'.join(forms)})(?!{_NOT_BEFORE})")


@lru_cache(maxsize=64)
def fellow_names(organisation: str) -> re.Pattern[str] | None:
    """Return the pattern of what offices of the same kind elsewhere are called, once the office's own names are gone: 市信访局 beside 甲县信访局."""
    bare = without_brackets(organisation)
    kind = _kind_of(bare)
    found = _PLACES.match(bare)
    core = bare[len(found[0]) if found else 0 :].removesuffix(kind)
    return (
        re.compile(rf"{_LETTER}{{0,4}}[省市区县州旗]{re.escape(core)}{_KINDS[kind]}")
        if kind and core
        else None
    )


def _before_core(places: str) -> str:
    """The pattern of the places a name begins with: all of them, the last ones, or the last one's level."""
    each = re.findall(_PLACES.pattern.removesuffix("*"), places)
    ends = ["".join(each[start:]) for start in range(len(each))]
    return "(?:" + "|".join([*map(re.escape, ends), *([places[-1]] if places else [])]) + ")"


def _subsequence(text: str) -> str:
    """The pattern of at least one of the characters of a text, in their order."""
    signs = "".join(dict.fromkeys(text))
    return f"(?=[{re.escape(signs)}])" + "".join(f"{re.escape(sign)}?" for sign in text)
