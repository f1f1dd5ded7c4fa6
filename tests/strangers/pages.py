"""Web pages: what a browser shows is not what stands in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.strangers.attempts import FEE, PENALTIES, Attempt, Doubtful, Expected, NoNumber, Shown, Survived
from tests.strangers.bases import ROW, converted, page, page_file, replaced

Make = Callable[[Path], object]
Kind = tuple[str, str, Make, Expected]

#: How an element is kept from sight: style sheet, and attributes of the element with the digit.
HIDDEN = {
    "inline-none": ("", 'style="display:none"'),
    "inline-none-important": ("", 'style="display: none !important"'),
    "inline-none-upper": ("", 'STYLE="DISPLAY : NONE"'),
    "inline-visibility": ("", 'style="visibility:hidden"'),
    "inline-collapse": ("", 'style="visibility:collapse"'),
    "inline-size-0": ("", 'style="font-size:0"'),
    "inline-size-0px": ("", 'style="font-size:0px;color:red"'),
    "inline-opacity": ("", 'style="opacity:0"'),
    "inline-white": ("", 'style="color:#fff"'),
    "inline-white-name": ("", 'style="color:white"'),
    "inline-transparent": ("", 'style="color:transparent"'),
    "inline-off-page": ("", 'style="position:absolute;left:-9999px"'),
    "inline-indent": ("", 'style="display:inline-block;text-indent:-9999px;overflow:hidden;width:0"'),
    "inline-clip": ("", 'style="position:absolute;clip:rect(0,0,0,0);width:1px;height:1px;overflow:hidden"'),
    "inline-no-size": ("", 'style="display:inline-block;width:0;height:0;overflow:hidden"'),
    "inline-struck": ("", 'style="text-decoration:line-through"'),
    "inline-mso-hide": ("", 'style="mso-hide:all;display:none"'),
    "inline-last-wins": ("", 'style="display:inline;display:none"'),
    "attribute-hidden": ("", "hidden"),
    "attribute-hidden-value": ("", 'hidden="until-found"'),
    "class-none": (".h1x{display:none}", 'class="h1x"'),
    "class-visibility": (".h1x{visibility:hidden}", 'class="h1x"'),
    "class-struck": (".h1x{text-decoration:line-through}", 'class="h1x"'),
    "class-struck-line": (".h1x{text-decoration-line:line-through}", 'class="h1x"'),
    "class-size-0": (".h1x{font-size:0}", 'class="h1x"'),
    "class-one-of-two": (".b2{display:none}", 'class="a1 b2"'),
    "class-both": (".a1.b2{display:none}", 'class="a1 b2"'),
    "class-of-element": ("span.h1x{display:none}", 'class="h1x"'),
    "class-below": ("table .h1x{display:none}", 'class="h1x"'),
    "class-child": ("td>.h1x{display:none}", 'class="h1x"'),
    "class-in-a-list": (".zz, .h1x , #q{color:red;display:none}", 'class="h1x"'),
    "class-important": (".h1x{display:none!important}.h1x{display:inline}", 'class="h1x"'),
    "class-important-over-inline": (".h1x{display:none!important}", 'class="h1x" style="display:inline"'),
    "class-later-wins": (".h1x{display:inline}.h1x{display:none}", 'class="h1x"'),
    "id": ("#x1{display:none}", 'id="x1"'),
    "id-over-class": ("#x1{display:none}.h1x{display:inline}", 'id="x1" class="h1x"'),
    "attribute-selector": ('[data-old]{display:none}', 'data-old="1"'),
    "attribute-selector-value": ('span[data-old="1"]{display:none}', 'data-old="1"'),
    "in-media-screen": ("@media screen{.h1x{display:none}}", 'class="h1x"'),
    "in-media-all": ("@media all{.h1x{display:none}}", 'class="h1x"'),
    "behind-a-comment": ("/* .h1x{display:inline} */.h1x{/*a*/display/*b*/:none}", 'class="h1x"'),
    "behind-a-broken-rule": ("}} .zz{color} .h1x{display:none}", 'class="h1x"'),
    "escaped-class": (".h\\31 x{display:none}", 'class="h1x"'),
    "behind-import": ('@import url("a.css");.h1x{display:none}', 'class="h1x"'),
}  # fmt: skip

#: What looks like hiding, and is not.
VISIBLE = {
    "inline-shown": ("", 'style="display:inline"'),
    "inline-later-shown": ("", 'style="display:none;display:inline"'),
    "class-undone-inline": (".h1x{display:none}", 'class="h1x" style="display:inline"'),
    "class-undone-later": (".h1x{display:none}.h1x{display:inline}", 'class="h1x"'),
    "class-undone-by-id": (".h1x{display:none}#x1{display:inline}", 'class="h1x" id="x1"'),
    "class-undone-important": (".h1x{display:inline!important}.h1x{display:none}", 'class="h1x"'),
    "class-of-another-element": ("div.h1x{display:none}", 'class="h1x"'),
    "class-below-another": ("ul .h1x{display:none}", 'class="h1x"'),
    "class-like-furniture": ("", 'class="hidden-xs footer nav sidebar advert"'),
    "in-print-only": ("@media print{.h1x{display:none}}", 'class="h1x"'),
    "in-a-comment": ("/* .h1x{display:none} */", 'class="h1x"'),
    "pseudo": (".h1x:hover{display:none}.h1x::before{display:none}", 'class="h1x"'),
    "only-of-other-attribute": ("[data-new]{display:none}", 'data-old="1"'),
    "no-strike": ("", 'style="text-decoration:underline"'),
    "white-on-black": ("", 'style="color:#fff;background:#000"'),
    "words-like-none": ("", 'style="font-family:none;content:\'display:none\'"'),
    "aria-hidden": ("", 'aria-hidden="true"'),
}  # fmt: skip

#: How a digit is raised or lowered: style sheet, opening and closing of the element.
RAISED = {
    "sup": ("", "<sup>", "</sup>"),
    "sub": ("", "<sub>", "</sub>"),
    "sup-upper": ("", "<SUP>", "</SUP>"),
    "sup-in-link": ("", '<a href="#n1"><sup>', "</sup></a>"),
    "link-in-sup": ("", '<sup><a href="#n1">', "</a></sup>"),
    "inline-super": ("", '<span style="vertical-align:super;font-size:60%">', "</span>"),
    "inline-sub": ("", '<span style="vertical-align:sub">', "</span>"),
    "inline-text-top": ("", '<span style="vertical-align:text-top;font-size:8px">', "</span>"),
    "inline-length": ("", '<span style="vertical-align:6px;font-size:9px">', "</span>"),
    "inline-percent": ("", '<span style="vertical-align:40%;font-size:9px">', "</span>"),
    "inline-relative": ("", '<span style="position:relative;top:-6px;font-size:9px">', "</span>"),
    "class-super": (".u1{vertical-align:super}", '<span class="u1">', "</span>"),
    "class-super-below": ("td .u1{vertical-align:super}", '<span class="u1">', "</span>"),
    "element-super": ("i{vertical-align:super;font-style:normal}", "<i>", "</i>"),
    "element-below-super": ("td em{vertical-align:super}", "<em>", "</em>"),
    "msword-text-raise": ("", '<span style="mso-text-raise:6.0pt;font-size:8pt">', "</span>"),
    "linked-number": ("", '<a href="#fn1">', "</a>"),
    "linked-footnote-of-word": ("", '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference">[', "]</span></a>"),
    "ruby": ("", "<ruby>", "</ruby>"),
    "small-sup": ("", "<small><sup>", "</sup></small>"),
    "font-variant": ("", '<span style="font-variant-position:super">', "</span>"),
}  # fmt: skip

#: The cell's HTML, of which 437 is to be seen.
SHOWING_437 = {
    "comment-within": "43<!-- 9 -->7",
    "comment-odd": "<!--9-->437<!---->",
    "comment-open-bracket": "<!-- > 9 -->437",
    "conditional-comment-hidden": "437<!--[if mso]>9<![endif]-->",
    "conditional-comment-shown": "<!--[if !mso]><!-->437<!--<![endif]-->",
    "conditional-comment-revealed": "<![if !vml]>437<![endif]>",
    "conditional-comment-vml": "<!--[if gte vml 1]><v:shape>9</v:shape><![endif]-->437",
    "conditional-comment-support-lists": "<![if !supportLists]><![endif]>437",
    "script": "<script>document.write(9)</script>437",
    "style": "<style>.q{color:red}</style>437",
    "template": "<template>9</template>437",
    "noscript": "437<noscript>9</noscript>",
    "noframes": "437<noframes>9</noframes>",
    "noembed": "437<noembed>9</noembed>",
    "object-fallback": '<object data="a.swf" width="0"></object>437',
    "del": "<del>9</del>437",
    "s": "<s>9</s>437",
    "strike": "<strike>9</strike>437",
    "ins": "43<ins>7</ins>",
    "del-in-ins": "<ins><del>9</del>437</ins>",
    "del-around-hidden-cell": "<del>4</del><ins>4</ins>37",
    "ruby-text": "<ruby>437<rp>(</rp><rt>1</rt><rp>)</rp></ruby>",
    "entity": "&#52;&#51;&#55;",
    "entity-hex": "&#x34;&#x33;&#x37;",
    "entity-space": "&nbsp;437&nbsp;&ensp;",
    "entity-full-width": "&#65300;&#65299;&#65303;",
    "soft-hyphen": "43&shy;7",
    "word-break": "43<wbr>7",
    "zero-width-space": "43&#8203;7",
    "zero-width-joiner": "43&zwj;7",
    "byte-order-mark": "&#xFEFF;437",
    "left-to-right-mark": "&lrm;437&lrm;",
    "bdo-rtl": '<bdo dir="rtl">734</bdo>',
    "bdo-css": '<span style="unicode-bidi:bidi-override;direction:rtl">734</span>',
    "rlo": "&#8238;734&#8236;",
    "bdi": '<bdi dir="rtl">437</bdi>',
    "dir-rtl": '<span dir="rtl">437</span>',
    "input": '<input type="text" value="437">',
    "input-read-only": '<input value="437" readonly disabled>',
    "input-number": '<input type="number" value="437">',
    "input-hidden": '437<input type="hidden" value="9">',
    "input-password-none": '437<input type="hidden" name="n" value="99">',
    "input-no-display": '437<input style="display:none" value="9">',
    "input-placeholder": '437<input type="hidden" placeholder="9">',
    "textarea": "<textarea>437</textarea>",
    "select": "<select><option>9</option><option selected>437</option></select>",
    "select-first": "<select><option>437</option><option>9</option></select>",
    "output": "<output>437</output>",
    "label": "<label>437</label>",
    "data-value": '<data value="9">437</data>',
    "meter": '437<meter value="9" max="10" style="display:none">9</meter>',
    "title-attribute": '<span title="9">437</span>',
    "alt-of-picture": '437<img alt="9" src="a.png" width="1" height="1">',
    "link": '<a href="http://a.b/9">437</a>',
    "nested-hidden": '<span style="display:none">9<b>8</b></span>437',
    "hidden-in-shown": '<b><i style="display:none">9</i>437</b>',
    "shown-within-hidden-visibility": '<span style="visibility:hidden">9<b style="visibility:visible">437</b></span>',
    "shown-within-none": '<span style="display:none">9<b style="display:inline">8</b></span>437',
    "list-ordered": "<ol><li>437</li></ol>",
    "list-started": '<ol start="9"><li>437</li></ol>',
    "list-valued": '<ol><li value="9">437</li></ol>',
    "list-unordered": "<ul><li>437</li></ul>",
    "paragraph": "<p>437</p>",
    "font": '<font color="red" size="9">437</font>',
    "centre": "<center><b>437</b></center>",
    "details-open": "<details open><summary>437</summary></details>",
    "details-closed": "<details><summary>437</summary>9</details>",
    "nested-table": "<table><tr><td>437</td></tr></table>",
    "nested-table-hidden": '437<table style="display:none"><tr><td>9</td></tr></table>',
    "custom-element": "<x-figure>437</x-figure>",
    "office-paragraph": '<o:p></o:p><span lang="EN-US">437<o:p>&nbsp;</o:p></span>',
    "span-each-digit": "<span>4</span><span>3</span><span>7</span>",
    "bold-digit": "4<b>3</b>7",
    "line-breaks-in-source": "\n   437\n  ",
    "cdata": "437<![CDATA[9]]>",
    "processing-instruction": "437<?php echo 9 ?>",
    "svg-text": '<svg width="60" height="20"><text x="0" y="15">437</text></svg>',
    "math": "<math><mn>437</mn></math>",
    "math-power": "<math><msup><mn>437</mn><mn>1</mn></msup></math>",
    "dialog-closed": "437<dialog>9</dialog>",
    "popover": '437<div popover>9</div>',
    "datalist": '437<datalist><option value="9">9</option></datalist>',
    "audio-fallback": "437<audio>9</audio>",
    "video-fallback": "437<video>9</video>",
    "canvas-fallback": "437<canvas>9</canvas>",
    "iframe-fallback": "437<iframe width=0>9</iframe>",
    "frame-title": "437<title>9</title>",
    "mark-behind": "437①",
    "star-behind": "437*",
    "note-behind": "437<span>（注1）</span>",
    "generated-nothing": '<span class="q9">437</span>',
}  # fmt: skip

NO_NUMBER = {
    "break": "43<br>7",
    "two-paragraphs": "<p>43</p><p>7</p>",
    "two-blocks": "<div>43</div><div>7</div>",
    "rule-between": "43<hr>7",
    "two-list-items": "<ul><li>43</li><li>7</li></ul>",
    "two-inputs": '<input value="43"><input value="7">',
    "two-cells-of-inner-table": "<table><tr><td>43</td><td>7</td></tr></table>",
    "two-rows-of-inner-table": "<table><tr><td>437</td></tr><tr><td>9</td></tr></table>",
    "input-and-text": '437<input value="9">',
    "input-placeholder-only": '<input placeholder="437">',
    "picture-only": '<img src="437.png" alt="437">',
    "canvas-only": "<canvas>437</canvas>",
    "sup-only": "<sup>2</sup>",
    "fraction": "<math><mfrac><mn>43</mn><mn>7</mn></mfrac></math>",
    "sup-and-sub-as-fraction": "<sup>43</sup>&frasl;<sub>7</sub>",
    "about": "约437",
    "minus": "&minus;437",
    "dash-between": "43&ndash;7",
    "tab": "43\t9&#9;7",
    "blank-between": "43&nbsp;&nbsp;7",
    "unresolved-template": "{{ penalties }}",
    "unresolved-template-number": "${437}",
    "asp": "&lt;%=437%&gt;",
    "css-counter": '<span class="cnt"></span>约',
    "mathml-sum": "<math><mn>400</mn><mo>+</mo><mn>37</mn></math>",
}  # fmt: skip

#: CSS that shows another figure than the source has: (name, style sheet, cell). The source's own text is not what is seen.
GENERATED = (
    ("before", ".q9::before{content:'9'}", '<span class="q9">437</span>'),
    ("after", ".q9::after{content:'9'}", '<span class="q9">437</span>'),
    ("after-one-colon", '.q9:after{content:"9"}', '<span class="q9">437</span>'),
    ("only", ".q9::after{content:'437'}", '<span class="q9"></span>'),
    ("from-attribute", ".q9::after{content:attr(data-n)}", '<span class="q9" data-n="9">437</span>'),
    ("instead", ".q9{font-size:0}.q9::after{content:'9';font-size:16pt}", '<span class="q9">437</span>'),
    ("reversed", ".q9{unicode-bidi:bidi-override;direction:rtl}", '<span class="q9">734</span>'),
    ("flex-order", ".q9{display:inline-flex}.q9 b{order:2}", '<span class="q9"><b>37</b><i>4</i></span>'),
)

#: Ways in which a row is not shown: style sheet, attributes of the row.
ROWS = {
    "inline": ("", 'style="display:none"'), "attribute": ("", "hidden"), "class": (".gone{display:none}", 'class="gone"'), "id": ("#gone{display:none}", 'id="gone"'),
    "collapse": ("", 'style="visibility:collapse"'), "height-0": ("", 'style="display:none;height:0"'), "important": ("tr.gone{display:none!important}", 'class="gone" style="display:table-row"'),
    "mso": ("", "style='mso-hide:all;display:none'"),
}  # fmt: skip


def twin(figure: str, attributes: str = "") -> str:
    return ROW.replace(">437<", f">{figure}<").replace("<tr>", f"<tr {attributes}>")


def rows() -> Iterator[Kind]:
    for name, (css, attributes) in ROWS.items():
        gone = twin("9", attributes)
        yield "hidden-row", f"{name}-before", page_file(page(row=gone + ROW, css=css)), Shown()
        yield "hidden-row", f"{name}-after", page_file(page(row=ROW + gone, css=css)), Shown()
        yield (
            "hidden-row",
            f"{name}-only",
            page_file(page(row=twin("437", attributes), css=css)),
            Shown({PENALTIES: None}),
        )
    yield "hidden-row", "commented-out", page_file(page(row=f"<!-- {twin('9')} -->" + ROW)), Shown()
    yield (
        "hidden-row",
        "conditional",
        page_file(page(row=f"<!--[if mso]>{twin('9')}<![endif]-->" + ROW)),
        Shown(),
    )
    yield (
        "hidden-row",
        "conditional-revealed",
        page_file(page(row=f"<!--[if !mso]><!-->{ROW}<!--<![endif]-->")),
        Shown(),
    )
    yield (
        "hidden-row",
        "in-hidden-body",
        page_file(page(row=f'</tbody><tbody style="display:none">{twin("9")}</tbody><tbody>{ROW}')),
        Shown(),
    )
    yield "hidden-row", "in-template", page_file(page(row=f"<template>{twin('9')}</template>" + ROW)), Shown()
    yield (
        "hidden-row",
        "struck",
        page_file(
            page(
                row='<tr style="text-decoration:line-through"><th>行政处罚</th><td colspan="3">9</td></tr>'
                + ROW
            )
        ),
        Shown(),
    )
    yield (
        "hidden-row",
        "all-cells-hidden",
        page_file(
            page(
                row='<tr><th style="display:none">行政处罚</th><td style="display:none" colspan="3">9</td></tr>'
                + ROW
            )
        ),
        Shown(),
    )
    cell = '<td class="figure" colspan="3">437</td>'
    yield (
        "cells",
        "hidden-cell-before",
        page_file(page(row=ROW.replace(cell, '<td style="display:none">9</td>' + cell))),
        Shown(),
    )
    yield (
        "cells",
        "hidden-cell-behind",
        page_file(page(row=ROW.replace(cell, cell + "<td hidden>9</td>"))),
        Shown(),
    )
    yield (
        "cells",
        "hidden-cell-in-place",
        page_file(page(row=ROW.replace(cell, '<td style="display:none" colspan="3">9</td>' + cell))),
        Shown(),
    )
    yield (
        "cells",
        "two-figures",
        page_file(page(row=ROW.replace(cell, "<td>437</td><td>9</td><td></td>"))),
        NoNumber(),
    )
    yield (
        "cells",
        "figure-in-third",
        page_file(page(row=ROW.replace(cell, "<td></td><td></td><td>437</td>"))),
        Shown(),
    )
    yield (
        "cells",
        "same-three-times",
        page_file(page(row=ROW.replace(cell, "<td>437</td><td>437</td><td>437</td>"))),
        Shown(),
    )
    yield "cells", "span-0", page_file(page(row=ROW.replace('colspan="3"', 'colspan="0"'))), Shown()
    yield "cells", "span-text", page_file(page(row=ROW.replace('colspan="3"', 'colspan="drei"'))), Shown()
    yield "cells", "span-negative", page_file(page(row=ROW.replace('colspan="3"', 'colspan="-3"'))), Shown()
    yield "cells", "span-without-value", page_file(page(row=ROW.replace('colspan="3"', "colspan"))), Shown()
    yield "cells", "span-large", page_file(page(row=ROW.replace('colspan="3"', 'colspan="99"'))), Shown()
    yield (
        "cells",
        "row-span-over-next",
        page_file(page(row=ROW.replace('colspan="3"', 'colspan="3" rowspan="2"'))),
        Doubtful((437,), "disclosure.coercion.decisions"),
    )
    yield "cells", "not-closed", page_file(page(row="<tr><th>行政处罚<td colspan=3>437")), Shown()
    yield "twins", "differ", page_file(page(row=twin("9") + ROW)), NoNumber()
    yield "twins", "differ-after", page_file(page(row=ROW + twin("9"))), NoNumber()
    yield "twins", "same", page_file(page(row=ROW + ROW)), Shown()
    yield "twins", "differ-by-a-mark", page_file(page(row=ROW + twin("437①"))), Shown()
    yield "twins", "differ-by-0", page_file(page(row=ROW + twin("0"))), NoNumber()
    yield "twins", "second-blank", page_file(page(row=ROW + twin(""))), Shown()


def tables() -> Iterator[Kind]:
    """A table of another year, or an old one, beside this year's."""
    text = converted("html").decode()
    start = text.index("<table")
    end = text.index("</table>") + 8
    old = text[start:end].replace(">437<", ">999<")

    def with_other(before: str = "", after: str = "") -> Make:
        return page_file(text[:start] + before + text[start:end] + after + text[end:])

    for caption in (
        "2023年情况",
        "2024年情况",
        "上年情况",
        "附：2024年度数据",
        "（2024年）",
        "2024年主动公开政府信息情况",
        "去年同期",
    ):
        yield (
            "other-year",
            f"before-{caption}",
            with_other(before=f"<p>{caption}</p>{old}<p>2025年情况</p>"),
            Doubtful((437,)),
        )
        yield "other-year", f"after-{caption}", with_other(after=f"<p>{caption}</p>{old}"), Doubtful((437,))
        yield (
            "other-year",
            f"caption-element-{caption}",
            with_other(before=old.replace(">", f"><caption>{caption}</caption>", 1)),
            Doubtful((437,)),
        )
    for name, opening, closing in (
        ("none", '<div style="display:none">', "</div>"), ("hidden", "<div hidden>", "</div>"), ("template", "<template>", "</template>"), ("comment", "<!-- ", " -->"), ("script", '<script type="text/template">', "</script>"),
        ("noscript", "<noscript>", "</noscript>"), ("textarea", '<textarea style="display:none">', "</textarea>"), ("details", "<details><summary>旧</summary>", "</details>"), ("iframe", "<iframe>", "</iframe>"), ("conditional", "<!--[if IE]>", "<![endif]-->"), ("struck", "<del>", "</del>"),
        ("visibility", '<div style="visibility:hidden">', "</div>"), ("height", '<div style="height:0;overflow:hidden">', "</div>"), ("tab-not-active", '<div class="tab-pane" style="display:none">', "</div>"), ("dialog", "<dialog>", "</dialog>"),
    ):  # fmt: skip
        yield "hidden-table", f"{name}-before", with_other(before=opening + old + closing), Shown()
        yield "hidden-table", f"{name}-after", with_other(after=opening + old + closing), Shown()
    yield "twins", "two-tables-differ", with_other(before=old), NoNumber()
    yield "twins", "two-tables-same", with_other(before=text[start:end]), Doubtful((437,))
    yield (
        "other-year",
        "heading-in-the-column",
        page_file(
            replaced(page(), '<th class="header">本年制发件数</th>', '<th class="header">2024年制发件数</th>')
        ),
        Doubtful((0,), "disclosure.rules.issued"),
    )


