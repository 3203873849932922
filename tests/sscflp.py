"""Published instances of single-source facility location as cases of foodlots, where only awards are left to decide.

A customer is a lot of one kitchen, drawn by hand; a facility is a producer with that capacity and set-up cost.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from golden_case import VILLAGE

from foodlots.case import MONTHS, Buyer, Case, Offer, Place, Producer, Product, Site
from foodlots.reading import read_case
from foodlots.settings import Settings

D = Decimal
MIDDLE = Place(53.76, -2.70)
WEEKS = 52  # one drop a week
MONTH = 1  # all food is asked for in one month
SO_HIGH = 3  # times the dearest way to serve anybody: nothing is left to the open market, openings included
FAR = D(10) ** 6  # km: every producer reaches every kitchen


def optima(folder: Path) -> dict[str, int]:
    """The published optimum of each instance."""
    figures = (folder / "OPTIMA").read_text().split()
    return {f"p{number}": int(figure) for number, figure in enumerate(figures, start=1)}


def as_case(path: Path) -> tuple[Case, Settings]:
    """The case whose awards cost what the instance's assignments and openings cost.

    Copies of some instances end in bytes of nothing or in further figures: what the sizes do not ask for is not read.
    """
    figures = iter(Fraction(word) for word in path.read_text().replace("\0", " ").split())
    facilities, customers = int(next(figures)), int(next(figures))
    opens = [(next(figures), next(figures)) for _ in range(facilities)]
    demands = [next(figures) for _ in range(customers)]
    costs = [[next(figures) for _ in range(customers)] for _ in range(facilities)]
    dearest = max(max(row[j] for row in costs) / kg for j, kg in enumerate(demands))  # £/kg: no producer costs more
    sites = {f"c{j:03d}": _site(f"c{j:03d}") for j in range(customers)}
    producers = {f"f{i:02d}": _producer(f"f{i:02d}", fixed) for i, (_, fixed) in enumerate(opens)}
    case = Case(
        {"town": Buyer("town", "Town", "council", "")},
        sites,
        {"food": _food(SO_HIGH * dearest)},
        producers,
        tuple(Offer(f, "food", (MONTH,), _exact(room), D(0)) for f, (room, _) in zip(producers, opens, strict=True)),
        demand={(site, "food", MONTH): _exact(kg) for site, kg in zip(sites, demands, strict=True)},
        distances={
            pair: _exact(costs[i][j])
            for i, f in enumerate(producers)
            for j, c in enumerate(sites)
            for pair in ((f, c), (c, f))
        },
        lots={f"lot_{site}": ((site, "food", MONTHS),) for site in sites},
    )
    return case, _settings()


def _settings() -> Settings:
    """A week's drop costs a km's two ways; nothing else is paid for."""
    settings = read_case(VILLAGE)[1]
    costs = replace(settings.costs, per_km=1 / D(2 * WEEKS), per_drop=D(0), per_lot=D(0), per_supplier=D(0))
    aims = replace(settings.aims, km_gbp=D(0), kgco2e_gbp=D(0), local_spend_gbp=D(0), balance_gbp=D(0))
    lots = replace(settings.lots, value_gbp=(None, None), number=(None, None), min_able_bidders=0)
    effort = replace(settings.effort, seconds=D(300), gap=D(0))
    year = replace(settings.case, term_weeks=(D(WEEKS),) + (D(0),) * 11, pool_buyers=True)
    return replace(settings, case=year, lots=lots, costs=costs, aims=aims, effort=effort)


def _site(name: str) -> Site:
    return Site(name, "town", name, "school", MIDDLE, D(100), True, D(1), "")


def _food(price: Fraction) -> Product:
    return Product("food", "Food", "food", "food", "15000000", round(_exact(price), 2), D(0), D(1), D(1), frozenset())


def _producer(name: str, fixed: Fraction) -> Producer:
    return Producer(
        name, name, "farm", name, (), MIDDLE, FAR, D(0), None, "", _exact(fixed), frozenset(), True, False, False, None
    )


def _exact(number: Fraction) -> Decimal:
    return D(number.numerator) / D(number.denominator)
