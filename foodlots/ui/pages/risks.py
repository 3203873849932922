"""Risks: poor harvests, failing winners, dearer markets and a national rival; and what else the plan could be."""

from decimal import Decimal

import streamlit as st

from foodlots.charts import failures_chart, thresholds_chart, years_chart
from foodlots.insight.alternatives import Alternatives, Bounds, look_for
from foodlots.insight.harvests import Weather
from foodlots.insight.in_short import alternatives_in_short
from foodlots.insight.stress import Stress, Terms, draw_years, stress
from foodlots.insight.undercut import Rival, Threshold, undercut
from foodlots.runner import Runner
from foodlots.ui.parts import risk_rows as rows
from foodlots.ui.parts.asking import answer_to
from foodlots.ui.parts.frame import heading, illustrative, in_short, need_plan, next_steps
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import count, percent, pounds, several, tonnes
from foodlots.ui.work import Result

HARVESTS, RIVAL, OTHERS = "Harvests and failures", "A national rival", "Other plans"


def show() -> None:
    """The risks page."""
    heading("Risks", "What could go wrong with the plan: poor harvests, a winner that drops out, dearer markets, a "
            "national wholesaler in every lot; and how firmly each award stands.")  # fmt: skip
    found = need_plan()
    illustrative(found)
    chosen = st.segmented_control("Show", [HARVESTS, RIVAL, OTHERS], default=HARVESTS, required=True, key="risk")
    {HARVESTS: _harvests, RIVAL: _rival, OTHERS: _others}[chosen](found)
    next_steps(("farmers", "See who fits a lot"), ("compare", "Compare plans"))


def _harvests(found: Result) -> None:
    with st.expander("What this rests on, for you to change", icon=":material/tune:"):
        st.markdown("All of these are assumed until you have better figures.")
        left, middle, right = st.columns(3)
        spread = left.number_input("Harvests vary by, % (standard deviation)", 0, 100, 20, key="spread")
        shared = middle.number_input("Part of it that is shared weather, %", 0, 100, 50, key="shared")
        draws = right.number_input("Years to draw", 20, 1000, 200, 20, key="draws")
        dear = left.number_input("At short notice the open market is dearer by, %", 0, 300, 20, key="emergency")
        shock = middle.number_input("Prices in the price test rise by, %", 0, 300, 20, key="shock")
        seed = right.number_input("Seed of the draws", 0, 1_000_000, 0, key="seed")
    weather, terms = Weather(spread / 100, shared=shared / 100, seed=seed), Terms(dear / 100, shock / 100)
    answer: Stress | None = answer_to(
        found.digest, f"stress-{draws}-{weather}-{terms}", f"Draw {count(draws)} harvests",
        "Each year drawn is settled as well as can be with what then grows; each winner, grower and depot is taken "
        "out in turn.",
        lambda runner: _stressed(found, draws, weather, terms, runner),
    )  # fmt: skip
    if answer is not None:
        _told(found, answer)


def _stressed(found: Result, draws: int, weather: Weather, terms: Terms, runner: Runner) -> Stress:
    common = (found.case, found.settings, found.plan)
    return stress(*common, draw_years((*common, weather), draws, runner), weather, terms)


def _told(found: Result, answer: Stress) -> None:
    _headline(answer)
    show_chart(years_chart(answer.harvests.gbp))
    month, product, site = st.tabs(["By month", "By product", "By kitchen"])
    with month:
        show_table(rows.month_rows(found, answer), "Mean shortage by month.", rows.PARTS, height="content")
    with product:
        show_table(rows.product_rows(found, answer), "Mean shortage by product.", rows.PARTS)
    with site:
        show_table(rows.site_rows(found, answer), "Mean shortage by kitchen.", rows.PARTS)
    st.subheader("One of them out for a year")
    show_chart(failures_chart(rows.failure_bars(found, answer)))
    show_table(rows.failure_rows(found, answer), "Who is missed most.", rows.FAILURES)
    st.markdown("**Who could step in**, with what it has left under the plan, cheapest for the whole lot first")
    show_table(rows.reserve_rows(found, answer), "Reserve suppliers by lot.", rows.RESERVES)


