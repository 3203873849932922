"""A total is withheld from suppliers of whom one could tell another's price from it: on both sides of the edge."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from sample_plan import sample_case, sample_plan

from foodlots.insight.discretion import hides_prices


def paying(*producers):
    """The valley's plan, paying nobody but these."""
    plan = sample_plan()
    return replace(plan, supply=tuple(line for line in plan.supply if line.producer in producers))


@pytest.mark.parametrize(
    ("paid", "hidden"),
    [((), True), (("hill",), False), (("hill", "brook"), False), (("hill", "brook", "dairy"), True)],
)
def test_a_total_hides_prices_from_three_suppliers_on(paid, hidden):
    assert {line.producer for line in paying(*paid).supply} == set(paid)
    assert hides_prices(sample_case(), paying(*paid)) is hidden


def test_farms_of_one_owner_are_one_supplier():
    case = sample_case()
    both = replace(case.producers["brook"], owner_group=case.producers["hill"].owner_group)
    case = replace(case, producers=MappingProxyType({**case.producers, "brook": both}))
    assert not hides_prices(case, paying("hill", "brook", "dairy"))
    assert hides_prices(case, paying("hill", "brook", "dairy", "box"))


def test_of_two_suppliers_one_could_tell_what_the_other_asks():
    """What the rule is for: total less one's own part, over the other's kilos, is the other's price."""
    lines = paying("hill", "brook").supply
    total = sum(line.gbp for line in lines)
    own = sum(line.gbp for line in lines if line.producer == "hill")
    leeks = [line for line in lines if line.producer == "brook"]
    assert total - own == sum(line.gbp for line in leeks)
