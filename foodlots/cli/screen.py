"""Where the command line speaks: results on stdout, trouble on stderr; data is text, never mark-up."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(*lines: str) -> None:
    """Lines to stdout, exactly as they are."""
    for line in lines:
        out.print(Text(line), soft_wrap=True)


def complain(*lines: str) -> None:
    """Lines to stderr, exactly as they are."""
    for line in lines:
        err.print(Text(line), soft_wrap=True)


def show_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """A table on stdout; the columns at `numbers` stand flush right."""
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False, header_style="bold")
    for index, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if index in numbers else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    out.print()
    out.print(table)


def pounds(amount: float) -> str:
    """£ with separators, a minus sign before the £."""
    return f"{'−' if round(amount) < 0 else ''}£{abs(amount):,.0f}"


def with_sign(change: float, form: str) -> str:
    """A difference in this format with its sign, a real minus: +1.20 or −3%."""
    return format(change, f"+{form}").replace("-", "−")
