"""The title of a published report, often in several lines, and the lines around an article that are the page's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

#: The title stands in so many lines at most.
LINES = 4
#: A longer line is none of them; it reads as one that ends whatever may have begun.
LONGEST_LINE, _NO_TITLE = 300, "。"
#: What stands between the year and the kind of report is no longer, unless it is the organisation.
LONGEST_KIND = 12
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

#: A title, but for the words for this kind of report.
_TITLE = (
    r"^(?:附件\d*[:]?|第.部分)?(?:关于)?(?:印发|公布|发布)?[《<]?(?P<organisation>.*?)(?:关于)?(?:印发)?[《<]?"
    r"\(?(?P<year>(?:19|20)\d\d|[二][〇○零][一二三四五六七八九〇○零]{{2}})年?度?\)?"
    r"(?P<rest>(?P<behind>[^。]{{0,30}}?)(?:{kind}))[》>]?(?:的(?:通知|公告|公示|报告|函))?(?:\((?P<beside>[^。]{{1,30}})\))?$"
)
#: The year below the rest, as on a cover, with the name of the organisation in between or not.
_COVER = (
    r"^(?P<organisation>[^。]{{0,40}}?)(?P<rest>(?P<behind>)(?:{kind}))"
    r"(?:\((?P<beside>[^()\d]{{2,30}})\)|[-—–]*(?P<between>[^()\d]{{3,30}}))?\(?(?P<year>(?:19|20)\d\d|[二][〇○零][一二三四五六七八九〇○零]{{2}})年?度?\)?$"
)
#: What a page or a form sets before a title or a name: where one is, what it is.
_BEFORE = re.compile(r"^.*[:>|»›]")
#: A line that names the organisation alone: in brackets, behind a dash, or behind what the name is.
_SEAL = r"(?:\((?:公章|盖章|章)\))?"
_NAME_ALONE = re.compile(
    rf"(?P<mark>[-—–]+|(?:(?:单位|机关|部门)(?:名称)?|(?:填报|填表|报告|编制|编报|报送)(?:单位|机关|部门|机构)){_SEAL}:)?"
    rf"(?P<open>[(\[【〔])?(?P<name>[^:]{{4,30}}?){_SEAL}(?(open)[)\]】〕])"
)
_ORGANISATION = re.compile(
    r"[省市区县州盟旗乡镇府会部局厅院署委办处队所站司室站心团行馆社校场园道社](?:\([^()]{1,12}\))?(?<!网站)$"
)
_FURNITURE = re.compile(
    r"^(?:当前位置|您(?:现在)?(?:所在)?的?位置|首\s*页|发布(?:时间|日期|机构|单位|人)|来源|信息来源|文章来源|日期\s*:|时间\s*:|字\s*[体号]|浏览|"
    r"点击|阅读|访问|作者|编辑|责任编辑|打印|关闭|分享|扫一扫|索引号|文号|主题|公开(?:方式|日期|时限)|信息分类|有效性|成文日期|生成日期|名\s*称\s*:|"
    r"上一[篇条页]|下一[篇条页]|相关(?:链接|文章|信息|附件|稿件|新闻|阅读)|附\s*件\s*[:\d]|版权所有|主办(?:单位)?\s*:|承办|网站标识|网站地图|联系我们|"
    r"政府网站|技术支持|返回(?:顶部|首页)?|[^。]{0,12}ICP备|[^。]{0,4}公网安备|点击下载|下载|【|\[大|大\s*中\s*小|关于我们|无障碍|长者)"
)
_DATE = re.compile(
    r"^\(?(?:(?:19|20)\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?|二[〇○零].{2}年.{1,3}月.{1,3}日)(?:\s*\d\d:\d\d(?::\d\d)?)?\)?$"
)
_PERIOD = re.compile(r"((?:19|20)\d\d)年1月1日")


class Title(NamedTuple):
    """A title: its text in one line, the organisation and the year it names, and the number of the line after it.

    Empty (and ``None``) where nothing was found.
    """

    text: str = ""
    organisation: str = ""
    year: int | None = None
    end: int = 0


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_TITLE.format(kind=kind)), re.compile(_COVER.format(kind=kind))


def find_title(lines: Sequence[str], kind: str) -> Title:
    """Return the last title among the lines, which is the one next to the text; one that names the organisation comes first.

    ``kind`` is a pattern for what such a report is called (see ``Form.kind``).
    """
    in_one, over_year = _patterns(kind)
    found: list[Title] = []
    plain = [without_blanks(line) if len(line) <= LONGEST_LINE else _NO_TITLE for line in lines]
    of_the_page = [is_furniture(line) and not line.startswith("附件") for line in plain]
    for end in range(1, len(lines) + 1):
        for count in range(1, min(LINES, end) + 1):
            if count > 1 and of_the_page[end - count]:
                break
            text = _BEFORE.sub("", "".join(plain[end - count : end]))
            match = in_one.match(text) or over_year.match(text)
            if match and _may_be_title(match):
                found.append(_whole(plain, end - count, end, match))
                break
    named = [title for title in found if title.organisation]
    if not found:
        return Title(year=_year_of_period(lines))
    last = max(named or found, key=lambda title: title.end)
    printed = "".join("".join(lines[max(0, last.end - LINES) : last.end]).split())
    return last._replace(
        text=_as_printed(last.text, printed), organisation=_as_printed(last.organisation, printed)
    )


def _may_be_title(match: re.Match[str]) -> bool:
    between = match.groupdict().get("between")
    is_short = len(match["behind"]) <= LONGEST_KIND or bool(_organisation_behind(match))
    return is_short and (not between or _is_name(between))


def _whole(lines: Sequence[str], start: int, end: int, match: re.Match[str]) -> Title:
    """The title that a match gives, with the lines around it that name the organisation.

    Lines above are taken in as long as they are the beginning of its name.
    """
    text, beside = match[0], match["beside"] or match.groupdict().get("between") or ""
    year = int(match["year"].translate(YEAR_DIGITS))
    organisation = re.sub(r"^关于|[《<]|关于$", "", match["organisation"])
    organisation = re.sub(r"^[(【\[]([^()]*)[)】\]]$", r"\1", organisation)
    organisation = organisation or _organisation_behind(match)
    if _is_name(beside) and beside.startswith(organisation):
        return Title(text, beside, year, end)
    if _organisation_behind(match):
        return Title(text, organisation, year, end)
    while start and end - start < LINES and _begins(lines[start - 1], organisation):
        start -= 1
        text, organisation = lines[start] + text, lines[start] + organisation
    if not organisation:
        near = range(end, min(end + LINES, len(lines)))
        below = next((at for at in near if not is_furniture(lines[at]) or _name_alone(lines[at])), end)
        for at in (below, start - 1):
            if 0 <= at < len(lines) and (name := _name_alone(lines[at])):
                return Title(f"{text}（{name}）", name, year, max(end, at + 1))
    return Title(text, organisation, year, end)


def _begins(line: str, organisation: str) -> bool:
    """True for a line that is the beginning of the organisation's name, and not another name with the same beginning."""
    return len(line) <= 30 and _is_name(line) and not (organisation and organisation[:2] == line[:2])


