"""What is read in sentences: numbers, denials, lists; the rows of any form; texts of any size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import published
from training.annotated import FORM, load, names
from training.measuring import PAGE
from xlreport.checking import check
from xlreport.form.declaration import Form, Table, row
from xlreport.form.disclosure_2021 import Applicants, Applications, Refused, Results
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.reader import Reader, scorers
from xlreport.rules.text.sentences import sentences

TOWN = "北京市通州区西集镇人民政府"


def read(text: str, organisation: str = TOWN, year: int = 2025, form: Form = FORM) -> list[Claim]:
    return list(Reader(scorers(form), organisation, year).read(list(sentences("overview", text))))


def claimed(text: str, organisation: str = TOWN, form: Form = FORM) -> set[tuple[str, str, int]]:
    return {(claim.kind, claim.column, int(claim.value)) for claim in read(text, organisation, form=form)}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "予以公开、部分公开分别为79件、49件。",
            {("results.granted", "", 79), ("results.partly_granted", "", 49)},
        ),
        (
            "不予处理2件，重复申请、要求提供公开出版物各1件。",
            {
                ("results.not_processed", "", 2),
                ("results.not_processed.repeated", "", 1),
                ("results.not_processed.public_publication", "", 1),
            },
        ),
        (
            "全年公布许可187件、处罚17件。",
            {("licensing.decisions", "", 187), ("penalties.decisions", "", 17)},
        ),
        ("行政复议34件，其中维持33件。", {("review", "", 34), ("review.upheld", "", 33)}),
        ("未发生政府信息公开行政复议、行政诉讼。", {("review", "", 0), ("litigation", "", 0)}),
        ("未收到信息公开方面的行政复议和行政诉讼案件。", {("review", "", 0), ("litigation", "", 0)}),
        ("2025新收政府信息公开申请9件。", {("new", "", 9)}),
        (
            "收到申请9件。其中2条本机关不掌握。",
            {("received", "", 9), ("results.unavailable.not_held", "", 2)},
        ),
        ("收到申请9件，已按期办结。", {("received", "", 9), ("carried_out", "", 0)}),
        ("公开部门动态20条；全年作出行政处罚决定437件。", {("penalties.decisions", "", 437)}),
        ("本年新收政府信息公开申请9件，均为自然人申请。", {("new", "", 9), ("new", "natural_person", 9)}),
        (
            "全年接收申请124宗（含2024年度结转5宗），公民申请113宗，法人和其他组织申请11宗。",
            {
                ("received", "", 124),
                ("carried_in", "", 5),
                ("received", "natural_person", 113),
                ("received", "organisations", 11),
            },
        ),
        ("全年收到公开申请4件，全部按时完成办理。", {("received", "", 4), ("carried_out", "", 0)}),
        ("全年收到公开申请1件，已办结。", {("received", "", 1), ("carried_out", "", 0)}),
        ("全年作出行政处罚决定437件。", {("penalties.decisions", "", 437)}),
        (
            "本年制发行政规范性文件3件，废止2件。",
            {("normative_documents.issued", "", 3), ("normative_documents.repealed", "", 2)},
        ),
    ],
)
def test_what_a_sentence_claims(text: str, figures: set[tuple[str, str, int]]):
    assert figures <= claimed(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年，我镇收到政府信息公开申请152件，办结140件。",
        "各村收到政府信息公开申请93件。",
        "予以公开由93件上升为79件。",
        "全年举办培训3场、发布信息64篇、93条。",
        "预计2026年收到政府信息公开申请193件。",
        "门户网站发布信息1264条，点击量2.6万次。",
        "我镇行政许可事项152项，行政处罚事项93项，行政强制事项64项。",
        "全年新制定行政规范性文件6件；发布航行通告1264条。",
    ],
)
def test_other_years_bodies_and_things_are_not_claimed(text: str):
    assert not {value for _, _, value in claimed(text)} & {152, 140, 93, 3, 64, 193, 1264}


class MoreRefused(Refused):
    """Grounds for not disclosing, with one more row that nothing has been learnt of."""

    minors: Applicants = row("9.属于未成年人隐私信息")


class MoreResults(Results):
    """Results with that row."""

    refused: MoreRefused = row("（三）不予公开")


class MoreApplications(Applications):
    """Table 3 with that row."""

    results: MoreResults = row("三、本年度办理结果")


def test_that_there_was_no_suit_of_one_kind_says_nothing_of_all():
    suits = {kind for kind, _, _ in claimed("本年度没有发生复议后再起诉的政府信息公开行政诉讼案件。")}
    assert suits == {"litigation_after_review"}


@pytest.mark.parametrize("said", ["均已答复", "均已办结，其中1件结转下年办理", "除1件外均已办结"])
def test_what_is_not_all_done_leaves_open_how_many_are_carried_on(said: str):
    assert ("carried_out", "", 0) not in claimed(f"全年收到公开申请4件，{said}。")


def test_a_word_ends_where_the_text_does():
    text = "26件申请全部办结，无结转"
    assert max(claim.end for claim in read(text)) == len(text)


def with_a_new_row() -> Form:
    def changed(table: Table) -> Table:
        return table.with_model(MoreApplications) if table.key == "applications" else table

    return replace(FORM, id="with-a-new-row", tables=tuple(map(changed, FORM.tables)))


def test_a_new_row_is_read_without_training():
    form = with_a_new_row()
    said = "不予公开5件，其中属于未成年人隐私信息3件。"
    assert ("results.refused.minors", "", 3) in claimed(said, form=form)
    assert "results.refused.minors" not in {kind for kind, _, _ in claimed(said)}


def true_sentences() -> list[str]:
    return [
        sentence.text
        for name in names()
        for sentence in load(name)
        if sentence.report == "xiji-2025" and sentence.verdict == "silent" and sentence.organisation == TOWN
    ]


@settings(max_examples=40)
@given(st.data())
def test_a_paragraph_of_true_sentences_is_no_error(data: st.DataObject):
    texts = data.draw(st.lists(st.sampled_from(true_sentences()), min_size=2, max_size=4))
    report = published("xiji-2025")
    report.overview = "".join(text.removesuffix("。") + "。" for text in texts)
    errors = [f.quote for f in check(report).findings if f.rule == "contradiction" and f.level == "error"]
    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        "收到" + "、".join(["12件"] * 2000),
        "收到申请" + "（其中12件" * 3000,
        "，".join(["12件占1.3%"] * 1000),
        "研究部署推进落实" * 12_500,
        "全年收到政府信息公开申请3511件，其中自然人3402件；" * 400,
        "、".join(["予以公开"] * 500) + "分别为" + "、".join(["12件"] * 500),
    ],
    ids=["numbers", "brackets", "percentages", "no-stop", "one-sentence", "in-turn"],
)
def test_a_text_of_any_size_is_read_to_its_end(text: str):
    report = published("xiji-2025")
    report.overview = text + "。\n本年新收政府信息公开申请9999件。"
    assert any("9999" in (f.quote or "") for f in check(report).findings if f.rule == "contradiction")


def test_the_documentation_names_every_set():
    page = PAGE.read_text("utf-8")
    table = re.search(r"<!-- scores -->\n(.*?)\n<!-- end -->", page, re.DOTALL)
    assert table is not None
    for name in names():
        assert f"| {name.replace('_', ' ')} |" in table[1], f"run: python -m training.measure ({name})"
