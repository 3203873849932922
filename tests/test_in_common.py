"""Things held in common: made once while anybody holds them, and anew afterwards."""

import gc
import weakref

import pytest

from foodlots.errors import NoPlan
from foodlots.in_common import InCommon


def test_a_thing_is_made_once_while_somebody_holds_it_and_let_go_with_the_last():
    things, made = InCommon(), []
    first = things.of("a", lambda: made.append(1) or _thing())
    assert things.of("a", lambda: made.append(1) or _thing()) is first
    assert things.of("b", lambda: made.append(1) or _thing()) is not first
    assert len(made) == 2
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None
    things.of("a", lambda: made.append(1) or _thing())
    assert len(made) == 3


def test_what_could_not_be_made_is_tried_again():
    things = InCommon()

    def fails():
        raise NoPlan("not now")

    for _ in range(2):
        with pytest.raises(NoPlan, match="not now"):
            things.of("a", fails)
    assert things.of("a", _thing) == _thing()


def _thing() -> frozenset:
    return frozenset({"a thing that can be held weakly"})
