"""Policies: the buyer's levers, each off unless its setting is given. `POLICIES` is the list of contents.

Levers that remove possibilities rather than bind quantities (reach, season, accreditation, price ceiling,
smallest drop, largest contract, lot value, able bidders) live in the index set: sieves.SIEVES and candidates.
"""

from collections import defaultdict

from foodlots.optimise.goals import (
    buyer_cost,
    carbon,
    delivery_km,
    local_spend,
    merged,
    organic_spend,
    small_spend,
    spend,
)
from foodlots.optimise.model import AT_LEAST, AT_MOST, Amount, Model, Row
from foodlots.optimise.rules import Rows


def respect_number_of_lots(model: Model) -> Rows:
    """Between the fewest and the most lots. fewest <= sum(draw[l]) <= most."""
    fewest, most = model.settings.lots.number
    drawn = [(draw, 1.0) for draw in model.draw]
    if fewest is not None:
        yield ("fewest",), Row(drawn, AT_LEAST, float(fewest))
    if most is not None:
        yield ("most",), Row(drawn, AT_MOST, float(most))


def limit_lots_per_supplier(model: Model) -> Rows:
    """No bidder wins more than so many lots. sum(award[l, b] for l) <= most, for all bidders b."""
    most = model.settings.awards.max_lots_per_supplier
    for bidder, bids in sorted(model.awards_to().items()) if most is not None else ():
        yield (bidder,), Row([(model.award[bid], 1.0) for bid in bids], AT_MOST, float(most))


def limit_share_per_owner(model: Model) -> Rows:
    """No owner group wins more than a share of the value of all lots.

    sum(value[l] × award[l, b] for l, b of the group) <= share × total, £, for all owner groups.
    """
    share, owners = model.settings.awards.max_share_per_owner, defaultdict(list)
    for bidder, bids in sorted(model.awards_to().items()):
        owners[model.ground.case.producers[bidder].owner_group] += bids
    for owner, bids in sorted(owners.items()) if share is not None else ():
        won = [(model.award[bid], model.bids[bid].value_gbp) for bid in bids]
        yield (owner,), Row(won, AT_MOST, float(share) * model.ground.value_gbp)


def require_winners(model: Model) -> Rows:
    """At least so many different winners, and a winner wins something.

    sum(win[b]) >= fewest; win[b] <= sum(award[l, b] for l), for all bidders b.
    """
    fewest = model.settings.awards.min_winners
    if fewest:
        yield ("fewest",), Row([(win, 1.0) for win in model.win.values()], AT_LEAST, float(fewest))
        for bidder, bids in sorted(model.awards_to().items()):
            yield (bidder,), Row([(model.win[bidder], 1.0), *((model.award[bid], -1.0) for bid in bids)], AT_MOST, 0.0)


def fill_what_is_won(model: Model) -> Rows:
    """A winner fills at least a share of what it wins, by benchmark value.

    sum(benchmark[k] × supply[b, j, k, t]) >= fill × sum(to_fill[l] × award[l, b]), £, for all bidders b. to_fill is the
    value, or the whole grams of the share won where they are worth less: no more can be supplied.
    """
    fill, filled = float(model.settings.awards.min_fill), defaultdict(list)
    for sale, supply in model.supply.items() if fill else ():
        price = float(model.ground.benchmark[model.ground.row[sale.product]])
        filled[sale.channel.bidder].append((supply, price))
    for bidder, bids in sorted(model.awards_to().items()) if fill else ():
        won = [(model.award[bid], -fill * model.bids[bid].to_fill_gbp) for bid in bids]
        yield (bidder,), Row([*filled[bidder], *won], AT_LEAST, 0.0)


def hold_awards(model: Model) -> Rows:
    """What the buyer settled beforehand: this bidder wins that lot drawn by hand, or never does.

    sum(award[l, b]) >= 1 or <= 0, for all lots l and bidders b held.
    """
    bids = defaultdict(list)
    for index, bid in enumerate(model.bids) if model.ground.case.held else ():
        for lot in model.candidates[bid.lot].cells:
            bids[lot, bid.channel.bidder].append((model.award[index], 1.0))
    for (lot, bidder), hold in model.ground.case.held.items():
        if hold == "award":
            yield (lot, bidder), Row(bids[lot, bidder], AT_LEAST, 1.0)
        elif bids[lot, bidder]:
            yield (lot, bidder), Row(bids[lot, bidder], AT_MOST, 0.0)


def local_floor(model: Model) -> Rows:
    """At least a share of spend goes to local producers. local spend >= share × spend, £."""
    yield from _floor(model, local_spend, float(model.settings.floors.local))


def small_floor(model: Model) -> Rows:
    """At least a share of spend goes to small producers. small spend >= share × spend, £."""
    yield from _floor(model, small_spend, float(model.settings.floors.small))


def organic_floor(model: Model) -> Rows:
    """At least a share of spend goes to organic producers. organic spend >= share × spend, £."""
    yield from _floor(model, organic_spend, float(model.settings.floors.organic_or_higher))


def _floor(model: Model, goal, share: float) -> Rows:
    if share:
        total = spend(model)
        terms = merged(Amount([*goal(model).terms, *total.times(-share).terms])).terms
        yield ("share_of_spend",), Row([term for term in terms if term[1]], AT_LEAST, share * total.constant)


def respect_cost_ceiling(model: Model) -> Rows:
    """All that the buyer pays stays within a ceiling. spend + lots + suppliers <= most, £."""
    most = model.settings.limits.cost_gbp
    if most is not None:
        cost = merged(buyer_cost(model)).times(-1.0)
        yield ("year",), Row(cost.terms, AT_LEAST, -float(most) - cost.constant)


def keep_local_spend(model: Model) -> Rows:
    """At least so much is paid to local producers. local spend >= least, £."""
    least = model.settings.limits.local_gbp
    if least:
        yield ("year",), Row(merged(local_spend(model)).terms, AT_LEAST, float(least))


def respect_km_ceiling(model: Model) -> Rows:
    """Winners and depots drive no further than a ceiling. delivery km <= most."""
    yield from _ceiling(delivery_km, model, model.settings.limits.km)


def respect_carbon_ceiling(model: Model) -> Rows:
    """Food and driving give off no more than a ceiling. carbon <= most, kg CO₂e."""
    yield from _ceiling(carbon, model, model.settings.limits.kgco2e)


def _ceiling(goal, model: Model, most) -> Rows:
    if most is not None:
        amount = merged(goal(model))
        yield ("year",), Row(amount.terms, AT_MOST, float(most) - amount.constant)


def limit_winners(model: Model) -> Rows:
    """No more than so many different winners. sum(win[b]) <= most."""
    most = model.settings.limits.winners
    if most is not None:
        yield ("most",), Row([(win, 1.0) for win in model.win.values()], AT_MOST, float(most))


POLICIES = (
    respect_number_of_lots,
    limit_lots_per_supplier,
    limit_share_per_owner,
    require_winners,
    fill_what_is_won,
    hold_awards,
    local_floor,
    small_floor,
    organic_floor,
    respect_cost_ceiling,
    keep_local_spend,
    respect_km_ceiling,
    respect_carbon_ceiling,
    limit_winners,
)
