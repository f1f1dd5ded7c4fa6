"""The styles of a Word document: heading levels, lists of contents, hidden text, numbering."""

from __future__ import annotations

from xlreport.sources.word_xml import Element, W, is_on, number, value


class Styles:
    """What is known of styles: heading levels, contents, and hidden text."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, int] = {}
        self.hidden: set[str] = set()
        self.contents: set[str] = set()
        self.numbered: dict[str, Element] = {}
        if root is None:
            return
        based: dict[str, str] = {}
        for style in root.iter(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            name = value(style.find(f"{W}name")).lower()
            if name.startswith("heading ") and name[8:9].isdigit():
                self.levels[key] = int(name[8:9])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None and key not in self.levels and number(outline) < 9:
                self.levels[key] = number(outline) + 1
            if name.startswith("toc "):
                self.contents.add(key)
            if is_on(style.find(f"{W}rPr/{W}vanish")):
                self.hidden.add(key)
            numbering = style.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                self.numbered[key] = numbering
            based[key] = value(style.find(f"{W}basedOn"))
        for key in based:
            parent, seen = based[key], {key}
            while parent and parent not in seen:
                seen.add(parent)
                if key not in self.levels and parent in self.levels:
                    self.levels[key] = self.levels[parent]
                if key not in self.numbered and parent in self.numbered:
                    self.numbered[key] = self.numbered[parent]
                parent = based.get(parent, "")
