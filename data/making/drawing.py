"""Draws that come out the same on every machine: only `random()` of a seeded generator is ever used."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def between(rng: Random, low: float, high: float) -> float:
    """A number from low to high, each as likely as another."""
    return low + (high - low) * rng.random()


def whole_between(rng: Random, low: int, high: int, step: int = 1) -> int:
    """A multiple of `step` from low to high, each as likely as another."""
    return low + step * int(rng.random() * ((high - low) // step + 1))


def shuffled(rng: Random, items: Sequence[Item]) -> list[Item]:
    """The same items in an order by chance."""
    return [item for _, _, item in sorted((rng.random(), place, item) for place, item in enumerate(items))]


def dealt(rng: Random, items: Sequence[Item]) -> Iterator[Item]:
    """Items without end, each turning up as often as the others: the pack is shuffled anew when it runs out."""
    while True:
        yield from shuffled(rng, items)


def hand(deck: Iterator[Item], count: int) -> list[Item]:
    """The next `count` different items of a deck that holds at least as many."""
    cards: list[Item] = []
    while len(cards) < count:
        card = next(deck)
        if card not in cards:
            cards.append(card)
    return cards
