"""The rows of what would be lost if somebody stopped, of concentration, and of what the next best costs."""

from dataclasses import dataclass

from foodlots.insight.dependence import Dependence
from foodlots.insight.dependence_words import about_able, about_concentration, about_cost, about_stop
from foodlots.insight.step_in import SteppingIn
from foodlots.optimise.standing import Standing
from foodlots.runner import Tell
from foodlots.ui.parts.words import capital
from foodlots.ui.work import Result

MOST = 12  # who stops first, by what is lost
FORMATS = {"Lost, £ a year": "pounds", "Kitchens": "count", "Winners": "count", "HHI of winners": "count",
           "Growers": "count", "HHI of growers": "count", "Filled locally": "percent"}  # fmt: skip
Rows = list[dict[str, object]]


@dataclass(frozen=True)
class DependenceTables:
    """All that the page shows. costs: the same sentences with what the next best costs, for the buyer alone."""

    sentences: list[str]
    costs: list[str]
    stops: Rows
    concentration: Rows
    only_links: str


def find_dependence(found: Result, given: None, tell: Tell):
    """Who depends on whom, as a piece of work that can be done in another process."""
    return dependence_tables(found)


def dependence_tables(found: Result) -> DependenceTables:
    """Works it all out; it takes some seconds."""
    answer = Dependence(found.case, found.settings, found.plan)
    stepping = SteppingIn(Standing(found.case, found.settings, found.plan))
    told = [(stop, stepping.for_(stop.node)) for stop in answer.stops[:MOST]]
    begun = [about_stop(found.case, stop)[:-1] for stop, _ in told]
    return DependenceTables(
        [f"{words}; {about_able(found.plan, each)}." for words, (_, each) in zip(begun, told, strict=True)],
        [f"{words}; {about_cost(found.case, each)}." for words, (_, each) in zip(begun, told, strict=True)],
        [{"If this one stops": stop.name, "Kitchens": stop.sites, "Lost, £ a year": stop.gbp} for stop in answer.stops],
        [
            {
                "Category": capital(each.category), "Winners": each.winners, "HHI of winners": each.winners_hhi,
                " ": capital(about_concentration(each)), "Growers": each.growers, "HHI of growers": each.growers_hhi,
                "Filled locally": each.filled,
            }
            for each in answer.concentration
        ],
        ", ".join(name for _, name in answer.only_links),
    )  # fmt: skip
