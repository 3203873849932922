"""How the tender is run: lots considered, limits, conditions, engagement, competition, countries."""

from collections.abc import Iterator

from foodlots.insight.certificates import said
from foodlots.story import pounds, several
from foodlots.tender.brief import Tender
from foodlots.tender.law.finding import BROKEN, IN_ORDER, NOT_COVERED, TO_DO, Finding
from foodlots.tender.law.worth import WHOLE, buyers_of

CATERING = "55"  # CPV division of hotel, restaurant and catering services
PART_SIX_EXEMPT = ("academy_trust",)


def lots_considered(tender: Tender) -> Iterator[Finding]:
    """Lots used, with reasons drafted; or one lot only, with reasons to be given."""
    rule, lots = tender.law.rules["lots"], tender.plan.lots
    if len(lots) > 1:
        yield Finding(rule, WHOLE, IN_ORDER, f"The tender is cut into {several(len(lots), 'lot')}.", _for_lots(tender))
    else:
        yield Finding(rule, WHOLE, TO_DO, "There is one lot only: the reasons must be given.", _for_one_lot(tender))


def _for_lots(tender: Tender) -> str:
    values = sorted(lot.value_gbp for lot in tender.plan.lots)
    one_lot = "one contract for everything would be worth " + pounds(tender.annual_gbp) + " a year"
    able = sum(1 for lot in tender.plan.lots if lot.able_bidders)
    return (
        f"We considered whether the food could reasonably be supplied under more than one contract. It can: products, "
        f"kitchens and seasons differ, and {one_lot}, which few suppliers of the region could serve. We used "
        f"{several(len(values), 'lot')} of {pounds(values[0])} to {pounds(values[-1])} a year, each one a bundle of "
        f"products in one area. Producers known to us could serve {able} of them. The cost of running each lot was "
        f"counted: {pounds(tender.plan.summary.lots_gbp)} a year in all."
    )


def _for_one_lot(tender: Tender) -> str:
    return (
        f"We considered whether the food, worth {pounds(tender.annual_gbp)} a year, could reasonably be supplied under "
        "more than one contract. With the suppliers, distances and costs known to us, one contract costs least; each "
        f"further lot would cost {pounds(tender.settings.costs.per_lot)} a year to run. State here what else weighed."
    )


def limit_on_bids(tender: Tender) -> Iterator[Finding]:
    """The limit on lots bid for, where there is one."""
    rule, most = tender.law.rules["limit_bid"], tender.terms.max_lots_bid
    if most is None:
        yield Finding(rule, WHOLE, IN_ORDER, "No limit: a supplier may bid for as many lots as it likes.")
    elif tender.terms.max_lots_awarded is not None and most < tender.terms.max_lots_awarded:
        words = f"A supplier may bid for {several(most, 'lot')} but win {tender.terms.max_lots_awarded}: mend one."
        yield Finding(rule, WHOLE, BROKEN, words)
    else:
        drafted = f"A supplier may tender for no more than {several(most, 'lot')}."
        yield Finding(rule, WHOLE, TO_DO, "The limit must stand in the tender notice.", drafted)


def limit_on_awards(tender: Tender) -> Iterator[Finding]:
    """The limit on lots won, with the objective mechanism that it needs."""
    rule = tender.law.rules["limit_awarded"]
    limits = limits_in_words(tender)
    if not limits:
        yield Finding(rule, WHOLE, IN_ORDER, "No limit on what one supplier may win.")
    else:
        words = "The limit and this mechanism must stand in the tender notice or the tender documents."
        yield Finding(rule, WHOLE, TO_DO, words, f"{limits} {mechanism(tender)}")


def limits_in_words(tender: Tender) -> str:
    """What one supplier or owner may win at the most; "" without limits."""
    lots, share = tender.terms.max_lots_awarded, tender.terms.max_share_per_owner
    said_ = [f"No supplier is awarded more than {several(lots, 'lot')}."] if lots is not None else []
    if share is not None:
        said_.append(f"Suppliers under one owner win no more than {share:.0%} of the value of all lots.")
    return " ".join(said_)


def mechanism(tender: Tender) -> str:
    """How it is decided who wins which lot: declared before bids are opened, the same for everyone."""
    quality, fill = tender.terms.quality_weight, tender.settings.awards.min_fill
    credit = (
        f" A bid's quality score (0 to 100) is credited in £: score ÷ 100 × {quality:.0%} of the lot's value."
        if quality else ""
    )  # fmt: skip
    limits = ", within the limits above," if limits_in_words(tender) else ""
    least = f" A bid that fills less than {fill:.0%} of a lot's value is set aside." if fill else ""
    return (
        "Each bid is costed for the year: its prices × the kilos it offers, and the open-market price stated in the "
        f"schedule for kilos it does not.{credit}{least} Among all ways of awarding the lots{limits} the one with the "
        "lowest total is taken; a lot whose bids all cost more than the open market is not awarded. Where ways cost "
        "the same to the penny, lots are decided in the order of their numbers: the bid that fills more kilos, then "
        "the bid with the smaller SHA-256 of its bidder reference, the lot number and the fingerprint on these "
        "papers, one blank between two."
    )


