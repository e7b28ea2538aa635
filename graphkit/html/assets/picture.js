// The drawing, by vis-network: positions come with the page, nothing moves by itself.
const MANY_LINES = 1500;
const CLOSEST = 1.4;
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
const picture = { network: null, lit: null, pairs: new Map(), spots: new Map(), moved: false, light: false, ordered: null, styled: "", again: true, frame: "" };

const scaleNow = () => (picture.network ? picture.network.getScale() : 1);

// What is in sight, with half a screen more on every side, in the units of the layout.
function sight() {
  const area = at("picture");
  const corner = picture.network.DOMtoCanvas({ x: 0, y: 0 });
  const [width, height] = [area.clientWidth / scaleNow(), area.clientHeight / scaleNow()];
  return { left: corner.x - width / 2, right: corner.x + 1.5 * width, top: corner.y - height / 2, bottom: corner.y + 1.5 * height };
}

function pairsAmong(places) {
  const found = new Map();
  for (const place of places) {
    for (const pair of current.near[place]) if (pair.a === place && places.has(pair.b)) found.set(pair.key, pair);
  }
  return found;
}

// Decides what to draw and where, looks there, and then draws it: sizes depend on how far away one looks.
function redraw(everything, look) {
  const places = wanted(everything ? null : sight());
  picture.lit = highlight();
  picture.pairs = pairsAmong(places);
  picture.spots = arranged(places);
  picture.ordered = null;
  if (look) look();
  if (everything) { nodes.clear(); edges.clear(); picture.styled = ""; }
  synchronise(places);
  lighten(picture.pairs.size > MANY_LINES);
  say();
}

// Brings the data sets of vis-network to what should be drawn.
function synchronise(places) {
  const known = new Set(nodes.getIds());
  edges.remove(edges.getIds().filter((key) => !picture.pairs.has(key)));
  nodes.remove([...known].filter((place) => !places.has(place)));
  nodes.add([...places].filter((place) => !known.has(place)).map((place) => ({ id: place, x: picture.spots.get(place).x, y: picture.spots.get(place).y })));
  resize();
}

// With very many lines, none is drawn while the picture moves.
function lighten(light) {
  if (picture.light === light || !picture.network) return;
  picture.light = light;
  picture.network.setOptions({ interaction: { hover: !light, hideEdgesOnDrag: light, hideEdgesOnZoom: light } });
}

// Widths stay those of the screen while the reader zooms.
function resize() {
  const scale = scaleNow();
  const style = `${scale.toPrecision(3)} ${JSON.stringify(state.chosen)} ${document.documentElement.dataset.theme} ${picture.pairs.size > DENSE}`;
  const stale = [...picture.pairs.values()].filter((pair) => style !== picture.styled || !edges.get(pair.key));
  picture.styled = style;
  picture.again = true;
  if (stale.length) edges.update(stale.map((pair) => edgeStyle(pair, picture.lit, scale)));
}

const settle = later(140, () => { if (state.view === "graph") redraw(false); });

// The view that has some spots in sight, with room for their names.
function framing(spots, closest) {
  const { clientWidth: width, clientHeight: height } = at("picture");
  const edge = (axis) => [spots.reduce((low, spot) => Math.min(low, spot[axis]), Infinity), spots.reduce((high, spot) => Math.max(high, spot[axis]), -Infinity)];
  const [[left, right], [top, bottom]] = [edge("x"), edge("y")];
  const room = { x: NARROW.matches ? 50 : 80, top: 40, bottom: 44 };
  const scale = Math.min((width - 2 * room.x) / (right - left + 1), (height - room.top - room.bottom) / (bottom - top + 1), closest || CLOSEST);
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + (room.bottom - room.top) / 2 / scale }, scale: Math.max(scale, 1e-4), animation: false };
}

function look(places) {
  const spots = [...places].map((place) => picture.spots.get(place)).filter(Boolean);
  if (!spots.length || !at("picture").clientWidth) return;
  picture.network.moveTo(framing(spots));
  settle();
}

