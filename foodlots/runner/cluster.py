"""The same jobs on a Dask cluster, where a scheduler's address is given. Dask is an extra, imported only here.

foodlots must be installed on every worker, in the same version; start workers with one thread each.
"""

import pickle
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any
from uuid import uuid4

from foodlots.errors import DataError, Fault
from foodlots.runner.jobs import WorkFailed, made_with
from foodlots.runner.processes import Hear
from foodlots.runner.worker import BEST, FAILED, NOTHING, carry_out

EVERY = 1.0  # s between two words on one job, and two looks at whether to stop
SECONDS_TO_ANSWER = 60  # s for the scheduler to answer; a busy machine takes long
_laid_out: dict[str, Any] = {}  # on a worker: what the jobs rest on, the latest alone


class Cluster:
    """Workers of a Dask cluster. What they have built stays with them for further rounds."""

    def __init__(self, address: str):
        try:
            from distributed import Client
        except ImportError:
            raise _fault(address, "Dask is not installed", "install foodlots[cluster]") from None
        try:
            self.client = Client(address, timeout=SECONDS_TO_ANSWER, name="foodlots")
        except (OSError, ValueError) as trouble:
            mend = "give the address the scheduler shows, such as tcp://127.0.0.1:8786"
            raise _fault(address, f"no Dask scheduler answers at {address!r} ({trouble})", mend) from None

    @property
    def most(self) -> int:
        """Jobs that its workers do at one time."""
        return max(1, sum(self.client.nthreads().values()))

    def run(self, name: str, common: tuple[str, Any], jobs: list[tuple[int, Any]], hear: Hear) -> None:
        """Do the jobs, first come first served; `hear` is told each answer as it comes, and says whether to stop."""
        from distributed import Event

        topic, answers = f"foodlots-{uuid4().hex}", SimpleQueue()
        self.client.subscribe_topic(topic, lambda event: answers.put(tuple(event[1])))
        parcel = self.client.scatter(pickle.dumps(common[1]), broadcast=True, hash=False)
        futures = {
            number: self.client.submit(
                there, topic, number, name, common[0], parcel, pickle.dumps(given), made_with(),
                pure=False, priority=-number,
            )
            for number, given in jobs
        }  # fmt: skip
        for future in futures.values():
            future.add_done_callback(answers.put)
        try:
            self._hear_all(answers, futures.values(), hear, Event(topic, client=self.client))
        finally:
            self.client.cancel(list(futures.values()))
            self.client.unsubscribe_topic(topic)

    def _hear_all(self, answers: SimpleQueue, futures, hear: Hear, stop) -> None:
        left = len(futures)
        while left:
            answer = _hear_one(answers)
            if not isinstance(answer, tuple):
                left -= 1
                if answer.cancelled():
                    continue
                answer = pickle.loads(_result(answer))
            if hear(answer):
                stop.set()
                self.client.cancel([future for future in futures if not future.done() and not self._begun(future)])

    def _begun(self, future) -> bool:
        """Whether a worker is at it."""
        return any(future.key in keys for keys in self.client.processing().values())

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        self.client.close()


def _hear_one(answers: SimpleQueue):
    try:
        return answers.get(timeout=EVERY)
    except Empty:
        return NOTHING, -1


def _result(future) -> bytes:
    try:
        return future.result()
    except Exception as trouble:
        raise WorkFailed(f"a worker of the cluster failed: {trouble}") from trouble


def there(topic: str, number: int, name: str, key: str, parcel: bytes, given: bytes, expected: str) -> bytes:
    """Runs on a worker of the cluster: one job."""
    if made_with() != expected:
        return pickle.dumps((FAILED, number, "the cluster's workers have another version of foodlots or its solver"))
    if key not in _laid_out:
        _laid_out.clear()
        _laid_out[key] = pickle.loads(parcel)
    return pickle.dumps(carry_out(number, name, _laid_out[key], pickle.loads(given), _teller(topic, number)))


def _teller(topic: str, number: int):
    from distributed import Event, get_worker

    last, stop, worker = [0.0, False], Event(topic), get_worker()

    def tell(best: float | None, gap: float | None) -> bool:
        if monotonic() - last[0] > EVERY:
            last[:] = monotonic(), stop.is_set()
            worker.log_event(topic, (BEST, number, best, gap))
        return last[1]

    return tell


def _fault(address: str, problem: str, mend: str) -> DataError:
    return DataError([Fault("cluster", 0, "", address, problem, mend)])
