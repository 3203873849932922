"""Cases changed: what the relations between a random case and another are made of."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from random_cases import Dice, Sample, by_id, draw_sample

from foodlots.case import Case, Offer
from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.plan import Plan
from foodlots.settings import Settings

D = Decimal  # amounts in cases are exact
Problem = tuple[Case, Settings]
Change = Callable[[Sample, Dice], Problem | None]


@cache
def plan_of(seed: int) -> Plan | None:
    """The plan of a random case, None when there is none."""
    sample = draw_sample(seed)
    return solved(sample.case, sample.settings)


def solved(case: Case, settings: Settings) -> Plan | None:
    try:
        return make_plan(case, settings)
    except NoPlan:
        return None


def each(table: dict, **change: Callable) -> dict:
    """A table with some fields of every entry changed."""
    return {key: replace(x, **{name: to(getattr(x, name)) for name, to in change.items()}) for key, x in table.items()}


def set_to(settings: Settings, section: str, **values) -> Settings:
    """The settings with some values of a section changed."""
    return replace(settings, **{section: replace(getattr(settings, section), **values)})


def without_floors(settings: Settings) -> bool:
    """No floor, and no £ kept local worth more than itself: only then is paying more never of use."""
    floors = settings.floors
    return not (floors.local or floors.small or floors.organic_or_higher) and settings.aims.local_spend_gbp <= 1


def times(number: object) -> Callable:
    """Multiplying by a number; what is not set stays so."""
    return lambda value: None if value is None else value * number


def renamed(case: Case, settings: Settings, names: dict[str, str]) -> Problem:
    """The case with these ids in place of its own."""

    def new(key: str) -> str:
        return names.get(key, key)

    def table(entries: dict, **more: Callable) -> dict:
        return by_id(replace(x, id=new(x.id)) for x in each(entries, **more).values())

    def keys(amounts: dict) -> dict:
        return dict(sorted((tuple(new(k) if isinstance(k, str) else k for k in at), v) for at, v in amounts.items()))

    offers = [replace(offer, producer=new(offer.producer), product=new(offer.product)) for offer in case.offers]
    lots = {new(lot): tuple((new(s), new(k), t) for s, k, t in cells) for lot, cells in case.lots.items()}
    areas = {new(buyer): codes for buyer, codes in settings.case.local_areas.items()}
    return Case(
        buyers=table(case.buyers), sites=table(case.sites, buyer=new), products=table(case.products),
        producers=table(case.producers, owner_group=new, member_of=lambda clubs: tuple(sorted(map(new, clubs)))),
        offers=tuple(sorted(offers, key=lambda o: (o.producer, o.product, o.months))), budgets=keys(case.budgets),
        demand=keys(case.demand), depots=table(case.depots), distances=keys(case.distances),
        lots=dict(sorted(lots.items())), held=keys(case.held),
    ), set_to(settings, "case", local_areas=areas)  # fmt: skip


def with_producer(case: Case, producer, offers: Iterable[Offer]) -> Case:
    together = sorted((*case.offers, *offers), key=lambda o: (o.producer, o.product, o.months))
    return replace(case, producers=by_id([*case.producers.values(), producer]), offers=tuple(together))
