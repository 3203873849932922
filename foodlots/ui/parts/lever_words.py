"""The buyer's levers in plain words: how they are grouped, and what each is called on screen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A tab of levers: its title, what it is about, and the settings in it."""

    title: str
    about: str
    labels: tuple[str, ...]


GROUPS = (
    Group(
        "Lots", "How the demand may be cut.",
        ("lots.value_gbp", "lots.number", "lots.areas", "lots.seasons", "lots.min_able_bidders", "case.pool_buyers"),
    ),
    Group(
        "Awards", "Who may win, and how much.",
        (
            "awards.max_lots_per_supplier", "awards.max_share_per_owner", "awards.min_winners", "awards.min_fill",
            "awards.max_km", "awards.max_price_over_benchmark", "awards.max_winners_per_lot",
        ),
    ),
    Group(
        "Floors", "The least that must go to some producers. A floor nobody can meet leaves no plan.",
        ("floors.local", "floors.small", "floors.organic_or_higher", "case.local_km", "case.local_areas"),
    ),
    Group(
        "Ceilings", "The most, or the least, of a whole year. One nobody can meet leaves no plan.",
        ("limits.cost_gbp", "limits.local_gbp", "limits.km", "limits.kgco2e", "limits.winners"),
    ),
    Group(
        "Costs", "What running the plan costs; the search weighs them against food prices.",
        (
            "costs.per_km", "costs.per_drop", "costs.per_lot", "costs.per_supplier", "costs.road_factor",
            "costs.collect_gbp_per_kg_km", "costs.kgco2e_per_km",
        ),
    ),
    Group(
        "Aims", "What else counts beside cost, in pounds. At 0 it does not count.",
        ("aims.local_spend_gbp", "aims.km_gbp", "aims.kgco2e_gbp", "aims.balance_gbp", "order.aims",
         "order.slack"),
    ),
    Group(
        "Search", "How long and how hard to search.",
        ("effort.seconds", "effort.gap", "effort.patience", "effort.threads", "effort.seed"),
    ),
    Group("Calendar", "The contract year.", ("case.first_month", "case.term_weeks")),
)  # fmt: skip

TITLES = {
    "lots.value_gbp": "Value of a lot",
    "lots.number": "Number of lots",
    "lots.areas": "Small areas to start from",
    "lots.seasons": "Seasons a lot may not straddle",
    "lots.min_able_bidders": "Independent able bidders for each lot, at least",
    "case.pool_buyers": "Buyers may share a lot",
    "awards.max_lots_per_supplier": "Lots one supplier may win, at most",
    "awards.max_share_per_owner": "Share of all value one owner may win, at most",
    "awards.min_winners": "Different winners, at least",
    "awards.min_fill": "Share of what it wins that a winner must fill",
    "awards.max_km": "Distance of a bidder, at most",
    "awards.max_price_over_benchmark": "Price above the open market, at most",
    "awards.max_winners_per_lot": "Winners sharing one lot, at most",
    "floors.local": "Spend paid to local producers, at least",
    "floors.small": "Spend paid to small producers, at least",
    "floors.organic_or_higher": "Spend paid to organic or higher-standard producers, at least",
    "case.local_km": "Local means within",
    "case.local_areas": "Local means in these areas",
    "costs.per_km": "Driving",
    "costs.per_drop": "One stop at a kitchen",
    "costs.per_lot": "Tendering and running one lot for a year",
    "costs.per_supplier": "Taking on one supplier for a year",
    "costs.road_factor": "Road km for each km as the crow flies",
    "costs.collect_gbp_per_kg_km": "Bringing a member's food to its cooperative",
    "costs.kgco2e_per_km": "Greenhouse gas of driving",
    "aims.local_spend_gbp": "Worth of each £ kept local",
    "aims.km_gbp": "Worth of each km not driven",
    "aims.kgco2e_gbp": "Worth of each kg of greenhouse gas saved",
    "aims.balance_gbp": "Worth of each £ by which lots differ less",
    "order.aims": "Aims in a strict order instead",
    "order.slack": "Of an aim that comes first, what may be given up",
    "limits.cost_gbp": "Cost of everything, at most",
    "limits.local_gbp": "Paid to local producers, at least",
    "limits.km": "Delivery, at most",
    "limits.kgco2e": "Greenhouse gas, at most",
    "limits.winners": "Different winners, at most",
    "effort.seconds": "Longest search",
    "effort.gap": "Close enough to the best possible",
    "effort.patience": "Go on proving until",
    "effort.threads": "Processor cores (0: all)",
    "effort.seed": "Start of the random numbers",
    "case.first_month": "First month of the contract year",
    "case.term_weeks": "Weeks of term in each month, January first",
}
