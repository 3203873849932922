"""Many solves: in processes on all cores, or on a Dask cluster, with progress and Stop, and never the same twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foodlots.runner.jobs import Look, Standing, Tell, Work, WorkFailed, digest, made_with, name_of, nobody
from foodlots.runner.keeping import Kept, home
from foodlots.runner.processes import Hear, Processes
from foodlots.runner.worker import BEST, DONE, FAILED, REFUSED

__all__ = ["Look", "Refused", "Runner", "Standing", "Tell", "Work", "WorkFailed", "digest", "nobody"]


@dataclass(frozen=True)
class Refused:
    """In place of a result: the limits of this job allow no plan, for the reason given."""

    reason: str


class Runner:
    """Does jobs that do not depend on each other; use it in a `with` statement, for as many rounds as are needed.

    cluster: address of a Dask scheduler, "" for this machine · processes: workers on this machine, 0 for all cores ·
    keep: whether results are kept on this machine and taken from there · look: sees how it stands, and may stop it.
    """

    def __init__(self, look: Look | None = None, cluster: str = "", processes: int = 0, keep: bool = True):
        self.look, self.cluster, self.processes = look, cluster, processes
        self.kept = Kept(home() if keep else None)
        self.stopped = False
        self._crew = None

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *trouble: object) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._crew is not None:
            self._crew.close()
            self._crew = None

    @property
    def at_once(self) -> int:
        """How many jobs are done at one time."""
        return self._crew_at_work().most

    def run(self, work: Work, common: Any, jobs: Mapping[str, Any]) -> dict[str, Any]:
        """Each job's result under its name, in the order of the jobs; a job that allows no plan gives `Refused`.

        After a stop the results of what was under way are the best so far, and jobs not yet begun have none.
        Raises WorkFailed when a job ends with a fault of ours; what was done before is told with it.
        """
        ground = digest(common)
        keys = {name: digest(made_with(), name_of(work), ground, given) for name, given in jobs.items()}
        found = {name: kept for name, key in keys.items() if (kept := self.kept.get(key)) is not None}
        left = [(number, given) for number, (name, given) in enumerate(jobs.items()) if name not in found]
        if not self._stop(Standing(len(found), len(jobs))) and not self.stopped and left:
            hear = self._hearer(keys, found)
            try:
                self._crew_at_work().run(name_of(work), (ground, common), left, hear)
            except WorkFailed as trouble:
                trouble.done = found
                self._let_go()  # others are hired should somebody begin again
                raise
        return {name: found[name] for name in jobs if name in found}

    def _hearer(self, keys: Mapping[str, str], found: dict) -> Hear:
        """Takes in each answer, and says whether to stop."""
        names, under_way = list(keys), {}

        def hear(answer: tuple) -> bool:
            kind, number, *rest = answer
            if kind == FAILED:
                raise WorkFailed(rest[0])
            if kind == BEST:
                under_way[names[number]] = tuple(rest)
            elif kind in (DONE, REFUSED):
                under_way.pop(names[number], None)
                found[names[number]] = Refused(rest[0]) if kind == REFUSED else rest[0]
                if not self.stopped:
                    self.kept.put(keys[names[number]], found[names[number]])
            return self._stop(Standing(len(found), len(names), dict(under_way)))

        return hear

    def _stop(self, standing: Standing) -> bool:
        """Show how it stands; True the first time somebody asks to stop."""
        asked = bool(self.look and self.look(standing)) and not self.stopped
        self.stopped = self.stopped or asked
        return asked

    def _crew_at_work(self):
        if self._crew is None:
            if self.cluster:
                from foodlots.runner.cluster import Cluster

                self._crew = Cluster(self.cluster)
            else:
                self._crew = Processes(self.processes)
        return self._crew
