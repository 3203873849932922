"""What each lot of a plan comes to, worked out from its cells: kilos, pence, sites, and how often it is brought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from foodlots.audit.asked import Asked, Kilos
from foodlots.audit.exact import half_even
from foodlots.audit.lines import CellLine, LotLine


@dataclass(frozen=True)
class Calls:
    """How often a lot or area is brought in a year: `visits` to its busiest site, `drops` at all its sites."""

    visits: Fraction
    drops: Fraction


@dataclass(frozen=True)
class DrawnLot:
    """One lot as its cells make it. `value` is exact pence, `pence` what the lot schedule must state, `grams` whole."""

    line: LotLine
    sites: tuple[str, ...]
    products: tuple[str, ...]
    months: tuple[int, ...]
    buyers: frozenset[str]
    kilos: Kilos
    grams: Mapping[tuple[str, int], int]
    value: Fraction
    pence: int
    in_grams: Fraction
    accreditations: frozenset[str]
    delivered: Calls
    to_depot: Calls

    @property
    def id(self) -> str:
        return self.line.lot

    @property
    def least(self) -> Fraction:
        """The lot's value where less is kinder: the smaller of the exact value and its whole pence."""
        return min(self.value, Fraction(self.pence))

    @property
    def most(self) -> Fraction:
        """The lot's value where more is kinder: the larger of the exact value and its whole pence."""
        return max(self.value, Fraction(self.pence))


def draw_lots(lines: Iterable[LotLine], cells: Iterable[CellLine], asked: Asked) -> dict[str, DrawnLot]:
    """Every lot of the lot schedule, worked out from its cells."""
    by_lot: dict[str, list[CellLine]] = {line.lot: [] for line in lines}
    for cell in cells:
        by_lot[cell.lot].append(cell)
    kilos = {lot: asked.kilos((cell.site, cell.product, cell.months) for cell in own) for lot, own in by_lot.items()}
    values = {lot: asked.value(own) for lot, own in kilos.items()}
    pence = share_out_pence(values)
    return {
        line.lot: _drawn(line, by_lot[line.lot], asked, kilos[line.lot], values[line.lot], pence[line.lot])
        for line in sorted(lines, key=lambda line: line.lot)
    }


def share_out_pence(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole pence for each value, adding up to the rounded total: the largest remainders get the pence over.

    Equal remainders go by id.
    """
    found = {name: floor(value) for name, value in values.items()}
    over = half_even(sum(values.values(), Fraction())) - sum(found.values())
    by_remainder = sorted(values, key=lambda name: (found[name] - values[name], name))
    for name in by_remainder[:over]:
        found[name] += 1
    return found


def calls_at(sites: Iterable[str], asked: Asked, drops_per_week: Fraction, months: Iterable[int]) -> Calls:
    """Visits and drops a year when each site takes min(its deliveries a week, drops_per_week) in these months."""
    months = tuple(months)
    weeks = {term: asked.open_weeks(term, months) for term in (True, False)}
    there = [asked.case.sites[site] for site in sites]
    visits = [min(Fraction(site.deliveries_per_week), drops_per_week) * weeks[site.term_time] for site in there]
    return Calls(max(visits, default=Fraction()), sum(visits, Fraction()))


def _drawn(line: LotLine, cells: list[CellLine], asked: Asked, kilos: Kilos, value: Fraction, pence: int) -> DrawnLot:
    case = asked.case
    sites = tuple(sorted({cell.site for cell in cells}))
    products = tuple(sorted({cell.product for cell in cells}))
    months = tuple(sorted({month for cell in cells for month in cell.months}))
    often = max((Fraction(case.products[product].drops_per_week) for product in products), default=Fraction())
    grams = {key: half_even(kg * 1000) for key, kg in kilos.items()}
    return DrawnLot(
        line=line,
        sites=sites,
        products=products,
        months=months,
        buyers=frozenset(case.sites[site].buyer for site in sites),
        kilos=kilos,
        grams=grams,
        value=value,
        pence=pence,
        in_grams=sum((gram * asked.price[product] for (product, _), gram in grams.items()), Fraction()) / 10,
        accreditations=frozenset().union(*(case.products[product].accreditations for product in products)),
        delivered=calls_at(sites, asked, often, months),
        to_depot=_bulk_calls(sites, asked, often, months),
    )


def _bulk_calls(sites: tuple[str, ...], asked: Asked, often: Fraction, months: tuple[int, ...]) -> Calls:
    terms = {asked.case.sites[site].term_time for site in sites}
    visits = max((often * asked.open_weeks(term, months) for term in terms), default=Fraction())
    return Calls(visits, visits)
