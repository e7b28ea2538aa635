// Level of detail: as on a map, the best known places first, and more of them the closer one looks.
const NARROW = window.matchMedia("(max-width: 45rem)");
const FEWEST = 30;
// With so many statements, an entity is drawn even where it has no line to the others.
const WELL_KNOWN = 8;
const NEIGHBOURS = 60;

const budget = () => (NARROW.matches ? { entities: 60, lines: 110 } : { entities: 200, lines: 420 });

// Two entities are not drawn nearer to each other than this, in pixels, unless all of them have room.
const separation = () => (NARROW.matches ? 26 : 34);

// The first of some entities, in their order, until there are too many of them or of lines between them.
function strongest(places, most, apart) {
  const found = new Set();
  const crowded = crowd(apart || 0);
  let lines = 0;
  for (const place of places) {
    if (crowded(place)) continue;
    const more = current.near[place].filter((pair) => found.has(otherEnd(pair, place))).length;
    if (found.size >= most.entities || (lines + more > most.lines && found.size >= FEWEST)) break;
    lines += more;
    found.add(place);
  }
  return found;
}

// Whether something that was asked about before stands too near.
function crowd(apart) {
  const cells = new Map();
  return (place) => {
    if (!apart) return false;
    const { x, y } = ENTITIES[place];
    const [column, row] = [Math.floor(x / apart), Math.floor(y / apart)];
    for (let n = 0; n < 9; n += 1) {
      const near = cells.get(`${column - 1 + (n % 3)} ${row - 1 + Math.floor(n / 3)}`);
      if (near && near.some((other) => Math.hypot(other.x - x, other.y - y) < apart)) return true;
    }
    const key = `${column} ${row}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push({ x, y });
    return false;
  };
}

// The scale at which everything is in sight.
function widest() {
  if (current.widest) return current.widest;
  const extent = (axis) => current.ranked.reduce(([low, high], place) => [Math.min(low, ENTITIES[place][axis]), Math.max(high, ENTITIES[place][axis])], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [extent("x"), extent("y")];
  current.widest = Math.min(at("picture").clientWidth / (right - left + 1), at("picture").clientHeight / (bottom - top + 1));
  return current.widest;
}

const isSmall = () => current.ranked.length <= 1.3 * budget().entities && current.pairs.size <= 1.3 * budget().lines;

// Of many, those that stand alone say little; the best known of a circle stay, for more appears round them.
function connected(places) {
  const linked = (place) => current.near[place].some((pair) => places.has(otherEnd(pair, place)));
  return new Set([...places].filter((place) => current.weight[place] >= WELL_KNOWN || linked(place)));
}

// What is drawn before the reader zooms in.
function overview() {
  if (current.overview === undefined) {
    current.overview = state.all || isSmall() ? new Set(current.ranked) : connected(strongest(current.ranked, budget(), separation() / widest()));
  }
  return current.overview;
}

function inside(box) {
  return ({ x, y }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

// The entities to draw: of the overview, of what is in sight, and what is chosen with its neighbours.
function wanted(box) {
  const chosen = state.chosen;
  if (chosen.kind === "path") return new Set(shortestPath(chosen.from, chosen.to));
  if (state.around !== null) return new Set([state.around, ...strongest(current.ranked.filter((place) => place !== state.around), { entities: 120, lines: 700 })]);
  const places = new Set(overview());
  if (box !== null && places.size < current.ranked.length && scaleNow() > 1.2 * widest()) {
    const sees = inside(box);
    for (const place of strongest(current.ranked.filter((one) => sees(ENTITIES[one])), budget(), separation() / scaleNow())) places.add(place);
  }
  for (const place of chosenPlaces()) places.add(place);
  return places;
}

function chosenPlaces() {
  const { chosen } = state;
  if (chosen.kind === "none") return [];
  if (chosen.kind !== "entity") return [...highlight()];
  const known = neighboursOf(chosen.place).slice(0, NEIGHBOURS);
  if (isSmall()) return [chosen.place, ...known];
  // Of neighbours that would stand on one another, the best known one.
  const crowded = crowd(separation() / 2 / framing([chosen.place, ...known].map((place) => ENTITIES[place])).scale);
  return [chosen.place, ...known].filter((place) => !crowded(place));
}
