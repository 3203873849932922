"""Commands of many solves: the options they share, live progress, and Ctrl-C that keeps what is done."""

import signal
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from types import FrameType
from typing import Annotated

import typer
from rich.live import Live
from rich.text import Text

from foodlots.case import Case
from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.screen import complain, err, pounds
from foodlots.reading import read_case
from foodlots.runner import Runner, Standing
from foodlots.settings import Settings

ClusterOption = Annotated[
    str, typer.Option("--cluster", metavar="ADDRESS", help="a Dask scheduler to solve on, such as tcp://10.0.0.5:8786")
]
SecondsOption = Annotated[float, typer.Option("--seconds", min=1, help="longest search for each plan, seconds")]
FreshOption = Annotated[bool, typer.Option("--fresh", help="solve again what was solved before with the same inputs")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON instead of tables")]


@dataclass(frozen=True)
class Given:
    """What a command of many solves is given: the case, its settings, and how to solve and to answer."""

    case: Case
    settings: Settings
    overrides: tuple[str, ...]
    seconds: float
    cluster: str
    fresh: bool
    as_json: bool

    def solving(self):
        """A runner as these options ask for it."""
        return solving(self.cluster, self.fresh)


def many_solves(seconds: float) -> Callable[[Callable], Callable]:
    """Makes a command of a function (given, its own options): it takes the shared options too, which are read here."""

    def dress(command: Callable) -> Callable:
        def run(case, seconds, set_, cluster, fresh, json_, **own) -> None:
            found, settings, notes = read_case(case, set_ or ())
            complain(*(f"{note.severity}: {note}" for note in notes))
            command(Given(found, settings, tuple(set_ or ()), seconds, cluster, fresh, json_), **own)

        case, *shared = signature(_shared).parameters.values()
        own = [option.replace(kind=Parameter.KEYWORD_ONLY) for option in signature(command).parameters.values()][1:]
        told = [each.replace(default=seconds) if each.name == "seconds" else each for each in shared]
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        run.__signature__ = Signature([case, *own, *told])
        run.__annotations__ = {each.name: each.annotation for each in (case, *own, *told)}
        return run

    return dress


def _shared(
    case: CaseArgument,
    *,
    seconds: SecondsOption,
    set_: SetOption = None,
    cluster: ClusterOption = "",
    fresh: FreshOption = False,
    json_: JsonOption = False,
) -> None:
    """The options that all commands of many solves share, in their order."""


@contextmanager
def solving(cluster: str = "", fresh: bool = False):
    """A runner that shows how it stands on stderr; the first Ctrl-C keeps what is done, a second ends at once."""
    stopping = [False]

    def stop(number: int, frame: FrameType | None) -> None:
        if stopping[0]:
            raise KeyboardInterrupt
        stopping[0] = True

    with Live(Text("laying out the solves …"), console=err, transient=True, auto_refresh=False) as live:

        def look(standing: Standing) -> bool:
            live.update(Text(said(standing, stopping[0])), refresh=True)
            return stopping[0]

        before = signal.signal(signal.SIGINT, stop)
        try:
            with Runner(look, cluster=cluster, keep=not fresh) as runner:
                yield runner
        finally:
            signal.signal(signal.SIGINT, before)


def said(standing: Standing, stopping: bool = False) -> str:
    """How many solves stand, in a line for all and one for each under way."""
    end = " – stopping, what is done is kept" if stopping else " – Ctrl-C keeps what is done"
    lines = [f"{standing.done} of {standing.total} solved{end}"]
    for name, (best, gap) in standing.under_way.items():
        found = "no plan yet" if best is None else f"best {pounds(best)}"
        lines.append(f"  {name}: {found}" + ("" if gap is None else f", within {gap:.2%}"))
    return "\n".join(lines)
