"""The complete small form of docs/plugins.md, as it is written there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parents[2] / "docs" / "plugins.md"


def shown(name: str) -> dict[str, Any]:
    """Return what the Python code behind the comment ``name`` of the document defines."""
    found = re.search(rf"<!-- {name} -->\n```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found is not None
    module: dict[str, Any] = {"__name__": f"docs_{name}"}
    exec(compile(found[1], str(DOCUMENT), "exec", dont_inherit=True), module)
    return module


FORM = shown("form")["FORM"]
