"""``python -m xlreport.live.libreoffice.run FUNCTION PIPE DOCUMENT``: press a button in the LibreOffice that listens on PIPE.

The extension starts it. Errors before a message box can be shown go to standard error, from where the extension shows them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from xlreport.errors import XlreportError
from xlreport.live.menu import BUTTONS


def main(arguments: Sequence[str]) -> int:
    """Press the button on the document with that runtime id; return 0, or 1 if the office cannot be reached."""
    from xlreport.live import buttons
    from xlreport.live.libreoffice.connection import connect
    from xlreport.live.libreoffice.engine import attach

    function, pipe, document = arguments
    if function not in {button.function for button in BUTTONS}:
        print(f"没有“{function}”这个按钮；请重新安装扩展。", file=sys.stderr)
        return 1
    try:
        attach(connect(pipe), document)
    except XlreportError as problem:
        print(problem, file=sys.stderr)
        return 1
    getattr(buttons, function)()
    return 0


if __name__ == "__main__":
    # Without waiting for the bridge, whose threads may outlive the work.
    sys.stdout.flush()
    raise SystemExit(main(sys.argv[1:]))
