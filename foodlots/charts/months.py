"""Amounts month by month: what is asked, what is filled, what is short, product by product."""

from collections.abc import Mapping, Sequence

import altair as alt

HEAT = ["#FFFFFF", "#FDE2C4", "#FBB878", "#F28C38"]  # the darkest still carries dark letters (contrast 6.0)
DARK = "#1F2A24"
FILLED, SHORT = "Brought by the winners", "Left to the open market"
FILL = {FILLED: "#009E73", SHORT: "#B8BFC4"}


def fill_chart(months: Sequence[tuple[str, float, float]], about: str) -> alt.Chart:
    """Value filled and short, £, for each month named."""
    order = [name for name, _, _ in months]
    rows = [
        {"month": name, "gbp": round(gbp), "part": part, "place": place}
        for name, filled, short in months
        for place, (part, gbp) in enumerate(((FILLED, filled), (SHORT, short)))
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(stroke="#5B6670", strokeWidth=0.5)
        .encode(
            x=alt.X("month:N", title=None, sort=order, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("gbp:Q", title="£ at open-market prices", axis=alt.Axis(format=",.0f")),
            color=alt.Color("part:N", title=None, sort=list(FILL), legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=list(FILL), range=list(FILL.values()))),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("part:N", title=" "),
                     alt.Tooltip("gbp:Q", title="£", format=",.0f")],
        )
        .properties(height=220, description=about)
    )  # fmt: skip


def months_chart(rows: Sequence[tuple[str, str, float]], unit: str, colours: Mapping[str, str]) -> alt.Chart:
    """Amounts by month and category, one bar a month: rows of (month, category, amount), months in their order."""
    order = list(dict.fromkeys(month for month, _, _ in rows))
    totals = {month: sum(amount for name, _, amount in rows if name == month) for month in order}
    words = f"{unit} by month: " + "; ".join(f"{month} {total:,.0f}" for month, total in totals.items())
    values = [{"month": month, "category": category, "amount": round(amount)} for month, category, amount in rows]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            x=alt.X("month:N", title=None, sort=order, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title=unit, axis=alt.Axis(format=",.0f")),
            color=alt.Color("category:N", title=None, legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=list(colours), range=list(colours.values()))),
            tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("category:N", title="Category"),
                     alt.Tooltip("amount:Q", title=unit, format=",.0f")],
        )
        .properties(height=280, description=words)
    )  # fmt: skip


def gap_chart(
    rows: Sequence[tuple[str, str, float, float]], products: Sequence[str], months: Sequence[str]
) -> alt.Chart:
    """What is short, £, product by month: rows of (product, month, £, kg). The figure stands in every cell."""
    values = [
        {"product": product, "month": month, "gbp": round(gbp), "kg": round(kg), "words": _short_pounds(gbp)}
        for product, month, gbp, kg in rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("month:N", title=None, sort=list(months), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("product:N", title=None, sort=list(products), axis=alt.Axis(labelLimit=180)),
        tooltip=[alt.Tooltip("product:N", title="Product"), alt.Tooltip("month:N", title="Month"),
                 alt.Tooltip("gbp:Q", title="£ short", format=",.0f"),
                 alt.Tooltip("kg:Q", title="kg short", format=",.0f")],
    )  # fmt: skip
    cells = base.mark_rect(stroke="#C9D1C6", strokeWidth=0.5).encode(
        color=alt.Color("gbp:Q", title="£ short", scale=alt.Scale(range=HEAT, interpolate="rgb"),
                        legend=alt.Legend(orient="bottom", format=",.0f"))
    )  # fmt: skip
    words = base.mark_text(fontSize=11, color=DARK).encode(text="words:N")
    worst = sorted(values, key=lambda row: -row["gbp"])[:5]
    about = "What is short, by product and month. Most: " + "; ".join(
        f"{row['product']} in {row['month']} £{row['gbp']:,}" for row in worst
    )
    return alt.layer(cells, words).properties(height=34 * len(products) + 120, description=about)


def _short_pounds(gbp: float) -> str:
    if round(gbp) == 0:
        return ""
    return f"£{gbp / 1000:.1f}k" if gbp >= 1000 else f"£{gbp:.0f}"


WANTED, UNSOLD = "Short: bought on the open market", "Offered but not used by the plan"


def wanted_chart(months: Sequence[tuple[str, float, float]]) -> alt.Chart:
    """Kilos short and kilos offered but not used, month by month: rows of (month, short, unused)."""
    order = [month for month, _, _ in months]
    values = [
        {"month": month, "kg": round(kg), "what": what}
        for month, short, unused in months
        for what, kg in ((WANTED, short), (UNSOLD, unused))
    ]
    about = "; ".join(f"{month}: {short:,.0f} kg short, {unused:,.0f} kg not used" for month, short, unused in months)
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X("month:N", title=None, sort=order, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("what:N", sort=[WANTED, UNSOLD]),
            y=alt.Y("kg:Q", title="kg", axis=alt.Axis(format=",.0f")),
            color=alt.Color("what:N", title=None, sort=[WANTED, UNSOLD], legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=[WANTED, UNSOLD], range=["#D55E00", "#56B4E9"])),
            tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("what:N", title=" "),
                     alt.Tooltip("kg:Q", title="kg", format=",.0f")],
        )
        .properties(height=240, description=about)
    )  # fmt: skip


def share_chart(months: Sequence[tuple[str, float]]) -> alt.Chart:
    """The share of a lot that could be filled, month by month: rows of (month, share)."""
    values = [{"month": month, "share": share} for month, share in months]
    about = "; ".join(f"{month} {share:.0%}" for month, share in months) or "Nothing in any month."
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar(color="#009E73")
        .encode(
            x=alt.X("month:N", title=None, sort=[month for month, _ in months], axis=alt.Axis(labelAngle=0)),
            y=alt.Y("share:Q", title="Share of its value", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("share:Q", title="Share", format=".0%")],
        )
        .properties(height=240, description=about)
    )
