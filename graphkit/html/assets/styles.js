// How entities and lines look. Sizes are pixels of the screen, at any zoom.
const CERTAINTY = ["asserted", "planned", "proposed", "possible", "negated"];
const DASHES = { asserted: null, planned: [9, 5], proposed: [9, 5], possible: [2, 4], negated: [4, 4] };
const MARKS = { negated: "✕", differing: "≠" };

// With more lines than this, they are drawn fainter.
const DENSE = 180;

// A line that leaves no such length between two circles has no arrow.
const ARROW = 18;

// vis-network ends lines at a box; one of so many radii lies between the squares within and around the circle.
const BOX = 1.75;

function radiusOf(place, scale) {
  return ENTITIES[place].size * 0.42 * Math.min(1.8, Math.max(0.75, scale ** 0.35));
}

// The line of a pair is as certain as the most certain of its statements.
function lineOf(pair) {
  if (pair.line) return pair.line;
  const said = new Set(pair.statements.map((statement) => MODALITIES[statement.modality]));
  const certainty = CERTAINTY.find((name) => said.has(name));
  const differing = pair.statements.some((statement) => statement.differs.length);
  const directed = pair.statements.filter((statement) => !RELATIONS[statement.relation].symmetric);
  pair.line = {
    dash: DASHES[certainty],
    width: Math.min(1.1 + 0.9 * Math.log2(sourcesOf(pair)), 6.5),
    colour: certainty === "negated" ? "denied" : differing ? "disputed" : "edge",
    mark: certainty === "negated" ? MARKS.negated : differing ? MARKS.differing : "",
    forward: directed.some((statement) => statement.subject === pair.a),
    backward: directed.some((statement) => statement.subject === pair.b),
  };
  return pair.line;
}

function lineLabel(pair) {
  const key = `${language} ${state.chosen.kind === "statement" ? state.chosen.id : ""}`;
  if (pair.labelled !== key) { pair.labelled = key; pair.label = labelOf(pair); }
  return pair.label;
}

function labelOf(pair) {
  const counts = counted([...pair.statements].map((statement) => statement.relation));
  const [most] = [...counts.entries()].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  const chosen = state.chosen.kind === "statement" && pair.statements.find((statement) => statement.id === state.chosen.id);
  const words = relationLabel(chosen ? chosen.relation : most) + (counts.size > 1 ? " …" : "");
  const count = pair.statements.length > 1 ? `(${number(pair.statements.length)})` : "";
  return visible(shortened([lineOf(pair).mark, words, count].filter(Boolean).join(" "), 34));
}

// What is chosen, and what it is linked to; null where nothing is.
function highlight() {
  const chosen = state.chosen;
  if (chosen.kind === "pair") return new Set([chosen.a, chosen.b]);
  if (chosen.kind === "statement") {
    const { subject, object } = statementById.get(chosen.id);
    return new Set([subject, object]);
  }
  if (chosen.kind === "path") return new Set(shortestPath(chosen.from, chosen.to));
  if (chosen.kind === "entity") return new Set([chosen.place, ...current.near[chosen.place].map((pair) => otherEnd(pair, chosen.place))]);
  return null;
}

function isLit(pair, lit) {
  if (lit === null) return false;
  const chosen = state.chosen;
  if (chosen.kind === "entity") return pair.a === chosen.place || pair.b === chosen.place;
  if (chosen.kind !== "path") return lit.has(pair.a) && lit.has(pair.b);
  const path = [...lit];
  return path.some((place, n) => n > 0 && pairKey(place, path[n - 1]) === pair.key);
}

function nodeLook(place, lit) {
  const faded = lit !== null && !lit.has(place);
  const picked = state.chosen.kind === "entity" && state.chosen.place === place;
  return { fill: faded ? colours.faint : colours.types[ENTITIES[place].type], rim: picked ? colours.ink : colours.paper, width: picked ? 3 : 1 };
}

// vis-network asks for every entity as it draws it, so the size on the screen is right at any zoom.
function drawNode({ ctx: pen, id, x, y, state: { hover } }) {
  const scale = scaleNow();
  const radius = radiusOf(id, scale) / scale;
  const look = { ...nodeLook(id, picture.lit), ...(hover ? { rim: colours.ink, width: 2.5 } : {}) };
  return {
    drawNode: () => penCircle(pen, { x, y }, radius, { ...look, width: look.width / scale }),
    nodeDimensions: { width: BOX * radius, height: BOX * radius },
  };
}

function edgeStyle(pair, lit, scale) {
  const line = lineOf(pair);
  const bright = isLit(pair, lit);
  const colour = lit !== null && !bright ? colours.faint : bright && line.colour === "edge" ? colours.accent : colours[line.colour];
  const [from, to] = [picture.spots.get(pair.a), picture.spots.get(pair.b)];
  const roomy = Math.hypot(to.x - from.x, to.y - from.y) * scale > radiusOf(pair.a, scale) + radiusOf(pair.b, scale) + ARROW + 2 * line.width;
  const arrow = (wanted) => ({ enabled: wanted && roomy, scaleFactor: Math.max(0.05, (7.5 - 1.6 * line.width) / 15) / scale });
  return {
    id: pair.key, from: pair.a, to: pair.b,
    width: (line.width + (bright ? 0.8 : 0)) / scale,
    dashes: line.dash ? line.dash.map((part) => part / scale) : false,
    arrows: { to: arrow(line.forward), from: arrow(line.backward) },
    color: { color: colour, opacity: lit === null && line.colour === "edge" && picture.pairs.size > DENSE ? 0.55 : 1, hover: colours.accent, highlight: colours.accent },
  };
}
