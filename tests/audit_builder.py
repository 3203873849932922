"""A slow builder of right plans, written from the rules alone and apart from the audit, to try the audit on.

Nothing here is taken from foodlots.audit but the entries of a case: demand is a plain loop over sites, products and
months, and distances go by the atan2 form of the haversine.
"""

import csv
import json
import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from audit_cases import Draft

from foodlots.audit.case import Case
from foodlots.audit.exact import YEAR as MONTHS
from foodlots.audit.settings import Settings

D = Decimal
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
HEADS = {
    "lots": "lot name buyers area products months value_gbp cpv able_bidders winner fill round_km",
    "cells": "lot site product months",
    "awards": "lot bidder depot share value_gbp local_gbp delivery_gbp handling_gbp visits drops km",
    "supply": "lot bidder producer product month kg gbp collection_gbp",
    "shortfall": "lot product month kg gbp",
    "distribution": "distribution depot area visits drops round_km km gbp",
    "rounds": "round stop site",
}


class Ground:
    """Demand, distances and sellers of a case, looked up the slow way."""

    def __init__(self, case: Case, settings: Settings):
        self.case, self.settings = case, settings
        self.term = sum(map(Fraction, settings.case.term_weeks))
        self.kg_a_meal, self.meals_in = cache(self.kg_a_meal), cache(self.meals_in)
        self.places = {**case.sites, **case.producers, **case.depots}
        self.offers = defaultdict(list)
        for offer in case.offers:
            self.offers[offer.producer, offer.product].append(offer)
        self.buyer_meals = defaultdict(Fraction)
        for site in case.sites.values():
            self.buyer_meals[site.buyer] += self.meals(site)

    def share(self, site, month):
        if site.term_time:
            return Fraction(self.settings.case.term_weeks[month - 1]) / self.term
        return Fraction(DAYS[month - 1], 365)

    def weeks(self, site, months=MONTHS):
        return (self.term if site.term_time else 52) * sum(self.share(site, month) for month in months)

    def meals(self, site):
        return Fraction(site.meals_per_week) * (self.term if site.term_time else 52)

    def kg(self, name, product, month):
        site = self.case.sites[name]
        if self.case.demand:
            return Fraction(self.case.demand.get((name, product, month), 0))
        return self.kg_a_meal(site.buyer, product) * self.meals_in(name, month)

    def kg_a_meal(self, buyer, product):
        thing, everyone = self.case.products[product], self.buyer_meals[buyer]
        budget = Fraction(self.case.budgets.get((buyer, thing.category), 0)) * Fraction(thing.budget_share)
        return budget / everyone / Fraction(thing.benchmark_gbp_per_kg) if everyone else 0

    def meals_in(self, name, month):
        return self.meals(self.case.sites[name]) * self.share(self.case.sites[name], month)

    def km(self, a, b):
        if (a, b) in self.case.distances:
            return float(self.case.distances[a, b])
        here, there = self.places[a].place, self.places[b].place
        p, q = math.radians(here.lat), math.radians(there.lat)
        h = math.sin((q - p) / 2) ** 2
        h += math.cos(p) * math.cos(q) * math.sin(math.radians(there.lon - here.lon) / 2) ** 2
        return float(self.settings.costs.road_factor) * 2 * 6371.0 * math.atan2(math.sqrt(h), math.sqrt(1 - h))

    def tour(self, order):
        return sum(self.km(a, b) for a, b in zip(order, order[1:] + order[:1], strict=True)) if len(order) > 1 else 0.0

    def greedy(self, sites):
        order, left = [min(sites)], sorted(sites)[1:]
        while left:
            order.append(min(left, key=lambda other: (self.km(order[-1], other), other)))
            left.remove(order[-1])
        return order

    def sellers(self, bidder):
        members = [
            p.id
            for p in self.case.producers.values()
            if bidder in p.member_of and p.id != bidder and self.km(p.id, bidder) <= float(p.reach_km) + 1e-9
        ]
        return [bidder, *members]

    def offer(self, producer, product, month):
        uplift = self.settings.awards.max_price_over_benchmark
        for offer in self.offers[producer, product]:
            if month in offer.months:
                most = None if uplift is None else self.case.products[product].benchmark_gbp_per_kg * (1 + uplift)
                return offer if most is None or offer.price_gbp_per_kg <= most else None
        return None

    def grown(self, producer, product, month):
        offer = self.offer(producer, product, month)
        return math.floor(Fraction(offer.kg_per_month) * 1000) if offer else 0

    def reaches(self, bidder, place):
        reach, most = self.case.producers[bidder].reach_km, self.settings.awards.max_km
        km = self.km(bidder, place)
        return km <= float(reach) + 1e-9 and (most is None or km <= float(most) + 1e-9)

    def is_local(self, producer, buyers):
        who = self.case.producers[producer]
        if who.local is not None:
            return who.local
        areas = self.settings.case.local_areas
        found = False
        for buyer in buyers:
            codes = areas.get(buyer) or areas.get("*")
            sites = [s.id for s in self.case.sites.values() if s.buyer == buyer]
            near = [s for s in sites if self.km(producer, s) <= float(self.settings.case.local_km) + 1e-9]
            found = found or (who.area_code in codes if codes else bool(near))
        return found


