"""What it takes to bring a lot to its kitchens: visits, drops, rounds and £ a year (tables.md).

visits_at[site] = min(deliveries_per_week, the lot's largest drops_per_week) × weeks × the months' share;
drops = their sum, visits = the largest; km = visits × (2 × km to the nearest site + the round).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from foodlots.calendar import month_shares, weeks_a_year
from foodlots.case import MONTHS, Case, Site
from foodlots.geo import Roads
from foodlots.plan import Stop
from foodlots.rounds import round_km, shortest_round
from foodlots.settings import Settings

Asked = tuple[tuple[str, ...], Decimal, tuple[int, ...]]  # sites, drops a week, months


@dataclass(frozen=True)
class Visits:
    """A year of coming to a set of sites: `visits` rounds driven, `drops` doors stopped at."""

    visits: Fraction
    drops: Fraction


@dataclass(frozen=True)
class Round:
    """The sites in the order they are driven, and the road km round them and back to the first."""

    sites: tuple[str, ...]
    km: float


class Rounds:
    """Rounds through sets of sites, each found once."""

    def __init__(self, roads: Roads, driven: Iterable[Stop] = ()):
        """`driven`: stops of rounds known already, those of a plan for instance; they are taken as they stand."""
        self._roads, self._known = roads, {}
        orders: dict[str, dict[int, str]] = defaultdict(dict)
        for stop in driven:
            orders[stop.round][stop.stop] = stop.site
        for stops in orders.values():
            order = tuple(stops[number] for number in sorted(stops))
            self._known[tuple(sorted(order))] = Round(order, round_km(order, roads.km))

    def through(self, sites: tuple[str, ...]) -> Round:
        """The round through these sites."""
        if sites not in self._known:
            km, place = self._roads.matrix(sites, sites), {site: row for row, site in enumerate(sites)}
            order = shortest_round(sites, km)
            self._known[sites] = Round(order, round_km(order, lambda here, there: km[place[here], place[there]]))
        return self._known[sites]


@dataclass(frozen=True)
class Timetable:
    """How often sites are visited, by the case's calendar and the settings' term weeks; each answer found once."""

    case: Case
    settings: Settings
    _delivered: dict[Asked, Visits] = field(default_factory=dict, init=False, repr=False, compare=False)
    _to_depot: dict[Asked, Visits] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _shares(self) -> Mapping[bool, tuple[Fraction, ...]]:
        return {term: month_shares(term, self.settings.case.term_weeks) for term in (False, True)}

    def delivered(self, sites: Iterable[str], drops_per_week: Decimal, months: Iterable[int] = MONTHS) -> Visits:
        """Visits and drops when every site is delivered to, as often as it accepts and the lot asks."""
        asked = tuple(sites), drops_per_week, tuple(months)
        if asked not in self._delivered:
            at = self._visits_at(asked[0], lambda site: min(site.deliveries_per_week, drops_per_week), asked[2])
            self._delivered[asked] = Visits(max(at), sum(visits * number for visits, number in at.items()))
        return self._delivered[asked]

    def to_depot(self, sites: Iterable[str], drops_per_week: Decimal, months: Iterable[int]) -> Visits:
        """Visits to a depot for a supply-only lot of these sites: one drop each."""
        asked = tuple(sites), drops_per_week, tuple(months)
        if asked not in self._to_depot:
            visits = max(self._visits_at(asked[0], lambda site: drops_per_week, asked[2]))
            self._to_depot[asked] = Visits(visits, visits)
        return self._to_depot[asked]

    def _visits_at(self, sites, a_week, months) -> Counter[Fraction]:
        """Visits a year -> number of sites visited so often."""
        alike: Counter[tuple[Decimal, bool]] = Counter()
        some: dict[bool, Site] = {}
        for site in map(self.case.sites.__getitem__, sites):
            alike[a_week(site), site.term_time] += 1
            some[site.term_time] = site
        at: Counter[Fraction] = Counter()
        for (often, term), number in alike.items():
            at[Fraction(often) * self._weeks(some[term], months)] += number
        return at

    def _weeks(self, site: Site, months: tuple[int, ...]) -> Fraction:
        """Weeks of these months in which a kitchen like this one cooks."""
        key = site.term_time, months
        if key not in self._weeks_in:
            share = sum(self._shares[site.term_time][month - 1] for month in months)
            self._weeks_in[key] = weeks_a_year(site, self.settings.case.term_weeks) * share
        return self._weeks_in[key]

    @cached_property
    def _weeks_in(self) -> dict[tuple[bool, tuple[int, ...]], Fraction]:
        return {}

    def most_frequent(self, products: Iterable[str]) -> Decimal:
        """Times a week that the most frequent of these products must come."""
        return max(self.case.products[product].drops_per_week for product in products)


def driving_km(visits: Fraction, there: float, around: float = 0.0) -> Fraction:
    """Road km a year: each visit there, around and back. Exact in the decimals of the two distances."""
    return visits * (2 * exact(there) + exact(around))


def exact(km: float) -> Fraction:
    """The shortest decimal that is this float: 3.7 km stays 37/10."""
    return Fraction(repr(float(km)))
