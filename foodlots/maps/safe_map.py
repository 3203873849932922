"""The one door between data and a map's page: every text is made inert before folium sees it.

No other module imports folium. folium puts texts into HTML, into scripts and twice through its template
engine; a name such as `{{ lot }}`, `${x}` or `</script>` would be run, printed wrong or leave the map
blank. Written one character at a time as `&#123;`, it can only ever be shown.
"""

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from xstatic.pkg import jquery, leaflet

NO_REQUESTS = "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline' data:; img-src data:"
REPLACEMENT = 0xFFFD  # shown for control characters, broken letters and marks that turn other text around
UNSHOWABLE = ("Cc", "Cs", "Cn")
TURNS_TEXT_AROUND = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_SPACE = "\t\n\r"
CLOSEST = 16  # zoom at which a village fills the page
Layer = folium.FeatureGroup
RANDOM_ID = re.compile(r"(?<=_)[0-9a-f]{32}(?![0-9a-f])")
SCRIPTS = ("page.js", "places.js", "flows.js", "lots.js")
PAGE_FILES = files("foodlots.maps") / "page"


def safe_text(text: str) -> str:
    """The text so written that every page, script and template can only show it.

    >>> safe_text("A & B <b>")
    'A&#32;&#38;&#32;B&#32;&#60;b&#62;'
    """
    return "".join(map(_safe_letter, text))


@cache
def _safe_letter(letter: str) -> str:
    if letter.isascii() and letter.isalnum():
        return letter
    if letter in LINE_SPACE:
        return "&#32;"
    unshowable = letter in TURNS_TEXT_AROUND or unicodedata.category(letter) in UNSHOWABLE
    return f"&#{REPLACEMENT if unshowable else ord(letter)};"


def safe_data(data: Any) -> Any:
    """The same lists, mappings and numbers with every text in them made safe; keys are ours and stay."""
    if isinstance(data, str):
        return safe_text(data)
    if isinstance(data, Mapping):
        return {key: safe_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [safe_data(value) for value in data]
    return data


def _inline(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


@cache
def _library(package: Any, name: str, kind: str) -> str:
    return _inline(kind, (Path(package.BASE_DIR) / name).read_bytes())


@cache
def _leaflet_css() -> str:
    """Leaflet's styles with their pictures inside."""
    folder = Path(leaflet.BASE_DIR)
    styles = (folder / "leaflet.css").read_text("utf-8")
    inlined = re.sub(
        r"url\((images/[\w.-]+\.png)\)", lambda found: f"url({_library(leaflet, found[1], 'image/png')})", styles
    )
    return _inline("text/css", inlined.encode("utf-8"))


class OfflineMap(folium.Map):
    """A folium map that carries its libraries inside the page and asks no other machine for anything."""

    default_js = (
        ("leaflet", _library(leaflet, "leaflet.js", "text/javascript")),
        ("jquery", _library(jquery, "jquery.min.js", "text/javascript")),
    )
    default_css = (("leaflet_css", _leaflet_css()),)
    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )


class Page(Figure):
    """A whole page in British English, readable at any zoom, that may load nothing from anywhere."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="UTF-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{{ this.policy }}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{{ this.title }}</title>\n{{ this.header.render(**kwargs) }}\n</head>\n"
        "<body>\n{{ this.html.render(**kwargs) }}\n<script>\n{{ this.script.render(**kwargs) }}\n</script>\n"
        "</body>\n</html>\n"
    )

    def __init__(self, title: str):
        super().__init__()
        self.title = safe_text(title)
        self.policy = NO_REQUESTS


class Drawing(MacroElement):
    """The script that draws the data on the map and answers to its layers."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}<style>{{ this.css }}</style>{% endmacro %}
        {% macro script(this, kwargs) %}
        drawPlan({{ this._parent.get_name() }}, {{ this.data }}, {{ this.style }}, {
            {%- for key, layer in this.layers.items() %}
            {{ key|tojson }}: {{ layer.get_name() }},
            {%- endfor %}
        });
        {% endmacro %}
        """
    )

    def __init__(self, data: Mapping, style: Mapping, layers: Mapping[str, Layer]):
        super().__init__()
        self._name = "Drawing"
        self.data = json.dumps(safe_data(data), separators=(",", ":"))
        self.style = json.dumps(style)
        self.layers = dict(layers)
        self.css = _page_file("page.css")


class Below(MacroElement):
    """Our own HTML below the map."""

    _template = Template("{% macro html(this, kwargs) %}{{ this.html }}{% endmacro %}")

    def __init__(self, html: str):
        super().__init__()
        self._name = "Below"
        self.html = html


def new_map(title: str) -> OfflineMap:
    """An empty map on a page of its own."""
    made = OfflineMap(tiles=None, zoom_control=True, attributionControl=False, zoomSnap=0.25, maxZoom=CLOSEST)
    Page(title).add_child(made)
    return made


def add_layer(made: OfflineMap, label: str, shown: bool = True, one_of: bool = False) -> Layer:
    """A layer with a tick of its own, or, `one_of` several, a choice. The label is our own HTML."""
    return Layer(name=label, overlay=not one_of, show=shown).add_to(made)


def add_drawing(made: OfflineMap, data: Mapping, style: Mapping, layers: Mapping[str, Layer]) -> None:
    """Draw the data, whose texts are made safe here, in our own style; then offer the layers."""
    script = made.get_root().script
    for name in SCRIPTS:
        script.add_child(Element(_page_file(name)), name=name)
    folium.LayerControl(collapsed=False, position="topright").add_to(made)
    Drawing(data, style, layers).add_to(made)


def add_above(made: OfflineMap, html: str) -> None:
    """Put our own HTML, its texts already safe, above the map."""
    made.get_root().html.add_child(Element(html))


def add_below(made: OfflineMap, html: str) -> None:
    """Put our own HTML, its texts already safe, below the map."""
    Below(html).add_to(made)


def page_text(made: OfflineMap) -> str:
    """The whole page; the same map always gives the same bytes."""
    number = count(1)
    seen: dict[str, str] = {}
    text = made.get_root().render()
    return RANDOM_ID.sub(lambda found: seen.setdefault(found[0], str(next(number))), text)


def _page_file(name: str) -> str:
    return (PAGE_FILES / name).read_text("utf-8")
