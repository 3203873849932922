"""The figures a buyer asks for first, each added up again; the aims, the gap, and whether "optimal" may be said."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from foodlots.audit import say
from foodlots.audit.evidence import Evidence
from foodlots.audit.exact import half_even
from foodlots.audit.journeys import award_journey, depot_journey
from foodlots.audit.margins import (
    GAP,
    PENCE_A_MEAL,
    PROVEN,
    near_pence,
    near_ratio,
    near_total,
)
from foodlots.audit.money import Money
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]
STATUSES = ("optimal", "feasible")


def add_up_the_money(evidence: Evidence) -> Findings:
    """Every sum of money in the summary is the sum of its lines, to the penny.

    spend = food + delivery + collection + handling + distribution + depots + open market.
    """
    money = Money(evidence)
    sums = {
        "budget_gbp": half_even(evidence.asked.value(evidence.asked.whole)),
        "food_gbp": money.food,
        "delivery_gbp": money.delivery,
        "collection_gbp": money.collection,
        "handling_gbp": money.handling,
        "distribution_gbp": money.distribution,
        "open_market_gbp": money.open_market,
        "spend_gbp": money.spend,
        "lots_gbp": money.lots,
        "local_spend_gbp": money.local,
    }
    for key, found in sums.items():
        yield from _figure(evidence, key, Fraction(found), _whole_pence, say.pounds)


def add_up_the_figures(evidence: Evidence) -> Findings:
    """Every count, share and total in the summary follows from the lines.

    delivery_km = km of awards and distributions; kgco2e = kg asked x kgco2e_per_kg + delivery_km x kgco2e_per_km;
    local, small and organic share = what such firms are paid / spend; pence_per_meal = 100 x spend / meals a year.
    """
    money, meals = Money(evidence), evidence.asked.total_meals
    spend = money.spend or 1
    awarded = sum(1 for awards in evidence.lot_awards.values() if awards)
    yield from _figure(evidence, "lots", Fraction(len(evidence.lots)), _same, say.plain)
    yield from _figure(evidence, "awarded_lots", Fraction(awarded), _same, say.plain)
    yield from _figure(evidence, "local_share", money.local / spend, near_ratio, say.percent)
    yield from _figure(evidence, "small_share", money.small / spend, near_ratio, say.percent)
    yield from _figure(evidence, "organic_share", money.organic / spend, near_ratio, say.percent)
    yield from _figure(evidence, "meals", meals, near_total, say.plain)
    yield from _figure(evidence, "pence_per_meal", money.spend / (meals or 1), _pence_a_meal, say.plain)
    yield from _figure(evidence, "delivery_km", delivery_km(evidence), near_total, say.plain)
    yield from _figure(evidence, "kgco2e", carbon(evidence)[0], near_total, say.plain)


def weigh_the_aims(evidence: Evidence) -> Findings:
    """The objective is the spend, the lots and the suppliers, and the aims at their weights, to the penny.

    spend + lots + suppliers + km_gbp x km + kgco2e_gbp x kgco2e - local_spend_gbp x local + balance_gbp x imbalance.
    """
    money, aims = Money(evidence), evidence.settings.aims
    certain = (
        money.spend
        + money.lots
        + money.suppliers
        + Fraction(aims.km_gbp) * delivery_km(evidence) * 100
        - Fraction(aims.local_spend_gbp) * money.local
        + Fraction(aims.balance_gbp) * money.imbalance
    )
    fair = [certain + Fraction(aims.kgco2e_gbp) * kilos * 100 for kilos in carbon(evidence)]

    def near(stated: int, _: Fraction) -> bool:
        return any(near_pence(stated, found) for found in fair)

    yield from _figure(evidence, "objective_gbp", fair[0], near, say.pounds)


def prove_the_gap(evidence: Evidence) -> Findings:
    """The gap follows from objective and bound, and "optimal" is said only when the solver proved it to 0.01% of spend.

    gap_share_of_spend = max(0, objective - bound) / spend.
    """
    summary, spend = evidence.papers.summary, Money(evidence).spend
    objective, bound, status = (summary.get(key) for key in ("objective_gbp", "bound_gbp", "status"))
    if status is not None:
        trouble = f"a plan is {' or '.join(STATUSES)}, not {say.echo(status)}"
        yield None if status in STATUSES else breach("summary.json, status", status, "optimal or feasible", trouble)
    if objective is None or bound is None:
        return
    over = Fraction(max(0, objective - bound))
    gap = over / spend if spend else Fraction(over > 0)
    yield from _figure(evidence, "gap_share_of_spend", gap, _same_gap, say.percent)
    trouble = f"the bound {say.pounds(bound)} lies above the objective {say.pounds(objective)}"
    well = bound - objective <= PROVEN * spend
    most = f"at most {say.pounds(objective)}"
    yield None if well else breach("summary.json, bound_gbp", say.pounds(bound), most, trouble)
    if status == "optimal":
        yield from _proven(evidence, gap)


def delivery_km(evidence: Evidence) -> Fraction:
    """Kilometres a year of all awards and all depot rounds."""
    awards = (award_journey(award, evidence).km for award in evidence.awards)
    rounds = (depot_journey(line, evidence).km for line in evidence.papers.distribution)
    return sum(awards, Fraction()) + sum(rounds, Fraction())


def carbon(evidence: Evidence) -> tuple[Fraction, Fraction]:
    """kg CO₂e of all food asked for and all driving: by exact kilos, and by the lots' whole grams."""
    products = evidence.case.products
    driven = delivery_km(evidence) * Fraction(evidence.settings.costs.kgco2e_per_km)
    exact = ((product, kg) for (product, _), kg in evidence.asked.whole.items())
    whole = ((k, Fraction(g, 1000)) for lot in evidence.lots.values() for (k, _), g in lot.grams.items())
    return tuple(
        driven + sum((kg * Fraction(products[product].kgco2e_per_kg) for product, kg in kilos), Fraction())
        for kilos in (exact, whole)
    )


def _proven(evidence: Evidence, gap: Fraction) -> Findings:
    trouble = f"optimal is said but {say.percent(gap)} of the spend could still be saved"
    yield None if gap <= PROVEN else breach("summary.json, status", "optimal", "feasible", trouble)
    told = solver_status(evidence)
    trouble = f"optimal is said but the solver said {say.echo(told)}"
    yield None if told.lower() == "optimal" else breach("summary.json, status", "optimal", told, trouble)


def solver_status(evidence: Evidence) -> str:
    """What the solver said of its own answer, as run.json tells: `solver_status`, or `status` under `solver`."""
    run = evidence.papers.run
    solver = run.get("solver")
    told = run.get("solver_status", solver.get("status") if isinstance(solver, dict) else None)
    return told if isinstance(told, str) else "nothing"


def _figure(
    evidence: Evidence, key: str, found: Fraction, near: Callable[[Fraction, Fraction], bool], shown: Callable
) -> Iterator[Breach | None]:
    stated = evidence.papers.summary.get(key)
    if stated is None:
        return
    trouble = f"{shown(stated)} stated but the lines make {shown(found)}"
    yield None if near(stated, found) else breach(f"summary.json, {key}", shown(stated), shown(found), trouble)


def _same(stated: Fraction, found: Fraction) -> bool:
    return stated == found


def _whole_pence(stated: Fraction, found: Fraction) -> bool:
    return abs(stated - found) <= Fraction(1, 2)


def _same_gap(stated: Fraction, found: Fraction) -> bool:
    return abs(stated - found) <= GAP


def _pence_a_meal(stated: Fraction, found: Fraction) -> bool:
    return abs(stated - found) <= PENCE_A_MEAL
