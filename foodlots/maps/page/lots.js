/* The lots and their gaps, drawn again whenever the month, a category, the choice or the zoom changes. */

const LARGEST_GAP = 34;  // pixels
const MANY_LOTS = 24;  // the outlines of more than these are drawn fainter

function lotInk(lot, style) {
  return lot.categories.length === 1 ? style.inks[lot.categories[0]] : style.several;
}

function pill(lot, style, extra) {
  const ink = lotInk(lot, style);
  return "<span class='pill " + (lot.open ? "market " : "") + extra + "' style='--pill:" + ink.colour + ";--letters:" +
    ink.letters + ";--fill:" + Math.round(lot.fill * 100) + "%'>" + lot.facts[0] + "</span>";
}

function listLots(data, style, focusOn) {
  const home = document.getElementById("lots");
  if (!home) { return; }
  const entries = data.lots.map((lot, index) => ({ lot: lot, index: index }));
  home.appendChild(lotButtons(entries, style, (index) => focusOn({ lot: index })));
}

function drawLots(group, map, data, style, shown, focusOn) {
  group.clearLayers();
  const lots = lotEntries(data, style, shown);
  const strength = 0.65 * Math.min(1, Math.sqrt(MANY_LOTS / lots.length));
  lots.forEach((entry) => drawOutline(group, data, entry, strength));
  const choose = (index) => focusOn({ lot: index });
  const signs = gather(map, lots).map((near) => (near.length > 1 ? drawGroup : drawLot)(group, data, style, near, choose));
  return signs.find((marker) => marker.chosen);
}

function lotEntries(data, style, shown) {
  return data.lots.map((lot, index) => ({
    lot: lot, index: index, chosen: shown.lot === index, ink: lotInk(lot, style),
    faint: (shown.lot >= 0 && shown.lot !== index) || (shown.month >= 0 && !lot.months.includes(shown.month)),
  })).filter((entry) => entry.lot.categories.some(shown.category));
}

/* Lots whose numbers would cover one another are gathered under one sign; zooming in parts them. */
function gather(map, lots) {
  const groups = [];
  lots.forEach((entry) => {
    const at = map.latLngToLayerPoint(entry.lot.at);
    const covers = (group) => !group.alone && Math.abs(group.at.x - at.x) < 64 && Math.abs(group.at.y - at.y) < 36;
    const near = entry.chosen ? null : groups.find(covers);
    if (near) { near.push(entry); } else { groups.push(Object.assign([entry], { at: at, alone: entry.chosen })); }
  });
  return groups;
}

function drawOutline(group, data, entry, strength) {
  L.polygon(entry.lot.outline, {
    pane: "outlines", color: entry.ink.colour, weight: entry.chosen ? 3 : 1.2, opacity: entry.chosen ? 0.9 : entry.faint ? 0.1 : strength,
    dashArray: entry.lot.open ? "2 6" : null, fill: entry.chosen, fillOpacity: 0.13, bubblingMouseEvents: false,
    interactive: entry.chosen,
  }).bindPopup(lotPopup(data, entry), { maxWidth: 380 }).addTo(group);
  if (entry.chosen) { drawRound(group, data, entry.lot, entry.ink); }
}

function lotPopup(data, entry) {
  return () => factTable(data.headings.lots, entry.lot.facts);
}

function drawLot(group, data, style, [entry], choose) {
  const marker = sign(entry.lot.at, pill(entry.lot, style, entry.faint ? "faint" : ""), entry.chosen ? 2000 : 1000);
  marker.bindPopup(lotPopup(data, entry), { maxWidth: 380 }).on("click", () => choose(entry.index)).addTo(group);
  marker.chosen = entry.chosen;
  return marker;
}

function drawGroup(group, data, style, near, choose) {
  const bars = near.map((entry) => "<i class='" + (entry.lot.open ? "market" : "") + "' style='--pill:" + entry.ink.colour +
    ";--fill:" + Math.round(entry.lot.fill * 100) + "%'></i>").join("");
  const faint = near.every((entry) => entry.faint) ? " faint" : "";
  const html = "<span class='group" + faint + "'><b>" + near.length + " lots</b><span>" + bars + "</span></span>";
  return sign(near[0].lot.at, html, 1000).bindPopup(() => lotButtons(near, style, choose), { maxWidth: 340, maxHeight: 360 }).addTo(group);
}

function sign(at, html, height) {
  return L.marker(at, {
    zIndexOffset: height, bubblingMouseEvents: false,
    icon: L.divIcon({ className: "leaflet-div-icon lot", iconSize: [0, 0], html: "<span class='at'>" + html + "</span>" }),
  });
}

function lotButtons(entries, style, choose, amount) {
  const list = document.createElement("ul");
  list.className = "lots";
  entries.forEach((entry) => {
    const button = document.createElement("button");
    button.type = "button";
    button.innerHTML = pill(entry.lot, style, "") + "<span>" + entry.lot.facts[1] + "</span><small>" +
      (amount ? amount(entry) : entry.lot.facts[6]) + "</small>";
    button.addEventListener("click", () => choose(entry.index));
    list.appendChild(document.createElement("li")).appendChild(button);
  });
  return list;
}

function drawRound(group, data, lot, ink) {
  const stops = lot.round.map((kitchen) => data.kitchens[kitchen].at);
  if (stops.length > 1) {
    L.polyline(stops.concat([stops[0]]), { pane: "outlines", color: ink.colour, weight: 1.5, dashArray: "3 4", interactive: false })
      .addTo(group);
  }
}

function drawGaps(group, map, data, style, shown, choose) {
  group.clearLayers();
  const gap = (lot) => lot.categories.some(shown.category) ? shown.amount(lot.gap) : 0;
  const groups = gather(map, lotEntries(data, style, shown).filter((entry) => gap(entry.lot) > 0))
    .map((near) => ({ near: near, gbp: near.reduce((sum, entry) => sum + gap(entry.lot), 0) }));
  const most = Math.max(1, ...groups.map((found) => found.gbp));
  groups.forEach((found) => L.circleMarker(found.near[0].lot.at, {
    pane: "gaps", radius: 14 + LARGEST_GAP * Math.sqrt(found.gbp / most), color: "#d55e00", weight: 2, dashArray: "4 4",
    fillColor: "#d55e00", fillOpacity: 0.12, bubblingMouseEvents: false,
  }).bindPopup(() => gapList(found, shown, gap, style, choose), { maxWidth: 340, maxHeight: 360 }).addTo(group));
}

function gapList(found, shown, gap, style, choose) {
  const list = lotButtons(found.near, style, choose, (entry) => pounds(gap(entry.lot)));
  const heading = document.createElement("p");
  heading.className = "gap";
  heading.textContent = pounds(found.gbp) + " " + shown.period + " left to the open market";
  const box = document.createElement("div");
  box.append(heading, list);
  return box;
}
