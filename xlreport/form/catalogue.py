"""The forms that xlreport knows, by id. A new form is a new module and its name here."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from xlreport.form.declaration import Form

#: Form ids and the modules that declare them, the current form first.
MODULES = {
    "disclosure-2021": "xlreport.form.disclosure_2021",
    "disclosure-2019": "xlreport.form.disclosure_2019",
}
CURRENT = next(iter(MODULES))


@cache
def form_of(form_id: str) -> Form:
    """Return the declared form; raises ``KeyError`` for an id that is not known."""
    form: Form = import_module(MODULES[form_id]).FORM
    return form