def conditions(tender: Tender) -> Iterator[Finding]:
    """The certificates asked for, each with "or equivalent"."""
    rule, case = tender.law.rules["conditions"], tender.case
    asked = sorted({each for lot in tender.plan.lots for p in lot.products for each in case.products[p].accreditations})
    if not asked:
        yield Finding(rule, WHOLE, IN_ORDER, "No certificate is asked of bidders.")
    for certificate in asked:
        asking = {product.id for product in case.products.values() if certificate in product.accreditations}
        lots = [lot for lot in tender.plan.lots if asking & set(lot.products)]
        holders = sum(certificate in producer.accreditations for producer in case.producers.values())
        words = (
            f"{said(certificate)} is asked in {several(len(lots), 'lot')}; {holders} of "
            f"{several(len(case.producers), 'producer')} hold it. It must be proportionate, and equivalents accepted."
        )
        drafted = f"{said(certificate)} or equivalent, shown when the contract is awarded and not before."
        yield Finding(rule, said(certificate), TO_DO, words, drafted)


def bidding_together(tender: Tender) -> Iterator[Finding]:
    """What the papers say of consortia."""
    drafted = (
        "Suppliers may bid together, as a consortium or relying on one another, and meet the conditions together. "
        "A cooperative may bid with what its members grow."
    )
    rule = tender.law.rules["together"]
    yield Finding(rule, WHOLE, IN_ORDER, "The invitation says that suppliers may join.", drafted)


def engagement(tender: Tender) -> Iterator[Finding]:
    """Whether suppliers were spoken to, and what follows from it."""
    rule = tender.law.rules["engagement"]
    if tender.terms.engaged:
        words = "Suppliers were spoken to: publish the engagement notice before the tender notice, or say why not."
        drafted = (
            "Producers' offers, months, reach and certificates were gathered before the lots were drawn. All had the "
            "same questions; none saw another's answers; the lots follow from a published method."
        )
        yield Finding(rule, WHOLE, TO_DO, words, drafted)
    elif tender.case.offers:
        words = (
            f"The case holds offers of {several(len({o.producer for o in tender.case.offers}), 'producer')}. If they "
            "were asked for them before the notice, that was market engagement: set engaged = true in the terms."
        )
        yield Finding(rule, WHOLE, TO_DO, words)
    else:
        yield Finding(rule, WHOLE, IN_ORDER, "No supplier was spoken to before the notice.")


def fewer_lots_than_bidders(tender: Tender) -> Iterator[Finding]:
    """Whether there are fewer lots than independent able bidders."""
    rule, lots = tender.law.rules["bidders"], len(tender.plan.lots)
    owners = len(tender.able_owners)
    words = f"{several(lots, 'lot')}, {several(owners, 'independent able bidder')}"
    if lots < owners:
        yield Finding(rule, WHOLE, IN_ORDER, f"{words}: fewer lots than bidders.")
    else:
        mend = "Fewer, larger lots or more producers would mend it."
        yield Finding(rule, WHOLE, TO_DO, f"{words}: each could win a lot without competing. {mend}")


def competition_in_each_lot(tender: Tender) -> Iterator[Finding]:
    """The lots for which one independent bidder was found, or none."""
    rule = tender.law.rules["able"]
    alone = [lot.id for lot in tender.plan.lots if lot.able_bidders == 1]
    nobody = [lot.id for lot in tender.plan.lots if not lot.able_bidders]
    if not alone and not nobody:
        yield Finding(rule, WHOLE, IN_ORDER, "Every lot has at least two independent able bidders.")
    if alone:
        words = f"One able bidder only is known for {', '.join(alone)}: no competition is sure there."
        yield Finding(rule, ", ".join(alone), TO_DO, words)
    if nobody:
        words = f"No able bidder is known for {', '.join(nobody)}: the open market, unless somebody comes forward."
        yield Finding(rule, ", ".join(nobody), TO_DO, words)


def country_of_each_buyer(tender: Tender) -> Iterator[Finding]:
    """Where each buyer is, and whether the checks are made for it."""
    rule = tender.law.rules["country"]
    for buyer in buyers_of(tender):
        country = tender.law.countries.get(buyer.area_code[:1])
        if country is None:
            words = "Its country is not known (area_code in the buyers table); the checks take it to be in England."
            yield Finding(rule, buyer.name, TO_DO, words)
        else:
            status = IN_ORDER if country.covered else NOT_COVERED
            yield Finding(rule, buyer.name, status, f"{country.name}. {country.words}")


def not_covered(tender: Tender) -> Iterator[Finding]:
    """What these checks leave out: catering services, Part 6 for schools, rules of the NHS's own."""
    services = [lot.id for lot in tender.plan.lots if lot.cpv.startswith(CATERING)]
    if services:
        yield Finding(tender.law.rules["light_touch"], ", ".join(services), NOT_COVERED,
                      f"CPV {CATERING}… in {', '.join(services)}: not covered.")  # fmt: skip
    for buyer in buyers_of(tender):
        if buyer.kind in PART_SIX_EXEMPT:
            rule = tender.law.rules["schools"]
            yield Finding(rule, buyer.name, NOT_COVERED, "Below the threshold its own rules decide, not Part 6.")
        if buyer.kind == "nhs_trust":
            rule = tender.law.rules["nhs"]
            yield Finding(rule, buyer.name, NOT_COVERED, "Held to the threshold of central authorities; no rule of the "
                          "NHS's own is checked.")  # fmt: skip
