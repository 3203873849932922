"""Names for invented farms: two halves of words put together, none meant to be a real place or business."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from making.drawing import shuffled


@dataclass(frozen=True)
class Halves:
    """The first and second halves that names are put together from, each a line of words."""

    firsts: str
    seconds: str


def invented_names(rng: Random, halves: Halves) -> Iterator[str]:
    """Every pair of halves once, in an order by chance; pairs that would double a letter are left out."""
    pairs = [(first, second) for first in halves.firsts.split() for second in halves.seconds.split()]
    yield from shuffled(rng, [first + second for first, second in pairs if first[-1] != second[0]])
