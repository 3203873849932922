"""The policies on who may win and what may be bought: reach, accreditations, prices, seasons, floors on the spend."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from foodlots.audit import names, say
from foodlots.audit.ability import sells_into
from foodlots.audit.evidence import Evidence
from foodlots.audit.money import Money
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]


def reach_every_site(evidence: Evidence) -> Findings:
    """A winner reaches by road every site of its lot, or the depot of a supply-only lot.

    For all awards: road km(bidder, site or depot) <= reach_km and <= max_km.
    """
    for award in evidence.awards:
        where = names.award(evidence, award.lot, award.bidder)
        if award.depot:
            km = evidence.sellers.depot_km(award.bidder, award.depot)
            well = evidence.sellers.reaches_depot(award.bidder, award.depot)
            yield None if well else _too_far(evidence, where, award.bidder, names.depot_name(evidence, award.depot), km)
            continue
        here = evidence.roads.producers[award.bidder]
        reached = evidence.sellers.reached_sites(award.bidder)
        for site in evidence.lots[award.lot].sites:
            km = evidence.roads.km(here, evidence.roads.sites[site])
            name = names.site_name(evidence, site)
            yield None if site in reached else _too_far(evidence, where, award.bidder, name, km)


def hold_accreditations(evidence: Evidence) -> Findings:
    """A winner holds every accreditation that any product of its lot asks for.

    For all awards: accreditations(products of the lot) are all in accreditations(bidder).
    """
    for award in evidence.awards:
        asked = evidence.lots[award.lot].accreditations
        if asked:
            lacking = asked - evidence.case.producers[award.bidder].accreditations
            where = names.award(evidence, award.lot, award.bidder)
            trouble = f"it does not hold {say.these(lacking)}"
            yield None if not lacking else breach(where, say.these(asked - lacking), say.these(asked), trouble)


def respect_price_ceiling(evidence: Evidence) -> Findings:
    """Nothing is bought above the price ceiling: only what is offered within it can be supplied.

    For all producers, products, months: sum of supply <= sum of offers at most benchmark x (1 + uplift).
    """
    if evidence.settings.awards.max_price_over_benchmark is None:
        return
    sold: Counter[tuple[str, str, int]] = Counter()
    for line in evidence.papers.supply:
        sold[line.producer, line.product, line.month] += line.kg
    for key, grams in sorted(sold.items()):
        if key in evidence.sellers.offers:
            dear = grams > evidence.sellers.usable_grams.get(key, 0) < evidence.sellers.grown[key]
            yield _dear(evidence, key, grams) if dear else None


def in_season(evidence: Evidence) -> Findings:
    """Every kilo is offered in its month, and every winner has something to sell in its lot.

    For all supply lines: the producer offers the product in the month. For all awards: some offer fits the lot.
    """
    for line in evidence.papers.supply:
        if (line.producer, line.product, line.month) in evidence.sellers.offers:
            yield None
            continue
        where = names.lot_line(evidence, line.lot, line.product, line.month)
        name = names.producer_name(evidence, line.producer)
        trouble = f"{name} supplies {say.kilos(line.kg)} but offers none in this month"
        yield breach(where, say.kilos(line.kg), "no offer", trouble)
    for award in evidence.awards:
        sells = sells_into(evidence.lots[award.lot], award.bidder, evidence.sellers)
        where = names.award(evidence, award.lot, award.bidder)
        trouble = "neither it nor a member has anything to sell in this lot"
        yield None if sells else breach(where, "an award", "something to sell", trouble)


def local_floor(evidence: Evidence) -> Findings:
    """Local firms are paid at least the asked share of all spend.

    floors.local x spend <= local spend.
    """
    money = Money(evidence)
    yield from _floor("local firms", evidence.settings.floors.local, money.local, money.spend)


def small_floor(evidence: Evidence) -> Findings:
    """Small firms are paid at least the asked share of all spend.

    floors.small x spend <= what small firms are paid.
    """
    money = Money(evidence)
    yield from _floor("small firms", evidence.settings.floors.small, money.small, money.spend)


def organic_floor(evidence: Evidence) -> Findings:
    """Organic or higher-standard firms are paid at least the asked share of all spend.

    floors.organic_or_higher x spend <= what organic firms are paid.
    """
    money = Money(evidence)
    yield from _floor("organic firms", evidence.settings.floors.organic_or_higher, money.organic, money.spend)


def _floor(who: str, share, paid: int, spend: Fraction) -> Findings:
    if not share:
        return
    least = Fraction(share) * spend
    trouble = f"paid {say.pounds(paid)} but {say.percent(Fraction(share))} of the spend is {say.pounds(least)}"
    yield None if paid >= least else breach(who, say.pounds(paid), f"at least {say.pounds(least)}", trouble)


def _too_far(evidence: Evidence, where: str, bidder: str, place: str, km: float) -> Breach:
    limit = min(evidence.sellers.limits(bidder))
    trouble = f"{place} is {say.road(km)} away by road but it may go {say.road(limit)}"
    return breach(where, say.road(km), f"at most {say.road(limit)}", trouble)


def _dear(evidence: Evidence, key: tuple[str, str, int], grams: int) -> Breach:
    producer, product, month = key
    name, what = names.producer_name(evidence, producer), names.product_name(evidence, product)
    price = max(Fraction(offer.price_gbp_per_kg) for offer in evidence.sellers.offers[key])
    ceiling = evidence.sellers.ceiling(product)
    stated, limit = say.price(price), say.price(ceiling)
    return breach(
        f"{name}, {what}, {say.month(month)}",
        stated,
        f"at most {limit}",
        f"{say.kilos(grams)} bought of an offer at {stated} but the ceiling is {limit}",
    )
