"""How many examples a property is tried with: few on every change, as many as ``XLREPORT_EXAMPLES`` says in a deeper run."""

from __future__ import annotations

import os


def examples(few: int) -> int:
    """Return ``few``, or what the environment asks for where that is more."""
    return max(few, int(os.environ.get("XLREPORT_EXAMPLES", "0")))
