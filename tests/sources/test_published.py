"""What was printed is read back: every cell right, in every variation met in print, and nothing assumed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import xlreport
from tests.examples import examples
from tests.office import Office
from tests.rendering.drawing import DrawnTable, items
from tests.rendering.pages import as_html
from tests.rendering.rendered import (
    RENDERINGS,
    TEXTS,
    Rendering,
    differences,
    read_back,
    sample,
    suited,
    with_text,
)
from tests.rendering.variations import Variation, single_variations, variations
from tests.samples import DATA, balanced_figures, report_of
from xlreport.checking import check
from xlreport.example import good
from xlreport.form.catalogue import CURRENT, MODULES, form_of

SEED = DATA / "xiji-2025.txt"
WEB = next(rendering for rendering in RENDERINGS if rendering.name == "html-plain")


@pytest.mark.parametrize("rendering", RENDERINGS, ids=lambda rendering: rendering.name)
@pytest.mark.parametrize("name", ["suqian-2024", "xiji-2025"])
def test_a_report_printed_as_usual_is_read_without_a_word(name: str, rendering: Rendering, tmp_path: Path):
    report = sample(name)
    again = read_back(report, Variation(), rendering, tmp_path)
    assert differences(report, again) == []
    # These have figures on the page that are not read, which is said.
    told = ("docx-hidden", "docx-moved", "docx-struck", "docx-tracked", "html-word-gb2312")
    assert rendering.name in told or again.remarks == []
    assert set(again.origins) == set(report.figures())


@pytest.mark.parametrize("how", single_variations(), ids=str)
def test_each_variation_is_read_back_from_every_kind_of_file(how: Variation, tmp_path: Path):
    report = suited(sample("suqian-2024"), how)
    for rendering in RENDERINGS:
        # In print nobody turns the blanks of an unmerged grid into lines of their own.
        unlikely = rendering.name == "text-piped-cells" and how.merged == "no"
        if not unlikely and (rendering.lays_out or how.wrapping == "none"):
            assert differences(report, read_back(report, how, rendering, tmp_path)) == [], rendering.name


@settings(
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_combination_of_variations_is_read_back(data: st.DataObject, tmp_path: Path):
    rendering = data.draw(st.sampled_from(RENDERINGS))
    fixed = {} if rendering.lays_out else {"wrapping": "none"}
    if rendering.name == "text-piped-cells":
        fixed["merged"] = "yes"
    how = data.draw(variations(**fixed))
    form = form_of(data.draw(st.sampled_from(sorted(MODULES))))
    figures = data.draw(balanced_figures(form))
    # Cells a line each, all of them blank: not even the form can be told.
    assume(any(figures.values()) or rendering.name != "text-piped-cells")
    report = suited(with_text(report_of(figures, form=form.id, year=2024)), how)
    assert differences(report, read_back(report, how, rendering, tmp_path)) == []


@settings(
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_spoilt_table_is_never_read_wrongly_in_silence(data: st.DataObject, tmp_path: Path):
    """Labels, figures and whole rows are lost or garbled; a figure that differs from the printed one is always told."""
    report = sample("suqian-2024")
    how = data.draw(variations(other="three", noise="none", wrapping="none"))
    drawn = items(report, how)
    at = data.draw(st.sampled_from([n for n, item in enumerate(drawn) if isinstance(item, DrawnTable)]))
    table = drawn[at]
    assert isinstance(table, DrawnTable)
    spoilt = list(table.cells)
    for place in data.draw(st.lists(st.integers(0, len(spoilt) - 1), min_size=1, max_size=4, unique=True)):
        cell = spoilt[place]
        garbled = data.draw(st.sampled_from(["", "〇", "其他", "总计", cell.text[::-1], cell.text[1:]]))
        if not cell.figure:
            spoilt[place] = type(cell)(cell.row, cell.column, cell.row_span, cell.column_span, garbled)
    drawn[at] = DrawnTable(tuple(spoilt))
    path = tmp_path / "report.html"
    path.write_text(as_html(drawn, how).replace("CHARSET", "utf-8"), encoding="utf-8")
    again = xlreport.read(path)
    if differences(report, again):
        assert again.remarks


class TestSeed:
    """The seed's own text, a document made of it, and the web page give what the workbook gives."""

    @pytest.mark.parametrize("ending", [".txt", ".docx", ".html"])
    def test_the_findings_are_those_of_the_workbook(self, ending: str, tmp_path: Path):
        xlreport.write(good(), tmp_path / "seed.xlsx")
        path = SEED
        if ending != ".txt":
            path = tmp_path / f"seed{ending}"
            xlreport.write(xlreport.read(SEED), path)
        report, workbook = xlreport.read(path), xlreport.read(tmp_path / "seed.xlsx")
        assert report.figures() == workbook.figures()
        assert report.remarks == []
        assert [(f.rule, f.message) for f in check(report)] == [(f.rule, f.message) for f in check(workbook)]

    def test_the_text_is_the_narrative_without_the_tables(self):
        report = xlreport.read(SEED)
        for content in TEXTS:
            wanted, got = getattr(good(), content), getattr(report, content)
            assert "".join(got.split()) == "".join(wanted.split())
        assert (report.organisation, report.year, report.title) == ("北京市通州区西集镇人民政府", 2025, "")

    def test_every_cell_has_its_origin_and_no_address(self):
        report = xlreport.read(SEED)
        assert report.origins["applications.new.natural_person"] == "表2第4行第2列"
        assert report.places == {}


