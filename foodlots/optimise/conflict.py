"""When the limits allow no plan: which of them stand in each other's way, in the buyer's words."""

import pulp

from foodlots.buyer_rules import rules_of, said
from foodlots.errors import NoPlan
from foodlots.optimise.model import Model
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.solver import Effort, solve
from foodlots.settings import Settings

SECONDS = 20.0  # s to try the plan without some of the limits
SETTING = {
    "respect_number_of_lots": "lots.number",
    "limit_lots_per_supplier": "awards.max_lots_per_supplier",
    "limit_share_per_owner": "awards.max_share_per_owner",
    "require_winners": "awards.min_winners",
    "fill_what_is_won": "awards.min_fill",
    "hold_awards": "table held",
    "local_floor": "floors.local",
    "small_floor": "floors.small",
    "organic_floor": "floors.organic_or_higher",
    "respect_cost_ceiling": "limits.cost_gbp",
    "keep_local_spend": "limits.local_gbp",
    "respect_km_ceiling": "limits.km",
    "respect_carbon_ceiling": "limits.kgco2e",
    "limit_winners": "limits.winners",
}


def in_words(policy: str, settings: Settings) -> str:
    """A policy with its numbers and where it is set: "local floor, 90% (floors.local)"."""
    label = SETTING[policy]
    rules = [f"{rule.title.lower()}, {said(rule, rule.value(settings))}" for rule in rules_of(label, settings)]
    return f"{' and '.join(rules) or 'the awards held'} ({label})"


def explain_conflict(model: Model) -> NoPlan:
    """The smallest set of limits, found by leaving out one after another, that no plan can meet together."""
    active = [policy.__name__ for policy in POLICIES if model.rows[policy.__name__]]
    needed = list(active)
    for name in active:
        without = [other for other in needed if other != name]
        if not _has_plan(model, without):
            needed = without
    if not needed:
        return NoPlan("no set of lots covers all demand; widen the bounds of lot value (lots.value_gbp)")
    told = " and ".join(in_words(name, model.settings) for name in needed)
    together = "cannot be met" if len(needed) == 1 else "cannot be met together"
    ease = "it" if len(needed) == 1 else "one of them"
    return NoPlan(f"no plan: {told} {together}; ease {ease} (foodlots conflict ranks the cheapest ways out)")


def _has_plan(model: Model, policies: list[str]) -> bool:
    """Whether some plan meets all rules and these policies; undecided in time counts as yes."""
    left_out = tuple(f"{p.__name__}(" for p in POLICIES if p.__name__ not in policies)
    trial = pulp.LpProblem("trial", pulp.LpMinimize)
    trial.setObjective(pulp.LpAffineExpression([(model.draw[0], 0.0)]))
    for row in model.problem.constraints():
        if not row.name.startswith(left_out):
            trial += row
    try:
        solve(trial, Effort(SECONDS))
    except NoPlan as trouble:
        return "contradict" not in str(trouble)
    return True
