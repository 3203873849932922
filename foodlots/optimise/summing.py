"""The figures of a plan, added up from its own tables to the penny: what is told is what the tables say."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from foodlots.optimise.bids import Bid
from foodlots.optimise.draw_up import KM, PART, Book, rounded
from foodlots.optimise.settle import GRAMS, pence
from foodlots.optimise.solver import Answer
from foodlots.plan import Summary

PROVEN_SHARE = 1e-4  # of spend: within 0.01% a plan is called optimal, when the solver ended by itself


def summarise(book: Book, answer: Answer, seconds: float) -> Summary:
    """Every figure of tables.md's summary.json, and the split of every £."""
    costs, aims = book.ground.settings.costs, book.ground.settings.aims
    parts = _parts(book)
    spend = sum(parts.values(), Decimal(0))
    lots_gbp = pence(len(book.lots) * Fraction(costs.per_lot))
    suppliers_gbp = sum((_setup(book, winner) for winner in winners(book)), Decimal(0))
    local, small, organic = (_paid(book, chosen) for chosen in _kinds(book))
    km = sum((line.km for line in (*book.awards, *book.distribution)), Decimal(0))
    co2 = carbon_kg(book) + Fraction(km) * Fraction(costs.kgco2e_per_km)
    values = [lot.value_gbp for lot in book.lots]
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
    meals = sum(book.ground.demand.meals.values(), Fraction())
    return Summary(
        status="optimal" if answer.proven and gap <= PROVEN_SHARE else "feasible",
        objective_gbp=objective,
        bound_gbp=bound,
        gap_share_of_spend=round(gap, 9),
        seconds=round(seconds, 1),
        budget_gbp=pence(book.ground.demand.value_gbp),
        spend_gbp=spend,
        **parts,
        lots_gbp=lots_gbp,
        suppliers_gbp=suppliers_gbp,
        local_spend_gbp=local,
        local_share=_share(local, spend),
        small_share=_share(small, spend),
        organic_share=_share(organic, spend),
        lots=len(book.lots),
        awarded_lots=sum(bool(lot.winner) for lot in book.lots),
        winners=len(winners(book)),
        imbalance_gbp=imbalance,
        delivery_km=rounded(Fraction(km), KM),
        kgco2e=rounded(co2, PART),
        meals=rounded(meals, PART),
        pence_per_meal=round(float(100 * Fraction(spend) / meals), 4) if meals else 0.0,
    )


def _parts(book: Book) -> dict[str, Decimal]:
    """Spend, split: gate, delivery, collection, handling, distribution, depots, open market."""
    depots = {line.depot for line in book.distribution}
    return {
        "food_gbp": _total(line.gbp for line in book.supply),
        "delivery_gbp": _total(award.delivery_gbp for award in book.awards),
        "collection_gbp": _total(line.collection_gbp for line in book.supply),
        "handling_gbp": _total(award.handling_gbp for award in book.awards),
        "distribution_gbp": _total(line.gbp for line in book.distribution),
        "depots_gbp": _total(pence(Fraction(book.case.depots[depot].fixed_gbp)) for depot in depots),
        "open_market_gbp": _total(line.gbp for line in book.shortfall),
    }


def keeps_floors(book: Book) -> bool:
    """Whether the whole grams and pence still meet every least fill and floor."""
    floors, spend = book.ground.settings.floors, Fraction(sum(_parts(book).values(), Decimal(0)))
    shares = (floors.local, floors.small, floors.organic_or_higher)
    kept = all(
        not share or Fraction(_paid(book, chosen)) >= Fraction(share) * spend
        for share, chosen in zip(shares, _kinds(book), strict=True)
    )
    limits = book.ground.settings.limits
    local, cost = _paid(book, _kinds(book)[0]), _cost(book)
    kept = kept and (limits.local_gbp is None or local >= limits.local_gbp)
    kept = kept and (limits.cost_gbp is None or cost <= limits.cost_gbp)
    return kept and all(_fills(book, bidder) for bidder in winners(book))


def _cost(book: Book) -> Decimal:
    """All that the buyer pays."""
    lots_gbp = pence(len(book.lots) * Fraction(book.ground.settings.costs.per_lot))
    return sum(_parts(book).values(), lots_gbp) + sum((_setup(book, winner) for winner in winners(book)), Decimal(0))


def _fills(book: Book, bidder: str) -> bool:
    prices = {key: Fraction(product.benchmark_gbp_per_kg) for key, product in book.case.products.items()}
    filled = sum(Fraction(line.kg) * prices[line.product] for line in book.supply if line.bidder == bidder)
    won = sum(_worth(book, bid, prices) for bid in book.settled.won if bid.channel.bidder == bidder)
    return filled >= Fraction(book.ground.settings.awards.min_fill) * won


def _worth(book: Book, bid: Bid, prices: Mapping[str, Fraction]) -> Fraction:
    """What a winner is asked to fill: its share of the lot's value, or its whole grams where they are worth less."""
    grams = dict.fromkeys(prices, 0)
    for (lot, product, _), asked in book.asked.grams.items():
        grams[product] += floor(bid.share * asked) if lot == bid.lot else 0
    in_grams = sum(prices[product] * Fraction(asked, GRAMS) for product, asked in grams.items())
    return min(bid.share * book.asked.value[bid.lot], in_grams)


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))


def winners(book: Book) -> list[str]:
    """Everyone who won a lot, by id."""
    return sorted({award.bidder for award in book.awards})


def _setup(book: Book, bidder: str) -> Decimal:
    own = book.case.producers[bidder].setup_gbp
    return pence(Fraction(book.ground.settings.costs.per_supplier if own is None else own))


def _kinds(book: Book) -> tuple[Callable[[str, int], bool], ...]:
    """Who counts as local, small and organic."""
    producers, local = book.case.producers, book.ground.local
    return (
        lambda producer, pool: local[producer, pool],
        lambda producer, pool: producers[producer].small,
        lambda producer, pool: producers[producer].organic,
    )


def _paid(book: Book, chosen: Callable[[str, int], bool]) -> Decimal:
    """£ paid to the chosen for food, collection and delivery."""
    pool = {book.ids[bid.lot]: bid.channel.pool for bid in book.settled.won}
    food = (line.gbp + line.collection_gbp for line in book.supply if chosen(line.producer, pool[line.lot]))
    brought = (award.delivery_gbp for award in book.awards if chosen(award.bidder, pool[award.lot]))
    return _total(food) + _total(brought)


def carbon_kg(book: Book) -> Fraction:
    """kg CO₂e of all food asked for, whoever grew it."""
    products, demand = book.case.products, book.ground.demand
    return sum(
        (sum(demand.kg(book.case.sites, p)) * Fraction(products[p].kgco2e_per_kg) for p in book.ground.products),
        Fraction(),
    )


def _share(part: Decimal, whole: Decimal) -> float:
    return round(float(part / whole), 6) if whole else 0.0
