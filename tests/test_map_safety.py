"""Hostile names on the map: shown letter for letter, never run, never evaluated, and nothing is asked of any network.

The sinks are the places where folium puts a text; each has run one payload or another when given it as it stands.
"""

import html
import re
import shutil
import unicodedata
from itertools import cycle
from pathlib import Path

import folium
import pytest
from branca.colormap import LinearColormap
from folium.plugins import FastMarkerCluster
from hostile_names import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from sample_plan import hostile_plan, sample_case, sample_plan, sample_settings

from foodlots.maps.offline import map_html, map_table
from foodlots.maps.safe_map import OfflineMap, Page, safe_data, safe_text

CHROMIUM = shutil.which("chromium")
browser_only = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

FORBIDDEN = "iframe, img, math, details, input[autofocus], a[href^=javascript], link[href*=evil], meta[content*=evil]"
OPEN_EVERYTHING = """
async (forbidden) => {
  const map = window[Object.keys(window).find((name) => /^map_\\d+$/.test(name))];
  const rest = () => new Promise((done) => setTimeout(done, 5));
  document.querySelectorAll("#layers input[type=checkbox]:not(:checked)").forEach((tick) => tick.click());
  const seen = [];
  const look = () => document.querySelectorAll(".leaflet-popup-content").forEach((it) => seen.push(it.textContent));
  const openAll = async () => {
    const layers = [];
    map.eachLayer((layer) => { if (layer.getPopup && layer.getPopup()) { layers.push(layer); } });
    for (const layer of layers) {
      if (map.hasLayer(layer)) {
        layer.openPopup(); await rest(); look();
      }
    }
  };
  for (const month of document.querySelectorAll("#layers input[type=radio]")) { month.click(); await rest(); }
  document.querySelectorAll("#layers input[type=radio]")[0].click();
  await openAll();
  for (const lot of document.querySelectorAll("#lots button")) { lot.click(); await rest(); look(); }
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  return {
    popups: seen,
    page: document.body.textContent,
    ran: window.ran,
    polluted: ({}).ran !== undefined,
    elements: document.querySelectorAll(forbidden).length,
    paths: document.querySelectorAll("path.leaflet-interactive").length,
    title: document.title,
  };
}
"""


