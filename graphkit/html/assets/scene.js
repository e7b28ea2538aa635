// The view as shapes in pixels of the screen, as vis-network draws it: for the still picture, and for the view as an SVG picture, of which PNG is made.
function lineShape(pair, spots, scale) {
  const style = edgeStyle(pair, picture.lit, scale);
  const [first, second, width] = [spots(pair.a), spots(pair.b), style.width * scale];
  const headAt = (to, from, place, { enabled, scaleFactor }) => (enabled ? headShape(from, to, radiusOf(place, scale), 15 * scaleFactor * scale + 3 * width, scale) : null);
  const [start, end] = [headAt(first, second, pair.a, style.arrows.from), headAt(second, first, pair.b, style.arrows.to)];
  // A line ends where its head begins, at the third corner.
  return { from: start ? start[2] : first, to: end ? end[2] : second, heads: [start, end].filter(Boolean),
    colour: style.color.color, opacity: style.color.opacity, width, dashes: lineOf(pair).dash || [] };
}

function headShape(from, to, radius, length, gap) {
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const border = (BOX / 2) * radius / Math.max(Math.abs(cos), Math.abs(sin)) + gap;
  const corner = (back, aside) => ({ x: to.x - cos * (border + back * length) - sin * aside * length, y: to.y - sin * (border + back * length) + cos * aside * length });
  return [corner(0, 0), corner(1, 0.3), corner(0.9, 0), corner(1, -0.3)];
}

function svgLine({ from, to, heads, colour, opacity, width, dashes }) {
  const clear = opacity < 1 ? opacity : null;
  const [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map((value) => value.toFixed(1));
  const points = (head) => head.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return {
    line: drawn("line", { x1, y1, x2, y2, stroke: colour, "stroke-opacity": clear, "stroke-width": width.toFixed(2), "stroke-dasharray": dashes.length ? dashes.join(" ") : null }),
    heads: heads.map((head) => drawn("polygon", { points: points(head), fill: colour, "fill-opacity": clear })),
  };
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
  const shapes = pairs.map((pair) => svgLine(lineShape(pair, spots, scale)));
  const circles = [...seen.values()].map(({ place, x, y, radius }) => {
    const look = nodeLook(place, picture.lit);
    return drawn("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), fill: look.fill, stroke: look.rim, "stroke-width": look.width },
      drawn("title", {}, visible(nameOf(place))));
  });
  return drawn("svg", { xmlns: SVG, width, height: height + head, viewBox: `0 ${-head} ${width} ${height + head}`, "font-family": FONT },
    drawn("rect", { x: 0, y: -head, width, height: height + head, fill: colours.paper }),
    drawn("g", {}, shapes.map(({ line }) => line)),
    drawn("g", {}, circles),
    drawn("g", {}, shapes.flatMap(({ heads }) => heads)),
    drawn("g", {}, lines.map(({ box }) => drawn("rect", { x: box.x.toFixed(1), y: box.y.toFixed(1), width: box.width.toFixed(1), height: box.height, rx: 5, fill: colours.paper, "fill-opacity": 0.85 }))),
    drawn("g", {}, lines.map((label) => wordShapes(label, LINE_SIZE, colours.soft)), names.map((label) => wordShapes(label, NAME_SIZE, colours.ink, label.bold))),
    drawn("rect", { x: 0, y: -head, width, height: head, fill: colours.paper }),
    drawn("text", { x: 14, y: -24, "font-size": 16, "font-weight": 600, fill: colours.ink }, visible(titleWords())),
    drawn("text", { x: 14, y: -7, "font-size": 12, fill: colours.soft }, summaryWords()),
    drawn("g", {}, legendShapes(height)));
}
