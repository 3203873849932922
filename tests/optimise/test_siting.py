"""Siting hubs: the model's choice equals that of trying every one and every two of them, on small random cases."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType

import pytest
from random_cases import draw_sample

from foodlots.case import Depot, Place
from foodlots.errors import NoPlan
from foodlots.insight.next_hub import next_hub
from foodlots.optimise import make_plan
from foodlots.optimise.held import lay_held_ground
from foodlots.optimise.search import build_on
from foodlots.optimise.siting import Siting
from foodlots.optimise.solver import Effort, solve

D = Decimal
EXACT = Effort(60.0, 0.0, threads=1)
CORNERS = ((53.76, -2.70), (53.80, -2.60), (53.85, -2.66))


def hubs_for(seed: int) -> tuple[Depot, ...]:
    fixed = D(seed % 4 * 40)
    return tuple(
        Depot(f"hub{n}", f"Hub {n}", Place(*place), D("0.01"), fixed) for n, place in enumerate(CORNERS, start=1)
    )


def cost_with(case, settings, plan, depots) -> float:
    """The best awards of the plan's lots with just these depots in the table, by a model of its own on its areas."""
    table = dict(sorted({**case.depots, **{depot.id: depot for depot in depots}}.items()))
    model = build_on(lay_held_ground(replace(case, depots=MappingProxyType(table)), settings, plan))
    return solve(model.problem, EXACT).objective


def small_plan(seed: int):
    sample = draw_sample(seed)
    case, settings = replace(sample.case, held=MappingProxyType({})), sample.settings
    try:
        return case, settings, make_plan(case, settings)
    except NoPlan:
        return None


def check_siting(seed: int) -> bool:
    """Whether the model opened any new depot; its cost is that of the best of all choices either way."""
    found = small_plan(seed)
    if found is None:
        return False
    case, settings, plan = found
    hubs = hubs_for(seed)
    siting = Siting(case, settings, plan, hubs, most=2)
    sited = siting.decide((*case.depots, *(hub.id for hub in hubs)), EXACT)
    choices = [chosen for number in range(3) for chosen in combinations(hubs, number)]
    best = min(cost_with(case, settings, plan, chosen) for chosen in choices)
    assert sited.cost_gbp == pytest.approx(best, abs=0.01), seed
    assert len(set(sited.depots) & {hub.id for hub in hubs}) <= 2
    return bool(set(sited.depots) & {hub.id for hub in hubs})


def test_the_model_chooses_as_trying_every_choice_would():
    opened = [check_siting(seed) for seed in (3, 4, 9, 12, 16, 20, 24, 28)]
    assert any(opened)


@pytest.mark.long
def test_the_model_chooses_as_trying_every_choice_would_on_many_cases():
    assert sum(check_siting(seed) for seed in range(300, 420)) > 5


def test_what_one_hub_saves_is_the_plan_without_it_less_the_plan_with_it():
    for seed in (4, 12, 20, 28):
        found = small_plan(seed)
        if found is None:
            continue
        case, settings, plan = found
        answer = next_hub(case, settings, plan, hubs_for(seed), seconds=20)
        without = cost_with(case, settings, plan, ())
        for hub in answer.hubs:
            rent_free = replace(hub.depot, fixed_gbp=D(0))
            saves = without - cost_with(case, settings, plan, [rent_free])
            slack = 0.0005 * float(plan.summary.budget_gbp) + 0.02
            assert hub.saves_gbp == pytest.approx(saves, abs=slack), (seed, hub.depot.id)
            assert hub.at_most_gbp >= saves - slack
            assert hub.break_even_kg is None or hub.break_even_kg * hub.saves_per_kg == pytest.approx(
                float(hub.depot.fixed_gbp)
            )
