// The view as an SVG picture, drawn from what the canvas shows; PNG is made of it.
function arrowHead(from, to, radius, width, colour) {
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = { x: to.x - Math.cos(turn) * (radius + 1), y: to.y - Math.sin(turn) * (radius + 1) };
  const size = 6 + 1.2 * width;
  const corner = (side) => [tip.x - Math.cos(turn + side) * size, tip.y - Math.sin(turn + side) * size].map((value) => value.toFixed(1)).join(",");
  return drawn("polygon", { points: `${tip.x.toFixed(1)},${tip.y.toFixed(1)} ${corner(0.42)} ${corner(-0.42)}`, fill: colour });
}

function lineShapes(pair, spots, scale) {
  const [from, to] = [spots(pair.a), spots(pair.b)];
  const style = { ...edgeStyle(pair, picture.lit, scale) };
  style.width *= scale;
  style.dashes = lineOf(pair).dash;
  const colour = style.color.color;
  const line = drawn("line", {
    x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1), stroke: colour, "stroke-opacity": style.color.opacity < 1 ? style.color.opacity : null,
    "stroke-width": style.width.toFixed(2), "stroke-dasharray": style.dashes ? style.dashes.join(" ") : null });
  return [line,
    style.arrows.to.enabled && arrowHead(from, to, radiusOf(pair.b, scale), style.width, colour),
    style.arrows.from.enabled && arrowHead(to, from, radiusOf(pair.a, scale), style.width, colour)];
}

function wordShapes(label, size, colour, bold) {
  const place = { x: label.x.toFixed(1), y: (label.y + size * 0.35).toFixed(1), "text-anchor": "middle", "font-size": size, "font-weight": bold ? 600 : null };
  return drawn("text", { ...place, fill: colour, stroke: colours.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" }, label.words);
}

function legendShapes(height) {
  const types = shownTypes();
  return types.flatMap((type, n) => {
    const y = height - 14 - 18 * (types.length - 1 - n);
    return [drawn("circle", { cx: 18, cy: y, r: 5, fill: colours.types[type] }),
      drawn("text", { x: 30, y: y + 4, "font-size": 12, fill: colours.soft }, text(`type.${TYPES[type]}`))];
  });
}

function sceneAsSvg() {
  const area = at("picture");
  const [width, height] = [area.clientWidth, area.clientHeight];
  const head = 46;
  const { seen, spots, names, lines } = placeLabels(width, height);
  const scale = scaleNow();
  const pairs = [...picture.pairs.values()].filter((pair) => spots(pair.a) && spots(pair.b) && (seen.has(pair.a) || seen.has(pair.b)));
  const circles = [...seen.values()].reverse().map(({ place, x, y, radius }) => {
    const look = nodeLook(place, picture.lit);
    return drawn("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), fill: look.fill, stroke: look.rim, "stroke-width": look.width },
      drawn("title", {}, visible(nameOf(place))));
  });
  return drawn("svg", { xmlns: SVG, width, height: height + head, viewBox: `0 ${-head} ${width} ${height + head}`, "font-family": FONT },
    drawn("rect", { x: 0, y: -head, width, height: height + head, fill: colours.paper }),
    drawn("g", {}, pairs.flatMap((pair) => lineShapes(pair, spots, scale))),
    drawn("g", {}, circles),
    drawn("g", {}, lines.map(({ box }) => drawn("rect", { x: box.x.toFixed(1), y: box.y.toFixed(1), width: box.width.toFixed(1), height: box.height, rx: 5, fill: colours.paper, "fill-opacity": 0.85 }))),
    drawn("g", {}, lines.map((label) => wordShapes(label, LINE_SIZE, colours.soft)), names.map((label) => wordShapes(label, NAME_SIZE, colours.ink, label.bold))),
    drawn("rect", { x: 0, y: -head, width, height: head, fill: colours.paper }),
    drawn("text", { x: 14, y: -24, "font-size": 16, "font-weight": 600, fill: colours.ink }, visible(titleWords())),
    drawn("text", { x: 14, y: -7, "font-size": 12, fill: colours.soft }, summaryWords()),
    drawn("g", {}, legendShapes(height)));
}
