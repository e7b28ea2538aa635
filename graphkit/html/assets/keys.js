// The keyboard: letters anywhere outside a field, arrows in the picture.
const KEYS = {
  "/": () => at("search").focus(),
  "t": () => showView(state.view === "graph" ? "table" : "graph"),
  "f": () => toggleFilters(at("filters").hidden),
  "0": () => at("fit-button").click(),
  "+": () => { if (state.view === "graph") zoom(1.3); },
  "=": () => { if (state.view === "graph") zoom(1.3); },
  "-": () => { if (state.view === "graph") zoom(1 / 1.3); },
  "[": () => step(-1),
  "]": () => step(1),
  "l": () => setLanguage(language === "en" ? "id" : "en"),
  "d": () => switchTheme(),
  "?": () => at("help").showModal(),
};
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest entity in a direction: of those that are linked to the chosen one, else of all.
function neighbourTowards(across, down) {
  const { chosen } = state;
  if (chosen.kind !== "entity" || !picture.spots.has(chosen.place)) return current.ranked.find((place) => picture.spots.has(place));
  const spots = picture.drawing.getPositions([...picture.spots.keys()]);
  const from = spots[chosen.place];
  const distance = (place) => {
    const [x, y] = [spots[place].x - from.x, spots[place].y - from.y];
    const along = x * across + y * down;
    return along > 0.4 * Math.hypot(x, y) ? Math.hypot(x, y) * 2 - along : Infinity;
  };
  const nearest = (places) => places.filter((place) => spots[place] && distance(place) < Infinity).sort((a, b) => distance(a) - distance(b))[0];
  return nearest(neighboursOf(chosen.place)) ?? nearest([...picture.spots.keys()].filter((place) => place !== chosen.place));
}

function pictureKey(event) {
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) { event.preventDefault(); pan(arrow[0] * 80, arrow[1] * 80); return; }
  if (arrow) {
    event.preventDefault();
    const place = neighbourTowards(...arrow);
    if (place !== undefined) choose({ kind: "entity", place });
  }
  if (event.key === "Enter" && state.chosen.kind !== "none") { event.preventDefault(); at("panel").focus(); }
}

function startKeys() {
  at("picture").addEventListener("keydown", pictureKey);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || at("help").open) return;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape") {
      if (at("menu").open) at("menu").open = false;
      else if (typing) event.target.blur();
      else choose({ kind: "none" });
      return;
    }
    if (!typing && Object.hasOwn(KEYS, event.key)) { event.preventDefault(); KEYS[event.key](); }
  });
}
