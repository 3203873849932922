"""The reasons on file: law checks with drafted words, and why each lot is as it is. For the buyer alone."""

from foodlots.story import against_budget, proof
from foodlots.tender.brief import Tender
from foodlots.tender.law.checks import check_law
from foodlots.tender.law.finding import STATUSES, Finding
from foodlots.tender.law.table import STANDINGS
from foodlots.tender.law.worth import say_day
from foodlots.tender.word.invitation import open_paper
from foodlots.tender.word.paper import Paper
from foodlots.tender.word.rests import what_it_rests_on

PRIVATE = "FOR THE BUYER ALONE: it names bidders and what they would cost."


def reasons_on_file(tender: Tender) -> bytes:
    """Law checks, the reasons for lots (s.18), the mechanism, and the reasons for each lot, as a Word paper."""
    paper = open_paper(tender, "Reasons for the file", "Law checks and reasons for lots and limits", PRIVATE)
    paper.say(f"{tender.law.advice} Stated on {say_day(tender.law.stated)}.")
    _checks(paper, tender)
    _plan(paper, tender)
    _lots(paper, tender)
    return paper.data()


def _checks(paper: Paper, tender: Tender) -> None:
    verdict = check_law(tender)
    paper.heading("Law checks")
    paper.say("; ".join(f"{verdict.count(status)} {status}" for status in STATUSES) + ".")
    paper.table(
        "Law checks: rule, subject, how it stands",
        ("Check", "About", "Stands", "Finding"),
        [(each.rule.title, each.about, each.status, each.with_caution) for each in verdict.findings],
        widths=(3.2, 3.6, 1.9, 8.3), size=8,
    )  # fmt: skip
    drafted = [finding for finding in verdict.findings if finding.drafted]
    paper.heading("Words drafted for the notice and the file")
    for finding in drafted:
        _drafted(paper, finding)
    paper.heading("Sources")
    used = {finding.rule.name: finding.rule for finding in verdict.findings}
    paper.table(
        "The rules checked, their sources and how well they are known",
        ("Rule", "In short", "Source", "Known from"),
        [(rule.title, rule.words, rule.source, STANDINGS[rule.standing]) for rule in used.values()],
        widths=(3.0, 7.2, 4.2, 2.6), size=8,
    )  # fmt: skip


def _drafted(paper: Paper, finding: Finding) -> None:
    paper.heading(f"{finding.rule.title}: {finding.about}", 2)
    paper.say(finding.drafted, f"Source: {finding.rule.source}. {finding.caution}")


def _plan(paper: Paper, tender: Tender) -> None:
    paper.heading("The plan behind the lots")
    paper.say(f"Food and delivery cost {against_budget(tender.plan)}.", proof(tender.plan))
    what_it_rests_on(paper, tender)


def _lots(paper: Paper, tender: Tender) -> None:
    paper.heading("Why each lot is as it is")
    for reasons in tender.reasons:
        paper.heading(f"{reasons.lot}: {reasons.name}", 2)
        paper.points(reasons.to_file)
