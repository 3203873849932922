"""Where a hub would pay, in a buyer's words."""

from collections.abc import Iterator

from foodlots.case import Case
from foodlots.insight.hub_places import in_sentence
from foodlots.insight.next_hub import Hub, NextHub, Way


def about_hubs(case: Case, answer: NextHub) -> Iterator[str]:
    """The answer first, then the best place, then what it rests on."""
    named = {hub.depot.id: hub for hub in answer.hubs}
    if answer.opened:
        names = " and ".join(named[key].depot.name for key in answer.opened)
        yield f"A hub pays: {names}."
    else:
        yield no_hub(answer)
    if answer.hubs:
        yield about_best(answer.hubs[0])
    if answer.unproven_gbp:
        yield (
            f"The plan itself is not proven: it could be better by up to £{answer.unproven_gbp:,.0f} without any hub, "
            "and a part of what a hub saves may be that."
        )
    yield (
        "The plan's lots are held as they are drawn, and what the plan's aims count is counted; plan the case again "
        "with the depot in its table to let the lots be drawn anew."
    )


def no_hub(answer: NextHub) -> str:
    """That none pays, and how surely."""
    if answer.hubs and all(hub.never_pays for hub in answer.hubs):
        return "No single hub pays at its fixed cost: that is proven for every place tried."
    return "No hub was found that pays at its fixed cost; where 'at most' is above it, one might."


def about_best(hub: Hub) -> str:
    """The best candidate in a sentence."""
    name, fixed = in_sentence(hub.depot.name), float(hub.depot.fixed_gbp)
    if not hub.lots:
        return (
            f"No use was found for the best of them, {name}, even rent-free; it is proven that it could save at most "
            f"£{hub.at_most_gbp:,.0f} a year before its fixed cost of £{fixed:,.0f}."
        )
    new = f", {len(hub.unlocked)} of them without a winner now" if hub.unlocked else ""
    words = (
        f"The best of them, {name}, would take in {hub.kg / 1000:,.1f} t from {_several(len(hub.farms), 'farm')} for "
        f"{_several(len(hub.lots), 'lot')}{new}, and save £{hub.saves_gbp:,.0f} a year before its fixed cost of "
        f"£{fixed:,.0f}: {hub.saves_per_kg * 100:.1f}p a kilo."
    )
    if hub.break_even_kg is None:
        return words
    return words + f" At that saving it breaks even at {hub.break_even_kg / 1000:,.0f} t a year."


def about_way(way: Way) -> str:
    """A way and what it came to, where that needs saying."""
    return way.name if way.sited.won else f"{way.name}: no lot is worth it"


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
