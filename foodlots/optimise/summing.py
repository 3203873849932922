"""The figures of a plan, added up from its own tables to the penny: what is told is what the tables say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Protocol

from foodlots.case import Case
from foodlots.demand import Demand
from foodlots.optimise.bids import Bid
from foodlots.optimise.draw_up import KM, PART, Book, rounded
from foodlots.optimise.ground import GRAMS
from foodlots.optimise.settle import pence
from foodlots.optimise.solver import Answer
from foodlots.plan import Award, Distribution, Lot, Shortfall, Summary, Supply
from foodlots.settings import Settings

PROVEN_SHARE = 1e-4  # of spend: within 0.01% a plan is called optimal, when the solver ended by itself


class Paid(Protocol):
    """The tables of a plan that hold its money."""

    lots: tuple[Lot, ...]
    awards: tuple[Award, ...]
    supply: tuple[Supply, ...]
    shortfall: tuple[Shortfall, ...]
    distribution: tuple[Distribution, ...]


def summarise(tables: Paid, settings: Settings, demand: Demand, answer: Answer, seconds: float) -> Summary:
    """Every figure of tables.md's summary.json, and the split of every £."""
    case = demand.case
    costs, aims = settings.costs, settings.aims
    parts = _parts(tables, case)
    spend = sum(parts.values(), Decimal(0))
    lots_gbp = pence(len(tables.lots) * Fraction(costs.per_lot))
    suppliers_gbp = sum((_setup(case, settings, winner) for winner in winners(tables)), Decimal(0))
    local, small, organic = _paid(tables, case)
    km = sum((line.km for line in (*tables.awards, *tables.distribution)), Decimal(0))
    co2 = carbon_kg(demand) + Fraction(km) * Fraction(costs.kgco2e_per_km)
    values = [lot.value_gbp for lot in tables.lots]
    imbalance = max(values, default=Decimal(0)) - min(values, default=Decimal(0))
    objective = pence(
        Fraction(spend + lots_gbp + suppliers_gbp)
        + Fraction(aims.km_gbp) * Fraction(km)
        + Fraction(aims.kgco2e_gbp) * co2
        - Fraction(aims.local_spend_gbp) * Fraction(local)
        + Fraction(aims.balance_gbp) * Fraction(imbalance)
    )
    bound = pence(Fraction(answer.bound))
    gap = max(0.0, float(objective - bound)) / float(spend) if spend else 0.0
    meals = sum(demand.meals.values(), Fraction())
    return Summary(
        status="optimal" if answer.proven and gap <= PROVEN_SHARE else "feasible",
        objective_gbp=objective,
        bound_gbp=bound,
        gap_share_of_spend=round(gap, 9),
        seconds=round(seconds, 1),
        budget_gbp=pence(demand.value_gbp),
        spend_gbp=spend,
        **parts,
        lots_gbp=lots_gbp,
        suppliers_gbp=suppliers_gbp,
        local_spend_gbp=local,
        local_share=_share(local, spend),
        small_share=_share(small, spend),
        organic_share=_share(organic, spend),
        lots=len(tables.lots),
        awarded_lots=sum(bool(lot.winner) for lot in tables.lots),
        winners=len(winners(tables)),
        imbalance_gbp=imbalance,
        delivery_km=rounded(Fraction(km), KM),
        kgco2e=rounded(co2, PART),
        meals=rounded(meals, PART),
        pence_per_meal=round(float(100 * Fraction(spend) / meals), 4) if meals else 0.0,
    )


def _parts(tables: Paid, case: Case) -> dict[str, Decimal]:
    """Spend, split: gate, delivery, collection, handling, distribution, depots, open market."""
    depots = {line.depot for line in tables.distribution}
    return {
        "food_gbp": _total(line.gbp for line in tables.supply),
        "delivery_gbp": _total(award.delivery_gbp for award in tables.awards),
        "collection_gbp": _total(line.collection_gbp for line in tables.supply),
        "handling_gbp": _total(award.handling_gbp for award in tables.awards),
        "distribution_gbp": _total(line.gbp for line in tables.distribution),
        "depots_gbp": _total(pence(Fraction(case.depots[depot].fixed_gbp)) for depot in depots),
        "open_market_gbp": _total(line.gbp for line in tables.shortfall),
    }


