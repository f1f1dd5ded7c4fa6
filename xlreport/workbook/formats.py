"""Number formats: what a cell shows of the number that is stored in it.

A format may show another number than the stored one (``0,`` shows thousands, ``0"1"`` appends a digit, ``0`` rounds) or nothing at all
(``;;;``); what is shown is what the report says. ECMA-376-1 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

#: Formats that a file names by number only; all dates are left to the reader of values, which knows them.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0 ;-#,##0",
    38: "#,##0 ;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-";@',
    42: '"¥"#,##0;"¥"-#,##0;"-";@',
    43: '#,##0.00;-#,##0.00;"-"??;@',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"-"??;@',
    48: "##0.0E+0",
    49: "@",
}
DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)|'
    r"(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<date>AM/PM|A/P|上午/下午|[ymdhsaegb])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_WHITE = re.compile(r"white|白色|color\s*2", re.IGNORECASE)
_PLAIN_BRACKET = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|yellow|黑色|蓝色|蓝绿色|绿色|洋红色|红色|黄色|color\s*\d+)|\$.*",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?P<sign>-?)(?:[¥￥]|RMB|CNY)?(?P<minus>-?)(?P<digits>[\d,]*\.?\d*)(?:件次|万元|[件条个项宗起例次人])?"
)
_YEAR = re.compile(r"(?:e+|y+)年?", re.IGNORECASE)
#: Numbers that a format must show as they are to count as plain.
_TRIED = (0, 5, 437, 1_234_567, -3)


class CodePiece(NamedTuple):
    """One piece of a format: its kind (a group of ``_PIECE``, “space” for what only takes room) and its text."""

    kind: str
    text: str


class CodeSection(NamedTuple):
    """What a format says for some numbers: the pieces, and the condition in brackets, if one stands there."""

    pieces: tuple[CodePiece, ...]
    condition: tuple[str, Decimal] | None

    def holds(self, kind: str) -> bool:
        """True if a piece of this kind is in it."""
        return any(piece.kind == kind for piece in self.pieces)


def stored(text: str) -> Decimal | None:
    """Return a stored number with the 15 digits that a spreadsheet keeps; ``None`` for what is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return Decimal(f"{number:.15g}") if abs(number) < 1e300 else None


# The cells that count how much of a table is filled in are the same in most files.
@lru_cache(maxsize=1024)
def shown(number: Decimal, code: str) -> str | None:
    """Return the text that a cell of this format shows of a number, “” where it shows nothing; ``None`` where that is not certain."""
    sections = _sections(code)
    if sections is None:
        return None
    section, value = _section_for(sections, number)
    if section is None:
        return None
    if section.holds("date") or section.holds("unknown"):
        return None
    if section.holds("exponent") or any(p == CodePiece("other", "/") for p in section.pieces):
        # Powers of ten and fractions: certain only where they are the number itself.
        whole = number == number.to_integral_value() and abs(number) < 1000
        return format(number, "f") if whole and not section.holds("exponent") else None
    if section.holds("general") or any(p == CodePiece("other", "@") for p in section.pieces):
        plain = format(value.normalize(), "f")
        return "".join(plain if p.kind == "general" or p.text == "@" else _literal(p) for p in section.pieces)
    return _laid_out(section, value)


def as_figure(text: str) -> Decimal | None:
    """Return the number that a shown text is read as, units of its own left out; ``None`` where it is no plain number."""
    found = _SHOWN.fullmatch(text.strip())
    if found is None or not re.search(r"\d", found["digits"]):
        return None
    digits = found["digits"].replace(",", "")
    return Decimal(f"{found['sign'] or found['minus']}{digits}")


@lru_cache(maxsize=1024)
def is_plain(code: str) -> bool:
    """True for a format that shows every whole number as it is."""
    if code == "General":
        return True
    sections = _sections(code)
    if sections is None or any(section.condition for section in sections):
        return False
    for number in map(Decimal, _TRIED):
        text = shown(number, code)
        if text is None or as_figure(text) != number or re.search("[¥￥RC]", text):
            return False
    return True


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """True for the format of a date or a time."""
    sections = _sections(code) or ()
    return any(section.holds("date") for section in sections)


@lru_cache(maxsize=1024)
def is_year(code: str) -> bool:
    """True for the format that shows of a date its year and nothing else."""
    sections = _sections(code) or ()
    return bool(sections) and _YEAR.fullmatch("".join(p.text for p in sections[0].pieces)) is not None


