"""Awards, supply, shortfall and depot rounds line by line: every £, kilometre, visit and drop."""

from collections.abc import Iterator
from fractions import Fraction

from foodlots.audit import names, say
from foodlots.audit.evidence import Evidence
from foodlots.audit.exact import half_even
from foodlots.audit.journeys import Journey, award_journey, depot_journey
from foodlots.audit.lines import AwardLine, SupplyLine
from foodlots.audit.margins import near_km, near_pence
from foodlots.audit.money import Money
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]


def price_every_supply(evidence: Evidence) -> Findings:
    """Every supply line costs its kilos at the producer's gate price in that month, to the penny.

    For all supply lines: gbp = kg x price, half-even.
    """
    for line in evidence.papers.supply:
        key = line.producer, line.product, line.month
        offers = evidence.sellers.usable.get(key) or evidence.sellers.offers.get(key)
        if offers:
            cost = half_even(Fraction(offers[0].price_gbp_per_kg) * line.kg / 10)
            yield _costed(_supply(evidence, line), line.gbp, cost, f"{say.kilos(line.kg)} at the gate price cost")


def charge_every_collection(evidence: Evidence) -> Findings:
    """Every supply line bears its member's way to the cooperative, to the penny; a bidder's own produce bears none.

    For all supply lines: collection_gbp = kg x road km(member, cooperative) x collect_gbp_per_kg_km.
    """
    rate = Fraction(evidence.settings.costs.collect_gbp_per_kg_km)
    for line in evidence.papers.supply:
        km = evidence.sellers.collection_km(line.producer, line.bidder)
        cost = line.kg * Fraction(km) * rate / 10
        well = near_pence(line.collection_gbp, cost) if km else line.collection_gbp == 0
        yield (
            None
            if well
            else _miscounted(
                _supply(evidence, line), "collection", say.pounds(line.collection_gbp), say.pounds(half_even(cost))
            )
        )


def price_every_shortfall(evidence: Evidence) -> Findings:
    """Every shortfall costs its kilos at the open-market price, to the penny.

    For all shortfall lines: gbp = kg x benchmark, half-even.
    """
    for line in evidence.papers.shortfall:
        cost = half_even(evidence.asked.price[line.product] * line.kg / 10)
        where = f"{names.lot_line(evidence, line.lot, line.product, line.month)}, shortfall"
        yield _costed(where, line.gbp, cost, f"{say.kilos(line.kg)} on the open market cost")


def value_every_award(evidence: Evidence) -> Findings:
    """Every award is worth its share of its lot, to the penny.

    For all awards: value_gbp = share x value of the lot, half-even.
    """
    for award in evidence.awards:
        worth = half_even(evidence.share(award) * evidence.lots[award.lot].pence)
        yield _costed(_award(evidence, award), award.value_gbp, worth, "its share of the lot is worth")


def charge_every_delivery(evidence: Evidence) -> Findings:
    """Every award states its visits, drops and kilometres a year, and what they cost, to the penny.

    For all awards: km = visits x (2 x road km to the nearest site + round_km), or visits x 2 x road km to the depot;
    delivery_gbp = km x per_km + drops x per_drop (no drops to a depot).
    """
    for award in evidence.awards:
        journey, where = award_journey(award, evidence), _award(evidence, award)
        yield from _driven(where, award, journey)
        yield _paid(where, "delivery", award.delivery_gbp, journey.pence)


def charge_all_handling(evidence: Evidence) -> Findings:
    """Every supply-only award bears its depot's handling of each kilo, to the penny; a delivered award bears none.

    For all awards: handling_gbp = handling_gbp_per_kg x kg supplied under it, half-even.
    """
    for award in evidence.awards:
        grams = sum(line.kg for line in evidence.award_supply.get((award.lot, award.bidder), ()))
        rate = Fraction(evidence.case.depots[award.depot].handling_gbp_per_kg) if award.depot else Fraction()
        yield _costed(_award(evidence, award), award.handling_gbp, half_even(rate * grams / 10), "handling costs")


def charge_every_distribution(evidence: Evidence) -> Findings:
    """Every depot round states its visits, drops, round and kilometres a year, and what they cost, to the penny.

    For all distributions: km = visits x (2 x road km(depot, nearest site) + round_km);
    gbp = km x per_km + drops x per_drop, visits by the most frequent product of the case.
    """
    for line in evidence.papers.distribution:
        journey, where = depot_journey(line, evidence), f"distribution {line.distribution}"
        yield from _driven(where, line, journey)
        yield _paid(where, "cost", line.gbp, journey.pence)


def count_local_money(evidence: Evidence) -> Findings:
    """Every award states what it pays local growers for food and collection, and a local bidder for delivery.

    For all awards: local_gbp = sum of gbp + collection_gbp of local producers + delivery_gbp of a local bidder.
    """
    money = Money(evidence)
    for award in evidence.awards:
        found = money.local_part(award)
        yield _costed(_award(evidence, award), award.local_gbp, found, "local firms are paid")


def _driven(where: str, stated, journey: Journey) -> Findings:
    for what in ("visits", "drops", "km"):
        told, found = getattr(stated, what), getattr(journey, what)
        yield None if near_km(told, found) else _miscounted(where, what, say.plain(told), say.plain(found))


def _paid(where: str, what: str, stated: int, pence: Fraction) -> Breach | None:
    if near_pence(stated, pence):
        return None
    return _miscounted(where, what, say.pounds(stated), say.pounds(half_even(pence)))


def _costed(where: str, stated: int, cost: int, what: str) -> Breach | None:
    if stated == cost:
        return None
    told, found = say.pounds(stated), say.pounds(cost)
    return breach(where, told, found, f"{told} stated but {what} {found}")


def _miscounted(where: str, what: str, stated: str, found: str) -> Breach:
    return breach(where, stated, found, f"{what} {stated} stated but {found} found")


def _award(evidence: Evidence, award: AwardLine) -> str:
    return names.award(evidence, award.lot, award.bidder)


def _supply(evidence: Evidence, line: SupplyLine) -> str:
    place = names.lot_line(evidence, line.lot, line.product, line.month)
    return f"{place}, {names.producer_name(evidence, line.producer)}"
