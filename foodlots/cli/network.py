"""`foodlots network`: who depends on whom, what one failure would cost, and who could step in."""

from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.cli.check import CaseArgument
from foodlots.cli.gaps import BuyerOption
from foodlots.cli.json_out import say_json
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.screen import say, show_table
from foodlots.errors import DataError, Fault
from foodlots.insight.dependence import Dependence, Stop
from foodlots.insight.dependence_words import about_able, about_concentration, about_cost, about_stop
from foodlots.insight.step_in import StepIn, SteppingIn
from foodlots.network import Node, network_rows
from foodlots.optimise.standing import Standing
from foodlots.values.texts import did_you_mean, shown

FROM_PRICES = ("gbp", "dependence")  # columns of a link from which a price could be told
TOLD = 12  # who stops first, by what is lost

Told = list[tuple[Stop, list[StepIn]]]


def network(
    case: CaseArgument,
    plan: PlanArgument,
    who: Annotated[str | None, typer.Option("--if", help="id of a producer or depot: what if it stops?")] = None,
    buyer: BuyerOption = False,
    json_: JsonOption = False,
) -> None:
    """What kitchens would lose without each producer, seller and depot; redundancy and concentration."""
    found, settings, made = open_plan(case, plan)
    answer = Dependence(found, settings, made)
    stops = _asked_about(found, answer, who)
    stepping = SteppingIn(Standing(found, settings, made))
    told = [(stop, stepping.for_(stop.node)) for stop in stops]
    if json_:
        say_json(as_json(answer, told, buyer))
        return
    if not stops:
        say("No producer supplies anything under this plan.")
        return
    for stop, step_ins in told:
        words = about_cost(found, step_ins) if buyer else about_able(made, step_ins)
        say(f"{about_stop(found, stop)[:-1]}; {words}.")
    show_table("Concentration by category", *concentration_rows(answer))
    show_table("Kitchens that depend most on one alone", *kitchen_rows(answer))
    say("", about_links(answer))


def _asked_about(case: Case, answer: Dependence, who: str | None) -> list[Stop]:
    """Those whose loss is felt most, or the one named."""
    if who is None:
        return answer.stops[:TOLD]
    found = [stop for stop in answer.stops if stop.node[1] == who]
    if not found:
        known = {**case.producers, **case.depots}
        problem = (
            f"{known[who].name} has no part in this plan: nobody would miss it"
            if who in known
            else f"{shown(who)!r} is neither a producer nor a depot of this case"
        )
        mend = "name one that has" if who in known else did_you_mean(who, known, "name one of them")
        raise DataError([Fault("--if", 0, "", who, problem, mend)])
    return found


def as_json(answer: Dependence, told: Told, buyer: bool) -> dict[str, object]:
    """All of it; £ of prices only for the buyer."""
    return {
        "stops": [_stop_as_json(answer.case, stop, step_ins, buyer) for stop, step_ins in told],
        "sites": {site: [_part(node, share) for node, share in parts.items()] for site, parts in answer.shares.items()},
        "suppliers": answer.suppliers,
        "articulation_points": [{"kind": node[0], "id": node[1], "name": name} for node, name in answer.only_links],
        "critical": [
            {"kind": node[0], "id": node[1], "name": name, "kitchens": n} for node, name, n in answer.critical
        ],
        "concentration": answer.concentration,
        "links": [
            {k: v for k, v in row.items() if buyer or k not in FROM_PRICES} for row in network_rows(answer.graph)
        ],
    }


def _part(node: Node, share: float) -> dict[str, object]:
    return {"kind": node[0], "id": node[1], "share": round(share, 6)}


def _stop_as_json(case: Case, stop: Stop, step_ins: list[StepIn], buyer: bool) -> dict[str, object]:
    shown_ = ("lot", "able") if not buyer else ("lot", "able", "next_best", "more_gbp", "market_gbp")
    return {
        "kind": stop.node[0],
        "id": stop.node[1],
        "name": stop.name,
        "words": about_stop(case, stop),
        "kitchens": stop.sites,
        "losses": stop.losses,
        "step_in": [{name: getattr(each, name) for name in shown_} for each in step_ins],
    }


def concentration_rows(answer: Dependence) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the categories."""
    rows = [
        [each.category.capitalize(), str(each.winners), f"{each.winners_hhi:,.0f}", about_concentration(each),
         str(each.growers), f"{each.growers_hhi:,.0f}", f"{each.filled:.0%}"]
        for each in answer.concentration
    ]  # fmt: skip
    return ["Category", "Winners", "HHI", "", "Growers", "HHI", "Filled locally"], rows, (1, 2, 4, 5, 6)


def kitchen_rows(answer: Dependence, most: int = 10) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the kitchens with the largest share by way of one."""
    largest = sorted(
        ((max(parts.values()), site) for site, parts in answer.shares.items() if parts),
        key=lambda found: (-found[0], found[1]),
    )[:most]
    rows = []
    for share, site in largest:
        kind, key = next(iter(answer.shares[site]))
        name = (answer.case.depots if kind == "depot" else answer.case.producers)[key].name
        rows.append([answer.case.sites[site].name, name, f"{share:.0%}"])
    return ["Kitchen", "Most of its food comes by way of", "Of all it asks"], rows, (2,)


def about_links(answer: Dependence) -> str:
    """The articulation points in a sentence."""
    names = [name for _, name in answer.only_links]
    if not names:
        return "Nobody is the only link between parts of the network."
    return f"The only link between parts of the network: {', '.join(names)}."
