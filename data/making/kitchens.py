"""The kitchens of an example case: invented schools and hospitals at real places."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from making.drawing import between, whole_between
from making.tables import Locality, as_csv, slug

COLUMNS = (
    "site",
    "buyer",
    "name",
    "kind",
    "lat",
    "lon",
    "meals_per_week",
    "term_time",
    "deliveries_per_week",
    "area_code",
)
MAIN_MEALS_A_DAY = 2
OFF_THE_MIDDLE_DEGREES = 0.006


@dataclass(frozen=True)
class Kitchens:
    """One kind of kitchen: the column of the places table that counts it, its buyer and how much it cooks.

    In a hospital the column holds occupied beds instead of a number of kitchens, and meals are lunches and suppers.
    """

    column: str
    buyer: str
    label: str
    kind: str
    meals_per_week: tuple[int, int]
    deliveries_per_week: int


def kitchens_csv(rng: Random, localities: Sequence[Locality], kinds: Sequence[Kitchens]) -> str:
    """The sites table as CSV text."""
    rows = [row for kitchens in kinds for here in localities for row in _kitchens_at(rng, here, kitchens)]
    rows.sort(key=lambda row: row["site"])
    return as_csv(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])


def _kitchens_at(rng: Random, here: Locality, kitchens: Kitchens) -> list[dict]:
    number = here.counts[kitchens.column]
    if kitchens.kind == "hospital":
        return [_kitchen(rng, here, kitchens, "", number * 7 * MAIN_MEALS_A_DAY)] if number else []
    letters = [""] if number == 1 else [f" {letter}" for letter in "ABC"[:number]]
    low, high = kitchens.meals_per_week
    return [_kitchen(rng, here, kitchens, letter, whole_between(rng, low, high, 5)) for letter in letters]


def _kitchen(rng: Random, here: Locality, kitchens: Kitchens, letter: str, meals: int) -> dict:
    """One kitchen, set a few hundred metres off the middle of its place so that no two stand on one spot."""
    name = f"{here.name} {kitchens.label}{letter}"
    return {
        "site": slug(name),
        "buyer": kitchens.buyer,
        "name": f"{name} (illustrative)",
        "kind": kitchens.kind,
        "lat": _near(rng, here.lat),
        "lon": _near(rng, here.lon),
        "meals_per_week": meals,
        "term_time": "no" if kitchens.kind == "hospital" else "yes",
        "deliveries_per_week": kitchens.deliveries_per_week,
        "area_code": here.area_code,
    }


def _near(rng: Random, degrees: str) -> str:
    return f"{float(degrees) + between(rng, -OFF_THE_MIDDLE_DEGREES, OFF_THE_MIDDLE_DEGREES):.4f}"
