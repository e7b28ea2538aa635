// The statements that pass, as pairs of entities: what is drawn as one line.
let current = { statements: [], pairs: new Map(), near: [], ranked: [], linked: 0 };

const pairKey = (a, b) => (a < b ? a * ENTITIES.length + b : b * ENTITIES.length + a);
const drawable = ({ subject, object }) => subject !== object &&
  (state.quantities || (ENTITIES[subject].type !== QUANTITY && ENTITIES[object].type !== QUANTITY));

function connect(statements) {
  const pairs = new Map();
  const near = ENTITIES.map(() => []);
  const weight = new Float64Array(ENTITIES.length);
  for (const statement of statements) {
    if (!drawable(statement)) continue;
    const { subject, object } = statement;
    const key = pairKey(subject, object);
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = { key, a: Math.min(subject, object), b: Math.max(subject, object), statements: [] };
      pairs.set(key, pair);
      near[subject].push(pair);
      near[object].push(pair);
    }
    pair.statements.push(statement);
    weight[subject] += 1;
    weight[object] += 1;
  }
  const linked = ENTITIES.filter(({ place }) => near[place].length).map(({ place }) => place);
  const ranked = linked.sort((a, b) => weight[b] - weight[a] || a - b);
  current = { statements, pairs, near, ranked, weight };
}

const otherEnd = (pair, place) => (pair.a === place ? pair.b : pair.a);
const pairOf = (a, b) => current.pairs.get(pairKey(a, b));

// The number of articles that say something of a pair: the width of its line.
function sourcesOf(pair) {
  if (pair.sources === undefined) pair.sources = new Set(pair.statements.flatMap((statement) => statement.articles)).size;
  return pair.sources;
}

function neighboursOf(place) {
  return [...current.near[place]].sort((a, b) => sourcesOf(b) - sourcesOf(a) || b.statements.length - a.statements.length || a.key - b.key)
    .map((pair) => otherEnd(pair, place));
}

// The shortest way between two entities, by the statements that pass; of several, the one over better known ones.
function shortestPath(from, to) {
  const before = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const place of edge) {
      for (const other of neighboursOf(place)) {
        if (!before.has(other)) { before.set(other, place); next.push(other); }
      }
    }
    edge = next.sort((a, b) => current.weight[b] - current.weight[a] || a - b);
  }
  if (!before.has(to)) return [];
  const path = [to];
  while (path[0] !== from) path.unshift(before.get(path[0]));
  return path;
}
