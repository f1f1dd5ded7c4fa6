"""Web pages are read as a person sees them in a browser: hidden is not there, marks are no digits, what is in doubt is no figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xlreport
from tests.rendering.drawing import items
from tests.rendering.pages import as_html
from tests.rendering.rendered import TEXTS, differences, sample
from tests.rendering.variations import Variation
from xlreport.errors import InputError
from xlreport.example import good
from xlreport.limits import DEEPEST_TAG, MOST_ATTRIBUTES, MOST_STYLE_MATCHES, MOST_TABLE_CELLS, MOST_TAGS
from xlreport.sources.html import blocks_in

KEY = "penalties.decisions"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example as a page, with a mark where the number of 行政处罚 stands."""
    path = tmp_path_factory.mktemp("page") / "example.html"
    xlreport.write(good(), path)
    page = path.read_text("utf-8")
    return re.sub(r'(行政处罚</th><td class="figure" colspan="3")>[^<]*<', r"\1>FIGURE<", page)


def read(page: str, folder: Path) -> xlreport.Report:
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return xlreport.read(path)


def read_with(inner: str, css: str, example: str, folder: Path) -> xlreport.Report:
    style = f"<style>{css}</style></head>" if css else "</head>"
    return read(example.replace("FIGURE", inner).replace("</head>", style), folder)


def figure_of(report: xlreport.Report) -> object:
    return report.figures()[next(key for key in report.figures() if key.endswith(KEY))]


