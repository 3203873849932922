"""The law checks: the table of contents. To add one, write a function and a line here."""

from foodlots.tender.brief import Tender
from foodlots.tender.law.conduct import (
    bidding_together,
    competition_in_each_lot,
    conditions,
    country_of_each_buyer,
    engagement,
    fewer_lots_than_bidders,
    limit_on_awards,
    limit_on_bids,
    lots_considered,
    not_covered,
)
from foodlots.tender.law.finding import Finding, Verdict
from foodlots.tender.law.worth import (
    day_within_the_table,
    quotations_of_the_house,
    regime_of_each_buyer,
    reservation,
    value_each_lot,
    value_together,
    vat_changes_nothing,
)

LAW = (
    day_within_the_table,
    country_of_each_buyer,
    value_each_lot,
    value_together,
    regime_of_each_buyer,
    vat_changes_nothing,
    lots_considered,
    limit_on_bids,
    limit_on_awards,
    reservation,
    conditions,
    bidding_together,
    engagement,
    fewer_lots_than_bidders,
    competition_in_each_lot,
    quotations_of_the_house,
    not_covered,
)


def check_law(tender: Tender) -> Verdict:
    """Every check held against the tender, in their order."""
    return Verdict(tuple(finding for check in LAW for finding in check(tender)))


def as_rows(verdict: Verdict) -> list[dict[str, str]]:
    """The findings as plain rows, for JSON and for tables."""
    return [_row(finding) for finding in verdict.findings]


def _row(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule.title, "about": finding.about, "status": finding.status, "finding": finding.words,
        "drafted": finding.drafted, "law": finding.rule.words, "source": finding.rule.source,
        "standing": finding.standing, "caution": finding.caution,
    }  # fmt: skip
