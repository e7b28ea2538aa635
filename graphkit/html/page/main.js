// Putting it together: choosing, searching, links to a place of the page.
const at = (id) => document.getElementById(id);

function address(chosen) {
  if (chosen.kind === "entity") return `#entity=${encodeURIComponent(DATA.entities[chosen.place].id)}`;
  if (chosen.kind === "statement") return `#statement=${encodeURIComponent(chosen.id)}`;
  return "#";
}

function fromAddress() {
  const [kind, value] = location.hash.slice(1).split("=");
  let id = "";
  try { id = decodeURIComponent(value || ""); } catch (error) { if (!(error instanceof URIError)) throw error; }
  if (kind === "entity" && entityById.has(id)) return { kind, place: entityById.get(id) };
  if (kind === "statement" && statementById.has(id)) return { kind, id };
  return { kind: "none" };
}

function choose(chosen) {
  state.chosen = chosen;
  if (chosen.kind !== "pair" && location.hash !== address(chosen)) history.replaceState(null, "", address(chosen));
  drawPanel();
  if (state.view === "graph") { if (drawing) { moved = false; look(); } } else changed();
}

function changed() {
  const statements = DATA.statements.filter(passes);
  const entities = shownEntities(statements);
  const visible = statements.filter((statement) => entities.has(statement.subject) && entities.has(statement.object));
  const graph = state.view === "graph";
  at("picture").hidden = !graph;
  at("table").hidden = graph;
  if (graph) drawPicture(visible, entities); else drawTable(at("table"), statements);
  at("shown").textContent = text("shown", {
    entities: number(entities.size), allEntities: number(DATA.entities.length),
    statements: number(graph ? visible.length : statements.length), allStatements: number(DATA.statements.length) });
  at("notice").hidden = statements.length > 0;
  at("notice").textContent = text(DATA.statements.length ? "nothingShown" : "empty");
  at("all-button").hidden = DATA.entities.length <= FIRST_SHOWN;
  at("all-button").textContent = state.all ? text("showFewer") : text("showAll", { count: number(DATA.entities.length) });
  drawFilters(at("filters"), changed);
}

function say() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", text(node.dataset.label));
  at("search").placeholder = text("search");
  at("search").setAttribute("aria-label", text("search"));
  at("picture").setAttribute("aria-label", text("welcome"));
  at("view-button").textContent = text(state.view === "graph" ? "table" : "graph");
  drawPanel();
  changed();
}

function matches(words) {
  const wanted = words.trim().toLocaleLowerCase(language);
  if (!wanted) return [];
  const found = ranked.filter((place) => {
    const entity = DATA.entities[place];
    return [entity.name, ...Object.values(entity.labels), ...entity.mentions].some((name) => name.toLocaleLowerCase(language).includes(wanted));
  });
  return found.slice(0, 12);
}

function startSearch() {
  const input = at("search");
  const list = at("found");
  let active = 0;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  const take = (place) => { input.value = ""; close(); reveal(place); };
  const draw = () => {
    const found = matches(input.value);
    active = Math.max(0, Math.min(active, found.length - 1));
    list.replaceChildren(...found.map((place, n) => element("li", {
      role: "option", id: `found-${n}`, "aria-selected": String(n === active), onmousedown: (event) => { event.preventDefault(); take(place); },
    }, nameOf(place), " ", element("small", {}, text(`type.${DATA.entities[place].type}`)))));
    if (!found.length) list.replaceChildren(element("li", { role: "option", "aria-selected": "false" }, text("nothingFound")));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length) input.setAttribute("aria-activedescendant", `found-${active}`);
    return found;
  };
  input.addEventListener("input", () => { active = 0; draw(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); active += step; draw(); }
    if (event.key === "Escape") close();
    if (event.key === "Enter") { const found = draw(); if (found.length) take(found[active]); }
  });
}

// What was searched for is shown, whatever the filters say.
function reveal(place) {
  state.types.add(DATA.entities[place].type);
  state.focus = null;
  if (!shownEntities(DATA.statements.filter(passes)).has(place)) state.all = true;
  changed();
  choose({ kind: "entity", place });
}

function start() {
  at("view-button").addEventListener("click", () => {
    state.view = state.view === "graph" ? "table" : "graph";
    say();
    if (state.view === "graph") fit();
  });
  at("fit-button").addEventListener("click", () => { if (state.view === "graph") fit(); });
  at("save-button").addEventListener("click", savePicture);
  at("language-button").addEventListener("click", () => { language = language === "en" ? "id" : "en"; say(); });
  at("all-button").addEventListener("click", () => { state.all = !state.all; changed(); if (state.view === "graph") fit(); });
  at("filters-button").addEventListener("click", () => {
    at("filters").hidden = !at("filters").hidden;
    at("filters-button").setAttribute("aria-expanded", String(!at("filters").hidden));
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target === document.body) choose({ kind: "none" }); });
  window.addEventListener("hashchange", () => choose(fromAddress()));
  if (window.innerWidth < 720) at("filters-button").click();
  startSearch();
  state.chosen = fromAddress();
  say();
  startPicture(at("picture"));
}

start();
