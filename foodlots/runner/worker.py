"""One worker: a process that is sent jobs on its standard input and answers on its standard output.

Started by `processes.py`, never by hand: it shares nothing with its starter but the two pipes,
so that it works beneath a terminal, a test and the app alike. It ends when its input does.
"""

import os
import pickle
import signal
import sys
import threading
import traceback
from queue import SimpleQueue
from time import monotonic
from typing import Any, BinaryIO

from foodlots.errors import NoPlan
from foodlots.runner.jobs import Tell, find_work

EVERY = 0.2  # s between two words on one job
COMMON, JOB, STOP = "common", "job", "stop"  # orders
BEST, NOTHING, DONE, REFUSED, FAILED = "best", "nothing new", "done", "refused", "failed"  # answers
ENDS = (DONE, REFUSED, FAILED)


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Do jobs until the orders end."""
    stop, queue = threading.Event(), SimpleQueue()
    threading.Thread(target=_listen, args=(orders, queue, stop), daemon=True).start()
    common: Any = None
    while True:
        kind, *rest = queue.get()
        if kind == COMMON:
            common = pickle.loads(rest[0])
        else:
            number, name, given = rest
            given = pickle.loads(given)  # here, not by the listener: two threads that import at once may wait for ever
            _say(answers, *carry_out(number, name, common, given, _teller(answers, number, stop)))


def carry_out(number: int, name: str, common: Any, given: Any, tell: Tell) -> tuple:
    """The answer to one job: its result, or why there is none."""
    try:
        return DONE, number, find_work(name)(common, given, tell)
    except NoPlan as trouble:
        return REFUSED, number, str(trouble)
    except Exception:
        return FAILED, number, traceback.format_exc()


def _listen(orders: BinaryIO, queue: SimpleQueue, stop: threading.Event) -> None:
    try:
        while True:
            order = pickle.load(orders)
            stop.set() if order[0] == STOP else queue.put(order)
    except (EOFError, OSError):
        os._exit(0)


def _teller(answers: BinaryIO, number: int, stop: threading.Event) -> Tell:
    last = [0.0]

    def tell(best: float | None, gap: float | None) -> bool:
        if monotonic() - last[0] > EVERY:
            last[0] = monotonic()
            _say(answers, BEST, number, best, gap)
        return stop.is_set()

    return tell


def _say(answers: BinaryIO, *answer: object) -> None:
    pickle.dump(answer, answers)
    answers.flush()


def main() -> None:
    """Answers go where standard output went; whatever else prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)
