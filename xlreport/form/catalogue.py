"""The forms that are known, by id: those of this package, and those that plug-ins bring. Forms are loaded when they are asked for.

A new form of this package is a new module and its name here; a form from elsewhere is an entry point of the group ``xlreport.forms``
(see docs/plugins.md). Rules that come from elsewhere (``xlreport.rules``) are those of the form they are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module

from xlreport.form.declaration import Form
from xlreport.form.rule import AddedRules, Rule
from xlreport.form.soundness import faults
from xlreport.plugins import PlugIn, complaint, load, plug_ins

#: Form ids and the modules that declare them, the current form first.
MODULES = {
    "disclosure-2021": "xlreport.form.disclosure_2021",
    "disclosure-2019": "xlreport.form.disclosure_2019",
}
CURRENT = next(iter(MODULES))
#: The groups of entry points.
FORMS, RULES = "xlreport.forms", "xlreport.rules"

#: Why plug-ins that were asked for cannot be used, each once.
_complaints: dict[str, None] = {}


@cache
def form_of(form_id: str) -> Form:
    """Return the form with the rules added to it; raises ``KeyError`` for an id that is not known."""
    if form_id in MODULES:
        form: Form = import_module(MODULES[form_id]).FORM
    else:
        form = _by_plug_ins()[form_id][0]
    added = tuple(_added(form))
    return replace(form, rules=(*form.rules, *added)) if added else form


def is_known(form_id: object) -> bool:
    """True if there is such a form; plug-ins are looked through only for an id that is not this package's."""
    return form_id in MODULES or form_id in _by_plug_ins()


def form_ids() -> tuple[str, ...]:
    """Return the ids of all forms, the current one first, those of plug-ins last."""
    return (*MODULES, *_by_plug_ins())


def built_in() -> Iterator[Form]:
    """Yield this package's forms, the current one first."""
    return map(form_of, MODULES)


def plugged_in() -> Iterator[Form]:
    """Yield the forms that plug-ins bring."""
    return map(form_of, _by_plug_ins())


def forms() -> Iterator[Form]:
    """Yield all forms; who finds what is looked for among this package's never waits for the plug-ins."""
    yield from built_in()
    yield from plugged_in()


def source_of(form_id: str) -> str:
    """Return where a form comes from: “” for this package, else the package that brings it (“xlreport-enforcement 0.1.0”)."""
    return "" if form_id in MODULES else _by_plug_ins()[form_id][1]


def complaints() -> tuple[str, ...]:
    """Return a line for every plug-in that was asked for and cannot be used."""
    return tuple(_complaints)


@cache
def _by_plug_ins() -> dict[str, tuple[Form, str]]:
    """The forms of plug-ins, and the packages that bring them, by id."""
    found: dict[str, tuple[Form, str]] = {}
    for plug_in in plug_ins(FORMS):
        if plug_in.name in MODULES or plug_in.name in found:
            _complain(plug_in, "已有这个代号的报表格式")
            continue
        value, problem = load(plug_in)
        form = getattr(value, "FORM", value)
        if not problem and not isinstance(form, Form):
            problem = "它不是报表格式"
        if not problem and form.id != plug_in.name:
            problem = f"报表格式自称“{form.id}”"
        problem = problem or "；".join(faults(form)[:1])
        if problem:
            _complain(plug_in, problem)
        else:
            found[plug_in.name] = form, plug_in.source
    return found


def _added(form: Form) -> Iterator[Rule]:
    """The rules that plug-ins add to a form."""
    taken = set(form.rules_by_id)
    for plug_in in plug_ins(RULES):
        value, problem = load(plug_in)
        if not problem and not isinstance(value, AddedRules):
            problem = "它不是规则"
        if problem:
            _complain(plug_in, problem)
            continue
        for rule in value.rules if form.id in value.forms else ():
            if rule.id in taken:
                _complain(plug_in, f"已有代号为“{rule.id}”的规则")
            else:
                taken.add(rule.id)
                yield rule


def _complain(plug_in: PlugIn, problem: str) -> None:
    _complaints[complaint(plug_in, problem)] = None
