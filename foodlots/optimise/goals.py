"""Goals: what a plan costs and brings, each in its own unit. `COSTS` are £ the buyer pays; `GOALS` are all."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from foodlots.optimise.model import Amount, Model, Sale, together


def food_cost(model: Model) -> Amount:
    """£ paid to producers at the gate: sum(price[j, k, t] × supply[b, j, k, t])."""
    return Amount([(supply, gate_price(model, sale)) for sale, supply in model.supply.items()])


def gate_price(model: Model, sale: Sale) -> float:
    """£/kg that the producer asks in that spell of months."""
    row = model.stock.row[sale.producer]
    return float(model.stock.price[row, model.ground.row[sale.product], sale.spell[0] - 1])


def collection_cost(model: Model) -> Amount:
    """£ for bringing members' goods to their cooperative: kg × km × rate."""
    collected = ((supply, collection_rate(model, sale)) for sale, supply in model.supply.items())
    return Amount([(supply, rate) for supply, rate in collected if rate])


def collection_rate(model: Model, sale: Sale) -> float:
    """£/kg for the way from the producer to the bidder it sells through; 0 for its own."""
    return model.stock.collection[sale.channel.bidder, sale.producer]


def delivery_cost(model: Model) -> Amount:
    """£ for the winners' own driving and drops: sum(deliver[b, l] × award[l, b])."""
    return Amount([(award, bid.delivery_gbp) for award, bid in zip(model.award, model.bids, strict=True)])


def handling_cost(model: Model) -> Amount:
    """£ for handling in depots: rate[d] × kg brought there."""
    depots = model.ground.case.depots
    return Amount(
        [
            (supply, float(depots[sale.channel.depot].handling_gbp_per_kg))
            for sale, supply in model.supply.items()
            if sale.channel.depot
        ]
    )


def distribution_cost(model: Model) -> Amount:
    """£ for the depots' rounds: sum(round[d, a] × serve[d, a])."""
    return Amount([(serve, distribution(model, *at)[1]) for at, serve in model.serve.items()])


def depot_cost(model: Model) -> Amount:
    """£ for keeping depots: sum(fixed[d] × open_depot[d])."""
    depots = model.ground.case.depots
    return Amount([(opened, float(depots[depot].fixed_gbp)) for depot, opened in model.open_depot.items()])


def open_market_cost(model: Model) -> Amount:
    """£ for what nobody sells: benchmark × (all demand - supply)."""
    benchmark, rows = model.ground.benchmark, model.ground.row
    sold = [(supply, -float(benchmark[rows[sale.product]])) for sale, supply in model.supply.items()]
    return Amount(sold, model.ground.value_gbp)


def lots_cost(model: Model) -> Amount:
    """£ for running lots: per_lot × lots drawn."""
    return Amount([(draw, float(model.settings.costs.per_lot)) for draw in model.draw])


def suppliers_cost(model: Model) -> Amount:
    """£ for taking on suppliers: sum(setup[b] × win[b])."""
    producers, usual = model.ground.case.producers, model.settings.costs.per_supplier
    setup = {bidder: producers[bidder].setup_gbp for bidder in model.win}
    return Amount([(win, float(usual if setup[b] is None else setup[b])) for b, win in model.win.items()])


def delivery_km(model: Model) -> Amount:
    """Road km a year that winners and depots drive."""
    driven = [(award, bid.km) for award, bid in zip(model.award, model.bids, strict=True)]
    return Amount(driven + [(serve, distribution(model, *at)[0]) for at, serve in model.serve.items()])


def carbon(model: Model) -> Amount:
    """kg CO₂e: what is eaten, whoever grew it, and the delivery km."""
    products = model.ground.case.products
    eaten = model.ground.kg.sum(axis=(0, 2)) @ np.array(
        [float(products[product].kgco2e_per_kg) for product in model.ground.products]
    )
    driven = delivery_km(model).times(float(model.settings.costs.kgco2e_per_km))
    return Amount(driven.terms, driven.constant + float(eaten))


def paid_to(model: Model, chosen: Callable[[str, int], bool]) -> Amount:
    """£ paid for food, collection and delivery to those for whom `chosen(producer, pool)` is true."""
    goods = [
        (supply, gate_price(model, sale) + collection_rate(model, sale))
        for sale, supply in model.supply.items()
        if chosen(sale.producer, sale.channel.pool)
    ]
    won = [
        (award, bid.delivery_gbp)
        for award, bid in zip(model.award, model.bids, strict=True)
        if chosen(bid.channel.bidder, bid.channel.pool)
    ]
    return Amount(goods + won)


def local_spend(model: Model) -> Amount:
    """£ paid to local producers for food, collection and delivery."""
    local = model.ground.local
    return paid_to(model, lambda producer, pool: local[producer, pool])


def small_spend(model: Model) -> Amount:
    """£ paid to small producers."""
    producers = model.ground.case.producers
    return paid_to(model, lambda producer, pool: producers[producer].small)


def organic_spend(model: Model) -> Amount:
    """£ paid to organic producers."""
    producers = model.ground.case.producers
    return paid_to(model, lambda producer, pool: producers[producer].organic)


def imbalance(model: Model) -> Amount:
    """£ between the most and the least valuable lot."""
    return Amount(
        [(model.extremes[name], sign) for name, sign in (("largest", 1.0), ("smallest", -1.0)) if model.extremes]
    )


def spend(model: Model) -> Amount:
    """£ for food and delivery alone."""
    return together(goal(model) for goal in SPEND)


def buyer_cost(model: Model) -> Amount:
    """£ the buyer pays in all: spend, running lots, taking on suppliers."""
    return together([spend(model), lots_cost(model), suppliers_cost(model)])


def objective(model: Model) -> Amount:
    """£: everything the buyer pays, less the worth of what the aims ask for."""
    aims = model.settings.aims
    return merged(
        together(
            [
                buyer_cost(model),
                delivery_km(model).times(float(aims.km_gbp)),
                carbon(model).times(float(aims.kgco2e_gbp)),
                local_spend(model).times(-float(aims.local_spend_gbp)),
                imbalance(model).times(float(aims.balance_gbp)),
            ]
        )
    )


def merged(amount: Amount) -> Amount:
    """The same amount with one term for each decision."""
    total, columns = defaultdict(float), {}
    for column, by in amount.terms:
        total[id(column)] += by
        columns[id(column)] = column
    return Amount([(columns[key], by) for key, by in total.items()], amount.constant)


def distribution(model: Model, depot: str, leaf: int) -> tuple[float, float]:
    """Road km and £ a year of a depot's round through a small area."""
    return model.book.distribution(depot, leaf)


SPEND = (
    food_cost,
    collection_cost,
    delivery_cost,
    handling_cost,
    distribution_cost,
    depot_cost,
    open_market_cost,
)
GOALS = (*SPEND, lots_cost, suppliers_cost, delivery_km, carbon, local_spend, small_spend, organic_spend, imbalance)