def around() -> Iterator[Kind]:
    """Pages of sites: what stands around the report must neither hide it nor add to it."""
    for name, opening, closing in (
        ("form", '<form method="post" action="./x.aspx" id="form1">', "</form>"), ("form-with-state", '<form id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="437437">', "</form>"), ("header", "<header>", "</header>"), ("aside", "<aside>", "</aside>"), ("label", "<label>", "</label>"), ("footer", "<footer>", "</footer>"), ("nav", "<nav>", "</nav>"), ("main", "<main>", "</main>"),
        ("fieldset", "<fieldset><legend>年报</legend>", "</fieldset>"), ("section", '<section class="sidebar">', "</section>"), ("class-footer", '<div class="footer-content">', "</div>"), ("class-nav", '<div class="navigation nav menu">', "</div>"), ("class-hidden", '<div class="hidden-print visible-lg not-hidden">', "</div>"),
        ("class-comment", '<div class="comment comments">', "</div>"), ("class-share", '<div class="share social related">', "</div>"), ("id-sidebar", '<div id="sidebar-right">', "</div>"), ("class-ad", '<div class="ad banner breadcrumb">', "</div>"), ("role-navigation", '<div role="navigation">', "</div>"), ("role-complementary", '<div role="complementary">', "</div>"), ("aria-hidden", '<div aria-hidden="true">', "</div>"),
        ("layout-table", "<table><tr><td>", "</td></tr></table>"), ("button", '<div class="btn">', "</div>"), ("font", "<font><center>", "</center></font>"), ("blockquote", "<blockquote>", "</blockquote>"), ("details", "<details open><summary>年报</summary>", "</details>"), ("a", '<a name="top">', "</a>"), ("custom", "<ucap-content>", "</ucap-content>"), ("body-twice", "<body>", "</body>"), ("object", "<article><div><div><div>", "</div></div></div></article>"), ("noscript-no", '<div id="zoom" class="TRS_Editor">', "</div>"),
    ):  # fmt: skip

        def wrapped(text: str, o: str = opening, c: str = closing) -> str:
            return text.replace("<article>", o + "<article>", 1).replace("</article>", "</article>" + c, 1)

        yield "around", name, page_file(page(change=wrapped)), Shown(read=True)
    text = page()
    for encoding, declared in (
        ("gbk", "gbk"),
        ("gb18030", "gb18030"),
        ("gb18030", "gb2312"),
        ("utf-8", "gb2312"),
        ("gbk", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-8-sig", "utf-8"),
        ("utf-8", "no-such-thing"),
        ("gb18030", ""),
    ):
        tag = f'<meta charset="{declared}">' if declared else ""
        yield (
            "encoding",
            f"{encoding}-said-{declared or 'nothing'}",
            page_file(replaced(text, '<meta charset="utf-8">', tag), encoding),
            Shown(),
        )
    yield (
        "encoding",
        "xhtml",
        page_file(
            '<?xml version="1.0" encoding="utf-8"?>\n'
            + text.replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"', 1)
        ),
        Shown(),
    )
    yield (
        "encoding",
        "xhtml-wrong-declared",
        page_file('<?xml version="1.0" encoding="klingon"?>\n' + text),
        Shown(),
    )
    yield "encoding", "no-doctype-no-head", page_file(text[text.index("<article>") :]), Shown()
    yield "encoding", "null-bytes", page_file(text.replace("行政处罚", "行政处罚\x00")), Shown()
    yield (
        "year",
        "hidden-other-year-in-title",
        page_file(
            page(
                change=lambda t: t.replace(
                    "<br>2025年", '<br><span style="display:none">2024年</span>2025年', 1
                )
            )
        ),
        Shown(year=2025),
    )
    yield (
        "year",
        "struck-other-year-in-title",
        page_file(page(change=lambda t: t.replace("<br>2025年", "<br><del>2024</del>2025年", 1))),
        Shown(year=2025),
    )
    yield (
        "year",
        "page-title-of-another-year",
        page_file(
            page(
                change=lambda t: t.replace(
                    "2025年政府信息公开工作年度报告</title>", "2024年政府信息公开工作年度报告</title>", 1
                )
            )
        ),
        Shown(year=2025),
    )
    yield (
        "year",
        "meta-of-another-year",
        page_file(
            page(
                change=lambda t: t.replace(
                    "<style>", '<meta name="ArticleTitle" content="2023年政府信息公开工作年度报告"><style>', 1
                )
            )
        ),
        Shown(year=2025),
    )
    for year in ("二〇二五年", "二零二五年", "２０２５年", "2025 年", "2025年度", "二O二五年", "二○二五年"):
        yield (
            "year",
            f"written-{year}",
            page_file(page(change=lambda t, y=year: t.replace("<br>2025年", f"<br>{y}", 1))),
            Shown(year=2025),
        )
    yield (
        "year",
        "link-list-of-years",
        page_file(
            page(
                change=lambda t: t.replace(
                    "<article>",
                    "<ul><li>2023年政府信息公开工作年度报告</li><li>2024年政府信息公开工作年度报告</li></ul><article>",
                    1,
                )
            )
        ),
        Shown(year=2025),
    )
    yield (
        "year",
        "five-digits",
        page_file(page(change=lambda t: t.replace("<br>2025年", "<br>20255年", 1))),
        Survived(may_pass=False),
    )


def attempts() -> Iterator[Attempt]:
    def one(kind: str, name: str, make: Make, expected: Expected) -> Attempt:
        return Attempt("pages", kind, name, ".html", make, expected)

    for name, (css, attributes) in HIDDEN.items():
        digit = f"<span {attributes}>9</span>"
        yield one("hidden", f"{name}-before", page_file(page(digit + "437", css=css)), Shown())
        yield one("hidden", f"{name}-behind", page_file(page("437" + digit, css=css)), Shown())
        if css:
            yield one(
                "hidden",
                f"{name}-around",
                page_file(page(f"<span {attributes}>438<b>9</b></span><i>437</i>", css=css)),
                Shown(),
            )
    for name, (css, attributes) in VISIBLE.items():
        yield one("visible", name, page_file(page(f"4<span {attributes}>37</span>", css=css)), Shown())
    for name, (css, opening, closing) in RAISED.items():
        if name == "ruby":
            continue
        yield one("raised", f"{name}-behind", page_file(page(f"437{opening}1{closing}", css=css)), Shown())
        yield one(
            "raised", f"{name}-before", page_file(page(f"{opening}1{closing}437", css=css)), Doubtful((437,))
        )
        yield one(
            "raised", f"{name}-within", page_file(page(f"4{opening}9{closing}37", css=css)), Doubtful((437,))
        )
        yield one(
            "raised",
            f"{name}-fee",
            page_file(page(fee=f"25.1{opening}2{closing}", css=css)),
            Shown({FEE: 25.1}),
        )
    for name, cell in SHOWING_437.items():
        yield one("cell", name, page_file(page(cell)), Shown())
    for name, cell in NO_NUMBER.items():
        yield one("no-number", name, page_file(page(cell)), NoNumber())
    for name, css, cell in GENERATED:
        yield one(
            "generated",
            name,
            page_file(page(cell, css=css)),
            Shown() if name in ("reversed", "flex-order", "only") else NoNumber(),
        )
    for kinds in (rows(), tables(), around()):
        for kind, name, make, expected in kinds:
            yield one(kind, name, make, expected)
