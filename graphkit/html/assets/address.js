// The state as the part of the address after "#", and back. docs/html.md has the grammar.
const VIEWS = ["graph", "table"];
const packed = (value) => encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("!", "%21");

function unpacked(value) {
  try { return decodeURIComponent(value); } catch (error) { if (error instanceof URIError) return value; throw error; }
}

// The shorter of "only these" and "all but these".
function facetWords(facet) {
  const hidden = state.hidden[facet];
  const shown = VALUES[facet].map((_, n) => n).filter((n) => !hidden.has(n));
  const [mark, places] = shown.length && shown.length < hidden.size ? ["", shown] : ["!", [...hidden].sort((a, b) => a - b)];
  return mark + places.map((n) => packed(VALUES[facet][n])).join(",");
}

function facetHidden(facet, words) {
  const but = words.startsWith("!");
  const named = new Set((but ? words.slice(1) : words).split(",").map(unpacked));
  return new Set(VALUES[facet].map((_, n) => n).filter((n) => named.has(VALUES[facet][n]) === but));
}

function chosenWords(chosen) {
  const id = (place) => packed(ENTITIES[place].id);
  if (chosen.kind === "entity") return [["entity", id(chosen.place)]];
  if (chosen.kind === "statement") return [["statement", packed(chosen.id)]];
  if (chosen.kind === "pair") return [["pair", `${id(chosen.a)},${id(chosen.b)}`]];
  if (chosen.kind === "path") return [["path", `${id(chosen.from)},${id(chosen.to)}`]];
  return [];
}

// A link to something of the graph; opened in a tab of its own it is a page of its own.
function link(words, chosen) {
  const go = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(chosen);
  };
  return element("a", { href: `#${chosenWords(chosen).map((pair) => pair.join("=")).join("&")}`, class: "link", onclick: go }, words);
}

function addressOf(place) {
  const words = chosenWords(state.chosen);
  const add = (name, value, unless) => { if (value !== unless) words.push([name, packed(value)]); };
  if (state.around !== null) words.push(["around", packed(ENTITIES[state.around].id)]);
  add("depth", state.depth, 1);
  for (const facet of FACETS) if (state.hidden[facet].size) words.push([facet, facetWords(facet)]);
  add("from", state.from, "");
  add("to", state.to, "");
  add("sources", state.sources, 1);
  add("confidence", state.confidence, 0);
  add("view", state.view, "graph");
  add("find", state.find, "");
  for (const [column, value] of Object.entries(state.columns)) add(`in.${column}`, value, "");
  add("sort", state.sort, "");
  if (state.quantities) words.push(["quantities", "1"]);
  if (state.all) words.push(["all", "1"]);
  if (place) words.push(["at", place]);
  if (languageChosen) words.push(["lang", language]);
  return `#${words.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

function chosenFrom(words) {
  const entity = (id) => entityById.get(unpacked(id || ""));
  const two = (value) => (value || "").split(",").map(entity);
  if (words.has("entity") && entity(words.get("entity")) !== undefined) return { kind: "entity", place: entity(words.get("entity")) };
  if (words.has("statement") && statementById.has(unpacked(words.get("statement")))) return { kind: "statement", id: unpacked(words.get("statement")) };
  for (const [kind, first, second] of [["pair", "a", "b"], ["path", "from", "to"]]) {
    const [one, other] = two(words.get(kind));
    if (words.has(kind) && one !== undefined && other !== undefined && one !== other) return { kind, [first]: one, [second]: other };
  }
  return { kind: "none" };
}

const date = (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? value : "");
const within = (value, low, high, otherwise) => (Number.isFinite(Number(value)) && value !== "" ? Math.min(high, Math.max(low, Number(value))) : otherwise);

function stateFrom(hash) {
  const words = new Map(hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const cut = part.indexOf("=");
    return cut < 0 ? [part, ""] : [part.slice(0, cut), part.slice(cut + 1)];
  }));
  const value = (name) => unpacked(words.get(name) || "");
  const found = fresh();
  found.chosen = chosenFrom(words);
  if (entityById.has(value("around"))) found.around = entityById.get(value("around"));
  found.depth = Math.round(within(value("depth"), 1, 3, 1));
  for (const facet of FACETS) if (words.has(facet)) found.hidden[facet] = facetHidden(facet, words.get(facet));
  found.from = date(value("from"));
  found.to = date(value("to"));
  found.sources = Math.round(within(value("sources"), 1, 1000, 1));
  found.confidence = within(value("confidence"), 0, 1, 0);
  if (VIEWS.includes(value("view"))) found.view = value("view");
  found.find = value("find");
  for (const name of words.keys()) if (name.startsWith("in.")) found.columns[name.slice(3)] = value(name);
  found.sort = value("sort");
  found.quantities = words.has("quantities");
  found.all = words.has("all");
  const place = value("at").split(",").map(Number);
  return { found, place: place.length === 3 && place.every(Number.isFinite) && place[2] > 0 ? place : null, lang: value("lang") };
}

// Steps back and forward are kept here as well: a page inside a notebook has no address of its own.
const trail = { steps: [], now: -1 };
let languageChosen = false;

function remember(words, replace) {
  if (trail.now >= 0 && trail.steps[trail.now] === words) return;
  if (replace && trail.now >= 0) trail.steps[trail.now] = words;
  else { trail.steps.splice(trail.now + 1); trail.steps.push(words); trail.now += 1; }
  try {
    history[replace || trail.now === 0 ? "replaceState" : "pushState"]({ step: trail.now }, "", words);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
