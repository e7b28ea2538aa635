// What is drawn and from where one looks at it. Positions come with the page, nothing moves by itself.
const CLOSEST = 1.4;
// `drawing` draws it: the still picture first, then vis-network; both have the same few methods.
const picture = { drawing: null, lit: null, pairs: new Map(), spots: new Map(), moved: false, ordered: null, frame: "" };

const scaleNow = () => picture.drawing.getScale();

// What is in sight, with half a screen more on every side, in the units of the layout.
function sight() {
  const area = at("picture");
  const { x, y } = picture.drawing.getViewPosition();
  const [width, height] = [area.clientWidth / scaleNow(), area.clientHeight / scaleNow()];
  return { left: x - width, right: x + width, top: y - height, bottom: y + height };
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
  picture.drawing.show(everything);
  say();
}

// More appears where one looks closer; not in the still picture, which is there for a moment only.
const settle = later(140, () => { if (state.view === "graph" && picture.drawing !== stillDrawing) redraw(false); });

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
  picture.drawing.moveTo(framing(spots));
  settle();
}

function fit() {
  picture.moved = false;
  look(state.around !== null || state.chosen.kind === "path" ? picture.spots.keys() : overview());
}

function zoom(factor) {
  picture.moved = true;
  picture.drawing.moveTo({ scale: scaleNow() * factor, animation: false });
  picture.drawing.restyle();
  settle();
}

function pan(x, y) {
  picture.moved = true;
  const { x: left, y: top } = picture.drawing.getViewPosition();
  picture.drawing.moveTo({ position: { x: left + x / scaleNow(), y: top + y / scaleNow() }, animation: false });
  picture.drawing.restyle();
  settle();
}

function placeNow() {
  const { x, y } = picture.drawing.getViewPosition();
  return `${Math.round(x)},${Math.round(y)},${Number(scaleNow().toPrecision(4))}`;
}

function openPicture() {
  picture.frame = `${at("picture").clientWidth} ${at("picture").clientHeight}`;
  picture.drawing = stillDrawing;
  new ResizeObserver(resized).observe(at("picture"));
}

// The picture follows its frame until the reader moves it.
function resized() {
  const { clientWidth: width, clientHeight: height } = at("picture");
  if (!width || !height || picture.frame === `${width} ${height}`) return;
  picture.frame = `${width} ${height}`;
  current.widest = undefined;
  picture.drawing.resize();
  if (!picture.moved) lookAtChosen();
  picture.drawing.restyle();
}

function lookAtChosen() {
  if (state.view !== "graph") return;
  if (state.chosen.kind === "none" || state.chosen.kind === "path" || state.around !== null) { fit(); return; }
  look(chosenPlaces());
}
