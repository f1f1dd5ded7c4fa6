"""Where an office's rules lie: the file that is named, else ``xlreport.toml`` beside the report, else in the user's own folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlreport.errors import InputError
from xlreport.form.catalogue import form_of, forms
from xlreport.form.rule import Rule
from xlreport.limits import LARGEST_RULES
from xlreport.sources.files import content_of

if TYPE_CHECKING:
    from xlreport.rules.office import OfficeRules

NAME = "xlreport.toml"


class OfficeFile(NamedTuple):
    """An office's rules and where they were found; ``path`` is ``None`` where there are none."""

    path: Path | None
    rules: OfficeRules | None

    def for_form(self, form_id: str) -> tuple[Rule, ...]:
        """Return the rules for reports of that form."""
        return self.rules.for_form(form_of(form_id)) if self.rules else ()

    @property
    def text(self) -> str:
        """The rules as they are written; “” where there are none."""
        return self.rules.text if self.rules else ""

    @property
    def remark(self) -> str:
        """What is said when the rules are used: where they lie; “” where there are none."""
        return f"按本单位的规则审核：{self.path}" if self.path else ""


NO_RULES = OfficeFile(None, None)


def office_file(named: Path | None, *beside: Path) -> OfficeFile:
    """Return the rules of the file ``named``, or those found in one of the folders ``beside`` or in the user's own.

    Raises ``InputError`` where they cannot be read or make no sense: the line, what, and how to mend it.
    """
    path = named or _found(beside)
    return OfficeFile(path, rules_in(path)) if path else NO_RULES


def rules_in(path: Path) -> OfficeRules:
    """Return the rules that the file writes; raises ``InputError``."""
    # Hardly any office has rules of its own.
    from xlreport.rules.office_text import OfficeError

    content = content_of(path)
    if len(content) > LARGEST_RULES:
        raise InputError(path, "太大，不像一份规则", f"请只留规则，不超过 {LARGEST_RULES // 1000} KB")
    try:
        return understood(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(path, "不是 UTF-8 文本", "请用记事本打开，另存时编码选 UTF-8") from None
    except OfficeError as error:
        raise InputError(path, error.problem, error.advice, f"第 {error.line} 行") from None


@lru_cache(maxsize=16)
def understood(text: str) -> OfficeRules:
    """Return the rules that ``text`` writes for the forms that are known; raises ``OfficeError``."""
    from xlreport.rules.office import office_rules

    return office_rules(text, tuple(forms()))


def _found(folders: Iterable[Path]) -> Path | None:
    for folder in (*folders, _own_folder()):
        # Whatever is called so was meant to be the rules: what is no file, or leads nowhere, is said when it is read.
        if os.path.lexists(folder / NAME):
            return folder / NAME
    return None


def _own_folder() -> Path:
    """Where a user's settings are kept; unlike what can be made again, nothing is put there by the program."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home()) / "xlreport"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "xlreport"
