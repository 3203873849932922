"""Values against thresholds: each lot alone, all of them together, by kind of buyer and day of the notice."""

from collections.abc import Iterator
from decimal import Decimal

from foodlots.case import Buyer
from foodlots.story import pounds, several
from foodlots.tender.brief import Tender
from foodlots.tender.law.finding import BROKEN, IN_ORDER, NOT_COVERED, TO_DO, Finding
from foodlots.tender.law.table import Threshold

WHOLE = "the whole tender"
STANDARD_VAT = Decimal("0.2")  # the standard rate, to show what it would change
PUBLIC, NOTIFIABLE, SMALL = "public contract", "notifiable below-threshold contract", "below every threshold"


def buyers_of(tender: Tender) -> list[Buyer]:
    """The buyers who take part in any lot."""
    taking_part = {buyer for lot in tender.plan.lots for buyer in lot.buyers}
    return [buyer for buyer in tender.case.buyers.values() if buyer.id in taking_part]


def aggregate_gbp(tender: Tender, buyer: Buyer) -> Decimal:
    """What all lots are worth together in which the buyer takes part, as contracts (Sch. 3 para. 4)."""
    annual = sum((lot.value_gbp for lot in tender.plan.lots if buyer.id in lot.buyers), Decimal(0))
    return tender.contract_gbp(annual + sum((each.value_gbp for each in tender.rounds), Decimal(0)))


def threshold_of(tender: Tender, buyer: Buyer) -> Threshold | None:
    """The threshold for the buyer on the day of the notice; None outside the days of the table."""
    return tender.law.threshold(buyer.kind, tender.terms.publish)


def regime_of(tender: Tender, buyer: Buyer, value: Decimal) -> str:
    """Which regime a value falls under for the buyer; "" on a day the table does not cover."""
    threshold = threshold_of(tender, buyer)
    if threshold is None:
        return ""
    if value >= threshold.gbp:
        return PUBLIC
    notifiable = tender.law.notifiable.get(threshold.authority)
    return NOTIFIABLE if notifiable is not None and value >= notifiable else SMALL


def value_each_lot(tender: Tender) -> Iterator[Finding]:
    """What the lots are worth as contracts, and how many of them would be below the threshold alone."""
    rule, terms = tender.law.rules["value"], tender.terms
    values = sorted(tender.contract_gbp(lot.value_gbp) for lot in tender.plan.lots)
    if not values:
        return
    factors = f"{_years(terms.longest_years)}, extensions included, {terms.vat:.0%} VAT"
    factors += f", up to {terms.uplift:.0%} above today's prices" if terms.uplift else ""
    words = f"{several(len(values), 'lot')} worth {pounds(values[0])} to {pounds(values[-1])} as contracts ({factors})."
    yield Finding(rule, WHOLE, IN_ORDER, words)


def value_together(tender: Tender) -> Iterator[Finding]:
    """All lots together, said plainly: cutting does not bring them below the threshold."""
    rule = tender.law.rules["aggregate"]
    for buyer in buyers_of(tender):
        threshold = threshold_of(tender, buyer)
        if threshold is None:
            continue
        value = aggregate_gbp(tender, buyer)
        alone = sum(tender.contract_gbp(lot.value_gbp) < threshold.gbp for lot in tender.plan.lots)
        together = f"Together the lots are worth {pounds(value)} as contracts; the threshold is {pounds(threshold.gbp)}"
        if value >= threshold.gbp and alone:
            words = (
                f"{together}. {several(alone, 'lot')} would be below it alone, but each is valued as all of them: "
                "cutting does not bring any of them below the threshold."
            )
        elif value >= threshold.gbp:
            words = f"{together}, and each lot is above it alone."
        else:
            words = f"{together}: even together they are below it."
        drafted = (
            "Good reasons to value a lot on its own, if there are any, are the buyer's to state here: none is assumed."
            if value >= threshold.gbp and alone else ""
        )  # fmt: skip
        yield Finding(rule, buyer.name, IN_ORDER, words, drafted)


def regime_of_each_buyer(tender: Tender) -> Iterator[Finding]:
    """Which rules apply to each buyer, by the value of all its lots together."""
    rule = tender.law.rules["regime"]
    for buyer in buyers_of(tender):
        value = aggregate_gbp(tender, buyer)
        regime, threshold = regime_of(tender, buyer, value), threshold_of(tender, buyer)
        if threshold is None:
            continue
        kind = "central government authority" if threshold.authority == "central" else "sub-central authority"
        words = f"{capital(kind)}, notice on {say_day(tender.terms.publish)}: {pounds(value)} makes it a {regime}."
        if regime == PUBLIC:
            words += " A tender notice is published and a competitive procedure run under the Act."
            yield Finding(rule, buyer.name, TO_DO, words, known=threshold.standing)
        elif regime == NOTIFIABLE:
            words += " A below-threshold tender notice is published if the contract is advertised."
            yield Finding(rule, buyer.name, TO_DO, words, known=tender.law.notifiable_standing)
        else:
            words = words.replace(f"a {SMALL}", "too small for either") + " The buyer's own rules decide."
            yield Finding(rule, buyer.name, IN_ORDER, words, known=tender.law.notifiable_standing)


