"""What the plan rests on, in a paper: sentences of what is assumed, and the shares of each part."""

from foodlots.insight.grounds import ASSUMED, STANDINGS, say_ground
from foodlots.tender.brief import Tender
from foodlots.tender.law.worth import capital
from foodlots.tender.word.paper import Paper


def what_it_rests_on(paper: Paper, tender: Tender) -> None:
    """How much of each part of the plan is measured, estimated, assumed or of unsaid standing."""
    paper.heading("What the plan rests on", 2)
    paper.points([say_ground(part) for part in tender.rests_on if part.share(ASSUMED)])
    rows = [
        (capital(part.what), part.rests, *(f"{part.share(standing):.0%}" for standing in STANDINGS))
        for part in tender.rests_on
    ]
    paper.table(
        "Shares of each part of the plan by how well they are known",
        ("Part", "By its", *map(capital, STANDINGS)), rows, numbers=(2, 3, 4, 5),
        widths=(5.0, 3.6, 2.1, 2.1, 2.1, 2.1), size=8,
    )  # fmt: skip
