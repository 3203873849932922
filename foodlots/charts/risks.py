"""What could go wrong, in pictures: how dear the years drawn are, and who is missed most."""

from collections.abc import Sequence

import altair as alt

from foodlots.palette import BLUE, ORANGE, VERMILLION

SAFE, NOT_SAFE = "Holds on price", "Would be lost on price"


def years_chart(gbp: Sequence[float]) -> alt.Chart:
    """How much dearer the years drawn are than planned: how many of them in each stretch of £."""
    low, high = (min(gbp), max(gbp)) if gbp else (0.0, 0.0)
    about = (
        f"{len(gbp)} years drawn: the extra cost runs from £{low:,.0f} to £{high:,.0f}, "
        f"£{sum(gbp) / max(1, len(gbp)):,.0f} in a mean year."
    )
    return (
        alt.Chart(alt.Data(values=[{"gbp": round(amount, 2)} for amount in gbp]))
        .mark_bar(color=BLUE, stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("gbp:Q", bin=alt.Bin(maxbins=24), title="Extra cost of a year, £", axis=alt.Axis(format=",.0f")),
            y=alt.Y("count():Q", title="Years drawn"),
            tooltip=[alt.Tooltip("gbp:Q", bin=alt.Bin(maxbins=24), title="Extra cost, £", format=",.0f"),
                     alt.Tooltip("count():Q", title="Years")],
        )
        .properties(height=240, description=about)
    )  # fmt: skip


def failures_chart(rows: Sequence[tuple[str, float, float]]) -> alt.Chart:
    """Who is missed most when out for a year: rows of (name, extra £, share of all kilos lost)."""
    values = [{"name": name, "gbp": round(gbp), "share": share} for name, gbp, share in rows]
    about = "Extra cost of a year without each: " + "; ".join(
        f"{name} £{gbp:,.0f}, {share:.0%} of the kilos" for name, gbp, share in rows
    )
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar(color=VERMILLION)
        .encode(
            x=alt.X("gbp:Q", title="Extra cost of the year, £", axis=alt.Axis(format=",.0f")),
            y=alt.Y("name:N", title=None, sort=[name for name, _, _ in rows],
                    axis=alt.Axis(labelLimit=260, labelOverlap=False)),
            tooltip=[alt.Tooltip("name:N", title="Out"), alt.Tooltip("gbp:Q", title="£", format=",.0f"),
                     alt.Tooltip("share:Q", title="Of all kilos", format=".0%")],
        )
        .properties(height=30 * len(rows) + 80, description=about)
    )  # fmt: skip


def thresholds_chart(rows: Sequence[tuple[str, float, bool]], rival: float) -> alt.LayerChart:
    """The price below which each lot is lost, as a share of the open market's, against a rival's price.

    rows: (lot, price below which it is lost, whether the rival would take it).
    """
    values = [
        {"lot": lot, "price": price, "standing": NOT_SAFE if lost else SAFE} for lot, price, lost in rows
    ]  # fmt: skip
    about = f"The wholesaler asks {rival:.0%} of the open market's price. Lost below: " + "; ".join(
        f"{lot} {price:.1%}" for lot, price, _ in rows
    )
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=alt.X("price:Q", title="Lost below this share of the open market's price",
                    scale=alt.Scale(zero=False, padding=12), axis=alt.Axis(format=".0%", tickMinStep=0.01)),
            y=alt.Y("lot:N", title=None, sort=[lot for lot, _, _ in rows],
                    axis=alt.Axis(labelOverlap=False, labelLimit=320)),
            color=alt.Color("standing:N", title=None, legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=[SAFE, NOT_SAFE], range=[BLUE, ORANGE])),
            shape=alt.Shape("standing:N", title=None, legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=[SAFE, NOT_SAFE], range=["circle", "triangle-up"])),
            tooltip=[alt.Tooltip("lot:N", title="Lot"), alt.Tooltip("price:Q", title="Lost below", format=".1%")],
        )
    )  # fmt: skip
    line = (
        alt.Chart(alt.Data(values=[{"price": rival}]))
        .mark_rule(strokeDash=[6, 4], color="#8A949B", strokeWidth=2)
        .encode(x="price:Q")
    )
    return alt.layer(line, bars).properties(height=24 * len(rows) + 110, description=about)
