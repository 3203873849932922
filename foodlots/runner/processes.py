"""Jobs on the cores of this machine: one worker process for each core, the next job to whoever is free."""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from foodlots.runner.jobs import WorkFailed
from foodlots.runner.worker import COMMON, ENDS, JOB, NOTHING, STOP

Hear = Callable[[tuple], bool]  # is told an answer; True asks to stop
GONE = "gone"
EVERY = 0.5  # s after which somebody who waits is told that nothing is new
SECONDS_TO_GO = 5.0  # s a worker is given to end by itself


class Processes:
    """Workers on this machine. They stay for further rounds of jobs, and keep what they have built."""

    def __init__(self, most: int = 0):
        self.most = most or os.cpu_count() or 1
        self._workers: list[subprocess.Popen] = []
        self._messages: SimpleQueue = SimpleQueue()
        self._common = ""

    def run(self, name: str, common: tuple[str, Any], jobs: list[tuple[int, Any]], hear: Hear) -> None:
        """Do the jobs, first come first served; `hear` is told each answer as it comes, and says whether to stop."""
        waiting = list(reversed(jobs))
        self.hire(min(self.most, len(jobs)))
        self._lay_out(*common)
        busy = {index for index in range(len(self._workers)) if self._next(index, name, waiting)}
        while busy:
            index, answer = self._hear_one()
            if answer[0] == GONE:
                raise WorkFailed("a worker ended before its job was done; there may be too little memory")
            if hear(answer):
                waiting.clear()
                for other in busy:
                    self._send(other, STOP)
            if answer[0] in ENDS and not self._next(index, name, waiting):
                busy.discard(index)

    def _hear_one(self) -> tuple[int, tuple]:
        try:
            return self._messages.get(timeout=EVERY)
        except Empty:
            return -1, (NOTHING, -1)

    def hire(self, number: int) -> None:
        """Have so many workers at hand: they start now, and not with the first job."""
        command = [sys.executable, "-c", "from foodlots.runner.worker import main; main()"]
        world = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        while len(self._workers) < number:
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=world)
            self._workers.append(worker)
            threading.Thread(target=self._read, args=(len(self._workers) - 1, worker), daemon=True).start()
            self._common = ""

    def _read(self, index: int, worker: subprocess.Popen) -> None:
        try:
            while True:
                self._messages.put((index, pickle.load(worker.stdout)))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._messages.put((index, (GONE, -1)))

    def _lay_out(self, key: str, common: Any) -> None:
        """Send what all jobs rest on, unless the workers have it."""
        if key != self._common:
            parcel = pickle.dumps(common)
            for index in range(len(self._workers)):
                self._send(index, COMMON, parcel)
            self._common = key

    def _next(self, index: int, name: str, waiting: list) -> bool:
        """Give the worker the next job; False when none is waiting."""
        if waiting:
            number, given = waiting.pop()
            self._send(index, JOB, number, name, pickle.dumps(given))
            return True
        return False

    def _send(self, index: int, *order: object) -> None:
        with suppress(OSError):
            pickle.dump(order, self._workers[index].stdin)
            self._workers[index].stdin.flush()

    def close(self) -> None:
        """Let the workers go; one that is still at work is ended."""
        for worker in self._workers:
            with suppress(OSError):
                worker.stdin.close()
        for worker in self._workers:
            try:
                worker.wait(SECONDS_TO_GO)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
            worker.stdout.close()
        self._workers.clear()
