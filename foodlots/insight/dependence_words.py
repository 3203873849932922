"""Dependence in a buyer's words: what stops, who loses what, and who could step in."""

from collections.abc import Iterable

from foodlots.case import Case
from foodlots.insight.dependence import Concentration, Loss, Stop
from foodlots.insight.step_in import StepIn
from foodlots.plan import Plan

CONCENTRATED, HIGHLY = 1000, 2000  # HHI; the steps of the merger guidelines of the UK's competition authority


def about_stop(case: Case, stop: Stop, most: int = 2) -> str:
    """If Bowland Dairy stops, 31 schools lose 80% of their milk; and so on for the dearest products."""
    told = [_about_loss(case, loss) for loss in stop.losses[:most]]
    more = len(stop.losses) - most
    end = f", and something of {more} more {'product' if more == 1 else 'products'}" if more > 0 else ""
    return f"If {stop.name} stops, {' and '.join(told)}{end}."


def _about_loss(case: Case, loss: Loss) -> str:
    name = case.products[loss.product].name
    verb = "loses" if len(loss.sites) == 1 else "lose"
    whose = "its" if len(loss.sites) == 1 else "their"
    return f"{kitchens(case, loss.sites)} {verb} {loss.share:.0%} of {whose} {name[:1].lower() + name[1:]}"


def kitchens(case: Case, sites: Iterable[str]) -> str:
    """How many kitchens, as schools or hospitals where they are all of one kind."""
    sites = list(sites)
    kinds = {case.sites[site].kind for site in sites}
    word = {"school": "school", "hospital": "hospital", "care_home": "care home"}.get(
        kinds.pop() if len(kinds) == 1 else "", "kitchen"
    )
    return f"{len(sites):,} {word if len(sites) == 1 else word + 's'}"


def about_able(plan: Plan, step_ins: Iterable[StepIn]) -> str:
    """How many could step in for each lot, no price told."""
    names = {lot.id: lot.name for lot in plan.lots}
    return "able to step in: " + "; ".join(f"{each.able or 'nobody'} for {names[each.lot]}" for each in step_ins)


def about_cost(case: Case, step_ins: Iterable[StepIn]) -> str:
    """What the next best costs more: for the buyer alone, prices could be told from it."""
    step_ins = list(step_ins)
    more = sum(each.more_gbp for each in step_ins)
    names = dict.fromkeys(
        case.producers[each.next_best].name if each.next_best else "the open market" for each in step_ins
    )
    side = "more" if more >= 0 else "less"
    return f"the next best ({', '.join(names)}) costs £{abs(more):,.0f} {side} a year"


def about_concentration(each: Concentration) -> str:
    """How concentrated a category is."""
    word = "not concentrated"
    if each.winners_hhi > CONCENTRATED:
        word = "highly concentrated" if each.winners_hhi > HIGHLY else "concentrated"
    return word
