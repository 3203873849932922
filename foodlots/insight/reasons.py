"""Why a bidder does not get a lot: every reason in the order in which it is told. `REASONS` is the list of contents.

Each reason looks at one standing and says nothing when it does not bind. The first that binds is the binding reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.insight.certificates import said
from foodlots.insight.cuts import smallest_cut
from foodlots.insight.standing import TINY_GBP, Standing
from foodlots.optimise.stock import SLACK_KM


@dataclass(frozen=True)
class Reason:
    """One thing in the way. have, need and by (how much is missing, in `unit`) where they are amounts."""

    name: str
    says: str
    have: float | None = None
    need: float | None = None
    by: float | None = None
    unit: str = ""
    months: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


def out_of_reach(at: Standing) -> Reason | None:
    """A kitchen, or the depot, is farther than it delivers or than the buyer allows."""
    limit, km = at.reach_km, at.farthest_km
    if km <= limit + SLACK_KM:
        return None
    where = at.case.depots[at.depot].name if at.depot else "the farthest kitchen"
    whose = "it delivers" if limit == float(at.bidder.reach_km) else "the buyer allows"
    over = f"{km - limit:,.{1 if km - limit >= 1 else 3}f} km more than {whose} ({limit:,.0f} km)"
    says = f"out of reach: {where} is {km:,.1f} km away by road, {over}"
    return Reason("out_of_reach", says, limit, km, km - limit, "km")


def not_grown(at: Standing) -> Reason | None:
    """It offers none of the lot's products in any month."""
    if _own_months(at):
        return None
    names = [at.case.products[product].name.lower() for product in at.candidate.products]
    return Reason("not_grown", f"offers nothing of what the lot asks for ({listed(names)})")


def out_of_season(at: Standing) -> Reason | None:
    """It offers some of the lot's products, but in none of the months they are asked for."""
    if at.worth(at.offered) > TINY_GBP:
        return None
    months, first = _asked_months(at), at.settings.case.first_month
    own = say_months(_own_months(at), first)
    says = f"out of season: the lot asks for {say_months(months, first)}; it offers in {own}"
    return Reason("out_of_season", says, months=months)


def not_accredited(at: Standing) -> Reason | None:
    """It does not hold every accreditation that the lot's products ask of the seller."""
    missing = missing_accreditations(at)
    if not missing:
        return None
    says = f"not accredited: does not hold {listed(map(said, missing))}, or an equivalent"
    return Reason("not_accredited", says, missing=missing)


def too_small(at: Standing) -> Reason | None:
    """It and its members together have less than a bidder must fill."""
    if at.enough(at.offered):
        return None
    month, have, need = worst_month(at)
    worth, least = at.worth(at.offered), at.least_gbp
    says = (
        f"too small: it could fill {worth / at.candidate.value_gbp:.1%} of the lot, the buyer asks "
        f"{float(at.settings.awards.min_fill):.0%}; worst in {NAMES[month - 1]}: {have:,.0f} of {need:,.0f} kg"
    )
    return Reason("too_small", says, have, need, least - worth, "£ a year", (month,))


def drop_too_small(at: Standing) -> Reason | None:
    """A drop is worth less than it asks."""
    least = float(at.bidder.min_drop_gbp)
    if at.drop_gbp >= least - 1e-9:
        return None
    says = f"drop too small: worth £{at.drop_gbp:,.2f}, £{least - at.drop_gbp:,.2f} less than it asks (£{least:,.2f})"
    return Reason("drop_too_small", says, at.drop_gbp, least, least - at.drop_gbp, "£")


def too_dear(at: Standing) -> Reason | None:
    """What it offers within the buyer's price ceiling is not enough, though it has enough."""
    if at.enough(at.usable):
        return None
    cut = smallest_cut(at)
    how = f"{100 * cut:,.2f}p a kg too dear" if cut is not None else "its members ask more than the ceiling"
    ceiling = f"{float(at.settings.awards.max_price_over_benchmark or 0):.0%} over the open market"
    says = f"too dear: {how} for the buyer's ceiling ({ceiling})"
    return Reason("too_dear", says, by=None if cut is None else float(cut), unit="£/kg")


def contract_too_large(at: Standing) -> Reason | None:
    """The lot is worth more than the contract it wants at the most."""
    most, value = at.bidder.max_contract_gbp, at.candidate.value_gbp
    if most is None or value <= float(most) + 1e-9:
        return None
    says = f"contract too large: £{value:,.0f} a year, £{value - float(most):,.0f} more than it wants (£{most:,.0f})"
    return Reason("contract_too_large", says, float(most), value, value - float(most), "£ a year")


REASONS = (
    out_of_reach,
    not_grown,
    out_of_season,
    not_accredited,
    too_small,
    drop_too_small,
    too_dear,
    contract_too_large,
)  # then, of the lots of a plan: capped, beaten (insight.awarded)


def reasons_against(at: Standing) -> tuple[Reason, ...]:
    """Every reason that binds in this way of bringing the lot, the first first."""
    found = [reason for function in REASONS if (reason := function(at))]
    return tuple(reason for reason in found if not _follows(reason, {each.name for each in found}))


def _follows(reason: Reason, names: set[str]) -> bool:
    """Whether a reason only repeats another: who offers nothing in season is neither too small nor too dear as well."""
    before = {"out_of_season": ("not_grown",), "too_small": ("not_grown", "out_of_season")}
    before["too_dear"] = ("not_grown", "out_of_season", "too_small")
    return any(name in names for name in before.get(reason.name, ()))


def missing_accreditations(at: Standing) -> tuple[str, ...]:
    """What the lot's products ask of the seller and it does not hold."""
    products = at.case.products
    needed = frozenset().union(*(products[product].accreditations for product in at.candidate.products))
    return tuple(sorted(needed - at.bidder.accreditations))


def worst_month(at: Standing) -> tuple[int, float, float]:
    """The month of the lot of which it could fill the smallest part: month, kilos it has, kilos asked."""
    shares = at.by_month(at.offered)
    order = [month for month in contract_year(at.settings.case.first_month) if month in shares]
    month = min(order, key=lambda each: (round(shares[each], 9), order.index(each)))
    return month, float(at.offered[:, month - 1].sum()), float(at.candidate.kg[:, month - 1].sum())


def _asked_months(at: Standing) -> tuple[int, ...]:
    return tuple(int(month) + 1 for month in np.flatnonzero(at.candidate.kg.sum(axis=0)))


def _own_months(at: Standing) -> tuple[int, ...]:
    """Months in which it or a member offers any of the lot's products, whoever asks."""
    stock = at.asker.offered.stock
    rows = [at.asker.ground.row[product] for product in at.candidate.products]
    growers = [stock.row[grower] for grower in stock.sells_for[at.bidder.id]]
    return tuple(int(month) + 1 for month in np.flatnonzero(stock.kg[growers][:, rows].sum(axis=(0, 1))))


def listed(names: Iterable[str], most: int = 4) -> str:
    """ "a", "a and b", "a, b and 3 more"."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
