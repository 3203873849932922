"""What foodlots does in one picture: drawn with no data, in the colour of the text around it."""

import streamlit as st

from foodlots.ui.parts.theme import ink

WORDS = (
    "One food budget and its kitchens on the left; the budget is cut into lots of products, area and months in the "
    "middle; on the right a farm, a dairy, a co-operative and a bakery of the region each take the lot that fits them."
)
KITCHENS = ((48, 112), (76, 100), (104, 116), (132, 102), (156, 114), (60, 136), (90, 142), (120, 138), (148, 140))
LOTS = (
    ("#0072B2", 22, 46, "Milk", "all year"),
    ("#1B6B4A", 72, 38, "Roots", "October to March"),
    ("#8A5A00", 114, 32, "Bread", "all year"),
    ("#A0457A", 150, 26, "Apples", "August to January"),
)
WINNERS = ((45, "Low Dairy"), (91, "Valley growers"), (130, "Town bakery"), (163, "Hill Farm"))
LEFT, WIDTH = 330, 170  # of the lots
RIGHT = 620  # where the winners stand


def _lot(colour: str, top: int, height: int, what: str, when: str) -> str:
    base = top + height / 2 + 4.5
    return (
        f'<rect x="{LEFT}" y="{top}" width="{WIDTH}" height="{height}" rx="5" fill="{colour}"/>'
        f'<text x="{LEFT + 12}" y="{base}" fill="#fff" font-weight="600">{what}</text>'
        f'<text x="{LEFT + WIDTH - 10}" y="{base}" fill="#fff" font-size="11" text-anchor="end">{when}</text>'
    )


def _winner(middle: int, name: str) -> str:
    house = f"M{RIGHT} {middle - 3} l12 -11 l12 11 v13 h-24z"
    return (
        f'<path d="M{LEFT + WIDTH + 8} {middle} H{RIGHT - 10}" fill="none" stroke="currentColor" stroke-width="1.8" '
        'stroke-dasharray="1 5" stroke-linecap="round"/>'
        f'<path d="{house}" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>'
        f'<text x="{RIGHT + 36}" y="{middle + 5}">{name}</text>'
    )  # fmt: skip


def picture(colour: str) -> str:
    """The picture as SVG, its lines and words in the colour given."""
    kitchens = "".join(f'<circle cx="{x}" cy="{y}" r="5"/>' for x, y in KITCHENS)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 206" font-size="13" font-family="sans-serif" '
        f'color="{colour}" fill="{colour}">'
        '<rect x="22" y="40" width="160" height="38" rx="6" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<text x="102" y="64" text-anchor="middle" font-weight="600">One food budget</text>'
        f'{kitchens}<text x="102" y="172" text-anchor="middle">its kitchens, month by month</text>'
        '<path d="M212 99h84m-9 -7l9 7l-9 7" fill="none" stroke="currentColor" stroke-width="2.5"/>'
        '<text x="252" y="86" text-anchor="middle">cut into lots</text>'
        f'{"".join(_lot(*lot) for lot in LOTS)}'
        f'<text x="{LEFT + WIDTH / 2}" y="196" text-anchor="middle">products × area × months</text>'
        f'{"".join(_winner(*winner) for winner in WINNERS)}'
        f'<text x="{(LEFT + WIDTH + RIGHT) / 2}" y="34" text-anchor="middle">awarded</text>'
        "</svg>"
    )  # fmt: skip


def show_picture() -> None:
    """The picture on the page."""
    st.image(picture(ink()), width="stretch", alt=WORDS)
