"""The rules that always hold: every demand in one lot, no lot given twice, nothing sold that was not won or grown."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil

from foodlots.audit import names, say
from foodlots.audit.evidence import Evidence
from foodlots.audit.margins import near_pence
from foodlots.audit.money import Money
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]


def cover_each_cell_once(evidence: Evidence) -> Findings:
    """Every site's demand for a product in a month is in exactly one lot, and every lot holds some cell.

    For all sites s, products k, months t with demand: the number of lots that hold (s, k, t) = 1.
    """
    held: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for cell in evidence.papers.cells:
        for month in cell.months:
            held[cell.site, cell.product][month].append(cell.lot)
    for site in evidence.case.sites.values():
        for product in evidence.case.products:
            wanted = evidence.asked.months_wanted(site, product)
            if wanted:
                yield _covered(evidence, site.id, product, wanted, held.get((site.id, product), {}))
    for lot in evidence.lots.values():
        yield None if lot.sites else breach(f"lot {lot.id}", "no cell", "some cell", "it holds no demand at all")


def award_only_drawn_lots(evidence: Evidence) -> Findings:
    """A lot is won only if it was drawn, in the equal parts allowed, by different bidders, and never more than whole.

    For all lots l: sum over winners of share <= 1; the lot schedule names the same winners as the awards.
    """
    for award in evidence.papers.awards:
        where = names.award(evidence, award.lot, award.bidder)
        if award.lot not in evidence.lots:
            yield breach(where, award.lot, "a lot of lots.csv", "the lot it won was never drawn")
        elif not evidence.equal_parts(award):
            most = evidence.settings.awards.max_winners_per_lot
            share = say.plain(award.share)
            trouble = f"its share {share} is not made of {most} equal parts of the lot"
            yield breach(where, share, f"parts of {most}", trouble)
        else:
            yield None
    for lot, awards in evidence.lot_awards.items():
        yield from _won_once(evidence, lot, awards)


def sell_no_more_than_won(evidence: Evidence) -> Findings:
    """A bidder brings into a lot no more than the part of its demand that it won, to the next whole gram.

    For all bidders b, lots l, products k, months t: sum of supply <= share x demand.
    """
    won = {(award.lot, award.bidder): award for award in evidence.awards}
    sold: Counter[tuple[str, str, str, int]] = Counter()
    for line in evidence.papers.supply:
        sold[line.lot, line.bidder, line.product, line.month] += line.kg
    for (lot, bidder, product, month), grams in sorted(sold.items()):
        award = won.get((lot, bidder))
        asked = evidence.lots[lot].grams.get((product, month), 0)
        most = ceil(evidence.share(award) * asked) if award else 0
        where = f"{names.lot_line(evidence, lot, product, month)}, {names.producer_name(evidence, bidder)}"
        yield None if grams <= most else _too_much(where, grams, most, "sold", "won")


def sell_no_more_than_grown(evidence: Evidence) -> Findings:
    """A producer sells no more than it offers in a month, over all the bidders it sells through, to the gram.

    For all producers j, products k, months t with an offer: sum of supply <= sum of offers.
    """
    sold: Counter[tuple[str, str, int]] = Counter()
    for line in evidence.papers.supply:
        sold[line.producer, line.product, line.month] += line.kg
    for (producer, product, month), grams in sorted(sold.items()):
        most = evidence.sellers.grown.get((producer, product, month))
        if most is None:
            continue
        name, what = names.producer_name(evidence, producer), names.product_name(evidence, product)
        where = f"{name}, {what}, {say.month(month)}"
        yield None if grams <= most else _too_much(where, grams, most, "sold", "offered")


def sell_only_for_members(evidence: Evidence) -> Findings:
    """A bidder sells what it grows and what members bring that list it and reach it by road.

    For all supply lines: producer = bidder, or producer in members(bidder).
    """
    for line in evidence.papers.supply:
        if line.producer in evidence.sellers.through[line.bidder]:
            yield None
            continue
        grower, bidder = names.producer_name(evidence, line.producer), names.producer_name(evidence, line.bidder)
        listed = line.bidder in evidence.case.producers[line.producer].member_of
        trouble = f"{grower} does not reach {bidder}" if listed else f"{grower} is no member of {bidder}"
        where = names.lot_line(evidence, line.lot, line.product, line.month)
        yield breach(where, line.producer, f"{line.bidder} or a member", f"{trouble}, yet sells through it")


def sell_only_as_winner(evidence: Evidence) -> Findings:
    """Only a bidder that holds an award sells anything.

    For all bidders b: sum of supply > 0 only if b holds an award.
    """
    sold: Counter[str] = Counter()
    for line in evidence.papers.supply:
        sold[line.bidder] += line.kg
    for bidder, grams in sorted(sold.items()):
        trouble = f"sells {say.kilos(grams)} but holds no award"
        well = not grams or bidder in evidence.won_by
        yield None if well else breach(names.producer_name(evidence, bidder), say.kilos(grams), "an award", trouble)


def serve_what_goes_through_depots(evidence: Evidence) -> Findings:
    """Every site of every supply-only lot is on exactly one round of its depot, and no round is paid for nothing.

    For all depots, sites of their supply-only lots: the number of the depot's rounds with that site = 1.
    Areas do not overlap: rounds of the same area have the same sites, rounds of other areas none in common.
    """
    rounds: dict[str, Counter[str]] = defaultdict(Counter)
    for line in evidence.papers.distribution:
        rounds[line.depot].update(evidence.area_sites[line.distribution])
    for depot in sorted({*evidence.through_depot, *rounds}):
        for site in sorted({*evidence.through_depot.get(depot, ()), *rounds[depot]}):
            yield _served_once(evidence, depot, site, rounds[depot][site])
    for line in evidence.papers.distribution:
        touched = evidence.through_depot.get(line.depot, frozenset()) & set(evidence.area_sites[line.distribution])
        trouble = f"no supply-only lot goes through {names.depot_name(evidence, line.depot)} to its sites"
        yield None if touched else breach(f"distribution {line.distribution}", "a round", "no round", trouble)
    yield from _areas_apart(evidence)


def open_depots(evidence: Evidence) -> Findings:
    """Every depot that a supply-only lot goes through is paid for once a year, and no other.

    depots_gbp = sum over depots used of fixed_gbp.
    """
    stated, cost = evidence.papers.summary.get("depots_gbp"), Money(evidence).depots
    if stated is not None:
        used = say.these(names.depot_name(evidence, depot) for depot in evidence.through_depot)
        trouble = f"{say.pounds(stated)} stated but the depots used ({used}) cost {say.pounds(cost)}"
        well = near_pence(stated, cost)
        yield None if well else breach("summary.json, depots_gbp", say.pounds(stated), say.pounds(cost), trouble)


def find_extremes(evidence: Evidence) -> Findings:
    """The imbalance stated is that between the most and the least valuable lot drawn.

    imbalance_gbp = largest value - smallest value.
    """
    stated, found = evidence.papers.summary.get("imbalance_gbp"), Money(evidence).imbalance
    if stated is not None:
        trouble = f"{say.pounds(stated)} stated but the lots lie {say.pounds(found)} apart"
        well = stated == found
        yield None if well else breach("summary.json, imbalance_gbp", say.pounds(stated), say.pounds(found), trouble)


def count_winners(evidence: Evidence) -> Findings:
    """Each bidder with an award counts as one winner, and its setup is paid once.

    winners = number of bidders with an award; suppliers_gbp = sum over winners of setup_gbp, else per_supplier.
    """
    stated = evidence.papers.summary.get("winners")
    found = len(evidence.won_by)
    if stated is not None:
        trouble = f"{stated} winners stated but {found} bidders hold an award"
        yield None if stated == found else breach("summary.json, winners", stated, found, trouble)
    stated = evidence.papers.summary.get("suppliers_gbp")
    cost = Money(evidence).suppliers
    if stated is not None:
        trouble = f"{say.pounds(stated)} stated but taking on {found} winners costs {say.pounds(cost)}"
        well = near_pence(stated, cost)
        yield None if well else breach("summary.json, suppliers_gbp", say.pounds(stated), say.pounds(cost), trouble)


def _covered(evidence: Evidence, site: str, product: str, wanted: frozenset[int], held) -> Breach | None:
    where = f"{names.site_name(evidence, site)}, {names.product_name(evidence, product)}"
    bare = [month for month in sorted(wanted) if not held.get(month)]
    if bare:
        return breach(f"{where}, {say.months(bare)}", "no lot", "one lot", "this demand is in no lot")
    twice = [month for month in sorted(wanted) if len(held[month]) > 1]
    if twice:
        lots = [lot for month in twice for lot in held[month]]
        trouble = f"this demand is in more than one lot ({say.these(set(lots))})"
        return breach(f"{where}, {say.months(twice)}", say.these(set(lots)), "one lot", trouble)
    return None


def _won_once(evidence: Evidence, lot: str, awards) -> Findings:
    winners = [award.bidder for award in awards]
    total = sum(evidence.share(award) for award in awards)
    stated = evidence.lots[lot].line.winner
    where = f"lot {lot}"
    if len(set(winners)) < len(winners):
        yield breach(where, say.these(winners), say.these(set(winners)), "the same bidder won it twice")
    elif total > 1:
        yield breach(where, say.percent(total), "100%", f"{say.percent(total)} of it was awarded")
    elif set(stated) != set(winners):
        trouble = f"lots.csv says won by {say.these(stated)} but awards.csv by {say.these(winners)}"
        yield breach(where, say.these(stated), say.these(winners), trouble)
    else:
        yield None


def _too_much(where: str, grams: int, most: int, done: str, had: str) -> Breach:
    trouble = f"{say.kilos(grams)} {done} but {say.kilos(most)} {had} ({say.kilos(grams - most)} too much)"
    return breach(where, say.kilos(grams), say.kilos(most), trouble)


def _served_once(evidence: Evidence, depot: str, site: str, times: int) -> Breach | None:
    if times == 1:
        return None
    where = f"{names.depot_name(evidence, depot)}, {names.site_name(evidence, site)}"
    if times:
        return breach(where, times, 1, f"the site is on {times} of the depot's rounds")
    return breach(where, 0, 1, "a supply-only lot goes to this site but no round of the depot does")


def _areas_apart(evidence: Evidence) -> Findings:
    owner: dict[str, str] = {}
    for line in evidence.papers.distribution:
        sites = evidence.area_sites[line.distribution]
        others = {owner[site] for site in sites if site in owner} - {line.area}
        twins = {
            evidence.area_sites[other.distribution] for other in evidence.papers.distribution if other.area == line.area
        }
        owner.update(dict.fromkeys(sites, line.area))
        where = f"distribution {line.distribution}"
        if others:
            trouble = f"area {line.area} shares sites with area {say.these(others)}"
            yield breach(where, line.area, say.these(others), trouble)
        elif len(twins) > 1:
            yield breach(where, line.area, "one set of sites", f"rounds of area {line.area} have different sites")
        else:
            yield None
