/* The flows of food, drawn again whenever the month, a category or the choice changes. */

const WIDEST = 14, NARROWEST = 1.1, NARROWEST_WITH_CORE = 4;  // pixels

function drawFlows(group, data, style, shown) {
  group.clearLayers();
  const visible = data.flows.filter((flow) => flowIsShown(flow, shown));
  const largest = Math.max(0, ...data.flows.map((flow) => shown.amount(flow.gbp)));
  const width = (gbp) => Math.max(NARROWEST, WIDEST * gbp / (largest || 1));
  const lines = visible.map((flow) => ({ flow: flow, way: arc(flow), width: width(shown.amount(flow.gbp)) }))
    .sort((one, other) => other.width - one.width);
  lines.filter((line) => !line.flow.member).forEach((line) => L.polyline(line.way, {
    pane: "flows", interactive: false, color: "#ffffff", opacity: 0.8, weight: line.width + 2, lineCap: "butt",
  }).addTo(group));
  lines.forEach((line) => drawFlow(group, data, style, line));
  showWidths(largest, width, shown.period);
}

function flowIsShown(flow, shown) {
  return shown.category(flow.category) && shown.amount(flow.gbp) > 0 && (!flow.member || shown.layer("members")) &&
    (shown.lot < 0 || flow.lot === shown.lot) &&
    (shown.producer < 0 || flow.producers.includes(shown.producer));
}

function drawFlow(group, data, style, line) {
  const ink = style.inks[line.flow.category], member = line.flow.member;
  L.polyline(line.way, {
    pane: "flows", color: ink.colour, weight: line.width, opacity: member ? 0.55 : 0.95, bubblingMouseEvents: false,
    dashArray: member ? (2 + line.width / 2) + " " + (3 + line.width / 2) : null, lineCap: "butt",
  }).bindPopup(() => factTable(data.headings.flows, line.flow.facts, 6) + monthBars(data, line.flow.gbp), { maxWidth: 340 })
    .addTo(group);
  if (!member && ink.core !== "none" && line.width >= NARROWEST_WITH_CORE) {
    L.polyline(line.way, {
      pane: "flows", interactive: false, color: "#ffffff", opacity: 0.95, weight: Math.max(1.2, line.width / 5), lineCap: "butt",
      dashArray: ink.core || null,
    }).addTo(group);
  }
}

function arc(flow) {
  const [south, west] = flow.from, [north, east] = flow.to;
  const narrow = Math.cos((south + north) * Math.PI / 360);
  const across = (east - west) * narrow, up = north - south;
  const bend = 0.1 + 0.05 * flow.category;
  const middle = [(south + north) / 2 + bend * across, (west + east) / 2 - bend * up / narrow];
  return Array.from({ length: 25 }, (_, step) => {
    const t = step / 24;
    return [0, 1].map((axis) => (1 - t) * (1 - t) * flow.from[axis] + 2 * t * (1 - t) * middle[axis] + t * t * flow.to[axis]);
  });
}

function showWidths(largest, width, period) {
  const home = document.getElementById("widths");
  if (!home) { return; }
  const steps = [1, 0.5, 0.1].map((share) => roundDown(largest * share)).filter((gbp, index, all) => gbp > 0 && all.indexOf(gbp) === index);
  home.innerHTML = steps.map((gbp) => "<li><svg width='44' height='18' aria-hidden='true'>" +
    "<path d='M2 9H42' stroke='#5b6670' stroke-width='" + width(gbp) + "'/></svg>" + pounds(gbp) + " " + period + "</li>").join("");
}

function roundDown(gbp) {
  const unit = Math.pow(10, Math.floor(Math.log10(Math.max(gbp, 1))));
  return [5, 2, 1].map((part) => part * unit).find((step) => step <= gbp) || 0;
}

function pounds(gbp) {
  return "£" + Math.round(gbp).toLocaleString("en-GB");
}
