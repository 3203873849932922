"""The plan as the map's script draws it: positions, outlines, widths and facts, as lists and mappings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from foodlots.calendar import NAMES, contract_year
from foodlots.case import Case, Place
from foodlots.insight.known import is_assumed
from foodlots.maps import facts as facts
from foodlots.maps.shapes import Point, across_km, box_around, centre, outline
from foodlots.palette import INK, PRODUCER_SHAPES, SEVERAL, category_inks
from foodlots.places import Spread
from foodlots.plan import Lot, Plan

LEAST_MARGIN_KM = 0.25  # between a lot's outline and its sites
MARGIN_SHARE = 0.012  # of the map's extent, when that is more
RING_STEP = 0.45  # each further lot around the same sites keeps this share of the margin more


def drawing(case: Case, plan: Plan, first_month: int) -> dict[str, Any]:
    """Everything the script needs, each thing with its facts as its table has them."""
    ways = facts.flows(case, plan)
    categories = categories_in(case, plan)
    order = contract_year(first_month)
    lot_rows = {lot.id: index for index, lot in enumerate(plan.lots)}
    producer_rows = {producer: index for index, producer in enumerate(case.producers)}
    ends = ends_of_flows(case, plan)
    return {
        "months": [NAMES[month - 1] for month in order],
        "categories": [facts.capital(category) for category in categories],
        "headings": headings(first_month),
        "view": _view(case, plan),
        "near": box_around(site.place for site in case.sites.values()),
        "kitchens": _kitchens(case, plan),
        "producers": _producers(case, plan, first_month),
        "depots": [
            {"at": at(case.depots[depot].place), "facts": row} for depot, row in facts.depot_facts(case, plan).items()
        ],
        "lots": _lots(case, plan, first_month, categories),
        "flows": [
            {
                "from": ends[flow.origin],
                "to": ends[flow.destination],
                "category": categories.index(flow.category),
                "member": not flow.lot,
                "lot": lot_rows.get(flow.lot, -1),
                "producers": sorted(producer_rows[grower] for grower in flow.growers | _bidder(flow)),
                "gbp": [float(round(flow.gbp.get(month, 0), 2)) for month in order],
                "facts": facts.flow_facts(case, plan, flow, first_month),
            }
            for flow in ways
        ],
    }


def ground(land: Mapping, outcodes: Iterable[Spread]) -> dict[str, Any]:
    """The land under it: districts in outline with their names, and outcodes."""
    districts = [feature["properties"] for feature in land["features"]]
    return {
        "land": [_to_ten_metres(feature["geometry"]) for feature in land["features"]],
        "districts": [[district["name"], *_to_ten_metres(district["middle"])] for district in districts],
        "outcodes": [[place.code, *_to_ten_metres([place.lat, place.lon])] for place in outcodes],
    }


def _to_ten_metres(found: Any) -> Any:
    """The same geometry with its degrees rounded to four decimals."""
    if isinstance(found, float):
        return round(found, 4)
    if isinstance(found, list | tuple):
        return [_to_ten_metres(part) for part in found]
    return {key: _to_ten_metres(part) for key, part in found.items()} if isinstance(found, dict) else found


def style(case: Case, plan: Plan) -> dict[str, Any]:
    """How categories and producers are drawn: our own constants, never the user's texts."""
    inks = category_inks(categories_in(case, plan)).values()
    return {
        "inks": [{"colour": ink.colour, "letters": ink.letters, "core": ink.core} for ink in inks],
        "several": {"colour": SEVERAL, "letters": "#FFFFFF"},
        "ink": INK,
        "shapes": [{"path": shape.path, "fill": shape.fill} for shape in PRODUCER_SHAPES.values()],
    }


def headings(first_month: int) -> dict[str, tuple[str, ...]]:
    """The headings of each sort of facts."""
    return {
        "lots": facts.LOTS,
        "flows": facts.flow_headings(first_month),
        "kitchens": facts.KITCHENS,
        "producers": facts.PRODUCERS,
        "depots": facts.DEPOTS,
    }


def categories_in(case: Case, plan: Plan) -> list[str]:
    """The categories that the plan's lots hold, by name."""
    return sorted({category for lot in plan.lots for category in facts.categories_of(case, lot)})


