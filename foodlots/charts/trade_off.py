"""What choices cost: the price of each rule as bars, and a trade-off as points."""

from collections.abc import Sequence

import altair as alt

MOVES = {"Lifted": "#0072B2", "One step tighter": "#D55E00"}  # Okabe and Ito
POINT, LINE = "#0072B2", "#7A858D"  # the grey reads on light and dark pages alike


def price_chart(bars: Sequence[tuple[str, str, float]]) -> alt.Chart:
    """What moving each rule costs, £ a year: bars of (rule, how it is moved, £)."""
    rules = list(dict.fromkeys(rule for rule, _, _ in bars))
    rows = [{"rule": rule, "move": move, "gbp": round(gbp)} for rule, move, gbp in bars]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(stroke="#5B6670", strokeWidth=0.5)
        .encode(
            y=alt.Y("rule:N", title=None, sort=rules, axis=alt.Axis(labelLimit=280, labelOverlap=False)),
            yOffset=alt.YOffset("move:N", sort=list(MOVES)),
            x=alt.X("gbp:Q", title="£ a year more than the plan as it is", axis=alt.Axis(format=",.0f")),
            color=alt.Color("move:N", title=None, sort=list(MOVES),
                            legend=alt.Legend(orient="top", labelLimit=0, symbolStrokeWidth=0),
                            scale=alt.Scale(domain=list(MOVES), range=list(MOVES.values()))),
            tooltip=[alt.Tooltip("rule:N", title="Rule"), alt.Tooltip("move:N", title=" "),
                     alt.Tooltip("gbp:Q", title="£ a year", format="+,.0f")],
        )
        .properties(height=46 * len(rules) + 110, description=price_words(bars))
    )  # fmt: skip


def price_words(bars: Sequence[tuple[str, str, float]]) -> str:
    """The same in words."""
    return "What moving each rule costs a year: " + "; ".join(
        f"{rule}, {move.lower()}: {'−' if round(gbp) < 0 else ''}£{abs(gbp):,.0f}" for rule, move, gbp in bars
    )


def trade_off_chart(dots: Sequence[tuple[float, ...]], titles: Sequence[str]) -> alt.LayerChart:
    """Cost against an aim, or against two: dots of (cost, value of each aim, £ that could still be saved)."""
    rows = [
        {
            "point": number,
            "cost": dot[0],
            "aim": dot[1],
            "other": dot[2] if len(titles) > 1 else 0,
            "low": dot[0] - dot[-1],
        }
        for number, dot in enumerate(dots, 1)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("aim:Q", title=titles[0], axis=alt.Axis(format=",.0f"), scale=alt.Scale(zero=False, padding=26)),
    )
    cost = alt.Y(
        "cost:Q", title="Cost a year, £", axis=alt.Axis(format=",.0f"), scale=alt.Scale(zero=False, padding=26)
    )
    told = [alt.Tooltip("point:Q", title="Point"), alt.Tooltip("cost:Q", title="£ a year", format=",.0f"),
            alt.Tooltip("aim:Q", title=titles[0], format=",.0f")]  # fmt: skip
    marks = {"color": alt.value(POINT)}
    if len(titles) > 1:
        told.append(alt.Tooltip("other:Q", title=titles[1], format=",.0f"))
        marks = {"color": alt.Color("other:Q", title=titles[1], scale=alt.Scale(range=["#C6DBEF", "#08306B"]),
                                    legend=alt.Legend(orient="top", format=",.0f"))}  # fmt: skip
    points = base.mark_point(filled=True, size=130, opacity=1, stroke=LINE, strokeWidth=1).encode(
        y=cost, tooltip=told, **marks
    )
    spans = base.mark_rule(color=LINE, strokeWidth=2).encode(y=cost, y2="low:Q")
    names = base.mark_text(dy=-15, color=LINE, fontSize=13, fontWeight="bold").encode(y=cost, text="point:Q")
    layers = [spans, points, names]
    if len(titles) == 1:
        layers.insert(0, base.mark_line(color=LINE, strokeDash=[4, 4]).encode(y=cost))
    return alt.layer(*layers).properties(height=340, description=trade_off_words(dots, titles))


def trade_off_words(dots: Sequence[tuple[float, ...]], titles: Sequence[str]) -> str:
    """The same in words."""
    parts = []
    for number, dot in enumerate(dots, 1):
        values = ", ".join(f"{title} {value:,.0f}" for title, value in zip(titles, dot[1:], strict=False))
        parts.append(f"point {number}: £{dot[0]:,.0f} a year, {values}")
    return "Cost against " + " and ".join(titles) + ": " + "; ".join(parts)
