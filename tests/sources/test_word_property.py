"""Random figures among random marks and hidden decoys: what is read is what is shown, and never another figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.sources.test_word_shown import DECOYED, MARKED, PLAIN, of_style
from tests.sources.word_edits import NEW, PENALTIES, edited, figure, paragraph, read, run, style

_STYLES = "".join(
    style("character", key, about)
    for key, about in {
        "up": '<w:vertAlign w:val="superscript"/>',
        "off": '<w:position w:val="9"/>',
        "gone": "<w:vanish/>",
        "cut": "<w:strike/>",
        "dust": '<w:sz w:val="2"/>',
    }.items()
) + "".join(style("character", f"{key}2", "", key) for key in ("up", "off", "gone", "cut", "dust"))
_RAISED = ("up", "off", "up2", "off2")
_LOST = ("gone", "cut", "dust", "gone2", "cut2", "dust2")
_DIRECT = ("<w:vanish/>", "<w:strike/>", "<w:dstrike/>", '<w:sz w:val="1"/>', '<w:color w:val="FFFFFF"/>')


@st.composite
def cells(draw: st.DrawFn) -> tuple[int, str]:
    """Draw a figure, and a paragraph that shows it: split over runs, among what is not shown, with marks behind it."""
    number = draw(st.integers(0, 99_999))
    text = str(number)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=2)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    runs: list[str] = []
    for piece in pieces:
        for _ in range(draw(st.integers(0, 2))):
            decoy = str(draw(st.integers(0, 999)))
            if draw(st.booleans()):
                runs.append(of_style(draw(st.sampled_from(_LOST)), decoy))
            else:
                runs.append(run(decoy, draw(st.sampled_from(_DIRECT))))
        runs.append(
            run(piece, draw(st.sampled_from(["", "<w:b/>", '<w:vanish w:val="0"/>', "<w:smallCaps/>"])))
        )
    for _ in range(draw(st.integers(0, 2))):
        runs.append(of_style(draw(st.sampled_from(_RAISED)), str(draw(st.integers(1, 20)))))
    return number, paragraph("".join(runs))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(drawn=cells(), of=st.sampled_from([PENALTIES, NEW]))
def test_the_figure_that_is_read_is_the_one_that_is_shown(
    drawn: tuple[int, str], of: str, tmp_path_factory: pytest.TempPathFactory
):
    number, cell = drawn
    found, said = figure(edited(cell, _STYLES, of=of), tmp_path_factory.mktemp("word"), of)
    assert found == number
    # Alone in its cell, without a mark or a decoy, it needs no word.
    assert bool(said) is any(word in cell for word in (*_DIRECT, "rStyle"))


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "name",
    [
        *("raised", "character style", "inherited paragraph style"),
        *("hidden", "struck by character style", "paragraph hidden by inherited style", "deleted", "white"),
        *("number of a list", "formula with its result", "all of it a little lowered"),
    ],
)
def test_what_a_word_processor_saves_again_is_read_the_same(name: str, tmp_path: Path, office: Office):
    content = edited(**{**MARKED, **DECOYED, **PLAIN}[name])
    before = read(content, tmp_path)
    with office.opened(tmp_path / "年报.docx") as document:
        document.save(tmp_path / "again.docx", "MS Word 2007 XML")
    again = read((tmp_path / "again.docx").read_bytes(), tmp_path)
    assert again.figures() == before.figures()
    assert again.disclosure.penalties.decisions == 437
