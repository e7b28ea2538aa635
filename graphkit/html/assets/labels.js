// Names and relations over the picture: the same size at any zoom, and never over one another.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const NAME_SIZE = 13;
const LINE_SIZE = 11;
const MOST_NAMES = 160;
// Entities whose names matter more than the circles of others: so many at most, and one in so many.
const HUBS = { most: 30, one: 6 };
const MOST_LINES = 70;
// Pixels; a shorter line has no name.
const SHORTEST = 34;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

// What cannot be seen, would turn the words around, or may not be in an XML file.
const visible = (words) => words.replace(CONTROLS, " ");

const fontOf = (size, bold) => `${bold ? "600 " : ""}${size}px ${FONT}`;
const widths = new Map();
const pencil = document.createElement("canvas").getContext("2d");

function widthOf(words, size, bold) {
  const key = `${size}${bold ? "b" : ""} ${words}`;
  if (!widths.has(key)) { pencil.font = fontOf(size, bold); widths.set(key, pencil.measureText(words).width); }
  return widths.get(key);
}

// What is drawn and in sight, in pixels of the screen; the most important first.
function inSight(width, height) {
  const scale = scaleNow();
  const { x: middle, y: centre } = picture.drawing.getViewPosition();
  const [left, top] = [width / 2 - middle * scale, height / 2 - centre * scale];
  const places = picture.lit === null ? current.ranked : [...picture.lit, ...current.ranked.filter((place) => !picture.lit.has(place))];
  const spots = picture.drawing.getPositions([...picture.spots.keys()]);
  const seen = new Map();
  for (const place of places) {
    const spot = spots[place];
    if (!spot) continue;
    const [x, y, radius] = [spot.x * scale + left, spot.y * scale + top, radiusOf(place, scale)];
    if (x > -80 && y > -40 && x < width + 80 && y < height + 40) seen.set(place, { place, x, y, radius, rank: seen.size });
  }
  return { seen, spots: (place) => (spots[place] ? { x: spots[place].x * scale + left, y: spots[place].y * scale + top } : null) };
}

// Boxes that are taken, in a coarse grid, so that asking is quick.
function taken() {
  const SIZE = 64;
  const cells = new Map();
  const cellsOf = (box) => {
    const found = [];
    for (let x = Math.floor(box.x / SIZE); x <= Math.floor((box.x + box.width) / SIZE); x += 1) {
      for (let y = Math.floor(box.y / SIZE); y <= Math.floor((box.y + box.height) / SIZE); y += 1) found.push(x * 4096 + y);
    }
    return found;
  };
  const meets = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  return {
    add(box) { for (const cell of cellsOf(box)) { if (!cells.has(cell)) cells.set(cell, []); cells.get(cell).push(box); } },
    // A name may lie over the circles of lesser entities than its own, if nothing else is left.
    free: (box, but, lesser) => cellsOf(box).every((cell) => (cells.get(cell) || []).every((other) =>
      other.owner === but || other.rank > lesser || !meets(box, other))),
  };
}

function nameBoxes({ x, y, radius }, width) {
  const height = NAME_SIZE + 5;
  return [
    { x: x - width / 2, y: y + radius + 2, width, height },
    { x: x + radius + 4, y: y - height / 2, width, height },
    { x: x - radius - 4 - width, y: y - height / 2, width, height },
    { x: x - width / 2, y: y - radius - height - 2, width, height },
  ];
}

function placeNames(seen, room, size) {
  const names = [];
  const hubs = Math.min(HUBS.most, seen.size / HUBS.one);
  const inView = (box) => box.x >= 1 && box.y >= 1 && box.x + box.width <= size.width && box.y + box.height <= size.height;
  for (const node of seen.values()) {
    if (names.length >= MOST_NAMES) break;
    const faded = picture.lit !== null && !picture.lit.has(node.place);
    const bold = state.chosen.kind === "entity" && state.chosen.place === node.place;
    const words = visible(shortNameOf(node.place));
    const boxes = nameBoxes(node, widthOf(words, NAME_SIZE, bold) + 4).filter(inView);
    if (faded) continue;
    const box = boxes.find((one) => room.free(one, node.place, Infinity)) || (node.rank < hubs && boxes.find((one) => room.free(one, node.place, node.rank))) || (bold && boxes[0]);
    if (!box) continue;
    room.add({ ...box, owner: -1, rank: -1 });
    names.push({ words, bold, x: box.x + box.width / 2, y: box.y + box.height / 2, box });
  }
  return names;
}

