"""The manual behind the button 打开说明: one page, made of the workbook's instructions, the buttons' own records and the rule catalogue."""

from __future__ import annotations

from html import escape
from itertools import groupby

from xlreport.findings import LEVEL_NAMES
from xlreport.form.declaration import Form
from xlreport.live.menu import BUTTONS, TITLE
from xlreport.workbook.guide import guide_lines

_STYLE = (
    "body{max-width:52em;margin:2em auto;padding:0 1em;font:16px/1.7 FangSong,serif}h1,h2,th{font-family:SimHei,sans-serif;"
    "font-weight:normal}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;text-align:left}"
)


def page(form: Form) -> str:
    """Return the manual for the workbooks of a form as a web page."""
    buttons = "".join(
        f"<h3>{escape(group)}</h3><dl>"
        + "".join(f"<dt><b>{escape(b.label)}</b></dt><dd>{escape(b.explanation)}</dd>" for b in members)
        + "</dl>"
        for group, members in groupby(BUTTONS, key=lambda button: button.group)
    )
    rules = "".join(
        f"<tr><td>{escape(rule.title)}</td><td>{LEVEL_NAMES[rule.level]}</td><td>{escape(rule.statement)}</td>"
        f"<td>{escape(rule.advice)}</td></tr>"
        for rule in form.rules
    )
    steps = "".join(f"<li>{escape(step)}</li>" for step in guide_lines(form))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{TITLE}使用说明</title><style>{_STYLE}</style>'
        f"<h1>{TITLE}使用说明</h1><ol>{steps}</ol><h2>按钮</h2>{buttons}<h2>审核规则</h2>"
        f"<table><tr><th>规则</th><th>级别</th><th>内容</th><th>处理</th></tr>{rules}</table></html>\n"
    )
