// The drawing, by vis-network: positions come with the page, nothing moves by itself.
const INK = "#1b2430";
const FAINT = "#e3e7ec";
const HUBS = window.innerWidth < 720 ? 6 : 14;
const LABELLED_EDGES = 140;
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let drawing = null;
let moved = false;
let shownPairs = new Map();

function neighbours() {
  const chosen = state.chosen;
  if (chosen.kind === "pair") return new Set([chosen.a, chosen.b]);
  if (chosen.kind === "statement") {
    const statement = statementById.get(chosen.id);
    return new Set([statement.subject, statement.object]);
  }
  if (chosen.kind !== "entity") return null;
  return new Set([chosen.place, ...statementsOf[chosen.place].flatMap((statement) => [statement.subject, statement.object])]);
}

function lit(a, b) {
  const chosen = state.chosen;
  if (chosen.kind === "entity") return a === chosen.place || b === chosen.place;
  if (chosen.kind === "pair") return pairKey(a, b) === pairKey(chosen.a, chosen.b);
  if (chosen.kind === "statement") {
    const statement = statementById.get(chosen.id);
    return pairKey(a, b) === pairKey(statement.subject, statement.object);
  }
  return false;
}

function nodeStyle(place, near, readable) {
  const faded = near !== null && !near.has(place);
  const colour = COLOURS[DATA.entities[place].type];
  return {
    ...DATA.nodes[place],
    label: shortNameOf(place),
    shape: "dot",
    color: { background: faded ? FAINT : colour, border: faded ? FAINT : colour, highlight: { background: colour, border: INK } },
    font: { color: faded ? "#b5bdc8" : INK, size: readable.has(place) ? steady(14) : 13, strokeWidth: 4, strokeColor: "#ffffff" },
    borderWidthSelected: 3,
  };
}

function nodeStyles(places, near) {
  const readable = important(near);
  return places.map((place) => nodeStyle(place, near, readable));
}

function edgeStyle(key, statements, near) {
  const [a, b] = key.split(" ").map(Number);
  const bright = lit(a, b);
  // The line stands for all statements of the pair; it is named after the one that was chosen.
  const first = statements.filter((statement) => bright && state.chosen.id === statement.id);
  const label = [...new Set([...first, ...statements].map(relationOf))];
  const directed = statements.filter((statement) => !DATA.relations[statement.relation].symmetric);
  const uncertain = statements.every((statement) => statement.modality !== "asserted");
  return {
    id: key, from: a, to: b,
    label: bright || (near === null && shownPairs.size <= LABELLED_EDGES) ? (label.length > 1 ? `${label[0]} +${label.length - 1}` : label[0]) : undefined,
    arrows: { to: { enabled: directed.some((statement) => statement.object === b), scaleFactor: 0.6 }, from: { enabled: directed.some((statement) => statement.object === a), scaleFactor: 0.6 } },
    width: Math.min(1.6 + Math.log2(statements.length), 7) + (bright ? 1 : 0),
    dashes: uncertain ? [6, 5] : false,
    color: { color: bright ? "#0b5cad" : near === null ? "#8f9bab" : FAINT, highlight: "#0b5cad", hover: "#0b5cad" },
    font: { size: bright ? steady(12) : 11, color: "#4a5563", strokeWidth: 3, strokeColor: "#ffffff", align: "middle" },
  };
}

// The labels that must be read at any zoom: what is chosen and its neighbours, else the best connected.
function important(near) {
  return near !== null && near.size <= 60 ? near : new Set(ranked.slice(0, HUBS));
}

// A size on the screen that does not shrink when the picture does.
function steady(size) {
  const scale = drawing ? drawing.getScale() : 1;
  return Math.min(size / Math.min(scale, 1), 200);
}

function paint() {
  const near = neighbours();
  nodes.update(nodeStyles(nodes.getIds(), near));
  edges.update([...shownPairs].map(([key, statements]) => edgeStyle(key, statements, near)));
}

function drawPicture(statements, entities) {
  const near = neighbours();
  shownPairs = new Map();
  for (const statement of statements) {
    if (statement.subject === statement.object || !entities.has(statement.subject) || !entities.has(statement.object)) continue;
    const key = pairKey(statement.subject, statement.object);
    if (!shownPairs.has(key)) shownPairs.set(key, []);
    shownPairs.get(key).push(statement);
  }
  nodes.clear();
  edges.clear();
  nodes.add(nodeStyles([...entities], near));
  edges.add([...shownPairs].map(([key, group]) => edgeStyle(key, group, near)));
  if (drawing) drawing.setOptions({ edges: { smooth: smooth() } });
}

function smooth() {
  return shownPairs.size > 800 ? false : { enabled: true, type: "continuous", roundness: 0.3 };
}

function startPicture(place) {
  drawing = new vis.Network(place, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { scaling: { label: { enabled: false, drawThreshold: 6, maxVisible: 120 } } },
    edges: { smooth: smooth(), scaling: { label: { drawThreshold: 7 } }, hoverWidth: 1, selectionWidth: 1 },
    interaction: { hover: true, tooltipDelay: 10000, keyboard: false, hideEdgesOnDrag: shownPairs.size > 1500, hideEdgesOnZoom: shownPairs.size > 1500, multiselect: false },
  });
  drawing.on("click", (event) => {
    if (event.nodes.length) choose({ kind: "entity", place: event.nodes[0] });
    else if (event.edges.length) {
      const [a, b] = String(event.edges[0]).split(" ").map(Number);
      const between = shownPairs.get(pairKey(a, b)) || [];
      choose(between.length === 1 ? { kind: "statement", id: between[0].id } : { kind: "pair", a, b });
    } else choose({ kind: "none" });
  });
  let waiting = false;
  drawing.on("zoom", () => {
    moved = true;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paint(); });
  });
  drawing.on("dragStart", () => { moved = true; });
  // The canvas gets its size late, and again when a panel opens: the picture follows until the reader moves it.
  drawing.on("resize", () => { if (!moved) requestAnimationFrame(look); });
}

function look() {
  const near = neighbours();
  const seen = near === null ? [] : [...near].filter((place) => nodes.get(place));
  if (state.chosen.kind === "entity" && nodes.get(state.chosen.place)) drawing.selectNodes([state.chosen.place]);
  else drawing.unselectAll();
  drawing.fit({ ...(seen.length ? { nodes: seen } : {}), animation: false, maxZoomLevel: 1.3 });
  paint();
}

function fit() {
  moved = false;
  drawing.fit({ animation: false, maxZoomLevel: 1.3 });
  paint();
}

function savePicture() {
  const drawn = document.querySelector("#picture canvas");
  const copy = element("canvas", { width: drawn.width, height: drawn.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => {
    const url = URL.createObjectURL(blob);
    element("a", { href: url, download: "graph.png" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
}
