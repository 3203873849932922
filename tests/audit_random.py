"""Right plans drawn at random: a village of random meals, harvests and places, and decisions that keep the rules."""

from dataclasses import replace
from decimal import Decimal

from audit_builder import Ground
from audit_cases import SUMMER, WINTER, Draft, village, village_settings, with_entry, with_section
from hypothesis import strategies as st

from foodlots.audit.case import Place
from foodlots.audit.exact import YEAR as MONTHS

D = Decimal


def county_draft(case, limits, bands) -> Draft:
    """Each family of products in each band of latitude is a lot, won by the first bidder that can bring it."""
    ground = Ground(case, limits)
    by_north = sorted(case.sites, key=lambda site: (case.sites[site].place.lat, site))
    bands = [by_north[_part(by_north, band, bands)] for band in range(bands)]
    families = {product.family for product in case.products.values()}
    orders, lots, awards = {}, {}, []
    for number, (family, band) in enumerate((family, band) for family in sorted(families) for band in bands):
        lot = f"L{number:03d}"
        products = [product.id for product in case.products.values() if product.family == family]
        lots[lot] = [(site, product, MONTHS) for site in band for product in products]
        orders[lot] = next((orders[of] for of in orders if set(orders[of]) == set(band)), None) or ground.greedy(band)
        winner = next((b for b in case.producers if _can_win(ground, b, band, products)), None) if number % 9 else None
        awards += [(lot, winner, "", 1)] if winner else []
    return Draft(lots, awards, orders)


def _part(sites, band, bands) -> slice:
    return slice(len(sites) * band // bands, len(sites) * (band + 1) // bands)


def _can_win(ground, bidder, sites, products) -> bool:
    needs = set().union(*(ground.case.products[product].accreditations for product in products))
    sells = any(ground.grown(s, product, 3) for s in ground.sellers(bidder) for product in products)
    held = ground.case.producers[bidder].accreditations
    return needs <= held and sells and all(ground.reaches(bidder, site) for site in sites)


amounts = st.integers(0, 40_000).map(lambda n: D(n) / 100)


@st.composite
def random_plans(draw):
    """A village with meals, budgets, harvests and places drawn at random, and the decisions of a right plan of it."""
    case, limits = village(), village_settings()
    near = st.integers(-300, 300).map(lambda n: n / 1000)
    sites = {
        name: replace(
            site,
            place=Place(53.7 + draw(near), -2.7 + draw(near)),
            meals_per_week=draw(amounts),
            deliveries_per_week=draw(st.sampled_from((D(1), D(2), D("2.5"), D(5)))),
            term_time=draw(st.booleans()),
        )
        for name, site in case.sites.items()
    }
    budgets = {key: draw(amounts) * 30 for key in case.budgets}
    budgets["council", "vegetables"] += 1
    sites["ash"] = replace(sites["ash"], meals_per_week=sites["ash"].meals_per_week + 1)
    offers = tuple(replace(offer, kg_per_month=draw(amounts)) for offer in case.offers)
    case = replace(
        case, sites=sites, budgets=budgets, offers=offers, distances=draw(st.sampled_from(({}, case.distances)))
    )
    parts = draw(st.integers(1, 3))
    off = dict.fromkeys(("max_lots_per_supplier", "max_share_per_owner", "max_km"))
    limits = with_section(limits, "awards", **off, min_winners=0, min_fill=D(0), max_winners_per_lot=parts)
    limits = with_section(limits, "lots", value_gbp=(None, None), number=(None, None), min_able_bidders=0)
    limits = with_section(limits, "floors", local=D(0), small=D(0), organic_or_higher=D(0))
    limits = with_section(limits, "limits", local_gbp=None)
    for name in case.producers:
        case = with_entry(case, "producers", name, reach_km=D(500), min_drop_gbp=D(0), max_contract_gbp=None,
                          accreditations=frozenset({"dairy"}))  # fmt: skip
    return case, limits, decide(case, parts, draw(st.randoms(use_true_random=False)))


def decide(case, parts, chance) -> Draft:
    """Random decisions that keep the rules: any partition of the demand, any winners with something to sell."""
    lots: dict[str, list] = {}
    seasons = chance.choice([(MONTHS,), (WINTER, SUMMER)])
    for site in case.sites:
        for product in case.products:
            for season in seasons:
                lots.setdefault(f"L{chance.randrange(4)}", []).append((site, product, season))
    awards = []
    for lot, cells in lots.items():
        left = chance.randrange(parts + 1)
        sellers = sorted(_sellers(case, cells))
        chance.shuffle(sellers)
        for bidder in sellers:
            part = chance.randint(1, left) if left else 0
            left -= part
            awards += [(lot, bidder, chance.choice(["", "hub"]), part)] if part else []
    orders = {lot: _greedy(case, {site for site, _, _ in cells}) for lot, cells in lots.items()}
    areas = {"D1": ("hub", "A1", ["ash", "oak"]), "D2": ("hub", "A2", ["elm", "ward"])}
    bulk = {site for lot, _, depot, _ in awards if depot for site, _, _ in lots[lot]}
    areas = {name: area for name, area in areas.items() if bulk & set(area[2])}
    return Draft(lots, awards, orders | {name: _greedy(case, set(area[2])) for name, area in areas.items()}, areas)


def _sellers(case, cells) -> set[str]:
    ground = Ground(case, village_settings())
    return {
        bidder
        for bidder in case.producers
        for site, product, season in cells
        for month in season
        if ground.kg(site, product, month)
        and any(ground.grown(seller, product, month) for seller in ground.sellers(bidder))
    }


def _greedy(case, sites) -> list[str]:
    return Ground(case, village_settings()).greedy(sites)