def build(case: Case, settings: Settings, draft: Draft) -> dict:
    """The papers of the right plan for these decisions, every winner supplying all it can, in order of id."""
    ground = Ground(case, settings)
    papers = {name: [] for name in HEADS}
    exact, values = _demand(ground, draft), {}
    for lot in draft.lots:
        values[lot] = (
            sum(kg * Fraction(case.products[k].benchmark_gbp_per_kg) for (_, k, _), kg in exact[lot].items()) * 100
        )
    pence = _apportioned(values)
    grams = {lot: defaultdict(Fraction) for lot in draft.lots}
    for lot in draft.lots:
        for (_, k, month), kg in exact[lot].items():
            grams[lot][k, month] += kg * 1000
    grams = {lot: {key: round(gram) for key, gram in own.items() if gram} for lot, own in grams.items()}
    sold = _supply(ground, draft, grams, papers)
    for lot in sorted(draft.lots):
        _lot(ground, draft, papers, lot, grams[lot], pence[lot], sold)
    for award in sorted(draft.awards):
        _award(ground, draft, papers, award, pence)
    busiest = max(Fraction(case.products[k].drops_per_week) for own in exact.values() for _, k, _ in own)
    for name, (depot, area, sites) in sorted(draft.areas.items()):
        calls = [min(Fraction(case.sites[s].deliveries_per_week), busiest) * ground.weeks(case.sites[s]) for s in sites]
        km = float(max(calls)) * (2 * min(ground.km(depot, s) for s in sites) + ground.tour(draft.orders[name]))
        cost = (
            Fraction(km) * Fraction(settings.costs.per_km) * 100 + sum(calls) * Fraction(settings.costs.per_drop) * 100
        )
        row = [
            name,
            depot,
            area,
            number(max(calls)),
            number(sum(calls)),
            number(ground.tour(draft.orders[name])),
            number(km),
        ]
        papers["distribution"].append([*row, money(round(cost))])
    for name, order in sorted(draft.orders.items()):
        papers["rounds"] += [[name, str(stop), site] for stop, site in enumerate(order, start=1)]
    papers = {name: [dict(zip(HEADS[name].split(), row, strict=True)) for row in rows] for name, rows in papers.items()}
    papers["summary"] = _summary(ground, draft, papers, exact, values, pence)
    papers["run"] = run_of(case, settings)
    return papers


def run_of(case: Case, settings: Settings) -> dict:
    """What run.json says of a plan made with these settings."""
    versions = {"foodlots": "0.1.0", "pulp": "3.3.2", "highs": "1.15.1", "python": "3.11.7"}
    stated = {section: dict(vars(own)) for section, own in vars(settings).items()}
    stated["case"]["local_areas"] = dict(settings.case.local_areas)
    run = {"inputs_sha256": case.sha256, "settings": stated, "overrides": [], "versions": versions, "seed": 7}
    return json.loads(json.dumps(run | {"solver_status": "Optimal"}, default=str))