def _name_alone(line: str) -> str:
    """The organisation that is all a line says; “” for any other line."""
    found = _NAME_ALONE.fullmatch(line)
    return found["name"] if found and _is_name(found["name"]) else ""


def _organisation_behind(match: re.Match[str]) -> str:
    """The organisation that stands behind the year (“2024年某局政府信息公开工作年度报告”); “” where there is none."""
    name = re.sub(r"^(?:年|度|关于)*", "", match["behind"])
    return name if len(name) > 2 and _is_name(name) else ""


def _as_printed(plain: str, printed: str) -> str:
    """The text with the brackets that it has in print; other letters stay half-width."""
    wide = unicodedata.normalize("NFKC", printed)
    at = wide.find(plain)
    if at < 0 or len(wide) != len(printed):
        return plain
    return "".join(
        was if was in "（）" else letter
        for letter, was in zip(plain, printed[at : at + len(plain)], strict=True)
    )


def without_blanks(line: str) -> str:
    """Return a line in half-width characters, without blanks."""
    return "".join(unicodedata.normalize("NFKC", line).split())


def _is_name(line: str) -> bool:
    return (
        bool(_ORGANISATION.search(line))
        and not re.search(r"^各|[。,;:、>》|]|\d{4}", line)
        and not is_furniture(line)
        and len(line) > 1
    )


def _year_of_period(lines: Sequence[str]) -> int | None:
    found = _PERIOD.search("".join("".join(lines).split()).translate(_WIDE_DIGITS))
    return int(found[1]) if found else None


def is_furniture(line: str) -> bool:
    """True for a line of the page around an article: where one is, when it was published, what else there is."""
    plain = unicodedata.normalize("NFKC", line).strip()
    return bool(_FURNITURE.match(plain) or _DATE.match("".join(plain.split()))) or plain.count(">") > 1


def signature_in(lines: Sequence[str]) -> tuple[str, int]:
    """Return the organisation that signs at the end (“” for none), and how many lines signature and date take."""
    count = 0
    if lines and _DATE.match(without_blanks(lines[-1])):
        count = 1
    if count < len(lines):
        name = without_blanks(lines[-1 - count])
        if 4 <= len(name) <= 30 and _is_name(name) and (count or len(lines) > 1):
            return name, count + 1
    return "", count