def as_shown(text):
    """A text as the page may show it: unshowable letters replaced, white space as one."""
    turning = {chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    letters = (
        " " if letter in "\t\n\r"
        else "\ufffd" if letter in turning or unicodedata.category(letter) in ("Cc", "Cs", "Cn")
        else letter
        for letter in text
    )  # fmt: skip
    return " ".join("".join(letters).split())


@given(st.text(st.characters(codec=None)))
def test_a_safe_text_holds_only_letters_digits_and_entities(text):
    assert re.fullmatch(r"(?:[A-Za-z0-9]|&#\d+;)*", safe_text(text))


@given(st.text())
def test_a_safe_text_is_read_back_by_a_browser_as_the_same_letters(text):
    assert " ".join(html.unescape(safe_text(text)).split()) == as_shown(text)


def test_data_is_made_safe_to_its_last_text():
    given_data = {"a": ["<", ("{{", 1, None, True)], "b": {"c": "x_y"}}
    assert safe_data(given_data) == {"a": ["&#60;", ["&#123;&#123;", 1, None, True]], "b": {"c": "x&#95;y"}}


def ten_sinks(name):
    """The name in each of the ten places where folium takes a text."""
    made = OfflineMap(location=[53.7, -2.7], zoom_start=9, tiles=None)
    Page(html.unescape(name)).add_child(made)
    at, place = [53.7, -2.7], {"type": "Point", "coordinates": [-2.7, 53.7]}
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": place}
    collection = {"type": "FeatureCollection", "features": [feature]}

    def point():
        return folium.CircleMarker(at)

    folium.CircleMarker(at, popup=name).add_to(made)
    point().add_child(folium.Popup(name, show=True)).add_to(made)
    folium.CircleMarker(at, tooltip=folium.Tooltip(name, permanent=True)).add_to(made)
    folium.Marker(at, icon=folium.DivIcon(html=name)).add_to(made)
    folium.FeatureGroup(name=name).add_to(made)
    folium.TileLayer(tiles="data:,", attr=name, name="tiles").add_to(made)
    for extra in (
        {"tooltip": folium.GeoJsonTooltip(["name"], aliases=[name])},
        {"popup": folium.GeoJsonPopup(["name"], aliases=[name])},
    ):
        folium.GeoJson(collection, marker=point(), **extra).add_to(made)
    made.add_child(LinearColormap(["red", "blue"], caption=name))
    made.add_child(FastMarkerCluster([[53.7, -2.7, name]]))
    folium.LayerControl(collapsed=False).add_to(made)
    return made.get_root()


@pytest.mark.parametrize("name", HOSTILE)
def test_in_all_ten_sinks_a_name_is_only_shown(name):
    """Rendered, the page is the same as with a harmless name, but for the name's own entities."""
    plain, hostile = (re.sub("[0-9a-f]{32}", "", ten_sinks(word).render()) for word in ("harmless", safe_text(name)))
    written = {safe_text(name), safe_text(name).replace("&", "\\u0026"), safe_text(safe_text(name))}
    for form in sorted(written, key=len, reverse=True):
        hostile = hostile.replace(form, "harmless")
    assert hostile == plain


def test_the_sinks_are_dangerous_without_the_door():
    """The test above can fail: as it stands, a name is evaluated, and one blanks the page."""
    assert "49" in ten_sinks("{{ 7*7 }}").render().split("<body>")[1]
    with pytest.raises(Exception, match="off"):
        ten_sinks("50% {% off").render()


@pytest.mark.parametrize("start", range(len(HOSTILE)))
def test_every_name_of_a_plan_is_only_shown(start):
    """Each hostile name in turn stands in every field: the page then holds nothing but entities of it."""
    case, settings, plan = hostile_plan(cycle([HOSTILE[start]]))
    page = map_html(case, settings, plan)
    assert HOSTILE[start] in map_table(case, plan)[2].rows[0][0]
    if re.search(r"[^\w\s-]", HOSTILE[start]) and len(HOSTILE[start]) > 4:
        assert HOSTILE[start] not in page
    assert safe_text(HOSTILE[start]) in page


def open_page(folder: Path, page: str, bypass: bool):
    """What a browser makes of the page when everything in it is opened: its texts, errors and requests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    file = folder / "map.html"
    file.write_text(page, "utf-8")
    errors, requests = [], []
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=bypass, viewport={"width": 1440, "height": 900})
        context.route("**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort())
        opened = context.new_page()
        opened.on("request", lambda request: requests.append(request.url))
        opened.on("console", lambda message: errors.append(message.text))
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on("dialog", lambda dialog: (errors.append("dialog"), dialog.dismiss()))
        opened.goto(file.as_uri())
        found = opened.evaluate(OPEN_EVERYTHING, FORBIDDEN)
        browser.close()
    away = [url for url in requests if url != file.as_uri() and not url.startswith("data:")]
    return found, errors, away


@browser_only
@pytest.mark.browser
@pytest.mark.parametrize("bypass", [True, False], ids=["door alone", "door and policy"])
def test_in_a_browser_no_name_runs_none_asks_the_network_and_all_are_shown(tmp_path, bypass):
    case, settings, plan = hostile_plan(cycle(HOSTILE))
    found, errors, away = open_page(tmp_path, map_html(case, settings, plan), bypass)
    assert found["ran"] is None
    assert not found["polluted"]
    assert found["elements"] == 0
    assert errors == []
    assert away == []
    assert found["paths"] > 10
    everything = " ".join((found["page"] + " ".join(found["popups"])).split())
    names = [record.name for table in (case.sites, case.producers, case.products) for record in table.values()]
    for name in (*names, *(lot.name for lot in plan.lots)):
        assert as_shown(name) in everything


@browser_only
@pytest.mark.browser
@pytest.mark.parametrize("start", range(0, len(HOSTILE), 13))
def test_in_a_browser_every_name_has_stood_in_every_sort_of_field(tmp_path, start):
    order = cycle([*HOSTILE[start:], *HOSTILE[:start]])
    found, errors, away = open_page(tmp_path, map_html(*hostile_plan(order)), bypass=True)
    assert (found["ran"], found["elements"], errors, away) == (None, 0, [], [])
    assert found["paths"] > 10


@browser_only
@pytest.mark.browser
def test_in_a_browser_every_popup_has_the_facts_of_its_row(tmp_path):
    case, settings, plan = sample_case(), sample_settings(), sample_plan()
    found, errors, _ = open_page(tmp_path, map_html(case, settings, plan), bypass=False)
    assert errors == []
    assert found["title"] == "Vale: 5 lots and who would fill them"
    popups = [" ".join(popup.split()) for popup in found["popups"]]
    for table in map_table(case, plan, 9):
        upto = 6 if table.headings[0] == "From" else len(table.headings)
        for row in table.rows:
            said = row[0] + "".join(
                heading + cell for heading, cell in zip(table.headings[1:upto], row[1:upto], strict=True)
            )
            assert any(popup.startswith(" ".join(said.split())) for popup in popups), row
