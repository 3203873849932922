"use strict";

/* Draws a plan on a Leaflet map and answers to its layers. Every text in `data` is already written as
   character entities: put into the page as HTML, it can only be shown. */

const AFTER_ZOOM = 400;  // milliseconds until everything has slid to its new place

function drawPlan(map, data, style, layers) {
  const view = { focus: null };
  const drawn = { flows: L.layerGroup().addTo(map), lots: L.layerGroup(), gaps: L.layerGroup() };
  makePanes(map);
  drawLand(map, data, layers.names);
  const kitchens = drawKitchens(data, layers.kitchens, style);
  const producers = drawProducers(data, layers, style, focusOn);
  drawDepots(data, layers.winners, style);
  listLots(data, style, focusOn);
  drawn.lots.addTo(layers.lots);
  drawn.gaps.addTo(layers.gaps);
  arrangePage(map, data);

  function focusOn(focus) {
    view.focus = focus && view.focus && focus.lot === view.focus.lot && focus.producer === view.focus.producer ? null : focus;
    const chosen = redraw();
    if (chosen) { chosen.openPopup(); }
  }

  function redraw() {
    const shown = whatIsShown(map, data, layers, view.focus);
    drawFlows(drawn.flows, data, style, shown);
    const chosen = drawLots(drawn.lots, map, data, style, shown, focusOn);
    drawGaps(drawn.gaps, map, data, style, shown, (lot) => focusOn({ lot: lot }));
    markKitchens(kitchens, data, style, shown);
    markProducers(producers, data, shown);
    document.querySelectorAll("#lots button").forEach((button, lot) =>
      button.setAttribute("aria-pressed", String(shown.lot === lot)));
    thinNames(map);
    return chosen;
  }

  map.on("baselayerchange overlayadd overlayremove", redraw);
  map.on("zoomend", () => { redraw(); window.setTimeout(() => thinNames(map), AFTER_ZOOM); });
  map.on("zoomend", () => map.getContainer().classList.toggle("close", map.getZoom() > map.getMinZoom() + 1.6));
  map.on("click", () => focusOn(null));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { map.closePopup(); focusOn(null); } });
  redraw();
}

function makePanes(map) {
  ["land", "towns", "outlines", "flows", "kitchens", "gaps"].forEach((name, place) => {
    map.createPane(name).style.zIndex = 310 + 20 * place;
  });
  map.getPane("towns").style.pointerEvents = "none";
}

function arrangePage(map, data) {
  const [south, west, north, east] = data.view;
  map.fitBounds([[south, west], [north, east]], { padding: [28, 28] });
  map.setMaxBounds(map.getBounds().pad(1));
  map.setMinZoom(map.getZoom() - 1);
  viewButtons(map, data).addTo(map);
  L.control.scale({ imperial: true, metric: true }).addTo(map);
  const control = document.querySelector(".leaflet-control-layers");
  const home = document.getElementById("layers");
  if (control && home) { home.appendChild(control); }
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", "Map of the plan. The same facts stand in the tables below it.");
}

function viewButtons(map, data) {
  const buttons = L.control({ position: "topleft" });
  buttons.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar views");
    L.DomEvent.disableClickPropagation(bar);
    [["Whole plan", data.view], ["Kitchens", data.near]].forEach(([words, [south, west, north, east]]) => {
      const button = L.DomUtil.create("button", "", bar);
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => map.fitBounds([[south, west], [north, east]], { padding: [28, 28] }));
    });
    return bar;
  };
  return buttons;
}

function whatIsShown(map, data, layers, focus) {
  const month = data.months.findIndex((name, index) => map.hasLayer(layers["month" + (index + 1)]));
  const lot = focus && focus.lot !== undefined ? focus.lot : -1;
  return {
    month: month,
    category: (index) => map.hasLayer(layers["category" + index]),
    lot: lot,
    producer: focus && focus.producer !== undefined ? focus.producer : -1,
    layer: (name) => map.hasLayer(layers[name]),
    amount: (gbp) => month < 0 ? gbp.reduce((sum, part) => sum + part, 0) : gbp[month],
    period: month < 0 ? "a year" : "in " + data.months[month],
  };
}

/* Names give way where they would cover one another. */
function thinNames(map) {
  const all = (found) => Array.from(map.getContainer().querySelectorAll(found));
  const taken = all(".pill, .group, .wins svg").map((element) => element.getBoundingClientRect());
  all(".name, .town").forEach((element) => {
    const box = firstFree(element, taken);
    element.style.visibility = box ? "visible" : "hidden";
    if (box) { taken.push(box); }
  });
}

/* The first place where a name covers nothing: to the right of its sign, or to the left. */
function firstFree(element, taken) {
  for (const side of element.classList.contains("name") ? ["right", "left"] : ["right"]) {
    element.classList.toggle("left", side === "left");
    const box = element.getBoundingClientRect();
    if (box.width && !taken.some((other) => overlap(box, other))) { return box; }
  }
  return null;
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
