"""What runs in a process of ``readers``: takes a function and a piece of work, gives back the result of each file, until nobody asks any more."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from queue import Queue
from typing import Any, BinaryIO


def main() -> None:
    """Work through what comes in; the first message names the modules to load, which the first answer says are loaded."""
    # Ctrl-C reaches every process of the terminal; only the first one is to act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get among the results.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    messages: Queue[Any] = Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, messages), daemon=True).start()
    for module in messages.get():
        __import__(module)
    _answer(answers, None)
    while True:
        function, piece = messages.get()
        for path in piece.paths:
            (result,) = function(piece._replace(paths=(path,)))
            _answer(answers, result)


def _listen(pipe: BinaryIO, messages: Queue[Any]) -> None:
    """Pass messages on; where there will be none any more, the process that asked is gone, and nobody needs what is being worked on."""
    try:
        while True:
            messages.put(pickle.load(pipe))
    except BaseException:
        os._exit(0)


def _answer(answers: BinaryIO, result: object) -> None:
    pickle.dump(result, answers)
    answers.flush()
