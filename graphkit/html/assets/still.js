// The opening picture. vis-network takes longer to read and to fill than all the rest of the page, so what it will draw
// is drawn at once on a canvas above it, in the same place, until vis-network has taken over.
const stillView = { x: 0, y: 0, scale: 1 };

const stillDrawing = {
  getScale: () => stillView.scale,
  getViewPosition: () => ({ x: stillView.x, y: stillView.y }),
  getPositions: (places) => Object.fromEntries(places.map((place) => [place, picture.spots.get(place)])),
  moveTo({ position, scale }) { Object.assign(stillView, position, scale === undefined ? {} : { scale }); },
  show: paintStill,
  restyle: paintStill,
  resize() {},
};

function paintStill() {
  const [canvas, area] = [at("still"), at("picture")];
  const [width, height, ratio] = [area.clientWidth, area.clientHeight, window.devicePixelRatio];
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const placed = placeLabels(width, height);
  const shapes = [...picture.pairs.values()].map((pair) => lineShape(pair, placed.spots, scaleNow()));
  for (const shape of shapes) penLine(pen, shape);
  for (const place of picture.spots.keys()) penCircle(pen, placed.spots(place), radiusOf(place, scaleNow()), nodeLook(place, picture.lit));
  for (const shape of shapes) penHeads(pen, shape);
  writeLabels(pen, placed);
}

function penLine(pen, { from, to, colour, opacity, width, dashes }) {
  Object.assign(pen, { strokeStyle: colour, globalAlpha: opacity, lineWidth: width });
  pen.setLineDash(dashes);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function penHeads(pen, { heads, colour, opacity }) {
  Object.assign(pen, { fillStyle: colour, globalAlpha: opacity });
  for (const head of heads) {
    pen.beginPath();
    for (const { x, y } of head) pen.lineTo(x, y);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function penCircle(pen, { x, y }, radius, { fill: colour, rim, width }) {
  Object.assign(pen, { fillStyle: colour, strokeStyle: rim, lineWidth: width });
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
}
