"""The page around the map: its heading, its legend and its tables, as HTML with every text made safe."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foodlots.maps.facts import capital, pounds
from foodlots.maps.safe_map import safe_text
from foodlots.palette import INK, PRODUCER_SHAPES, Ink
from foodlots.places import ATTRIBUTION
from foodlots.plan import Plan
from foodlots.settings import CaseSettings

NUMBER = re.compile(r"£?[\d,]+%?")
VALUES = "All values are at open-market prices; no producer's price is shown."


@dataclass(frozen=True)
class FactTable:
    """Facts shown on the map, as text: what they are, their headings and one row for each thing shown."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def title_of(settings: CaseSettings, plan: Plan) -> str:
    """The page's title."""
    return f"{settings.name}: {number_of(len(plan.lots), 'lot')} and who would fill them"


def number_of(number: int, thing: str) -> str:
    """How many of a thing, in words."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def heading(settings: CaseSettings, plan: Plan) -> str:
    """What the page is, in a line, and a banner when its figures are only an illustration."""
    won = sum(bool(lot.winner) for lot in plan.lots)
    parts = [
        f"{pounds(plan.summary.budget_gbp)} of food a year",
        number_of(len({cell.site for cell in plan.cells}), "kitchen"),
        f"{number_of(won, 'lot')} won by {number_of(len({award.bidder for award in plan.awards}), 'bidder')}",
        f"{len(plan.lots) - won} left to the open market",
    ]
    banner = '<p class="banner"><strong>Illustrative.</strong> An example: no real tender, offer or award.</p>'
    return (
        '<a class="skip" href="#tables">Skip the map: the same facts as tables</a>'
        f"<header><h1>{safe_text(title_of(settings, plan))}</h1><p>{safe_text(' · '.join(parts))}</p></header>"
        f"{banner if settings.illustrative else ''}"
    )


def legend(kinds: Iterable[str], depots: bool, land: bool, assumed: tuple[int, int] = (0, 0)) -> str:
    """What each shape means, and the empty places that the script fills: layers, lots and widths.

    `assumed`: how many producers are assumed, of how many.
    """
    shapes = "".join(
        f"<li>{shape_icon(shape.path, shape.fill)}{shape.word}</li>"
        for kind, shape in PRODUCER_SHAPES.items()
        if kind in set(kinds)
    )
    depot = f"<li>{depot_icon()}Depot</li>" if depots else ""
    if assumed[0]:
        dashed = shape_icon(PRODUCER_SHAPES["farm"].path, PRODUCER_SHAPES["farm"].fill, "3 2.4")
        depot += f"<li>{dashed}Dashed: assumed, or its kilos are ({assumed[0]:,} of {assumed[1]:,} producers)</li>"
    return (
        '<aside id="panel"><div id="layers"></div>'
        '<h2>Lots</h2><p class="hint">Choose one to see it alone.</p>'
        '<div id="lots"></div></aside>'
        f'<div id="legend"><ul class="keys">{shapes}{depot}<li><i class="kitchen"></i>Kitchen (larger: more meals)</li>'
        '<li><i class="pill" style="--fill:60%">L1</i>Lot: the bar is the share its winners fill</li>'
        '<li><i class="pill market" style="--fill:0%">L2</i>Left to the open market</li></ul>'
        '<ul class="keys" id="widths" aria-label="Width of the lines"></ul>'
        f"<p>{VALUES} {safe_text(ATTRIBUTION) if land else ''}</p></div>"
    )


def layer_label(name: str, words: str, ink: Ink | None = None) -> str:
    """A layer's words, with the line it is drawn in; `name` keeps two layers of the same words apart."""
    swatch = line_icon(ink) if ink else ""
    return f'<span data-layer="{name}">{swatch}{safe_text(capital(words))}</span>'


def line_icon(ink: Ink) -> str:
    """A short stretch of a category's line."""
    drawn = f'<path d="M1 6H27" stroke="{ink.colour}" stroke-width="7"/>'
    if ink.core != "none":
        drawn += f'<path d="M1 6H27" stroke="#fff" stroke-width="1.6" stroke-dasharray="{ink.core}"/>'
    return f'<svg class="line" viewBox="0 0 28 12" aria-hidden="true">{drawn}</svg>'


def shape_icon(path: str, fill: str, dashes: str = "") -> str:
    """A producer's shape for the legend; `dashes` of its outline."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    drawn = f'<path d="{path}" fill="{fill}" stroke="{INK}" stroke-width="1.5" stroke-linejoin="round"{dashed}/>'
    return f'<svg class="shape" viewBox="0 0 20 20" aria-hidden="true">{drawn}</svg>'


def depot_icon() -> str:
    """The depot's shape: a house."""
    return '<svg class="shape" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 1 19 9V19H1V9Z"/></svg>'


def tables(found: Sequence[FactTable]) -> str:
    """The facts as tables that any reader, and any screen reader, can follow."""
    return (
        '<main id="tables" tabindex="-1"><h2>The same facts as tables</h2>'
        + "".join(_table(table, f"table-{number}") for number, table in enumerate(found))
        + "</main>"
    )


def _table(table: FactTable, name: str) -> str:
    numbers = [all(NUMBER.fullmatch(cell) for cell in column) for column in zip(*table.rows, strict=True)]
    head = "".join(_cell("th", cell, number, "col") for cell, number in zip(table.headings, numbers, strict=True))
    body = "".join(_row(row, numbers) for row in table.rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-labelledby="{name}"><table><caption id="{name}">'
        f"{safe_text(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str], numbers: Sequence[bool]) -> str:
    first = _cell("th", cells[0], numbers[0], "row")
    rest = "".join(_cell("td", cell, number) for cell, number in zip(cells[1:], numbers[1:], strict=True))
    return f"<tr>{first}{rest}</tr>"


def _cell(tag: str, text: str, number: bool, scope: str = "") -> str:
    scoped = f' scope="{scope}"' if scope else ""
    aligned = ' class="number"' if number else ""
    return f"<{tag}{scoped}{aligned}>{safe_text(text)}</{tag}>"
