"""The lot schedule line by line: demand met to the gram, values to the penny, names, codes, rounds and able bidders."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from foodlots.audit import names, say
from foodlots.audit.evidence import Evidence
from foodlots.audit.exact import half_even
from foodlots.audit.lots import DrawnLot
from foodlots.audit.margins import KM_SHARE, NEAREST_TIES_KM, near_km, near_ratio
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]
CODE = re.compile(r"([0-9]{8})(-[0-9])?")


def meet_all_demand(evidence: Evidence) -> Findings:
    """What is supplied and what is short add up to what is asked, to the gram, in every lot, product and month.

    For all lots l, products k, months t: sum of supply + shortfall = demand.
    """
    asked = {(lot.id, *key): grams for lot in evidence.lots.values() for key, grams in lot.grams.items()}
    for key in sorted({*asked, *evidence.supplied, *evidence.missing}):
        have, short, want = evidence.supplied.get(key, 0), evidence.missing.get(key, 0), asked.get(key, 0)
        if have + short == want:
            yield None
            continue
        trouble = (
            f"{say.kilos(have)} supplied and {say.kilos(short)} short make {say.kilos(have + short)} "
            f"but {say.kilos(want)} asked for"
        )
        yield breach(names.lot_line(evidence, *key), say.kilos(have + short), say.kilos(want), trouble)


def value_every_lot(evidence: Evidence) -> Findings:
    """Every lot's value is the benchmark value of its kilos, and all values add up to that of all demand, to the penny.

    For all lots l: value[l] = sum of kg x benchmark, whole pence by largest remainder.
    """
    for lot in evidence.lots.values():
        stated, found = say.pounds(lot.line.value_gbp), say.pounds(lot.pence)
        trouble = f"value {stated} stated but its kilos are worth {found}"
        yield None if lot.line.value_gbp == lot.pence else breach(f"lot {lot.id}", stated, found, trouble)
    total = sum(lot.line.value_gbp for lot in evidence.lots.values())
    whole = half_even(evidence.asked.value(evidence.asked.whole))
    trouble = f"the lots are worth {say.pounds(total)} together but all demand is worth {say.pounds(whole)}"
    yield None if total == whole else breach("lots", say.pounds(total), say.pounds(whole), trouble)


def describe_every_lot(evidence: Evidence) -> Findings:
    """Every lot has a name of its own and an area, and states the buyers, products, months and codes of its cells."""
    named = Counter(lot.line.name for lot in evidence.lots.values())
    for lot in evidence.lots.values():
        line, where = lot.line, f"lot {lot.id}"
        twin = f"{named[line.name]} lots are called {line.name}"
        yield None if line.name.strip() else breach(where, "nothing", "a name", "it has no name")
        yield None if named[line.name] == 1 else breach(where, line.name, "a name of its own", twin)
        yield None if line.area.strip() else breach(where, "nothing", "an area", "it has no area")
        yield _same_list(where, "buyers", line.buyers, lot.buyers, say.these)
        yield _same_list(where, "products", line.products, lot.products, say.these)
        yield _same_list(where, "months", line.months, lot.months, say.months)
        yield _coded(evidence, where, lot)


def count_able_bidders(evidence: Evidence) -> Findings:
    """Every lot states how many independent owners could each win it alone.

    For all lots l: able_bidders[l] = number of owner groups with a bidder that may win l and can fill min_fill of it.
    """
    for lot in evidence.lots.values():
        able, stated = evidence.able[lot.id], lot.line.able_bidders
        found = f"{able.fewest}" if able.fewest == able.most else f"{able.fewest} to {able.most}"
        trouble = f"{stated} able owners stated but {found} found ({say.these(able.bidders)})"
        well = able.fewest <= stated <= able.most
        yield None if well else breach(f"lot {lot.id}", stated, found, trouble)


def state_every_fill(evidence: Evidence) -> Findings:
    """Every lot states the share of its value that its winners supply.

    For all lots l: fill[l] = sum of supply x benchmark / value.
    """
    for lot in evidence.lots.values():
        winners = {award.bidder for award in evidence.lot_awards[lot.id]}
        supplied = sum(evidence.value_supplied(evidence.award_supply.get((lot.id, bidder), [])) for bidder in winners)
        fills = [Fraction(supplied) / value if value else Fraction() for value in (lot.value, lot.pence, lot.in_grams)]
        stated, found = say.plain(lot.line.fill), say.plain(fills[0])
        well = any(near_ratio(lot.line.fill, fill) for fill in fills)
        trouble = f"fill {stated} stated but its winners supply {found} of its value"
        yield None if well else breach(f"lot {lot.id}", stated, found, trouble)


def drive_every_round(evidence: Evidence) -> Findings:
    """Every round goes to each of its sites once, has the length stated, and is no longer than nearest neighbour.

    For all lots and distributions: round_km = sum of road km along the closed tour of rounds.csv.
    """
    stated = {lot.id: (lot.sites, lot.line.round_km) for lot in evidence.lots.values()}
    stated |= {
        line.distribution: (evidence.area_sites[line.distribution], line.round_km)
        for line in evidence.papers.distribution
    }
    stops: dict[str, list[int]] = {}
    for line in evidence.papers.rounds:
        stops.setdefault(line.round, []).append(line.stop)
    for name, (sites, km) in stated.items():
        yield _driven(evidence, name, sites, km, sorted(stops.get(name, [])))


def _driven(evidence: Evidence, name: str, sites: tuple[str, ...], stated, stops: list[int]) -> Breach | None:
    where, order = f"round {name}", evidence.orders.get(name, ())
    if not order:
        return breach(where, "no stop", "its sites", "rounds.csv does not say in what order it is driven")
    if stops != list(range(1, len(order) + 1)):
        trouble = "its stops are not counted 1, 2, 3 and on"
        return breach(where, say.these(map(str, stops)), f"1 to {len(order)}", trouble)
    if sorted(order) != list(sites):
        wrong = set(order) ^ set(sites) or {site for site, times in Counter(order).items() if times > 1}
        who = say.these(names.site_name(evidence, site) for site in wrong)
        return breach(where, len(order), len(sites), f"it does not go once to each of its sites: see {who}")
    km = evidence.roads.around(order)
    if not near_km(stated, km):
        trouble = f"{say.road(stated)} stated but its stops make {say.road(km)}"
        return breach(where, say.road(stated), say.road(km), trouble)
    for tie in NEAREST_TIES_KM:
        nearest = evidence.roads.nearest_neighbour(sites, tie)
        if km <= nearest * float(1 + KM_SHARE):
            return None
    trouble = f"{say.road(km)} long, but going to the nearest site each time makes {say.road(nearest)}"
    return breach(where, say.road(km), f"at most {say.road(nearest)}", trouble)


def _same_list(where: str, what: str, stated: Iterable, found: Iterable, shown: Callable) -> Breach | None:
    if set(stated) == set(found):
        return None
    told, real = shown(stated), shown(found)
    return breach(where, told, real, f"{what} stated are {told} but its cells have {real}")


def _coded(evidence: Evidence, where: str, lot: DrawnLot) -> Breach | None:
    """The CPV code of its products where they share one; else codes of theirs, or of classes they stand in."""
    own = {evidence.case.products[product].cpv for product in lot.products} - {""}
    told = [code for code in lot.line.cpv.split(";") if code]
    if len(own) == 1 or not own:
        well = set(told) == own
    else:
        well = bool(told) and all(any(_stands_in(code, under) for code in own) for under in told)
    trouble = f"CPV {say.these(told)} stated but its products are {say.these(own)}"
    return None if well else breach(where, say.these(told), say.these(own), trouble)


def _stands_in(code: str, under: str) -> bool:
    found, wide = CODE.fullmatch(code), CODE.fullmatch(under)
    if not found or not wide:
        return code == under
    stem = wide[1].rstrip("0").ljust(2, "0")
    return found[1].startswith(stem)