function fit() {
  picture.moved = false;
  look(state.around !== null || state.chosen.kind === "path" ? picture.spots.keys() : overview());
}

function zoom(factor) {
  picture.moved = true;
  picture.network.moveTo({ scale: scaleNow() * factor, animation: false });
  resize();
  settle();
}

function pan(x, y) {
  picture.moved = true;
  const { x: left, y: top } = picture.network.getViewPosition();
  picture.network.moveTo({ position: { x: left + x / scaleNow(), y: top + y / scaleNow() }, animation: false });
  settle();
}

function placeNow() {
  const { x, y } = picture.network.getViewPosition();
  return `${Math.round(x)},${Math.round(y)},${Number(scaleNow().toPrecision(4))}`;
}

function clicked(event) {
  if (event.nodes.length) return choose({ kind: "entity", place: event.nodes[0] });
  const pair = event.edges.length ? picture.pairs.get(event.edges[0]) : null;
  if (!pair) return choose({ kind: "none" });
  return choose(pair.statements.length === 1 ? { kind: "statement", id: pair.statements[0].id } : { kind: "pair", a: pair.a, b: pair.b });
}

function tip(words, event) {
  const box = at("tip");
  box.hidden = !words;
  if (!words) return;
  box.textContent = shortened(words, 200);
  const { x, y } = event.pointer.DOM;
  const area = at("picture");
  box.style.left = `${Math.min(x + 14, area.clientWidth - box.offsetWidth - 8)}px`;
  box.style.top = `${Math.min(y + 14, area.clientHeight - box.offsetHeight - 8)}px`;
}

function pairWords(pair) {
  const [first] = pair.statements;
  return pair.statements.length === 1 ? inWords(first)
    : `${nameOf(pair.a)} – ${nameOf(pair.b)} · ${countOf("statementCount", pair.statements.length)}`;
}

function listen(network) {
  network.on("click", clicked);
  network.on("doubleClick", (event) => { if (event.nodes.length) around(event.nodes[0]); });
  network.on("hoverNode", (event) => tip(`${nameOf(event.node)} · ${typeOf(event.node)} · ${countOf("statementCount", statementsOf[event.node].length)}`, event));
  network.on("hoverEdge", (event) => { const pair = picture.pairs.get(event.edge); if (pair) tip(pairWords(pair), event); });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, () => tip(""));
  let waiting = false;
  network.on("zoom", () => {
    picture.moved = true;
    settle();
    if (waiting || picture.pairs.size > MANY_LINES) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; resize(); });
  });
  network.on("dragEnd", () => { picture.moved = true; settle(); });
  network.on("afterDrawing", (pen) => {
    drawLabels(pen);
    // vis-network draws lines before it knows how large their ends have become.
    if (picture.again) { picture.again = false; requestAnimationFrame(() => network.redraw()); }
  });
}

function startPicture() {
  picture.frame = `${at("picture").clientWidth} ${at("picture").clientHeight}`;
  picture.network = new vis.Network(at("picture"), { nodes, edges }, {
    physics: false,
    autoResize: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", ctxRenderer: drawNode, chosen: false },
    edges: { smooth: false, chosen: false, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
    interaction: { hover: true, tooltipDelay: 1e9, keyboard: false, multiselect: false, selectConnectedEdges: false },
  });
  // The frame round it has the keyboard.
  at("picture").querySelector(".vis-network").removeAttribute("tabindex");
  listen(picture.network);
  new ResizeObserver(resized).observe(at("picture"));
}

// The picture follows its frame until the reader moves it.
function resized() {
  const { clientWidth: width, clientHeight: height } = at("picture");
  if (!width || !height || picture.frame === `${width} ${height}`) return;
  picture.frame = `${width} ${height}`;
  picture.network.setSize("100%", "100%");
  current.widest = undefined;
  if (!picture.moved) { lookAtChosen(); resize(); }
  picture.network.redraw();
}

function lookAtChosen() {
  if (state.view !== "graph") return;
  if (state.chosen.kind === "none" || state.chosen.kind === "path" || state.around !== null) { fit(); return; }
  look(chosenPlaces());
}
