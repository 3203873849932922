"""Many solves on a terminal: options, live progress, and Ctrl-C that keeps what is done."""

import signal
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer
from rich.live import Live
from rich.text import Text

from foodlots.cli.screen import err, pounds
from foodlots.runner import Runner, Standing

ClusterOption = Annotated[
    str, typer.Option("--cluster", metavar="ADDRESS", help="a Dask scheduler to solve on, such as tcp://10.0.0.5:8786")
]
SecondsOption = Annotated[float | None, typer.Option("--seconds", min=1, help="longest search for each plan, seconds")]
FreshOption = Annotated[bool, typer.Option("--fresh", help="solve again what was solved before with the same inputs")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON instead of tables")]


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