// The relation on the line where there is room, else the count of its statements or the mark, else nothing.
function placeLine(pair, from, to, room) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < SHORTEST) return null;
  for (const words of length < 60 ? [briefLabel(pair)] : [lineLabel(pair), briefLabel(pair)]) {
    const width = words ? widthOf(words, LINE_SIZE) + 8 : Infinity;
    if (width + 16 > length) continue;
    for (const share of [0.5, 0.38, 0.62]) {
      const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
      const box = { x: x - width / 2, y: y - (LINE_SIZE + 5) / 2, width, height: LINE_SIZE + 5 };
      if (room.free(box, -2, Infinity)) { room.add({ ...box, owner: -1, rank: -1 }); return { words, x, y, box, pair }; }
    }
  }
  return null;
}

function briefLabel(pair) {
  return [lineOf(pair).mark, pair.statements.length > 1 ? number(pair.statements.length) : ""].filter(Boolean).join(" ");
}

// The lines that may be named, the most important first; found anew only when others are drawn.
function linesInOrder() {
  if (picture.ordered) return picture.ordered;
  const weight = (pair) => (lineOf(pair).mark ? 1e6 : 0) + sourcesOf(pair) * 100 + pair.statements.length;
  const all = picture.pairs.size > MANY_LINES && picture.lit === null ? [] : [...picture.pairs.values()];
  picture.ordered = all.filter((pair) => picture.lit === null || isLit(pair, picture.lit)).sort((a, b) => weight(b) - weight(a) || a.key - b.key);
  return picture.ordered;
}

function placeLines(seen, spots, room, size) {
  const found = [];
  for (const pair of linesInOrder()) {
    if (found.length >= MOST_LINES) break;
    if (!seen.has(pair.a) && !seen.has(pair.b)) continue;
    const [from, to] = [spots(pair.a), spots(pair.b)];
    // vis-network may draw between the change of its nodes and that of its edges.
    if (!from || !to) continue;
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const label = x > 0 && y > 0 && x < size.width && y < size.height ? placeLine(pair, from, to, room) : null;
    if (label) found.push(label);
  }
  return found;
}

function placeLabels(width, height) {
  const { seen, spots } = inSight(width, height);
  const room = taken();
  for (const { place, x, y, radius, rank } of seen.values()) {
    room.add({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, owner: place, rank });
  }
  const names = placeNames(seen, room, { width, height });
  return { seen, spots, names, lines: placeLines(seen, spots, room, { width, height }) };
}

function drawLabels(pen) {
  const { canvas } = pen;
  const ratio = canvas.width / (canvas.clientWidth || canvas.width);
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  writeLabels(pen, placeLabels(canvas.width / ratio, canvas.height / ratio));
  pen.restore();
}

function writeLabels(pen, { names, lines }) {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = colours.paper;
  const write = ({ words, x, y }, size, bold, colour, halo) => {
    pen.font = fontOf(size, bold);
    pen.lineWidth = halo;
    pen.strokeText(words, x, y);
    pen.fillStyle = colour;
    pen.fillText(words, x, y);
  };
  for (const { box } of lines) {
    pen.globalAlpha = 0.85;
    pen.fillStyle = colours.paper;
    pen.beginPath();
    pen.roundRect(box.x + 1, box.y, box.width - 2, box.height, 5);
    pen.fill();
    pen.globalAlpha = 1;
  }
  for (const label of lines) write(label, LINE_SIZE, false, lineOf(label.pair).mark ? colours[lineOf(label.pair).colour] : colours.soft, 2);
  for (const label of names) write(label, NAME_SIZE, label.bold, colours.ink, 3.5);
}
