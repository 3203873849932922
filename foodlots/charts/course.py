"""How a search went: best plan and proven bound against time."""

from collections.abc import Iterable, Sequence

import altair as alt

BEST = "Best plan so far"
BOUND = "Proven: no plan can cost less"
LINES = {BEST: ("#0072B2", [1, 0]), BOUND: ("#D55E00", [6, 4])}  # Okabe and Ito; told apart by dashes as well


def course_chart(points: Sequence[tuple[float, float | None, float | None]]) -> alt.LayerChart:
    """How a search went: cost of the best plan and proven bound (£) against seconds."""
    rows = [
        {"seconds": round(seconds, 2), "gbp": round(gbp), "line": line}
        for seconds, best, bound in points
        for line, gbp in ((BEST, best), (BOUND, bound))
        if gbp is not None
    ]
    low, high = _window(row["gbp"] for row in rows)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("seconds:Q", title="Seconds since the search began", axis=alt.Axis(tickMinStep=1),
                scale=alt.Scale(domainMin=0)),
        y=alt.Y("gbp:Q", title="Cost counted, £", scale=alt.Scale(domain=[low, high], clamp=True),
                axis=alt.Axis(format=",.0f")),
        tooltip=[alt.Tooltip("line:N", title=" "), alt.Tooltip("gbp:Q", title="£", format=",.0f"),
                 alt.Tooltip("seconds:Q", title="Seconds", format=".1f")],
    )  # fmt: skip
    lines = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        color=alt.Color("line:N", title=None, sort=list(LINES), legend=alt.Legend(orient="top", labelLimit=0),
                        scale=alt.Scale(domain=list(LINES), range=[colour for colour, _ in LINES.values()])),
        strokeDash=alt.StrokeDash("line:N", title=None, sort=list(LINES), legend=alt.Legend(orient="top", labelLimit=0),
                                  scale=alt.Scale(domain=list(LINES), range=[dash for _, dash in LINES.values()])),
    )  # fmt: skip
    return alt.layer(lines).properties(height=260, description=course_words(points))


def course_words(points: Sequence[tuple[float, float | None, float | None]]) -> str:
    """The same in words."""
    if not points:
        return "The search has not begun to count."
    seconds, best, bound = points[-1]
    if best is None:
        return f"After {seconds:.0f} seconds no plan has been found yet."
    if bound is None:
        return f"After {seconds:.0f} seconds the best plan costs £{best:,.0f}; nothing is proven yet."
    return (
        f"After {seconds:.0f} seconds the best plan costs £{best:,.0f}, and no plan can cost less than £{bound:,.0f}."
    )


def _window(amounts: Iterable[float]) -> tuple[float, float]:
    """The stretch of £ worth looking at: what the best plans and the better bounds span."""
    amounts = sorted(amounts)
    if not amounts:
        return 0.0, 1.0
    high = amounts[-1]
    low = max(amounts[0], high * 0.8)
    room = max(high - low, high * 0.002, 1.0) * 0.08
    return low - room, high + room