@lru_cache(maxsize=1024)
def is_white(code: str) -> bool:
    """True for a format that writes numbers in white."""
    return any(_WHITE.fullmatch(bracket) for bracket in re.findall(r"\[([^\[\]]*)\]", code))


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[CodeSection, ...] | None:
    """The parts of a format between semicolons; ``None`` for one with more than four."""
    found: list[list[CodePiece]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for piece in _PIECE.finditer(code[:500]):
        kind, text = piece.lastgroup or "space", piece[piece.lastgroup or 0]
        if kind == "other" and text == ";":
            found.append([])
            conditions.append(None)
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(text)
            if condition:
                conditions[-1] = (
                    condition[1],
                    Decimal(condition[2] if re.search(r"\d", condition[2]) else "0"),
                )
            elif re.fullmatch(r"[hms]+", text, re.IGNORECASE):
                found[-1].append(CodePiece("date", text))
            elif text.startswith("$"):
                found[-1].append(CodePiece("quoted", text[1:].partition("-")[0]))
            elif not _PLAIN_BRACKET.fullmatch(text) and not _WHITE.fullmatch(text):
                found[-1].append(CodePiece("unknown", text))
        else:
            found[-1].append(CodePiece(kind, text))
    if len(found) > 4 or len(code) > 500:
        return None
    return tuple(
        CodeSection(tuple(pieces), condition) for pieces, condition in zip(found, conditions, strict=True)
    )


def _section_for(sections: tuple[CodeSection, ...], number: Decimal) -> tuple[CodeSection | None, Decimal]:
    """The section that shows a number, and what of it (a section of its own for negative numbers writes its own sign)."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(section.condition, number):
                return section, number
        return None, number
    if number < 0 and len(numeric) > 1:
        return numeric[1], -number
    if number == 0 and len(numeric) > 2:
        return numeric[2], number
    return numeric[0], number


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }[sign]


def _literal(piece: CodePiece) -> str:
    return "" if piece.kind == "space" else piece.text


def _laid_out(section: CodeSection, number: Decimal) -> str:
    """Return a number laid out over the places of a section."""
    pieces = section.pieces
    places = [at for at, piece in enumerate(pieces) if piece.kind == "digit"]
    if not places:
        return ("-" if number < 0 and pieces else "") + "".join(map(_literal, pieces))
    point = next((at for at, piece in enumerate(pieces) if piece == CodePiece("other", ".")), len(pieces))
    whole, part = [at for at in places if at < point], [at for at in places if at > point]
    commas = [at for at, piece in enumerate(pieces) if piece == CodePiece("other", ",")]
    # Commas behind the last place divide by a thousand each; between places they part thousands.
    scaling = [
        at for at in commas if at > (whole[-1] if whole else -1) and not any(at < p < point for p in whole)
    ]
    scaling = [at for at in scaling if at < point or at > (part[-1] if part else point)]
    grouping = [at for at in commas if at not in scaling]
    value = abs(number) / Decimal(1000) ** len(scaling)
    value *= Decimal(100) ** sum(piece == CodePiece("other", "%") for piece in pieces)
    value = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = format(value, "f").partition(".")
    digits = digits.lstrip("0")
    needed = sum(pieces[at].text == "0" for at in whole)
    digits = digits.rjust(needed, "0") if needed else digits
    while decimals and pieces[part[len(decimals) - 1]].text != "0" and decimals[-1] == "0":
        decimals = decimals[:-1]
    written: dict[int, str] = {}
    # Places are filled from the right; what is left goes before the first.
    rest, count = digits, 0
    for order, at in enumerate(reversed(whole)):
        first = order == len(whole) - 1
        take = rest if first else rest[-1:]
        rest = "" if first else rest[:-1]
        if grouping:
            grouped = ""
            for digit in reversed(take):
                grouped = digit + ("," if count and count % 3 == 0 else "") + grouped
                count += 1
            take = grouped
        written[at] = take
    for at, digit in zip(part, decimals.ljust(len(part), "\0"), strict=True):
        written[at] = digit.strip("\0")
    dropped = {*scaling, *grouping}
    text = "".join(
        written.get(at, "") if piece.kind == "digit" else "" if at in dropped else _literal(piece)
        for at, piece in enumerate(pieces)
    )
    return ("-" if number < 0 and value else "") + text
