// The drawing that one can move and click, by vis-network.
const MANY_LINES = 1500;
const live = { network: null, nodes: null, edges: null, styled: "", light: false, again: true };

const networkDrawing = {
  getScale: () => live.network.getScale(),
  getViewPosition: () => live.network.getViewPosition(),
  getPositions: (places) => live.network.getPositions(places),
  moveTo: (view) => live.network.moveTo(view),
  show(everything) {
    if (everything) { live.nodes.clear(); live.edges.clear(); live.styled = ""; }
    synchronise();
    lighten(picture.pairs.size > MANY_LINES);
  },
  restyle,
  resize: () => live.network.setSize("100%", "100%"),
};

// Brings the data sets of vis-network to what should be drawn.
function synchronise() {
  const { nodes, edges } = live;
  const known = new Set(nodes.getIds());
  edges.remove(edges.getIds().filter((key) => !picture.pairs.has(key)));
  nodes.remove([...known].filter((place) => !picture.spots.has(place)));
  nodes.add([...picture.spots].filter(([place]) => !known.has(place)).map(([place, { x, y }]) => ({ id: place, x, y })));
  restyle();
}

// With very many lines, none is drawn while the picture moves.
function lighten(light) {
  if (live.light === light) return;
  live.light = light;
  live.network.setOptions({ interaction: { hover: !light, hideEdgesOnDrag: light, hideEdgesOnZoom: light } });
}

// Widths stay those of the screen while the reader zooms.
function restyle() {
  const scale = scaleNow();
  const style = `${scale.toPrecision(3)} ${JSON.stringify(state.chosen)} ${document.documentElement.dataset.theme} ${picture.pairs.size > DENSE}`;
  const stale = [...picture.pairs.values()].filter((pair) => style !== live.styled || !live.edges.get(pair.key));
  live.styled = style;
  live.again = true;
  if (stale.length) live.edges.update(stale.map((pair) => edgeStyle(pair, picture.lit, scale)));
  else live.network.redraw();
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
    requestAnimationFrame(() => { waiting = false; restyle(); });
  });
  network.on("dragEnd", () => { picture.moved = true; settle(); });
  network.on("afterDrawing", (pen) => {
    drawLabels(pen);
    // vis-network draws lines before it knows how large their ends have become.
    if (live.again) { live.again = false; requestAnimationFrame(() => network.redraw()); } else uncover();
  });
}

// The text of vis-network becomes a script; the page's policy knows its hash, as that of every script.
function readLibrary() {
  const text = at("library");
  text.replaceWith(element("script", {}, text.textContent));
}

// Takes over from the still picture: the same things, seen from the same place.
function startNetwork() {
  readLibrary();
  const view = { position: picture.drawing.getViewPosition(), scale: scaleNow(), animation: false };
  Object.assign(live, { nodes: new vis.DataSet(), edges: new vis.DataSet() });
  live.network = new vis.Network(at("picture"), { nodes: live.nodes, edges: live.edges }, {
    physics: false,
    autoResize: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", ctxRenderer: drawNode, chosen: false },
    edges: { smooth: false, chosen: false, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
    interaction: { hover: true, tooltipDelay: 1e9, keyboard: false, multiselect: false, selectConnectedEdges: false },
  });
  // The frame round it has the keyboard.
  at("picture").querySelector(".vis-network").removeAttribute("tabindex");
  picture.drawing = networkDrawing;
  picture.drawing.moveTo(view);
  picture.drawing.show(true);
  listen(live.network);
  settle();
  if (state.view !== "graph") uncover();
}

// Once vis-network has drawn all of it, the still picture above it goes.
function uncover() {
  if (!at("still")) return;
  at("still").remove();
  document.documentElement.dataset.ready = "true";
}
