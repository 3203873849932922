"""Colours, line patterns and shapes of the pictures: told apart without colour, and by colour-blind readers.

Colours are those of Okabe and Ito, "Color Universal Design" (2008).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BLACK = "#000000"
ORANGE = "#E69F00"
SKY_BLUE = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"

INK = "#23303A"
SEVERAL = "#5B6670"  # a lot that holds more than one category


@dataclass(frozen=True)
class Ink:
    """How one category is drawn: its colour, that of letters on it, and the white core of its lines.

    `core` is none, solid (""), or dashes and gaps in pixels.
    """

    colour: str
    letters: str
    core: str


@dataclass(frozen=True)
class Shape:
    """How one kind of producer is drawn: its words, fill and outline as an SVG path in a box of 20 by 20."""

    word: str
    fill: str
    path: str


CATEGORY_COLOURS = (BLUE, ORANGE, PURPLE, GREEN, SKY_BLUE, VERMILLION, YELLOW, BLACK)
CORES = ("none", "", "2 7", "14 7")

PRODUCER_SHAPES: Mapping[str, Shape] = {
    "farm": Shape("Farm", YELLOW, "M10 2 18.5 17.5H1.5Z"),
    "csa": Shape("Community-supported farm", SKY_BLUE, "M10 1 19 10 10 19 1 10Z"),
    "processor": Shape("Processor", VERMILLION, "M2.5 2.5H17.5V17.5H2.5Z"),
    "cooperative": Shape("Cooperative", INK, "M5.5 2H14.5L19 10 14.5 18H5.5L1 10Z"),
    "hub": Shape("Food hub", BLACK, "M10 1 13 7 19.5 7.7 14.5 12 16 19 10 15.3 4 19 5.5 12 .5 7.7 7 7Z"),
    "wholesaler": Shape("Wholesaler", "#8A949B", "M10 18 18.5 2.5H1.5Z"),
}  # fmt: skip


def category_inks(categories: Iterable[str]) -> dict[str, Ink]:
    """A colour and a line pattern for each category, by name: the same categories always look the same."""
    inks = {}
    for index, category in enumerate(sorted(set(categories))):
        colour = CATEGORY_COLOURS[index % len(CATEGORY_COLOURS)]
        inks[category] = Ink(colour, letters_on(colour), CORES[index % len(CORES)])
    return inks


def letters_on(colour: str) -> str:
    """Black or white, whichever reads better on the colour."""
    return BLACK if _luminance(colour) > 0.179 else "#FFFFFF"  # where contrast with black and white is equal (WCAG)


def contrast(one: str, other: str) -> float:
    """How well one colour reads on another: 1 to 21, as WCAG 2.2 counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
