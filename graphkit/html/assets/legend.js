// What the colours and lines mean; a click on a type shows or hides it.
function shownTypes() {
  const used = new Set(ENTITIES.filter(({ place }) => statementsOf[place].length).map((entity) => entity.type));
  return TYPES.map((_, n) => n).filter((n) => used.has(n) && (n !== QUANTITY || state.quantities));
}

function typeKey(type) {
  const off = state.hidden.type.has(type);
  return element("li", {}, button([element("span", { class: "dot", style: { "background-color": colours.types[type] } }), text(`type.${TYPES[type]}`)],
    () => { toggleFacet("type", type); }, { class: off ? "key off" : "key", "aria-pressed": String(!off) }));
}

function lineKey(words, colour, dash, width, mark) {
  return element("li", { class: "key" },
    drawn("svg", { width: 34, height: 12, "aria-hidden": "true" },
      drawn("line", { x1: 1, y1: 6, x2: 33, y2: 6, stroke: colours[colour], "stroke-width": width, "stroke-dasharray": dash ? dash.join(" ") : null }),
      mark && drawn("text", { x: 17, y: 10, "text-anchor": "middle", "font-size": 11, fill: colours[colour], stroke: colours.paper, "stroke-width": 3, "paint-order": "stroke" }, mark)),
    words);
}

function lineKeys() {
  const said = new Set(STATEMENTS.map((statement) => MODALITIES[statement.modality]));
  const differing = STATEMENTS.some((statement) => statement.differs.length);
  return [
    lineKey(text("modality.asserted"), "edge", null, 1.5),
    (said.has("planned") || said.has("proposed")) && lineKey(text("plannedOrProposed"), "edge", DASHES.planned, 1.5),
    said.has("possible") && lineKey(text("modality.possible"), "edge", DASHES.possible, 1.5),
    said.has("negated") && lineKey(text("modality.negated"), "denied", DASHES.negated, 1.5, MARKS.negated),
    differing && lineKey(text("differing"), "disputed", null, 1.5, MARKS.differing),
    lineKey(text("moreSources"), "edge", null, 5),
  ];
}

function drawLegend() {
  at("legend-keys").replaceChildren(
    element("ul", { "aria-label": text("types") }, shownTypes().map(typeKey)),
    element("ul", { "aria-label": text("lines") }, lineKeys()));
}
