"""The tender on the page of papers: its terms, how it stands against the law, and the pack to send out."""

import streamlit as st

from foodlots.errors import DataError
from foodlots.tender.brief import Tender
from foodlots.tender.law.checks import check_law
from foodlots.tender.law.finding import BROKEN, IN_ORDER, NOT_COVERED, TO_DO, Finding
from foodlots.tender.law.table import STANDINGS, read_law
from foodlots.tender.law.worth import say_day
from foodlots.tender.ocds import release_package
from foodlots.tender.pack import pack_archive
from foodlots.tender.terms import write_terms
from foodlots.tender.word.invitation import invitation
from foodlots.tender.word.one_pager import lots_for_farmers, sheet_for_producer
from foodlots.tender.word.schedule import lot_schedule
from foodlots.ui.parts.downloads import file_name
from foodlots.ui.parts.paper_card import paper_card
from foodlots.ui.parts.terms_form import terms_form
from foodlots.ui.parts.waiting import worked_out
from foodlots.ui.parts.words import md, several
from foodlots.ui.work import Result, Work

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNS = {
    BROKEN: (":material/error:", "Broken"),
    TO_DO: (":material/assignment:", "To do"),
    NOT_COVERED: (":material/help:", "Not covered"),
    IN_ORDER: (":material/check_circle:", "In order"),
}


def tender_desk(found: Result, now: Work) -> None:
    """Terms first, then the law, then the papers to send out."""
    st.header("Tender")
    st.markdown("Set the terms, see how the lots stand against the law, and take the pack to send out.")
    try:
        terms = terms_form(found)
    except DataError as trouble:
        for fault in trouble.faults:
            st.error(md(fault), icon=":material/error:")
        return
    tender = Tender(found.case, found.settings, found.plan, terms, read_law(), now.raw)
    law = st.container()
    _pack(found, tender)
    with law:
        _law(found, tender)


def _law(found: Result, tender: Tender) -> None:
    st.subheader("Law checks")
    st.caption(md(f"{tender.law.advice} Stated on {say_day(tender.law.stated)}."))
    findings = worked_out(f"law {found.digest} {tender.terms}", "Checking the law",
                          lambda: check_law(tender).findings)  # fmt: skip
    counts = [f"{SIGNS[s][0]} {several(sum(f.status == s for f in findings), 'check')} {s}" for s in SIGNS]
    st.markdown(" · ".join(counts))
    for status, (sign, title) in SIGNS.items():
        told = [finding for finding in findings if finding.status == status]
        if told:
            with st.expander(f"{title}: {len(told)}", icon=sign, expanded=status == BROKEN):
                for finding in told:
                    _finding(finding)


def _finding(finding: Finding) -> None:
    rule = finding.rule
    st.markdown(f"**{md(rule.title)}** – {md(finding.about)}  \n{md(finding.words)}")
    if finding.caution:
        st.markdown(f":material/warning: {md(finding.caution)}")
    if finding.drafted:
        st.markdown(f"*Drafted:* {md(finding.drafted)}")
    st.caption(f"{md(rule.words)} Source: {md(rule.source)} ({md(STANDINGS[rule.standing])}).")


def _pack(found: Result, tender: Tender) -> None:
    st.subheader("To send out")
    left, right = st.columns(2)
    with left:
        paper_card("Invitation", "What is bought, in which lots, who may bid and how it is decided. Word.",
                   lambda: invitation(tender), file_name(found, "invitation", "docx"), DOCX)  # fmt: skip
        paper_card("Lot sheets with maps", "A sheet for each lot: kitchens, kilos by month, deliveries. Word.",
                   lambda: lot_schedule(tender), file_name(found, "lot-sheets", "docx"), DOCX)  # fmt: skip
        paper_card("Plain pages for farmers", "One page for each lot: what, where, when, how much. Word.",
                   lambda: lots_for_farmers(tender), file_name(found, "lots-for-farmers", "docx"), DOCX)  # fmt: skip
    with right:
        paper_card("Open data", "OCDS release package with lots, items and values. JSON.",
                   lambda: release_package(tender), file_name(found, "release-package", "json"),
                   "application/json")  # fmt: skip
        paper_card("The whole pack", "Everything to publish, the pricing schedules to fill in, and, in the folder "
                   "buyer-only, the reasons and the decision record: keep that folder to yourself.",
                   lambda: pack_archive(tender), file_name(found, "tender-pack", "zip"), "application/zip")  # fmt: skip
        paper_card("The terms as a file", "To keep, and for foodlots tender and foodlots bids: --terms terms.toml.",
                   lambda: write_terms(tender.terms), file_name(found, "terms", "toml"), "text/plain")  # fmt: skip
        _one_producer(found, tender)


def _one_producer(found: Result, tender: Tender) -> None:
    """A sheet for one producer, for it alone."""
    producers = tender.case.producers
    with st.container(border=True):
        st.markdown("**A sheet for one producer**")
        st.markdown("What fits it, what nearly fits and why not, whom to bid with. For that producer alone; no price "
                    "of anybody is in it.")  # fmt: skip
        chosen = st.selectbox("Producer", sorted(producers, key=lambda each: producers[each].name), index=None,
                              format_func=lambda each: producers[each].name)  # fmt: skip
        if chosen:
            st.download_button("Download", lambda: sheet_for_producer(tender, chosen),
                               file_name(found, f"sheet-{chosen}", "docx"), DOCX, icon=":material/download:",
                               on_click="ignore", key="get-producer-sheet")  # fmt: skip
