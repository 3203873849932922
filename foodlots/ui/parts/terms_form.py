"""The terms of a tender as a form: everything that `foodlots tender --terms` takes, kept while pages are turned."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from foodlots.tender.terms import MOST_TEXT, TERMS, Terms, make_terms
from foodlots.ui import state
from foodlots.ui.work import Result

RESERVED = {"no": "To nobody", "uk": "To UK suppliers", "local": "To local suppliers"}
LIMITS = {term.name for term in TERMS if term.limit}
TEXTS = (
    ("reference", "Your reference", "Printed on every paper."),
    ("contact", "Who answers questions", "Printed in the invitation."),
    ("how_to_bid", "Where and how bids are sent", "Printed in the invitation."),
    ("decided_by", "Who decided on these lots, and when", "Printed in the decision record."),
)


def terms_form(found: Result) -> Terms:
    """The terms as they are filled in; DataError where they do not go together."""
    name = f"terms-{found.digest}"
    usual = make_terms(found.settings, found.plan, {})
    kept: Mapping[str, object] = state.remembered(name, {})
    with st.expander("Terms of the tender", icon=":material/edit_calendar:"):
        given = _Form(usual, kept).filled_in()
    state.remember(name, given)
    return make_terms(found.settings, found.plan, {key: value for key, value in given.items() if value is not None
                                                  or key in LIMITS})  # fmt: skip


class _Form:
    """The fields; each begins with what was filled in before, else with what is usual."""

    def __init__(self, usual: Terms, kept: Mapping[str, object]):
        self.usual, self.kept = usual, kept

    def filled_in(self) -> dict[str, object]:
        """Term -> its value, None where there is no limit."""
        first, second, third = st.columns(3)
        given = {
            "publish": self._day(first, "publish", "Notice published"),
            "deadline": self._day(second, "deadline", "Last day for bids"),
            "start": self._day(third, "start", "Contracts start"),
            "years": self._years(first, "years", "Years", 0.25),
            "extension_years": self._years(second, "extension_years", "Years of extension", 0.0),
            "vat": self._percent(third, "vat", "VAT, %", "Most food is zero-rated: check yours."),
            "uplift": self._percent(first, "uplift", "Most above the stated value, %", "How far above the lots' stated "
                                    "value you might have to pay; it counts for the thresholds."),
            "quality_weight": self._percent(second, "quality_weight", "Weight of quality, %", "How much of a lot's "
                                            "value the best quality is worth; 0: price decides."),
            "reserved": third.selectbox("Reserved", list(RESERVED), list(RESERVED).index(self._begin("reserved")),
                                        format_func=RESERVED.get, key="term-reserved"),
            "max_lots_bid": self._lots(first, "max_lots_bid", "Most lots to bid for"),
            "max_lots_awarded": self._lots(second, "max_lots_awarded", "Most lots to win"),
            "max_share_per_owner": self._percent(third, "max_share_per_owner", "Most for one owner, %",
                                                 "Of the value of all lots; 0: no limit.") or None,
        }  # fmt: skip
        given["engaged"] = st.checkbox("Suppliers were spoken to before the notice", self._begin("engaged"),
                                       key="term-engaged")  # fmt: skip
        for term, label, where in TEXTS:
            given[term] = st.text_input(label, self._begin(term), max_chars=500, help=where, key=f"term-{term}")
        given["quality"] = st.text_area("What quality means and how it is scored", self._begin("quality"),
                                        max_chars=MOST_TEXT, help="Printed in the invitation. With a weight of quality "
                                        "it must be said.", key="term-quality")  # fmt: skip
        return given

    def _begin(self, term: str):
        return self.kept.get(term, getattr(self.usual, term))

    def _day(self, column, term: str, label: str):
        return column.date_input(label, self._begin(term), format="DD/MM/YYYY", key=f"term-{term}")

    def _years(self, column, term: str, label: str, least: float) -> Decimal:
        years = column.number_input(label, least, 10.0, float(self._begin(term)), 0.25, "%g", key=f"term-{term}")
        return Decimal(str(years))

    def _percent(self, column, term: str, label: str, words: str) -> Decimal:
        percent = float((self._begin(term) or 0) * 100)
        filled = column.number_input(label, 0.0, 100.0, percent, 1.0, "%g", help=words, key=f"term-{term}")
        return Decimal(str(filled)) / 100

    def _lots(self, column, term: str, label: str) -> int | None:
        lots = self._begin(term) or 0
        return column.number_input(label, 0, None, lots, help="0: no limit.", key=f"term-{term}") or None