def _headline(answer: Stress) -> None:
    drawn, shock = answer.harvests, answer.shock
    figures = st.columns(4)
    figures[0].metric("Unmet in a mean year", tonnes(drawn.mean_kg), f"of {tonnes(drawn.promised_kg)} promised",
                      border=True, delta_color="off", delta_arrow="off")  # fmt: skip
    figures[1].metric("Costs more, mean year", pounds(drawn.mean_gbp), f"{count(len(drawn.gbp))} years drawn",
                      border=True, delta_color="off", delta_arrow="off")  # fmt: skip
    figures[2].metric("Costs more, worst years", pounds(drawn.tail_gbp), f"the worst {percent(answer.terms.tail)}",
                      border=True, delta_color="off", delta_arrow="off",
                      help=f"The very worst: {pounds(drawn.worst_gbp)}.")  # fmt: skip
    figures[3].metric(f"If markets rise by {percent(shock.rise)}", f"+{pounds(shock.plan_gbp)}",
                      f"+{pounds(shock.open_gbp)} without it", border=True, delta_color="off",
                      delta_arrow="off", help="What the year then costs more under the plan, and with "
                      "everything bought on the open market.")  # fmt: skip


def _rival(found: Result) -> None:
    with st.expander("What this rests on, for you to change", icon=":material/tune:"):
        left, middle, right = st.columns(3)
        below = left.number_input("It goes below the open market by, %", 0, 100, 10, key="discount")
        lead = middle.number_input("Marks for quality the local firm leads by, %", 1, 100, 50, key="lead")
        small = right.number_input("A lot is small up to, £", 0, 1_000_000, 50_000, 5_000, key="small")
    rival = Rival(below / 100, lead / 100, float(small))
    answer = _undercut(found.digest, rival, found)
    lost = [lot for lot in answer if lot.lost]
    st.markdown(f"A wholesaler that goes {below}% below the open market would take **{len(lost)} of "
                f"{several(len(answer), 'awarded lot')}** on price alone, delivered.")  # fmt: skip
    if answer:
        show_chart(thresholds_chart(rows.threshold_points(answer), 1 - rival.discount))
        show_table(
            rows.threshold_rows(found, answer), "The price at which each lot is lost.", rows.PRICES, height="content"
        )
    st.caption("Winner saves: what the buyer would pay more with the lot on the open market. Weight that holds: the "
               "least weight of quality and social value at which the local bidder is not beaten.")  # fmt: skip


def _others(found: Result) -> None:
    within = st.number_input("Another plan may cost more by, %", 0.1, 20.0, 1.0, 0.5, key="within", width=320)
    bounds = Bounds(within=Decimal(str(within)) / 100)
    answer: Alternatives | None = answer_to(
        found.digest, f"others-{within}", "Look for other plans",
        "Each award is taken away in turn and the rest decided anew; then the plans that differ most are looked for.",
        lambda runner: look_for((found.case, found.settings, found.plan), bounds, runner),
    )  # fmt: skip
    if answer is None:
        return
    in_short(alternatives_in_short(answer))
    show_table(rows.award_rows(found, answer), "How firmly each award stands.", rows.AWARDS)
    for other in answer.others:
        how = "The most different plan within the limit" if other.farthest else "The most different plan found"
        st.markdown(f"**{how}**: {percent(other.changed)} of the value goes to others for "
                    f"{pounds(other.extra_gbp)} more; {pounds(other.local_gbp)} to local producers.")  # fmt: skip
        show_table(rows.change_rows(found, other), "What it awards otherwise.", {})


@st.cache_data(max_entries=5, show_spinner=False, scope="session", hash_funcs={Rival: repr})
def _undercut(digest: str, rival: Rival, _found: Result) -> tuple[Threshold, ...]:
    return undercut(_found.case, _found.settings, _found.plan, rival)


if __name__ == "__main__":
    show()
