"""The buyer's levers on lots and winners. A policy that is not set examines nothing."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from foodlots.audit import names, say
from foodlots.audit.evidence import Evidence
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]


def keep_buyers_apart(evidence: Evidence) -> Findings:
    """When buyers do not pool, no lot and no depot round serves the sites of two of them.

    For all lots and distributions, when pool_buyers is off: number of buyers of its sites <= 1.
    """
    if evidence.settings.case.pool_buyers:
        return
    served = {f"lot {lot.id}": lot.sites for lot in evidence.lots.values()}
    served |= {f"distribution {name}": sites for name, sites in evidence.area_sites.items()}
    for where, sites in served.items():
        buyers = {evidence.case.sites[site].buyer for site in sites}
        trouble = f"it serves {say.these(buyers)}, who do not buy together"
        yield None if len(buyers) <= 1 else breach(where, say.these(buyers), "one buyer", trouble)


def respect_lot_value(evidence: Evidence) -> Findings:
    """No lot is worth less than the least or more than the most value allowed.

    For all lots l: least <= value[l] <= most, in £.
    """
    least, most = evidence.settings.lots.value_gbp
    if least is None and most is None:
        return
    for lot in evidence.lots.values():
        where, value = f"lot {lot.id}", say.pounds(lot.pence)
        if least is not None and lot.most < Fraction(least) * 100:
            limit = say.pounds(Fraction(least) * 100)
            yield breach(where, value, f"at least {limit}", f"it is worth {value}, less than the {limit} a lot must be")
        elif most is not None and lot.least > Fraction(most) * 100:
            limit = say.pounds(Fraction(most) * 100)
            yield breach(where, value, f"at most {limit}", f"it is worth {value}, more than the {limit} a lot may be")
        else:
            yield None


def respect_number_of_lots(evidence: Evidence) -> Findings:
    """There are no fewer and no more lots than allowed.

    least <= number of lots <= most.
    """
    least, most = evidence.settings.lots.number
    found = len(evidence.lots)
    if least is not None:
        trouble = f"{found} drawn but at least {least} asked for"
        yield None if found >= least else breach("lots", found, f"at least {least}", trouble)
    if most is not None:
        trouble = f"{found} drawn but at most {most} allowed"
        yield None if found <= most else breach("lots", found, f"at most {most}", trouble)


def require_able_bidders(evidence: Evidence) -> Findings:
    """A lot is awarded only when enough independent owners could each win it alone.

    For all awarded lots l: number of owner groups with an able bidder >= min_able_bidders.
    """
    least = evidence.settings.lots.min_able_bidders
    for lot, awards in evidence.lot_awards.items():
        if least and awards:
            able = evidence.able[lot].most
            owners = "1 independent owner" if able == 1 else f"{able} independent owners"
            trouble = f"awarded though {owners} could win it alone and {least} are asked for"
            yield None if able >= least else breach(f"lot {lot}", able, f"at least {least}", trouble)


def limit_lots_per_supplier(evidence: Evidence) -> Findings:
    """No bidder wins more lots than allowed.

    For all bidders b: number of awards[b] <= max_lots_per_supplier.
    """
    most = evidence.settings.awards.max_lots_per_supplier
    if most is None:
        return
    for bidder, awards in evidence.won_by.items():
        found = len(awards)
        trouble = f"wins {found} lots but may win {most}"
        name = names.producer_name(evidence, bidder)
        yield None if found <= most else breach(name, found, f"at most {most}", trouble)


def limit_share_per_owner(evidence: Evidence) -> Findings:
    """No owner's companies together win more than their share of the value of all lots.

    For all owner groups g: sum of share x value over awards of g <= max_share_per_owner x value of all lots.
    """
    share = evidence.settings.awards.max_share_per_owner
    if share is None:
        return
    paper: dict[str, Fraction] = defaultdict(Fraction)
    exact: dict[str, Fraction] = defaultdict(Fraction)
    for award in evidence.awards:
        owner, lot = evidence.case.producers[award.bidder].owner_group, evidence.lots[award.lot]
        paper[owner] += evidence.share(award) * lot.pence
        exact[owner] += evidence.share(award) * lot.value
    most = Fraction(share) * sum(lot.pence for lot in evidence.lots.values())
    most_exact = Fraction(share) * sum(lot.value for lot in evidence.lots.values())
    for owner in sorted(paper):
        well = paper[owner] <= most or exact[owner] <= most_exact
        won, limit = say.pounds(paper[owner]), say.pounds(most)
        trouble = f"wins {won} but one owner may win {limit} ({say.percent(Fraction(share))} of all lots)"
        yield None if well else breach(f"owner {owner}", won, f"at most {limit}", trouble)


def require_winners(evidence: Evidence) -> Findings:
    """Enough different bidders win.

    Number of bidders with an award >= min_winners.
    """
    least = evidence.settings.awards.min_winners
    if least:
        found = len(evidence.won_by)
        trouble = f"{found} different bidders win but at least {least} are asked for"
        yield None if found >= least else breach("winners", found, f"at least {least}", trouble)


def fill_what_is_won(evidence: Evidence) -> Findings:
    """Each winner supplies at least the asked share, by benchmark value, of all that it wins.

    For all bidders b: sum of kg x benchmark >= min_fill x sum of share x value over its awards.
    """
    least = Fraction(evidence.settings.awards.min_fill)
    if not least:
        return
    for bidder, awards in evidence.won_by.items():
        filled = sum(evidence.value_supplied(evidence.award_supply.get((a.lot, bidder), [])) for a in awards)
        asked = least * sum(evidence.to_fill(award) for award in awards)
        trouble = f"supplies {say.pounds(filled)} of what it wins but must supply {say.pounds(asked)}"
        name = names.producer_name(evidence, bidder)
        yield None if filled >= asked else breach(name, say.pounds(filled), f"at least {say.pounds(asked)}", trouble)


def worthwhile_drop(evidence: Evidence) -> Findings:
    """No bidder is given a lot whose drops are each worth less than it will drive for.

    For all awards: value x share >= min_drop_gbp x drops a year.
    """
    for award in evidence.awards:
        lot = evidence.lots[award.lot]
        drops = lot.to_depot.drops if award.depot else lot.delivered.drops
        least = Fraction(evidence.case.producers[award.bidder].min_drop_gbp) * 100
        if not least:
            continue
        won = evidence.share(award) * lot.most
        if won >= least * drops:
            yield None
            continue
        drop, limit = say.pounds(won / drops), say.pounds(least)
        where = names.award(evidence, award.lot, award.bidder)
        yield breach(where, drop, f"at least {limit}", f"a drop is worth {drop} but it drives for no less than {limit}")


def contract_within_limit(evidence: Evidence) -> Findings:
    """No award is larger than the contract its bidder wants.

    For all awards: value x share <= max_contract_gbp.
    """
    for award in evidence.awards:
        most = evidence.case.producers[award.bidder].max_contract_gbp
        if most is None:
            continue
        won, limit = evidence.share(award) * evidence.lots[award.lot].least, Fraction(most) * 100
        where = names.award(evidence, award.lot, award.bidder)
        trouble = f"wins {say.pounds(won)} but takes no contract above {say.pounds(limit)}"
        yield None if won <= limit else breach(where, say.pounds(won), f"at most {say.pounds(limit)}", trouble)


def hold_awards(evidence: Evidence) -> Findings:
    """What the buyer settled beforehand is kept: this bidder wins that lot, or never does."""
    won = {(award.lot, award.bidder) for award in evidence.awards}
    for (lot, bidder), hold in evidence.case.held.items():
        must, does = hold == "award", (lot, bidder) in won
        stated, wanted = ("wins" if does else "does not win"), ("must win" if must else "must not win")
        where = f"lot {lot}, {names.producer_name(evidence, bidder)}"
        yield None if must == does else breach(where, stated, wanted, f"it {stated} the lot but {wanted} it")
