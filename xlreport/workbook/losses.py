"""What a rewritten workbook has lost, told by comparing the two files part by part: nothing is dropped silently."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

from xlreport.workbook.package import local, note_shapes, parsed, related, sheet_parts

#: Parts by the beginning of their names, and what they are to a user. The first that fits counts.
_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/vbaProject", "宏（VBA 代码）"),
    ("xl/vbaData", "宏（VBA 代码）"),
    ("xl/macrosheets/", "宏表"),
    ("customUI", "自定义功能区按钮"),
    ("xl/ctrlProps/", "窗体控件（按钮、复选框等）"),
    ("xl/activeX/", "ActiveX 控件"),
    ("xl/embeddings/", "嵌入的文件（OLE 对象）"),
    ("xl/media/", "图片"),
    ("xl/charts/chart", "图表"),
    ("xl/charts/", "图表的部分格式"),
    ("xl/chartsheets/", "图表工作表"),
    ("xl/diagrams/", "SmartArt 图形"),
    ("xl/slicer", "切片器"),
    ("xl/timeline", "日程表"),
    ("xl/pivot", "数据透视表"),
    ("xl/threadedComments/", "会话式批注（普通批注里留有文字）"),
    ("xl/queryTables/", "外部数据查询"),
    ("xl/connections", "外部数据连接"),
    ("xl/model/", "数据模型"),
    ("xl/externalLinks/", "对其他工作簿的链接"),
    ("xl/richData/", "单元格内的数据类型或图片"),
    ("xl/metadata", "动态数组公式的标记（公式保留）"),
    ("xl/tables/", "表格（套用表格格式）"),
    ("xl/webextensions/", "Office 加载项窗格"),
    ("_xmlsignatures/", "数字签名"),
    ("customXml/", "附加的 XML 数据"),
)
#: Parts that a program makes again by itself, or that are kept under another name.
_HARMLESS = re.compile(
    r"(^|/)(_rels/|\[Content_Types\]\.xml|docProps/|calcChain|sharedStrings|styles\.xml|theme/|workbook\.xml|comments|"
    r"vmlDrawing|drawings/|printerSettings|worksheets/|docMetadata/|legacyDrawing|persons/|volatileDependencies|revisions/userNames)"
)
#: Elements of a sheet (or of its extensions), and what they are to a user.
_ELEMENTS = {
    "picture": "工作表背景图片",
    "legacyDrawingHF": "页眉页脚里的图片",
    "drawingHF": "页眉页脚里的图片",
    "controls": "窗体控件（按钮、复选框等）",
    "oleObjects": "嵌入的文件（OLE 对象）",
    "customSheetViews": "自定义视图",
    "protectedRanges": "“允许编辑区域”的设置",
    "webPublishItems": "网页发布设置",
    "conditionalFormattings": "新式条件格式（数据条、图标集等）",
    "dataValidations": "新式数据有效性（引用其他工作表的序列）",
    "sparklineGroups": "迷你图",
    "slicerList": "切片器",
    "timelineRefs": "日程表",
}
_SHAPES = {"sp": "形状或文本框", "cxnSp": "线条", "grpSp": "组合图形"}


def losses(source: bytes, result: bytes) -> list[str]:
    """Return one Chinese sentence for each kind of thing that the file ``source`` has and the file ``result`` no longer has."""
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(io.BytesIO(result)) as after:
        lost = Counter(_parts(before))
        lost.subtract(_parts(after))
        named = [kind for kind, count in lost.items() if count > 0]
        named += _changed(before)
        kept = sheet_parts(after)
        for title, part in sheet_parts(before).items():
            there = _elements(after, kept[title]) if title in kept else set()
            named += [f"工作表“{title}”的{kind}" for kind in _elements(before, part) - there]
    return [f"{kind}没有保留，请到原文件查看" for kind in dict.fromkeys(named)]


def _parts(package: zipfile.ZipFile) -> list[str]:
    """The kinds of the parts of a package, one entry per part; a part of no known kind stands for itself."""
    found = []
    for name in package.namelist():
        kind = next(
            (kind for prefix, kind in _PARTS if name.startswith(prefix) and "/_rels/" not in name), None
        )
        if kind or not (_HARMLESS.search(name) or name.endswith("/")):
            found.append(kind or f"文件内的部件“{name}”")
    return found


def _changed(package: zipfile.ZipFile) -> list[str]:
    """What is kept in part only."""
    found = []
    if any(name.startswith("xl/charts/chart") for name in package.namelist()):
        found.append("图表的部分格式")
    for title, part in sheet_parts(package).items():
        if any(shape.visible for shape in note_shapes(package, part).values()):
            found.append(f"工作表“{title}”中批注的“始终显示”（批注文字保留）")
        if _has_formatted_notes(package, part):
            found.append(f"工作表“{title}”中批注的字体格式（批注文字保留）")
    return found


def _has_formatted_notes(package: zipfile.ZipFile, part: str) -> bool:
    for kind, target in related(package, part).values():
        if kind == "comments" and target in package.namelist():
            root = parsed(package, target)
            return any(
                run.find(f".//{{*}}{mark}") is not None
                for run in root.iter("{*}rPr")
                for mark in ("b", "i", "u")
            )
    return False


def _elements(package: zipfile.ZipFile, part: str) -> set[str]:
    """What a sheet holds that openpyxl may drop, in a user's words."""
    root = parsed(package, part)
    found = {
        _ELEMENTS[local(child)]
        for child in root
        if local(child) in _ELEMENTS and local(child) != "dataValidations"
    }
    for extensions in root.findall("{*}extLst"):
        found |= {_ELEMENTS[local(inner)] for inner in extensions.iter() if local(inner) in _ELEMENTS}
    for kind, target in related(package, part).values():
        if kind == "drawing" and target in package.namelist():
            found |= {
                _SHAPES[local(inner)] for inner in parsed(package, target).iter() if local(inner) in _SHAPES
            }
    return found
