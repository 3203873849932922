"""Harvests drawn at random: how much of what is offered there is, by product and month, good weather and bad.

factor[k, t] = max(0, 1 + spread[k] × (√shared × weather[t] + √(1 - shared) × own[k, t])), for all products k and
months t. The weather is the same for all products and lingers from month to month; `own` is each crop's luck.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from foodlots.calendar import contract_year
from foodlots.case import Case
from foodlots.errors import DataError, Fault
from foodlots.values.texts import did_you_mean


@dataclass(frozen=True)
class Weather:
    """How harvests vary; every figure is assumed until the buyer has a better one.

    spread: standard deviation of a harvest, as a share of what is offered · spreads: product, family or category ->
    its own spread · shared: part of the variance that is the weather, common to all · lingers: how much of one
    month's weather is left in the next, 0 to 1 · seed: the same seed gives the same years.
    """

    spread: float = 0.2
    spreads: Mapping[str, float] = field(default_factory=dict)
    shared: float = 0.5
    lingers: float = 0.6
    seed: int = 0


def spread_of(case: Case, weather: Weather) -> dict[str, float]:
    """Product -> its spread: its own where given, else its family's, its category's, or that of all."""
    known = {name for product in case.products.values() for name in (product.id, product.family, product.category)}
    for name in weather.spreads:
        if name not in known:
            raise DataError([Fault("spread", 0, "", name, f"{name!r} is no product, family or category",
                                   did_you_mean(name, known, "use a name of the products table"))])  # fmt: skip
    given = weather.spreads
    return {
        product.id: next(
            (given[name] for name in (product.id, product.family, product.category) if name in given), weather.spread
        )
        for product in case.products.values()
    }


def harvest(case: Case, weather: Weather, first_month: int, year: int) -> dict[str, np.ndarray]:
    """Product -> share of what is offered that there is in each month, January first, in one year drawn."""
    chance = np.random.default_rng([weather.seed, year])
    months = np.array(contract_year(first_month)) - 1
    skies, steps = np.empty(12), chance.standard_normal(12)
    skies[months[0]] = steps[0]
    for before, month, step in zip(months, months[1:], steps[1:], strict=False):
        skies[month] = weather.lingers * skies[before] + np.sqrt(1 - weather.lingers**2) * step
    return {
        product: np.maximum(
            0.0,
            1 + spread * (np.sqrt(weather.shared) * skies + np.sqrt(1 - weather.shared) * chance.standard_normal(12)),
        )
        for product, spread in spread_of(case, weather).items()
    }


def poor_harvest(case: Case, share: Decimal) -> dict[str, np.ndarray]:
    """Product -> the same share of what is offered in every month."""
    return {product: np.full(12, float(share)) for product in case.products}
