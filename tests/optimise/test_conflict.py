"""When no plan meets the limits: the smallest set of them that contradict each other is named, and no other."""

import re
from dataclasses import replace

import pytest
from golden_case import VILLAGE

from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.optimise.conflict import SETTING
from foodlots.optimise.policies import POLICIES
from foodlots.reading import read_case

SMALL_OR_ORGANIC = {"croft": {"small": True, "organic": False}, "mead": {"small": False, "organic": True}}
LOCAL_OR_ORGANIC = {"croft": {"local": True, "organic": False}, "mead": {"local": False, "organic": True}}
LOCAL_OR_SMALL = {"croft": {"local": True, "small": False}, "mead": {"local": False, "small": True}}
ORGANIC = {"croft": {"organic": True}, "mead": {"organic": True}}

ALONE = [
    (["lots.number=[4,9]"], {}),
    (["lots.number=[0,0]"], {}),
    (["awards.min_winners=3"], {}),
    (["floors.local=0.999"], {}),
    (["floors.small=0.999"], {}),
    (["floors.organic_or_higher=0.1"], {}),
]
TOGETHER = [
    (["lots.number=[1,1]", "awards.min_winners=2"], {}),
    (["lots.number=[1,1]", "floors.local=0.9"], {}),
    (["lots.number=[1,1]", "floors.small=0.9"], {}),
    (["lots.number=[1,1]", "floors.organic_or_higher=0.9"], ORGANIC),
    (["awards.max_share_per_owner=0.5", "floors.local=0.8"], {}),
    (["awards.max_share_per_owner=0.2", "awards.min_winners=1"], {}),
    (["awards.min_fill=1", "floors.local=0.8"], {}),
    (["awards.min_fill=1", "floors.small=0.8"], {}),
    (["floors.small=0.5", "floors.organic_or_higher=0.5"], SMALL_OR_ORGANIC),
    (["floors.local=0.5", "floors.organic_or_higher=0.5"], LOCAL_OR_ORGANIC),
    (["floors.local=0.5", "floors.small=0.5"], LOCAL_OR_SMALL),
    (["lots.number=[3,3]", "awards.max_lots_per_supplier=1", "floors.local=0.9"], {}),
    (["lots.number=[1,1]", "awards.min_fill=1", "awards.min_winners=1"], {}),
]
BYSTANDERS = ["awards.max_lots_per_supplier=9", "awards.max_share_per_owner=1", "awards.min_fill=0.01"]


def plan(overrides, producers):
    """The village planned under these limits, columns of its producers changed."""
    case, settings, _ = read_case(VILLAGE, overrides)
    people = {key: replace(each, **producers.get(key, {})) for key, each in case.producers.items()}
    return make_plan(replace(case, producers=people), settings)


def named(overrides, producers):
    """The settings that the refusal names."""
    with pytest.raises(NoPlan) as trouble:
        plan(overrides, producers)
    return set(re.findall(r"\(([a-z]+\.[a-z_]+)\)", str(trouble.value)))


def settings_of(overrides):
    return {override.split("=")[0] for override in overrides}


@pytest.mark.parametrize(("overrides", "producers"), [*ALONE, *TOGETHER])
def test_the_limits_in_the_way_are_named_and_no_other(overrides, producers):
    others = [each for each in BYSTANDERS if each.split("=")[0] not in settings_of(overrides)]
    assert named([*overrides, *others], producers) == settings_of(overrides)


@pytest.mark.parametrize(("overrides", "producers"), TOGETHER)
def test_easing_any_one_of_them_makes_a_plan(overrides, producers):
    for eased in overrides:
        assert plan([each for each in overrides if each != eased], producers).lots


@pytest.mark.parametrize(
    ("overrides", "words"),
    [(ALONE[0][0], "cannot be met; ease it"), (TOGETHER[0][0], "cannot be met together; ease one of them")],
)
def test_what_to_do_is_said(overrides, words):
    with pytest.raises(NoPlan, match=words):
        plan(overrides, {})


@pytest.mark.parametrize("threads", [1, 2])
def test_the_search_for_the_reason_works_on_any_number_of_threads(threads):
    assert named([*TOGETHER[0][0], f"effort.threads={threads}"], {}) == settings_of(TOGETHER[0][0])


def test_every_policy_has_words():
    assert set(SETTING) == {policy.__name__ for policy in POLICIES}
    assert len(set(SETTING.values())) == len(SETTING)


def test_an_award_held_that_cannot_be_is_named():
    """Croft grows no milk."""
    case, settings, _ = read_case(VILLAGE)
    lots = {p: tuple((s, p, tuple(range(1, 13))) for s in case.sites) for p in case.products}
    with pytest.raises(NoPlan, match="the awards held"):
        make_plan(replace(case, lots=lots, held={("milk", "croft"): "award"}), settings)