class TestForms:
    def test_the_form_is_the_one_whose_labels_fit_and_it_is_said(self, tmp_path: Path):
        for form_id in MODULES:
            form = form_of(form_id)
            report = with_text(report_of(dict.fromkeys(form.cells, 3), form=form_id, year=2022))
            again = read_back(report, Variation(), WEB, tmp_path)
            assert differences(report, again) == []
            assert any(form.notice in remark for remark in again.remarks) is (form_id != CURRENT)

    def test_a_table_of_the_other_form_is_said(self, tmp_path: Path):
        new, old = (
            with_text(report_of(dict.fromkeys(form_of(f).cells, 3), form=f, year=2022)) for f in MODULES
        )
        drawn = items(new, Variation())
        at = next(number for number, item in enumerate(drawn) if isinstance(item, DrawnTable))
        drawn[at] = next(item for item in items(old, Variation()) if isinstance(item, DrawnTable))
        (tmp_path / "r.html").write_text(as_html(drawn, Variation()), encoding="utf-8")
        again = xlreport.read(tmp_path / "r.html")
        other = form_of(new.form if again.form == old.form else old.form)
        assert any(f"{other.notice}的格式，与其他表" in remark for remark in again.remarks)
        assert not check(again).passed

    def test_a_single_row_of_other_results_counts_as_its_last_and_is_said(self, tmp_path: Path):
        how = Variation(other="single")
        again = read_back(suited(sample("suqian-2024"), how), how, WEB, tmp_path)
        assert any("只有一行，计入“3.其他”" in remark for remark in again.remarks)


class TestWhatIsMissing:
    def without(self, tmp_path: Path, replacement: str) -> xlreport.Report:
        drawn = [replacement if isinstance(item, DrawnTable) else item for item in items(good(), Variation())]
        page = as_html(drawn, Variation()).replace("&lt;img&gt;", "<img src='a.png'>")
        (tmp_path / "r.html").write_text(page, encoding="utf-8")
        return xlreport.read(tmp_path / "r.html")

    @pytest.mark.parametrize(("replacement", "word"), [("<img>", "图片"), ("（见附件）", "没有找到")])
    def test_a_table_that_is_a_picture_or_missing_is_an_error(
        self, tmp_path: Path, replacement: str, word: str
    ):
        report = self.without(tmp_path, replacement)
        assert set(report.figures().values()) == {None}
        assert sum(word in remark for remark in report.remarks) == 3
        assert len([f for f in check(report) if f.rule == "sections" and f.level == "error"]) == 3

    def test_a_missing_heading_leaves_its_text_missing(self, tmp_path: Path):
        drawn = [
            item
            for item in items(good(), Variation())
            if not (isinstance(item, str) and item.startswith("五、"))
        ]
        (tmp_path / "r.html").write_text(as_html(drawn, Variation()), encoding="utf-8")
        report = xlreport.read(tmp_path / "r.html")
        assert report.problems is None
        assert any("缺少" in f.message for f in check(report))

    def test_a_missing_heading_above_a_table_that_is_there_is_a_hint(self, tmp_path: Path):
        def found() -> list[xlreport.Finding]:
            (tmp_path / "r.html").write_text(as_html(drawn, Variation()), encoding="utf-8")
            findings = check(xlreport.read(tmp_path / "r.html"))
            return [finding for finding in findings if finding.rule == "sections"]

        drawn = items(good(), Variation())
        assert not found()
        drawn = [item for item in drawn if not (isinstance(item, str) and item.startswith("三、"))]
        (finding,) = found()
        assert finding.level == "warning" and "没有找到标题“三、" in finding.message

    def test_sections_in_another_order_are_an_error(self, tmp_path: Path):
        drawn = items(good(), Variation())
        five, six = (
            next(n for n, i in enumerate(drawn) if isinstance(i, str) and i.startswith(h)) for h in "五六"
        )
        (tmp_path / "r.html").write_text(
            as_html([*drawn[:five], *drawn[six:], *drawn[five:six]], Variation()), encoding="utf-8"
        )
        assert any("顺序不对" in f.message for f in check(xlreport.read(tmp_path / "r.html")))


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("ending", "export"),
    [(".docx", "MS Word 2007 XML"), (".html", "HTML (StarWriter)"), (".txt", "Text")],
)
def test_what_a_word_processor_saves_is_read_back(ending: str, export: str, tmp_path: Path, office: Office):
    report = xlreport.read(SEED)
    xlreport.write(report, tmp_path / "ours.docx")
    with office.opened(tmp_path / "ours.docx") as document:
        document.save(tmp_path / f"theirs{ending}", export)
    again = xlreport.read(tmp_path / f"theirs{ending}")
    assert differences(report, again) == []