def ends_of_flows(case: Case, plan: Plan) -> dict[tuple[str, str], Point]:
    """Where a flow may start or end: producers, depots, and the middle of each lot's sites."""
    ends = {("producer", producer.id): at(producer.place) for producer in case.producers.values()}
    ends |= {("depot", depot.id): at(depot.place) for depot in case.depots.values()}
    return ends | {("lot", lot): centre(_places(case, sites)) for lot, sites in facts.sites_of(plan).items() if sites}


def at(place: Place) -> Point:
    """The place as the map has it, to a metre."""
    return round(place.lat, 5), round(place.lon, 5)


def _places(case: Case, sites: Iterable[str]) -> list[Place]:
    return [case.sites[site].place for site in sites]


def _bidder(flow: facts.Flow) -> set[str]:
    return {end for kind, end in (flow.origin, flow.destination) if kind == "producer"}


def _view(case: Case, plan: Plan) -> tuple[float, float, float, float]:
    """The part of the land to show first: every kitchen, depot and producer of the plan."""
    places = [site.place for site in case.sites.values()]
    places += [case.producers[row.producer].place for row in plan.supply]
    places += [case.producers[award.bidder].place for award in plan.awards]
    places += [case.depots[award.depot].place for award in plan.awards if award.depot]
    return box_around(places)


def _kitchens(case: Case, plan: Plan) -> list[dict[str, Any]]:
    rows = facts.kitchen_facts(case, plan)
    return [
        {"at": at(site.place), "meals": float(site.meals_per_week), "facts": rows[site.id]}
        for site in case.sites.values()
    ]


def _producers(case: Case, plan: Plan, first_month: int) -> list[dict[str, Any]]:
    rows = facts.producer_facts(case, plan, first_month)
    wins, grows = {award.bidder for award in plan.awards}, {row.producer for row in plan.supply}
    kinds = list(PRODUCER_SHAPES)
    return [
        {
            "at": at(producer.place),
            "kind": kinds.index(producer.kind) if producer.kind in kinds else 0,
            "part": "wins" if producer.id in wins else "grows" if producer.id in grows else "none",
            "assumed": is_assumed(case, producer.id),
            "facts": rows[producer.id],
        }
        for producer in case.producers.values()
    ]


def _lots(case: Case, plan: Plan, first_month: int, categories: list[str]) -> list[dict[str, Any]]:
    rows, sites = facts.lot_facts(case, plan, first_month), facts.sites_of(plan)
    stops = defaultdict(list)
    for stop in sorted(plan.rounds, key=lambda stop: (stop.round, stop.stop)):
        stops[stop.round].append(stop.site)
    site_rows = {site: index for index, site in enumerate(case.sites)}
    margin = max(LEAST_MARGIN_KM, MARGIN_SHARE * across_km(site.place for site in case.sites.values()))
    order, rings = contract_year(first_month), _rings(plan.lots, sites)
    short = _left_to_the_market(plan)
    return [
        {
            "id": lot.id,
            "at": centre(_places(case, sites[lot.id])),
            "categories": [categories.index(category) for category in facts.categories_of(case, lot)],
            "outline": outline(_places(case, sites[lot.id]), margin * (1 + RING_STEP * rings[lot.id])),
            "kitchens": [site_rows[site] for site in sites[lot.id]],
            "round": [site_rows[site] for site in stops[lot.id]],
            "months": [order.index(month) for month in lot.months],
            "open": not lot.winner,
            "fill": float(round(lot.fill, 3)),
            "gap": [short[lot.id, month] for month in order],
            "facts": rows[lot.id],
        }
        for lot in plan.lots
        if sites[lot.id]
    ]


def _left_to_the_market(plan: Plan) -> Mapping[tuple[str, int], float]:
    """£ that nobody local fills, by lot and month."""
    short: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.shortfall:
        short[row.lot, row.month] += float(row.gbp)
    return short


def _rings(lots: Iterable[Lot], sites: Mapping[str, list[str]]) -> dict[str, int]:
    """How many other lots around the same sites each lot's outline must keep outside of."""
    inside: dict[tuple[str, ...], int] = defaultdict(int)
    rings = {}
    for lot in lots:
        rings[lot.id] = inside[tuple(sites[lot.id])]
        inside[tuple(sites[lot.id])] += 1
    return rings