def keeps_floors(book: Book) -> bool:
    """Whether the whole grams and pence still meet every least fill and floor."""
    case, floors = book.case, book.ground.settings.floors
    spend, paid = Fraction(sum(_parts(book, case).values(), Decimal(0))), _paid(book, case)
    shares = (floors.local, floors.small, floors.organic_or_higher)
    kept = all(not share or Fraction(gbp) >= Fraction(share) * spend for share, gbp in zip(shares, paid, strict=True))
    limits = book.ground.settings.limits
    kept = kept and (limits.local_gbp is None or paid[0] >= limits.local_gbp)
    kept = kept and (limits.cost_gbp is None or _cost(book) <= limits.cost_gbp)
    return kept and _all_fill(book)


def _cost(book: Book) -> Decimal:
    """All that the buyer pays."""
    settings = book.ground.settings
    lots_gbp = pence(len(book.lots) * Fraction(settings.costs.per_lot))
    suppliers_gbp = sum((_setup(book.case, settings, winner) for winner in winners(book)), Decimal(0))
    return sum(_parts(book, book.case).values(), lots_gbp) + suppliers_gbp


def _all_fill(book: Book) -> bool:
    """Whether every winner fills at least the share of what it won that a winner must."""
    prices = {key: Fraction(product.benchmark_gbp_per_kg) for key, product in book.case.products.items()}
    least = Fraction(book.ground.settings.awards.min_fill)
    filled, won = defaultdict(Fraction), defaultdict(Fraction)
    for (bidder, product), kg in _brought(book).items():
        filled[bidder] += Fraction(kg) * prices[product]
    for bid in book.settled.won if least else ():
        won[bid.channel.bidder] += _worth(book, bid, prices)
    return all(filled[bidder] >= least * worth for bidder, worth in won.items())


def _brought(book: Book) -> Mapping[tuple[str, str], Decimal]:
    """(bidder, product) -> kilos a year that it brings."""
    brought: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in book.supply:
        brought[line.bidder, line.product] += line.kg
    return brought


def _worth(book: Book, bid: Bid, prices: Mapping[str, Fraction]) -> Fraction:
    """What a winner is asked to fill: its share of the lot's value, or its whole grams where they are worth less."""
    grams: dict[str, int] = defaultdict(int)
    for product, asked in book.asked.of_lot[bid.lot]:
        grams[product] += floor(bid.share * asked)
    in_grams = sum(prices[product] * Fraction(asked, GRAMS) for product, asked in grams.items())
    return min(bid.share * book.asked.value[bid.lot], in_grams)


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))


def winners(tables: Paid) -> list[str]:
    """Everyone who won a lot, by id."""
    return sorted({award.bidder for award in tables.awards})


def _setup(case: Case, settings: Settings, bidder: str) -> Decimal:
    own = case.producers[bidder].setup_gbp
    return pence(Fraction(settings.costs.per_supplier if own is None else own))


def _paid(tables: Paid, case: Case) -> tuple[Decimal, Decimal, Decimal]:
    """£ paid for food, collection and delivery to local, to small and to organic producers."""
    small = {producer.id for producer in case.producers.values() if producer.small}
    organic = {producer.id for producer in case.producers.values() if producer.organic}
    local = _total(award.local_gbp for award in tables.awards)
    return local, _paid_to(tables, small), _paid_to(tables, organic)


def _paid_to(tables: Paid, chosen: set[str]) -> Decimal:
    food = (line.gbp + line.collection_gbp for line in tables.supply if line.producer in chosen)
    return _total(food) + _total(award.delivery_gbp for award in tables.awards if award.bidder in chosen)


def carbon_kg(demand: Demand) -> Fraction:
    """kg CO₂e of all food asked for, whoever grew it."""
    sites, products = demand.case.sites, demand.case.products
    return sum((sum(demand.kg(sites, p)) * Fraction(products[p].kgco2e_per_kg) for p in demand.products()), Fraction())


def _share(part: Decimal, whole: Decimal) -> float:
    return round(float(part / whole), 6) if whole else 0.0