def vat_changes_nothing(tender: Tender) -> Iterator[Finding]:
    """Whether the rate of VAT decides on which side of the threshold the tender falls."""
    rule, terms = tender.law.rules["vat"], tender.terms
    for buyer in buyers_of(tender):
        value = aggregate_gbp(tender, buyer)
        now = regime_of(tender, buyer, value)
        then = regime_of(tender, buyer, value / (1 + terms.vat) * (1 + STANDARD_VAT))
        words = f"Valued with {terms.vat:.0%} VAT."
        if not now:
            continue
        if now == then:
            yield Finding(rule, buyer.name, IN_ORDER, f"{words} The standard rate would change nothing.")
        else:
            yield Finding(rule, buyer.name, TO_DO, f"{words} At the standard rate of {STANDARD_VAT:.0%} it would be a "
                          f"{then}: make sure of the rate.")  # fmt: skip


def day_within_the_table(tender: Tender) -> Iterator[Finding]:
    """Whether the table knows the thresholds on the day of the notice."""
    rule, day = tender.law.rules["dates"], tender.terms.publish
    for buyer in buyers_of(tender):
        if threshold_of(tender, buyer):
            words = f"The table, stated on {say_day(tender.law.stated)}, covers a notice on {say_day(day)}."
            yield Finding(rule, buyer.name, IN_ORDER, words)
        else:
            words = (
                f"The table has no threshold for {buyer.name} on {say_day(day)}: nothing is said of value or regime. "
                "Update the table and give it with --table."
            )
            yield Finding(rule, buyer.name, NOT_COVERED, words)


def quotations_of_the_house(tender: Tender) -> Iterator[Finding]:
    """How many quotations the buyer's own rules ask for, where all lots together are below the threshold."""
    rule, quotations = tender.law.rules["quotations"], tender.law.quotations
    for buyer in buyers_of(tender):
        value = aggregate_gbp(tender, buyer)
        if regime_of(tender, buyer, value) == PUBLIC:
            yield Finding(rule, buyer.name, IN_ORDER, "Does not apply: the tender is above the threshold.")
            continue
        found = next((each for each in quotations if value < each.below_gbp), None)
        if found:
            words = f"{pounds(value)} is below {pounds(found.below_gbp)}: {found.words}."
            yield Finding(rule, buyer.name, TO_DO, f"{words} Example rule, from {tender.law.quotation_source}.")
        else:
            words = f"{pounds(value)} is above every quotation rule in the table: look in the contract procedure rules."
            yield Finding(rule, buyer.name, TO_DO, words)


def reservation(tender: Tender) -> Iterator[Finding]:
    """Whether the competition may be reserved to UK or local suppliers: who, when, and why not."""
    rule = tender.law.rules["reservation"]
    wanted = {"no": "", "uk": "UK suppliers", "local": "suppliers of the local area"}[tender.terms.reserved]
    for buyer in buyers_of(tender):
        hindered = list(_against_reservation(tender, buyer))
        if wanted and hindered:
            words = f"This tender may not be reserved to {wanted}: {'; '.join(hindered)}."
            yield Finding(rule, buyer.name, BROKEN, words)
        elif wanted:
            where = " Name the local area by counties or boroughs, not by miles." if wanted != "UK suppliers" else ""
            yield Finding(rule, buyer.name, TO_DO, f"Reserved to {wanted}: say so in the below-threshold tender notice."
                          + where)  # fmt: skip
        elif hindered:
            yield Finding(rule, buyer.name, IN_ORDER, f"Not reserved, and could not be: {'; '.join(hindered)}.")
        else:
            yield Finding(rule, buyer.name, IN_ORDER, "Not reserved. It could be, to UK or to local suppliers.")


def _against_reservation(tender: Tender, buyer: Buyer) -> Iterator[str]:
    law = tender.law
    if buyer.kind not in law.reservation_kinds:
        yield f"a {buyer.kind.replace('_', ' ')} is not obviously a best-value authority"
    if buyer.area_code[:1] not in ("", law.reservation_country):
        yield f"the Order is for {law.countries[law.reservation_country].name}"
    if tender.terms.publish < law.reservation_from:
        yield f"the Order is in force from {say_day(law.reservation_from)}"
    regime = regime_of(tender, buyer, aggregate_gbp(tender, buyer))
    if regime in (PUBLIC, ""):
        yield (
            "all lots together are at or above the threshold" if regime else "the threshold on that day is not known"
        )


def say_day(day) -> str:
    """A day as it is said: 1 January 2026."""
    return f"{day.day} {day:%B %Y}"


def capital(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def _years(years: Decimal) -> str:
    return "1 year" if years == 1 else f"{years.normalize():f} years"
