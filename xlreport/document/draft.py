"""The mark 草稿 on every page."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.section import Section

from xlreport.document.markup import paragraph, parse, run
from xlreport.document.styles import DRAFT, ids_by_name

WORD = "草稿"

_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t"'
    ' shapetype="t"/></v:shapetype>'
)


def mark_as_draft(document: Document, reason: str) -> None:
    """Put 草稿 into the headers of all pages: as a line of text with the reason, and large across the page."""
    style = ids_by_name(document)[DRAFT]
    for number, header in enumerate(_headers(document.sections[-1]), start=1):
        fresh = header.is_linked_to_previous
        header.is_linked_to_previous = False
        element = header.part.element
        mark = list(parse(paragraph(style, run(f"{WORD}（{reason}）") + _watermark(number))))
        # A header made just now holds one empty paragraph, whose place is taken.
        element[:] = mark if fresh else [*element, *mark]


def _headers(section: Section) -> list[Any]:
    headers = [section.header, section.even_page_header]
    return [*headers, section.first_page_header] if section.different_first_page_header_footer else headers


def _watermark(number: int) -> str:
    place = "position:absolute;margin-left:0;margin-top:0;width:380pt;height:190pt;rotation:315;z-index:-251658752"
    centre = ";".join(
        f"mso-position-{way}:center;mso-position-{way}-relative:margin" for way in ("horizontal", "vertical")
    )
    return (
        f'<w:r><w:pict>{_SHAPE_TYPE}<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}"'
        f' type="#_x0000_t136" style="{place};{centre}" o:allowincell="f" alt="{WORD}" fillcolor="#d0d0d0" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{WORD}"/>'
        "</v:shape></w:pict></w:r>"
    )
