"""The plan on a map that needs no network: one page to open, to print, or to show in a committee paper.

No producer's price is on it: values are at open-market prices. Under the map stand the same facts as tables.
"""

from collections.abc import Mapping
from pathlib import Path

from foodlots.calendar import NAMES, contract_year
from foodlots.case import Case
from foodlots.insight.known import is_assumed
from foodlots.maps import facts, page, safe_map
from foodlots.maps.drawing import categories_in, drawing, ground, headings, style
from foodlots.maps.page import FactTable
from foodlots.maps.safe_map import Layer, OfflineMap
from foodlots.maps.shapes import box_around
from foodlots.palette import category_inks
from foodlots.places import outlines, place_labels
from foodlots.plan import Plan
from foodlots.plan_files import put_file
from foodlots.settings import Settings

LAND_MARGINS = (0.4, 1.2)  # of the extent of all places, north-south and east-west: how far land is drawn beyond
LAYERS = (
    ("lots", "Lots: outline and number", True),
    ("gaps", "Gaps: left to the open market", False),
    ("kitchens", "Kitchens", True),
    ("winners", "Producers in the plan", True),
    ("members", "Members to their cooperative", True),
    ("others", "Other producers", False),
    ("names", "Place names", True),
)


def plan_map(case: Case, settings: Settings, plan: Plan, with_tables: bool = True) -> OfflineMap:
    """The plan's map on its page: kitchens, producers, lots and flows, by category and by month."""
    made = safe_map.new_map(page.title_of(settings.case, plan))
    box = box_around([thing.place for thing in (*case.sites.values(), *case.producers.values())], *LAND_MARGINS)
    land = outlines(box)
    safe_map.add_above(made, page.heading(settings.case, plan))
    kinds = {producer.kind for producer in case.producers.values()}
    used = any(award.depot for award in plan.awards)
    assumed = sum(is_assumed(case, producer) for producer in case.producers)
    safe_map.add_below(made, page.legend(kinds, used, bool(land["features"]), (assumed, len(case.producers))))
    if with_tables:
        safe_map.add_below(made, page.tables(map_table(case, plan, settings.case.first_month)))
    data = drawing(case, plan, settings.case.first_month) | ground(land, place_labels(box))
    safe_map.add_drawing(made, data, style(case, plan), _layers(made, case, plan, settings.case.first_month))
    return made


def map_html(case: Case, settings: Settings, plan: Plan, with_tables: bool = True) -> str:
    """The map's whole page as one text that needs no other file; the same plan gives the same bytes."""
    return safe_map.page_text(plan_map(case, settings, plan, with_tables))


def write_map(case: Case, settings: Settings, plan: Plan, folder: Path | str) -> Path:
    """Write map.html into the plan's folder and give its path."""
    path = Path(folder) / "map.html"
    put_file(path, map_html(case, settings, plan))
    return path


def map_table(case: Case, plan: Plan, first_month: int = 1) -> tuple[FactTable, ...]:
    """The same facts as the map, as tables of text: lots, flows, kitchens, producers and depots."""
    rows = {
        "lots": facts.lot_facts(case, plan, first_month).values(),
        "flows": (facts.flow_facts(case, plan, flow, first_month) for flow in facts.flows(case, plan)),
        "kitchens": facts.kitchen_facts(case, plan).values(),
        "producers": facts.producer_facts(case, plan, first_month).values(),
        "depots": facts.depot_facts(case, plan).values(),
    }
    found = {name: tuple(table) for name, table in rows.items()}
    captions = {
        "lots": "Lots and who would fill them",
        "flows": "Who supplies what: kilos a year and by month, and their value at open-market prices",
        "kitchens": "Kitchens and the lots that serve them",
        "producers": "Producers and their part in the plan",
        "depots": "Depots and the rounds from them",
    }
    return tuple(
        FactTable(captions[name], names, found[name]) for name, names in headings(first_month).items() if found[name]
    )


def _layers(made: OfflineMap, case: Case, plan: Plan, first_month: int) -> Mapping[str, Layer]:
    """The ticks and choices beside the map: one month or the year, each category, each sort of thing."""
    choices = ["Whole year", *(NAMES[month - 1] for month in contract_year(first_month))]
    inks = category_inks(categories_in(case, plan))
    labels = [(f"month{index}", words, None, index == 0) for index, words in enumerate(choices)]
    labels += [(f"category{index}", words, ink, True) for index, (words, ink) in enumerate(inks.items())]
    labels += [(name, words, None, shown) for name, words, shown in LAYERS]
    return {
        name: safe_map.add_layer(made, page.layer_label(name, words, ink), shown, name.startswith("month"))
        for name, words, ink, shown in labels
    }