#: What a browser shows as 437, beside what it does not show, or shows as a mark.
SHOWN = {
    "hidden by an escaped name": ("<i class=1x>9</i>437", r".\31 x{display:none}"),
    "named like a page's foot": ("4<span class=footer>37</span>", ""),
    "raised": ("437<sup>1</sup>", ""),
    "lowered": ("437<sub>①</sub>", ""),
    "raised by its style": ('437<span style="vertical-align: super">1</span>', ""),
    "raised by a length": ('437<span style="vertical-align:3px">1</span>', ""),
    "at the top and small": ('437<span style="vertical-align:top; font-size:8px">1</span>', ""),
    "pushed up": ('437<span style="position:relative;top:-.5em;font-size:70%">1</span>', ""),
    "raised by a class": ("437<i class=n>1</i>", ".n{vertical-align:super}"),
    "raised by its element": ("437<i>1</i>", "td i, p i {vertical-align: text-top}"),
    "link to a note": ('437<a href="#fn1">1</a>', ""),
    "link to a note of Word": ('437<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>', ""),
    "ruby": ("<ruby>437<rt>1</rt></ruby>", ""),
    "struck": ("<s>9</s>437", ""),
    "deleted": ("<del>9</del> 437", ""),
    "struck by its style": ('<span style="text-decoration: line-through red">9</span>437', ""),
    "struck by an id": ("<b id=x>9</b>437", "#x{text-decoration-line:line-through}"),
    "not struck": ('<s style="text-decoration:none">4</s>37', ""),
    "in a list": ("<ol><li>437</li></ol>", ""),
    "no display": ('<span style="display:none">9</span>437', ""),
    "hidden by a class": ('<span class="a old">9</span>437', ".old{display:none}"),
    "hidden by an element": ("<i>9</i>437", "i{visibility:hidden}"),
    "hidden by an id": ("<i id=o>9</i>437", "i#o{display:none}"),
    "hidden below": ("<b class=x><i>9</i></b>437", "td.figure .x i{display:none}"),
    "hidden child": ("<b><i>9</i></b>437", "td > b > i{display:none}"),
    "hidden by its place": ("<i>9</i><i>437</i>", "td i:nth-child(2n+1){display:none}"),
    "hidden first": ("<i>9</i><i>437</i>", "i:first-of-type{display:none}"),
    "hidden by an attribute": ("<i data-old=1>9</i>437", "[data-old]{display:none}"),
    "hidden by a list": ("<i class=c>9</i>437", ".a,.b,.c{display:none}"),
    "hidden by not": ("<i>9</i><i class=c>437</i>", "td i:not(.c){display:none}"),
    "hidden beside": ("<b>437</b><i>9</i>", "b + i{display:none}"),
    "hidden within": ("<b class=a>437<i class=b>9</i></b>", ".a{color:red; .b{display:none}}"),
    "hidden on screens": ("<i>9</i>437", "@media screen {i{display:none}}"),
    "hidden on wide screens": ("<i>9</i>437", "@media (min-width: 800px) {i{display:none}}"),
    "hidden in print": ("<i>4</i>37", "@media print {i{display:none}}"),
    "hidden on small screens": ("<i>4</i>37", "@media (max-width:600px) {i{display:none}}"),
    "hidden under the mouse": ("<i>4</i>37", "i:hover{display:none}"),
    "the last rule": ("<i>4</i>37", "i{display:none} i{display:inline}"),
    "the weightier rule": ("<i class=a>4</i>37", "i.a{display:inline} i{display:none}"),
    "its own style": ('<i style="display:inline">4</i>37', "i{display:none}"),
    "importance": ('<i style="display:inline">9</i>437', "i{display:none ! important}"),
    "comments in a style": ("<i class=o>9</i>437", "/* } */ .o/**/{/* ; */display:/**/none}"),
    "a mistake in a style": ("<i>4</i>37", "i{display:nonsense; color:red}"),
    "hidden attribute": ("<span hidden>9</span>437", ""),
    "collapsed": ('<span style="visibility:collapse">9</span>437', ""),
    "visible again": ('<b style="visibility:hidden">9<i style="visibility:visible">437</i></b>', ""),
    "transparent": ('<span style="opacity:0">9</span>437', ""),
    "no size": ('<span style="font-size:0">9</span>437', ""),
    "size again": ('<span style="font-size:0">9<b style="font-size:12pt">437</b></span>', ""),
    "Word's hidden": ('<span style="mso-hide:all">9</span>437', ""),
    "off the screen": ('<span style="position:absolute;left:-9999px">9</span>437', ""),
    "indented off": ('<div style="text-indent:-9999px">9</div>437', ""),
    "clipped": ('<span style="position:absolute;clip:rect(0 0 0 0)">9</span>437', ""),
    "clipped by a path": ('<span style="clip-path:inset(100%)">9</span>437', ""),
    "no height": ('<div style="height:0;overflow:hidden">9</div>437', ""),
    "shrunk": ('<div style="transform:scale(0)">9</div>437', ""),
    "white": ('<span style="color:#fff">9</span>437', ""),
    "no colour": ('<font color="#ffffff">9</font>437', ""),
    "template": ("<template>9</template><noscript>9</noscript><script>9</script>437", ""),
    "closed dialog": ("<dialog>9</dialog>437", ""),
    "closed details": ("<details><summary></summary>437</details>", ""),
    "aria": ('<span aria-hidden="true">4</span>37', ""),
    "shown to others than Word": ("<!--[if !mso]><!-->4<!--<![endif]-->37", ""),
    "for Word": ("<!--[if mso]>9<![endif]-->437", ""),
    "for Internet Explorer": ("<!--[if IE]>9<![endif]-->437", ""),
    "no drawings": ("<![if !vml]>4<![endif]>37", ""),
    "for Office": ("<!--[if gte mso 9]><xml>9</xml><![endif]-->437", ""),
    "comment": ("4<!-- 9 -->37", ""),
    "comment in a tag": ('<span title="<!--">4</span>37<!-- -->', ""),
    "short comments": ("4<!-->3<!--->7<!-- x --!>", ""),
    "place without room": ("4&#8203;3&shy;<wbr>7&nbsp;", ""),
    "field": ('<input value="437">', ""),
    "area": ("<textarea>437</textarea>", ""),
    "choice": ("<select><option>9<option selected>437</select>", ""),
    "added words": ("437", "td.figure[colspan]::after{content:' '}"),
}
#: What is none that can be read, or cannot be told.
DOUBTFUL = {
    "added behind it by a style": ("<i class=q>437</i>", ".q::after{content:'9'}"),
    "two fields": ("<input value=43><input value=7>", ""),
    "text beside a field": ("437<input value=9>", ""),
    "a field's prompt": ("<input placeholder=437>", ""),
    "drawn by a script": ("<canvas>437</canvas>", ""),
    "all raised": ("<sup>437</sup>", ""),
    "all struck": ("<s>437</s>", ""),
    "smaller": ('437<span style="font-size:8px">1</span>', ""),
    "broken": ("4<br>37", ""),
    "blank within": ("4&nbsp;&nbsp;37", ""),
    "two lines": ('<span style="display:block">4</span>37', ""),
    "floating": ('<span style="float:right">4</span>37', ""),
    "reversed": ("<bdo dir=rtl>734</bdo>", ""),
    "reversed by its style": ('<span style="direction:rtl;unicode-bidi:bidi-override">734</span>', ""),
    "reversed by a mark": ("&#x202e;734", ""),
    "rearranged": (
        '<span style="display:flex;flex-direction:row-reverse"><i>37</i><i>4</i></span>',
        "",
    ),
    "turned": ('<span style="display:inline-block;transform:rotate(180deg)">437</span>', ""),
    "a selector nobody knows": ("<i>9</i><b>437</b>", "td:has(b) i{display:none}"),
    "a condition nobody knows": ("<i>4</i>37", "@media (prefers-color-scheme: dark){i{display:none}}"),
    "a first letter": ("<p>9437</p>", "p::first-letter{font-size:0}"),
    "a value nobody knows": ('<span style="display:var(--x)">9</span>437', ""),
    "a height that says nothing": ('<span style="height:0;overflow:hidden">9</span>437', ""),
    "a strike that is not closed": ("<p><s>9</p><p>437</p>", ""),
    "a strike across": ("<b><s>9</b>437</s>", ""),
    "added digits": ("37", "td.figure[colspan]::before{content:'4'}"),
    "counted": ("<i>37</i>", "i::before{content:counter(x)}"),
    "formula": ("<math><msup><mn>437</mn><mn>1</mn></msup></math>", ""),
    "picture": ('<img src="a.png" alt="437">', ""),
    "drawing": ("<svg><text>437</text></svg>", ""),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_figure_is_what_is_shown(name: str, example: str, tmp_path: Path):
    assert figure_of(read_with(*SHOWN[name], example, tmp_path)) == 437


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_in_doubt_is_no_figure_and_is_said(name: str, example: str, tmp_path: Path):
    report = read_with(*DOUBTFUL[name], example, tmp_path)
    figure = figure_of(report)
    assert isinstance(figure, str) or (figure is None and report.remarks), (figure, report.remarks)


@pytest.mark.parametrize(
    ("inner", "word"),
    [
        ('<span style="display:none">9</span>437', "不显示"),
        ("<s>9</s>437", "删除线"),
        ('<input value="437">', "输入框"),
        ("437<sup>1</sup>", "437"),
    ],
)
def test_what_was_left_out_or_assumed_is_said(inner: str, word: str, example: str, tmp_path: Path):
    (remark,) = read_with(inner, "", example, tmp_path).remarks
    assert word in remark


def test_names_of_classes_know_no_capitals_where_no_document_type_is(example: str, tmp_path: Path):
    inner, css = "<i class=Old>9</i>437", ".old{display:none}"
    assert figure_of(read_with(inner, css, example, tmp_path)) == 9437
    quirky = example.replace("<!DOCTYPE html>", "")
    assert figure_of(read_with(inner, css, quirky, tmp_path)) == 437


class TestTables:
    def rows(self, body: str, folder: Path) -> xlreport.Report:
        return read(f"<h2>二、主动公开政府信息情况</h2><p>按年统计</p><table>{body}</table>", folder)

    ROW = "<tr><td>第二十条第（六）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"

    @pytest.mark.parametrize(
        "row",
        [
            '<tr style="display:none"><td>行政处罚</td><td>9</td></tr><tr><td>行政处罚</td><td>437</td></tr>',
            "<tr hidden><td>行政处罚</td><td>9</td></tr><tr><td>行政处罚</td><td>437</td></tr>",
            '<tbody style="display:none"><tr><td>行政处罚<td>9</tbody><tr><td>行政处罚</td><td>437</td></tr>',
            '<tr style="visibility:collapse"><td>行政处罚<td>9</tr><tr><td>行政处罚</td><td>437</td></tr>',
            '<tr><td>行政处罚</td><td style="display:none">9</td><td>437</td></tr>',
            "<form><tr><td>行政处罚</td><td>437</td></tr></form>",
            "<td>行政处罚</td><td>437</td>",
            "<tr><form><td>行政处罚</td><td>437</td></form></tr>",
        ],
    )
    def test_rows_and_cells_are_those_that_are_shown(self, row: str, tmp_path: Path):
        assert figure_of(self.rows(self.ROW + row, tmp_path)) == 437

    def test_a_column_that_is_not_shown_is_not_read(self, tmp_path: Path):
        rows = f"{self.ROW.replace('<td>本年', '<td>去年<td>本年')}<tr><td>行政处罚<td>9<td>437"
        hidden = f'<col><col style="visibility:collapse"><col>{rows}'
        assert figure_of(self.rows(hidden, tmp_path)) == 437

    def test_a_span_ends_with_its_body(self, tmp_path: Path):
        body = f"{self.ROW}<tbody><tr><td rowspan=9>行政许可<td>5</tbody><tbody><tr><td>行政处罚<td>437"
        assert figure_of(self.rows(body, tmp_path)) == 437

    def test_what_stands_above_a_table_is_above_it(self, tmp_path: Path):
        page = "<p>一</p><table><caption>二</caption>三<tr><td>1</td>四</tr><p>五</p></table><p>六</p>"
        blocks, _ = blocks_in(tmp_path / "x.html", page)
        texts = [getattr(block, "text", "表") for block in blocks]
        assert sorted(texts[:-2]) == sorted(["一", "二", "三", "四", "五"])
        assert texts[-2:] == ["表", "六"]


WRAPPERS = (
    '<form id="form1" action="./x.aspx">',
    "<header>",
    "<aside>",
    "<label>",
    "<fieldset>",
    "<nav>",
    "<footer>",
    *(
        f'<div class="{name}">'
        for name in ("print", "location", "share-content", "main-nav-wrap", "position", "related", "search")
    ),
)


class TestWhatIsTheArticle:
    @pytest.mark.parametrize("wrapper", WRAPPERS)
    @pytest.mark.parametrize(
        "around", [r"(<article>.*</article>)", r"(<(?:p|h1|h2|h3)\b.*?</(?:p|h1|h2|h3)>)"]
    )
    def test_a_wrapper_hides_nothing(self, wrapper: str, around: str, example: str, tmp_path: Path):
        end = f"</{re.sub(r'[ >].*', '', wrapper[1:])}>"
        page = re.sub(around, lambda found: wrapper + found[1] + end, example, flags=re.DOTALL)
        report = read(page.replace("FIGURE", "437"), tmp_path)
        for content in TEXTS:
            wanted, got = getattr(good(), content), getattr(report, content)
            assert "".join((got or "").split()) == "".join(wanted.split())
        assert (report.organisation, figure_of(report)) == (good().organisation, 437)

    def test_menus_and_lists_of_other_articles_are_no_text(self, example: str, tmp_path: Path):
        above = (
            "<nav><a href=/>首页</a><a href=/b>五、存在的主要问题及改进情况</a></nav>"
            "<div class='crumbs'>当前位置：<a href=/>首页</a> &gt; <a href=/c>年报</a> &gt; 正文</div>"
        )
        below = (
            "<div class='related'><h3>相关链接</h3><ul><li><a href=/1>2023年政府信息公开工作年度报告</a></ul></div>"
            "<footer><p>某某人民政府办公室</p><p>电话：010-12345678</p></footer>"
        )
        page = example.replace("<article>", f"{above}<article>").replace("</article>", f"</article>{below}")
        report = read(page.replace("FIGURE", "437"), tmp_path)
        assert "".join(report.preamble.split()) == "".join(good().preamble.split())
        assert "".join(report.other_matters.split()) == "".join(good().other_matters.split())
        assert (report.organisation, report.year) == (good().organisation, good().year)

    def test_headings_in_one_line_with_their_text_part_it(self, tmp_path: Path):
        text = (
            "某局2024年政府信息公开工作年度报告</h1><p>编制本报告。 一、总体情况 2024年，我局做了工作。 "
            "五、存在的主要问题及改进情况 人手不足。 六、其他需要报告的事项 无。</p>"
        )
        report = read(f"<h1>{text}", tmp_path)
        assert report.preamble == "编制本报告。"
        assert report.overview == "2024年，我局做了工作。"
        assert (report.problems, report.other_matters) == ("人手不足。", "无。")


class TestNoForeignError:
    @pytest.mark.parametrize(
        "page",
        [
            "",
            "<?xml encoding='x'>",
            '<?xml version="1.0" encoding="utf-99"?><html xmlns="http://www.w3.org/1999/xhtml">&undefined;',
            "<!DOCTYPE html [<!ENTITY a 'b'>]>&a;",
            "<p>\ud800</p>",
            "<p>\x00\x01\x0b\ufffe</p>",
            "&#0;&#xd800;&#x110000;&#99999999999;",
            "<table><tr><td colspan=99999999999999999999 rowspan=-1>",
            "<td colspan='²'>",
            "<p style=':::;;!important'>",
            "<style>@media{{{}}}}</style><style>@</style><style>\\</style><style>:not(</style><style>a[b</style>",
            "<style>p::before{content:'\\ffffff \\d800 \\'}</style><table><tr><td><p>1",
            "<p style='opacity:1e999;font-size:99999999999999em;vertical-align:...'>",
            "<h1>99999年政府信息公开工作年度报告</h1>",
            "<h1>二〇九九九年政府信息公开工作年度报告</h1>",
            "<h1>某局٢٠٢٤年政府信息公开工作年度报告</h1>",
            "<plaintext><frameset><frame>",
        ],
    )
    def test_a_damaged_page_is_a_report_or_one_line(self, page: str, example: str, tmp_path: Path):
        for content in (page, f"<html>{page}", example.replace("FIGURE", page)):
            path = tmp_path / "report.html"
            path.write_bytes(f"<!-- -->{content}".encode("utf-8", "surrogatepass"))
            try:
                xlreport.read(path)
            except InputError as problem:
                assert str(problem).endswith("。") and "\n" not in str(problem)

    @pytest.mark.parametrize(
        "name", ["rot13", "hex", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "x"]
    )
    def test_an_encoding_that_pages_do_not_have_says_nothing(self, name: str, example: str, tmp_path: Path):
        page = example.replace("FIGURE", "437").replace("utf-8", name)
        (tmp_path / "report.html").write_bytes(page.encode("gb18030"))
        assert figure_of(xlreport.read(tmp_path / "report.html")) == 437


class TestLimits:
    @pytest.mark.parametrize(
        ("within", "beyond"),
        [
            ("<br>" * (MOST_TAGS - 20), "<br>" * (MOST_TAGS + 1)),
            ("<b>" * (DEEPEST_TAG - 5), "<b>" * (DEEPEST_TAG + 1)),
            ("<table>" + "<tr><td>" * MOST_TABLE_CELLS, "<table>" + "<tr><td>" * (MOST_TABLE_CELLS + 1)),
            (
                f"<style>i,i{{display:none}}</style>{'<i></i>' * (MOST_TAGS // 3)}",
                f"<style>{'p i,' * (3 * MOST_STYLE_MATCHES // MOST_TAGS)}p i{{display:none}}</style>{'<i></i>' * (MOST_TAGS // 2 - 20)}",
            ),
        ],
    )
    def test_a_page_beyond_a_limit_is_refused_with_one_line(self, within: str, beyond: str, tmp_path: Path):
        head = "<p>一、总体情况</p><p>一切如常。</p>"
        assert read(head + within, tmp_path).overview == "一切如常。"
        with pytest.raises(InputError, match=r"过多|过大|过深|过于复杂"):
            read(head + beyond, tmp_path)


#: Ways to put something beside a figure that is no part of it: before it, and behind it.
BEFORE = (
    '<b style="display:none">{}</b>',
    '<b class="gone">{}</b>',
    '<b class="x gone2 y">{}</b>',
    "<s>{}</s>",
    '<b style="text-decoration:line-through">{}</b>',
    "<span hidden>{}</span>",
    '<b style="font-size:0px">{}</b>',
    '<span class="off">{}</span>',
    "<!--[if mso]>{}<![endif]-->",
    "<template>{}</template>",
    '<i style="color:white">{}</i>',
    "<em>{}</em>",
)
BEHIND = (
    *BEFORE,
    "<sup>{}</sup>",
    '<i class="up">{}</i>',
    '<a href="#_ftn{0}">[{0}]</a>',
    '<sub style="color:red">{}</sub>',
)
STYLE = (
    "<style>.gone, .none{display:none} td .gone2{visibility:hidden!important} .off{position:absolute;left:-5000px}"
    ".up{vertical-align:super;font-size:60%} td em:nth-of-type(1){display:none} @media print{td span{display:none}}</style>"
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_decoys_around_figures_never_become_figures(data: st.DataObject, tmp_path: Path):
    report = sample("suqian-2024")
    chosen = data.draw(
        st.lists(st.tuples(*map(st.sampled_from, (("", *BEFORE), ("", *BEHIND)))), min_size=3, max_size=9)
    )
    digits = data.draw(st.integers(1, 99))
    at = iter(range(10**9))

    def decoyed(found: re.Match[str]) -> str:
        before, behind = chosen[next(at) % len(chosen)]
        # The place of an element among others is one of the techniques.
        behind = "" if "<em>" in before and "<em>" in behind else behind
        return f"{found[1]}{before.format(digits)}<span>{found[2]}</span>{behind.format(digits)}"

    page = as_html(items(report, Variation()), Variation()).replace("CHARSET", "utf-8")
    page = re.sub(r"(<td[^>]*>)<span>([\d.]+)</span>", decoyed, page).replace("</head>", f"{STYLE}</head>")
    again = read(page, tmp_path)
    assert differences(report, again) == []


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_a_tag_with_attributes_without_end_is_refused(more: int, refused: bool, example: str, tmp_path: Path):
    count = MOST_ATTRIBUTES + more
    plain, quoted = (" ".join(f"a{i}{value}" for i in range(count)) for value in ("", '="1"'))
    for attributes in (plain, quoted):
        path = tmp_path / "report.html"
        path.write_text(example.replace("<body>", f"<body><p {attributes}>", 1), encoding="utf-8")
        if refused:
            with pytest.raises(InputError, match="属性过多"):
                xlreport.read(path)
        else:
            xlreport.read(path)
