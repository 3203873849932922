"""Why an able bidder was not awarded a lot: a cap of the buyer's, or somebody else was the better choice.

Awards are public, prices are not: in a producer's view nothing here depends on what anybody else asks.
"""

from collections.abc import Callable, Sequence

import numpy as np

from foodlots.case import MONTHS, Case
from foodlots.insight.reasons import Reason, listed
from foodlots.insight.standing import SLACK_GBP, Asker
from foodlots.optimise.held import lot_id
from foodlots.plan import Lot, Plan
from foodlots.settings import Settings

WITHHELD = "by how much is withheld, because others' prices are confidential"


def capped(case: Case, settings: Settings, plan: Plan, lot: Lot, bidder: str) -> Reason | None:
    """A limit of the buyer's on what it may win, given what it and its owner win already."""
    for limit in (_held, _lots, _share):
        if found := limit(case, settings, plan, lot, bidder):
            return found
    return None


def _held(case: Case, settings: Settings, plan: Plan, lot: Lot, bidder: str) -> Reason | None:
    if case.held.get((lot.id, bidder)) == "never":
        return Reason("capped", "capped: the buyer has settled that it does not win this lot")
    settled = [other for (held, other), what in case.held.items() if held == lot.id and what == "award"]
    if settled and bidder not in settled:
        return Reason("capped", f"capped: the buyer has settled the lot on {listed(names(case, settled))}")
    return None


def _lots(case: Case, settings: Settings, plan: Plan, lot: Lot, bidder: str) -> Reason | None:
    most = settings.awards.max_lots_per_supplier
    won = len({award.lot for award in plan.awards if award.bidder == bidder and award.lot != lot.id})
    if most is None or won < most:
        return None
    says = f"capped: it wins {won} {'lot' if won == 1 else 'lots'} already, the most one supplier may"
    return Reason("capped", says, float(won + 1), float(most), float(won + 1 - most), "lots")


def _share(case: Case, settings: Settings, plan: Plan, lot: Lot, bidder: str) -> Reason | None:
    share, owner = settings.awards.max_share_per_owner, case.producers[bidder].owner_group
    if share is None:
        return None
    others = (award for award in plan.awards if award.lot != lot.id)
    won = sum(float(award.value_gbp) for award in others if case.producers[award.bidder].owner_group == owner)
    most = float(share * sum(each.value_gbp for each in plan.lots))
    over = won + float(lot.value_gbp) - most
    if over <= 0.005:
        return None
    says = f"capped: with this lot its owner would win £{over:,.0f} more than the {float(share):.0%} one owner may"
    return Reason("capped", says, won + float(lot.value_gbp), most, over, "£ a year")


def kilos_taken(asker: Asker, lot: int, won: Sequence[int]) -> Reason | None:
    """Its kilos are spoken for: with the lots it wins, it could not fill what a winner must of all of them."""
    fill = float(asker.settings.awards.min_fill)
    candidates = [asker.candidates[each] for each in (*won, lot)]
    asked = np.zeros((len(asker.ground.products), len(MONTHS)))
    for candidate in candidates:
        asked[[asker.ground.row[product] for product in candidate.products]] += candidate.kg
    row = asker.usable.bidders.index(asker.bidder)
    filled = float(asker.ground.benchmark @ np.minimum(asker.usable.kg[row], asked).sum(axis=1))
    value = sum(candidate.value_gbp for candidate in candidates)
    if not won or filled >= fill * value - SLACK_GBP:
        return None
    lots = listed(lot_id(asker.candidates[each]) for each in won)
    both = "both" if len(won) == 1 else "them all"
    says = f"capped: its kilos go to {lots}; of {both} it could fill {filled / value:.1%}, the buyer asks {fill:.0%}"
    return Reason("capped", says, filled, fill * value, fill * value - filled, "£ a year")


def beaten_unseen(case: Case, lot: Lot) -> Reason:
    """That it was beaten, for a producer's eyes: by whom, never by how much."""
    if lot.winner:
        return Reason("beaten", f"beaten by {listed(names(case, lot.winner.split(';')))}; {WITHHELD}")
    return Reason("beaten", f"beaten by the open market: the lot was not awarded; {WITHHELD}")


def beaten_by(case: Case, lot: Lot, more: Callable[[], float | None]) -> Reason:
    """That it was beaten, for the buyer's eyes: by whom and by how many £ a year. more: £ the plan would cost more."""
    by, who = more(), listed(names(case, lot.winner.split(";"))) if lot.winner else "the open market"
    if by is None:
        return Reason("capped", "capped: with this award another limit of the buyer's would be broken")
    if by <= 0.005:
        return Reason("beaten", f"as good as {who}: awarding it instead would cost no more", by=by, unit="£ a year")
    return Reason("beaten", f"beaten by {who}: the plan would cost £{by:,.2f} a year more", by=by, unit="£ a year")


def names(case: Case, ids) -> list[str]:
    """Producers by their names."""
    return [case.producers[each].name for each in ids]
