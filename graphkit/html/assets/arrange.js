// Where entities stand: where Python put them, but in rings round the one whose surroundings are asked for, and a path in a row.
const RING = 170;
const STEP = 230;

function arranged(places) {
  if (state.chosen.kind === "path") return inRow([...places]);
  if (state.around !== null) return inRings(state.around, places);
  return new Map([...places].map((place) => [place, ENTITIES[place]]));
}

function inRow(path) {
  const upright = NARROW.matches;
  return new Map(path.map((place, n) => {
    const [along, aside] = [n * STEP, (n % 2) * STEP * 0.35];
    return [place, upright ? { x: aside, y: along } : { x: along, y: aside }];
  }));
}

// The neighbours on the inner ring, by type and name; those further away outside, next to who links them.
function inRings(centre, places) {
  const spots = new Map([[centre, { x: 0, y: 0 }]]);
  const order = (a, b) => ENTITIES[a].type - ENTITIES[b].type || inOrder(nameOf(a), nameOf(b)) || a - b;
  const first = neighboursOf(centre).filter((place) => places.has(place)).sort(order);
  const angle = new Map();
  ring(first, (place, turn, radius) => { angle.set(place, turn); spots.set(place, { x: Math.cos(turn) * radius * 1.3, y: Math.sin(turn) * radius }); }, 1);
  const parent = (place) => neighboursOf(place).map((other) => angle.get(other)).find((turn) => turn !== undefined) || 0;
  const rest = [...places].filter((place) => !spots.has(place)).map((place) => [place, parent(place)]).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  const inner = Math.max(RING, first.length * 9);
  ring(rest.map(([place]) => place), (place, turn, radius) => spots.set(place, { x: Math.cos(turn) * (radius + inner) * 1.3, y: Math.sin(turn) * (radius + inner) }), 1);
  return spots;
}

// Few on one circle; many on two or three, in turn, so that names have room.
function ring(places, put) {
  const circles = Math.min(3, Math.ceil(places.length / 14));
  places.forEach((place, n) => {
    const radius = Math.max(RING, places.length * 9) * (1 + 0.38 * (n % Math.max(1, circles)));
    put(place, (2 * Math.PI * n) / places.length - Math.PI / 2, radius);
  });
}
