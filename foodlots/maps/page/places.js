/* What stands still: the land, kitchens, producers and depots, each with its facts. */

const MANY_KITCHENS = 120;  // more than these are drawn smaller

function factTable(headings, facts, upTo) {
  const rows = facts.slice(1, upTo).map((text, index) =>
    "<tr><th scope='row'>" + headings[index + 1] + "</th><td>" + text + "</td></tr>");
  return "<table class='facts'><caption>" + facts[0] + "</caption>" + rows.join("") + "</table>";
}

function monthBars(data, gbp) {
  const most = Math.max(...gbp) || 1;
  const bars = gbp.map((part, index) =>
    "<g><title>" + data.months[index] + "</title><rect x='" + index * 18 + "' y='" + (34 - 32 * part / most) +
    "' width='14' height='" + 32 * part / most + "' fill='#23303a'/><text x='" + (index * 18 + 7) +
    "' y='46' text-anchor='middle' font-size='10'>" + data.months[index].charAt(0) + "</text></g>");
  return "<svg viewBox='0 0 214 48' width='214' height='48' aria-hidden='true'>" + bars.join("") + "</svg>";
}

function drawLand(map, data, names) {
  data.land.forEach((geometry) => L.geoJSON(geometry, {
    pane: "land", interactive: false,
    style: () => ({ color: "#b9bfb9", weight: 1, fillColor: "#f7f5ef", fillOpacity: 1 }),
  }).addTo(map));
  const written = data.districts.map((place) => ["district", place]).concat(data.outcodes.map((place) => ["outcode", place]));
  written.forEach(([kind, [text, lat, lon]]) => L.marker([lat, lon], {
    pane: "towns", interactive: false, keyboard: false,
    icon: L.divIcon({ className: "leaflet-div-icon", iconSize: [0, 0], html: "<span class='town " + kind + "'>" + text + "</span>" }),
  }).addTo(names));
}

function drawKitchens(data, layer, style) {
  const most = Math.max(1, ...data.kitchens.map((kitchen) => kitchen.meals));
  const crowd = Math.min(1, Math.max(0.5, Math.sqrt(MANY_KITCHENS / data.kitchens.length)));
  return data.kitchens.map((kitchen) => L.circleMarker(kitchen.at, {
    pane: "kitchens", radius: (2.4 + 4.6 * Math.sqrt(kitchen.meals / most)) * crowd, bubblingMouseEvents: false,
    color: style.ink, weight: 1.6 * Math.sqrt(crowd), fillColor: "#ffffff", fillOpacity: 1,
  }).bindPopup(() => factTable(data.headings.kitchens, kitchen.facts), { maxWidth: 340 }).addTo(layer));
}

function drawProducers(data, layers, style, focusOn) {
  return data.producers.map((producer, index) => {
    const shape = style.shapes[producer.kind];
    const size = { wins: 20, grows: 14, none: 9 }[producer.part];
    const inPlan = producer.part !== "none";
    const name = producer.part === "wins" ? "<span class='name'>" + producer.facts[0] + "</span>"
      : "<span class='hidden-text'>" + producer.facts[0] + "</span>";
    const html = "<svg viewBox='0 0 20 20' aria-hidden='true'><path d='" + shape.path + "' fill='" +
      (inPlan ? shape.fill : "#ffffff") + "' stroke='" + (inPlan ? style.ink : "#6d7880") + "' stroke-width='" +
      (inPlan ? 1.6 : 2.4) + "' stroke-linejoin='round'" + (producer.assumed ? " stroke-dasharray='3 2.4'" : "") +
      "/></svg>" + name;
    const marker = L.marker(producer.at, {
      keyboard: producer.part === "wins", zIndexOffset: { wins: 800, grows: 400, none: 0 }[producer.part], bubblingMouseEvents: false,
      icon: L.divIcon({ className: "leaflet-div-icon mark " + producer.part, iconSize: [size, size], html: html }),
    });
    marker.bindPopup(() => factTable(data.headings.producers, producer.facts), { maxWidth: 340 });
    if (inPlan) { marker.on("click", () => focusOn({ producer: index })); }
    marker.addTo(inPlan ? layers.winners : layers.others);
    return marker;
  });
}

function drawDepots(data, layer, style) {
  data.depots.forEach((depot) => L.marker(depot.at, {
    zIndexOffset: 700, bubblingMouseEvents: false,
    icon: L.divIcon({
      className: "leaflet-div-icon mark", iconSize: [20, 20],
      html: "<svg viewBox='0 0 20 20' aria-hidden='true'><path d='M10 1 19 9V19H1V9Z' fill='" + style.ink +
        "' stroke='#fff' stroke-width='1.5'/></svg><span class='name'>" + depot.facts[0] + "</span>",
    }),
  }).bindPopup(() => factTable(data.headings.depots, depot.facts), { maxWidth: 340 }).addTo(layer));
}

function markKitchens(kitchens, data, style, shown) {
  const chosen = shown.lot < 0 ? null : new Set(data.lots[shown.lot].kitchens);
  const ink = shown.lot < 0 ? null : lotInk(data.lots[shown.lot], style).colour;
  kitchens.forEach((marker, index) => {
    const served = !chosen || chosen.has(index);
    marker.setStyle({ opacity: served ? 1 : 0.2, fillOpacity: served ? 1 : 0.3, fillColor: chosen && served ? ink : "#ffffff" });
  });
}

function markProducers(producers, data, shown) {
  const all = shown.lot < 0 && shown.producer < 0;
  const taking = new Set(data.flows.filter((flow) => flowIsShown(flow, shown)).flatMap((flow) => flow.producers));
  producers.forEach((marker, index) => {
    const element = marker.getElement();
    if (element) { element.classList.toggle("aside", !all && !taking.has(index)); }
  });
}
