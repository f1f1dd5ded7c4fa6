"""An xlwings engine over openpyxl that refuses what Excel refuses through COM, and counts what would cross to it.

``start()`` makes it the engine of the process; ``App.open`` opens a file in it. Each attribute that Excel would be asked for is one
trip, a read or a write; ``App.trips`` counts them. What LibreOffice or openpyxl would let pass, and Excel does not, fails here.
"""

from __future__ import annotations

import xlwings as xw

from tests.live.strict.app import App, Engine

__all__ = ["App", "start"]


def start() -> App:
    """Begin with a fresh program without workbooks, and make it the one that xlwings talks to."""
    engine = Engine()
    xw.engines.add(xw.Engine(impl=engine))
    xw.engines["excel"].activate()
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller
    return engine.app