def write(papers: dict, folder: Path) -> Path:
    """Write the papers of a plan; a table, column or file that is not in them is not written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in papers.items():
        if name in ("summary", "run"):
            (folder / f"{name}.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            heading = list(rows[0]) if rows else HEADS[name].split()
            sheet = csv.DictWriter(file, heading, lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows)
    return folder


def money(pence) -> str:
    return f"{D(pence) / 100:.2f}"


def kilos(grams) -> str:
    return f"{D(grams) / 1000:.3f}"


def number(value) -> str:
    return f"{float(value):.6f}"


def _demand(ground, draft) -> dict:
    return {
        lot: {
            (s, k, month): kg
            for s, k, months in cells
            for month in months
            if (kg := ground.kg(s, k, month))
        }
        for lot, cells in draft.lots.items()
    }  # fmt: skip


def _apportioned(values) -> dict:
    pence = {lot: math.floor(value) for lot, value in values.items()}
    left = round(sum(values.values())) - sum(pence.values())
    for lot in sorted(values, key=lambda lot: (-(values[lot] - pence[lot]), lot))[:left]:
        pence[lot] += 1
    return pence


def _supply(ground, draft, grams, papers) -> dict:
    parts, left, sold = ground.settings.awards.max_winners_per_lot, {}, defaultdict(int)
    rate = Fraction(ground.settings.costs.collect_gbp_per_kg_km)
    for lot, bidder, _, q in sorted(draft.awards):
        for (k, month), asked in sorted(grams[lot].items()):
            room = min(round(Fraction(q, parts) * asked), asked - sold[lot, k, month])
            for seller in ground.sellers(bidder):
                have = left.setdefault((seller, k, month), ground.grown(seller, k, month))
                gram = min(room, have)
                if not gram:
                    continue
                left[seller, k, month] -= gram
                room -= gram
                sold[lot, k, month] += gram
                price = Fraction(ground.offer(seller, k, month).price_gbp_per_kg)
                way = Fraction(ground.km(seller, bidder)) if seller != bidder else 0
                costs = money(round(gram * price / 10)), money(round(gram * way * rate / 10))
                papers["supply"].append([lot, bidder, seller, k, str(month), kilos(gram), *costs])
    for lot in sorted(draft.lots):
        for (k, month), asked in sorted(grams[lot].items()):
            if short := asked - sold[lot, k, month]:
                cost = money(round(short * Fraction(ground.case.products[k].benchmark_gbp_per_kg) / 10))
                papers["shortfall"].append([lot, k, str(month), kilos(short), cost])
    return sold


def _calls(ground, cells, depot) -> tuple:
    case = ground.case
    often = max(Fraction(case.products[k].drops_per_week) for _, k, _ in cells)
    months = {month for _, _, own in cells for month in own}
    visits = [
        (often if depot else min(often, Fraction(case.sites[s].deliveries_per_week)))
        * ground.weeks(case.sites[s], months)
        for s in {s for s, _, _ in cells}
    ]
    return max(visits), max(visits) if depot else sum(visits)


def able_owners(ground, cells, grams, pence) -> set:
    """Owners of the bidders that could win a lot alone, counted on whole grams and pence."""
    case, owners = ground.case, set()
    sites, products = {s for s, _, _ in cells}, {k for _, k, _ in cells}
    needs = set().union(*(case.products[k].accreditations for k in products))
    calls = {depot: _calls(ground, cells, depot)[1] for depot in ("", *case.depots)}
    for bidder in case.producers.values():
        if not needs <= bidder.accreditations:
            continue
        ways = [""] * all(ground.reaches(bidder.id, s) for s in sites) + [
            d for d in case.depots if ground.reaches(bidder.id, d)
        ]
        worth = any(pence >= Fraction(bidder.min_drop_gbp) * 100 * calls[depot] for depot in ways)
        wanted = bidder.max_contract_gbp is None or pence <= bidder.max_contract_gbp * 100
        sellers = ground.sellers(bidder.id)
        filled = sum(
            min(sum(ground.grown(seller, k, month) for seller in sellers), asked)
            * Fraction(case.products[k].benchmark_gbp_per_kg) / 10
            for (k, month), asked in grams.items()
        )  # fmt: skip
        enough = filled > 0 and filled >= Fraction(ground.settings.awards.min_fill) * pence
        if worth and wanted and enough:
            owners.add(bidder.owner_group)
    return owners


def _lot(ground, draft, papers, lot, grams, pence, sold) -> None:
    case, cells = ground.case, draft.lots[lot]
    supplied = sum(
        gram * Fraction(case.products[k].benchmark_gbp_per_kg) / 10 for (of, k, _), gram in sold.items() if of == lot
    )
    products = sorted({k for _, k, _ in cells})
    papers["lots"].append([
        lot, f"Lot {lot}", ";".join(sorted({case.sites[s].buyer for s, _, _ in cells})), "A1", ";".join(products),
        months_text({month for _, _, months in cells for month in months}), money(pence),
        ";".join(sorted({case.products[k].cpv for k in products})), str(len(able_owners(ground, cells, grams, pence))),
        ";".join(sorted(bidder for of, bidder, _, _ in draft.awards if of == lot)),
        number(supplied / pence if pence else 0), number(ground.tour(draft.orders[lot])),
    ])  # fmt: skip
    papers["cells"] += [[lot, s, k, months_text(months)] for s, k, months in cells]


def months_text(months) -> str:
    """Months in the style of the offers table."""
    return ";".join(map(str, sorted(months)))


def _award(ground, draft, papers, award, pence) -> None:
    (lot, bidder, depot, q), costs = award, ground.settings.costs
    cells, share = draft.lots[lot], Fraction(q, ground.settings.awards.max_winners_per_lot)
    visits, drops = _calls(ground, cells, depot)
    if depot:
        km = float(visits) * 2 * ground.km(bidder, depot)
        cost = Fraction(km) * Fraction(costs.per_km) * 100
    else:
        km = float(visits) * (2 * min(ground.km(bidder, s) for s, _, _ in cells) + ground.tour(draft.orders[lot]))
        cost = Fraction(km) * Fraction(costs.per_km) * 100 + drops * Fraction(costs.per_drop) * 100
    own = [row for row in papers["supply"] if row[:2] == [lot, bidder]]
    handling = (
        Fraction(ground.case.depots[depot].handling_gbp_per_kg) * sum(Fraction(row[5]) for row in own) if depot else 0
    )
    pool = (
        set(ground.case.buyers)
        if ground.settings.case.pool_buyers
        else {ground.case.sites[s].buyer for s, _, _ in cells}
    )
    local = sum(D(row[6]) + D(row[7]) for row in own if ground.is_local(row[2], pool))
    local += D(money(round(cost))) if ground.is_local(bidder, pool) else 0
    papers["awards"].append([
        lot, bidder, depot, f"{float(share):.6f}", money(round(share * pence[lot])), f"{local:.2f}", money(round(cost)),
        money(round(handling * 100)), number(visits), number(drops), number(km),
    ])  # fmt: skip


def _summary(ground, draft, papers, exact, values, pence) -> dict:
    case, costs, aims = ground.case, ground.settings.costs, ground.settings.aims
    total = {
        "food_gbp": _sum(papers["supply"], "gbp"),
        "delivery_gbp": _sum(papers["awards"], "delivery_gbp"),
        "collection_gbp": _sum(papers["supply"], "collection_gbp"),
        "handling_gbp": _sum(papers["awards"], "handling_gbp"),
        "distribution_gbp": _sum(papers["distribution"], "gbp"),
        "depots_gbp": sum(
            (case.depots[d].fixed_gbp for d in {depot for _, _, depot, _ in draft.awards if depot}), D(0)
        ),
        "open_market_gbp": _sum(papers["shortfall"], "gbp"),
    }
    spend = sum(total.values())
    winners = sorted({bidder for _, bidder, _, _ in draft.awards})
    setups = [case.producers[bidder].setup_gbp for bidder in winners]
    suppliers = sum((costs.per_supplier if setup is None else setup for setup in setups), D(0))
    km = _sum(papers["awards"], "km") + _sum(papers["distribution"], "km")
    local = _sum(papers["awards"], "local_gbp")
    carbon = sum(
        kg * Fraction(case.products[k].kgco2e_per_kg) for own in exact.values() for (_, k, _), kg in own.items()
    )
    carbon = D(float(carbon)) + km * costs.kgco2e_per_km
    imbalance = D(max(pence.values()) - min(pence.values())) / 100
    objective = spend + costs.per_lot * len(draft.lots) + suppliers + aims.km_gbp * km + aims.kgco2e_gbp * carbon
    objective = round(objective - aims.local_spend_gbp * local + aims.balance_gbp * imbalance, 2)
    meals = sum(map(ground.meals, case.sites.values()))
    paid = {flag: _paid(ground, papers, flag) for flag in ("small", "organic")}
    figures = total | {
        "objective_gbp": objective, "bound_gbp": objective, "gap_share_of_spend": 0, "seconds": 1.5,
        "budget_gbp": D(round(sum(values.values()))) / 100, "spend_gbp": spend,
        "lots_gbp": costs.per_lot * len(draft.lots), "suppliers_gbp": suppliers, "local_spend_gbp": local,
        "local_share": local / spend, "small_share": paid["small"] / spend, "organic_share": paid["organic"] / spend,
        "lots": len(draft.lots), "awarded_lots": len({lot for lot, _, _, _ in draft.awards}), "winners": len(winners),
        "imbalance_gbp": imbalance, "delivery_km": km, "kgco2e": carbon, "meals": D(float(meals)),
        "pence_per_meal": 100 * spend / D(float(meals)),
    }  # fmt: skip
    return {"status": "optimal"} | {
        key: value if isinstance(value, int) else float(value) for key, value in figures.items()
    }


def _paid(ground, papers, flag) -> Decimal:
    counts = {name: getattr(who, flag) for name, who in ground.case.producers.items()}
    growers = sum(
        (D(row["gbp"]) + D(row["collection_gbp"]) for row in papers["supply"] if counts[row["producer"]]), D(0)
    )
    return growers + sum((D(row["delivery_gbp"]) for row in papers["awards"] if counts[row["bidder"]]), D(0))


def _sum(rows, column) -> Decimal:
    return sum((D(row[column]) for row in rows), D(0))
