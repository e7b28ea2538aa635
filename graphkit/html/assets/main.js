// Putting it together: choosing, going back and forward, saying what is shown.
const titleWords = () => DATA.title || text("title");

function summaryWords() {
  const publishers = PUBLISHERS.filter(Boolean).length;
  return [countOf("articleCount", ARTICLES.length), publishers ? countOf("publisherCount", publishers) : "", period(DATES)].filter(Boolean).join(" · ");
}

// The line below the picture: how much of the graph is drawn.
function say() {
  const count = [...picture.pairs.values()].reduce((sum, pair) => sum + pair.statements.length, 0);
  const some = !isSmall() && state.around === null && state.chosen.kind !== "path";
  const values = { entities: number(picture.spots.size), allEntities: number(ENTITIES.length), statements: number(count), allStatements: number(STATEMENTS.length) };
  at("shown").textContent = text(some && picture.spots.size < current.ranked.length ? "shownZoom" : "shown", values);
  at("all-button").hidden = !some;
  at("all-button").textContent = text(state.all ? "showFewer" : "showAll", { count: number(current.ranked.length) });
}

function draw(look) {
  connect(passing());
  if (state.view === "graph") redraw(true, look); else drawTable();
  drawAround();
}

function drawAround() {
  drawFrame();
  if (!at("filters").hidden) drawFilters();
}

// What stands above and below the picture or the table, and so decides their size.
function drawFrame() {
  const graph = state.view === "graph";
  at("graph-view").hidden = !graph;
  at("legend").hidden = !graph;
  document.querySelector("main").classList.toggle("tabular", !graph);
  at("table").hidden = graph;
  at("view-button").textContent = text(graph ? "table" : "graph");
  const nothing = graph ? !current.pairs.size && state.chosen.kind !== "path" : !current.statements.length;
  at("notice").hidden = !nothing;
  at("notice").textContent = nothing ? text(STATEMENTS.length ? "nothingShown" : "empty") : "";
  drawTimeline();
  drawLegend();
}

// After a change of filters: the picture stays where the reader put it.
function changed() {
  draw(picture.moved ? null : lookAtChosen);
  remember(addressOf());
  steps();
  if (state.chosen.kind === "none" || state.chosen.kind === "path") drawPanel();
  announce(text("shown", { entities: number(current.ranked.length), allEntities: number(ENTITIES.length), statements: number(current.statements.length), allStatements: number(STATEMENTS.length) }));
}

function choose(chosen) {
  const row = state.chosen.kind === "path" || chosen.kind === "path";
  state.chosen = chosen;
  drawPanel();
  picture.moved = false;
  if (state.view === "graph") redraw(row, lookAtChosen); else drawTable();
  remember(addressOf());
  steps();
  announce(chosenWordsFor(chosen));
}

function chosenWordsFor(chosen) {
  if (chosen.kind === "entity") return `${nameOf(chosen.place)}, ${typeOf(chosen.place)}, ${countOf("statementCount", statementsOf[chosen.place].length)}`;
  if (chosen.kind === "statement") return inWords(statementById.get(chosen.id));
  return "";
}

// Only an entity and its surroundings, or everything again.
function around(place) {
  state.around = place;
  state.depth = 1;
  if (place !== null) state.chosen = { kind: "entity", place };
  picture.moved = false;
  changed();
  drawPanel();
}

// What was searched for is shown, whatever the filters say.
function reveal(place) {
  if (!current.near[place].length && statementsOf[place].length) clearFilters();
  if (state.around !== null && !picture.spots.has(place)) state.around = null;
  if (ENTITIES[place].type === QUANTITY) state.quantities = true;
  state.chosen = { kind: "entity", place };
  picture.moved = false;
  changed();
  drawPanel();
}

// Back and forward.
function steps() {
  at("back-button").disabled = trail.now <= 0;
  at("forward-button").disabled = trail.now >= trail.steps.length - 1;
}

function step(by) {
  const next = trail.now + by;
  if (next < 0 || next >= trail.steps.length) return;
  // The browser's own history, unless the page has none: inside a notebook.
  if (history.state && history.state.step === trail.now) { history.go(by); return; }
  trail.now = next;
  restore(trail.steps[next]);
}

function restore(hash) {
  const { found: next, place, lang } = stateFrom(hash);
  state = next;
  if (Object.hasOwn(DATA.texts, lang)) { languageChosen = true; language = lang; }
  translate();
  draw(looker(place));
  drawPanel();
  steps();
}

// Where an address says, else where what is chosen can be seen.
function looker(place) {
  picture.moved = place !== null;
  if (place === null) return lookAtChosen;
  return () => { picture.drawing.moveTo({ position: { x: place[0], y: place[1] }, scale: place[2], animation: false }); settle(); };
}

function translate() {
  document.documentElement.lang = language;
  document.title = titleWords();
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) { node.setAttribute("aria-label", text(node.dataset.label)); node.title = text(node.dataset.label); }
  for (const node of document.querySelectorAll("[data-placeholder]")) { node.placeholder = text(node.dataset.placeholder); node.setAttribute("aria-label", text(node.dataset.placeholder)); }
  at("heading").textContent = titleWords();
  at("summary").textContent = summaryWords();
  at("help-keys").replaceChildren(...Object.keys(DATA.texts.en).filter((key) => key.startsWith("key.")).sort().flatMap((key) =>
    [element("dt", {}, element("kbd", {}, key.slice(4))), element("dd", {}, text(key))]));
}

function setLanguage(code) {
  language = code;
  languageChosen = true;
  translate();
  draw(picture.moved ? null : lookAtChosen);
  drawPanel();
  remember(addressOf(), true);
}

function switchTheme() {
  setTheme(!isDark());
  draw(picture.moved ? null : lookAtChosen);
  drawPanel();
}

function showView(view) {
  state.view = view;
  at("graph-view").hidden = view !== "graph";
  at("legend").hidden = view !== "graph";
  draw(lookAtChosen);
  remember(addressOf());
  steps();
  if (view === "table") at("table-find").focus();
}

function toggleFilters(open) {
  at("filters").hidden = !open;
  at("filters-button").setAttribute("aria-expanded", String(open));
  if (open) drawFilters();
}

async function copyLink() {
  const words = location.href.split("#")[0] + addressOf(state.view === "graph" && picture.moved ? placeNow() : "");
  at("link").hidden = false;
  at("link").value = words;
  at("link").select();
  try { await navigator.clipboard.writeText(words); announce(text("linkCopied")); } catch (error) { if (!(error instanceof DOMException || error instanceof TypeError)) throw error; }
}

function startButtons() {
  at("skip").addEventListener("click", (event) => { event.preventDefault(); showView("table"); });
  const clicks = {
    "view-button": () => showView(state.view === "graph" ? "table" : "graph"),
    "filters-button": () => toggleFilters(at("filters").hidden),
    "back-button": () => step(-1), "forward-button": () => step(1),
    "fit-button": () => { fit(); picture.drawing.restyle(); }, "in-button": () => zoom(1.3), "out-button": () => zoom(1 / 1.3),
    "language-button": () => setLanguage(language === "en" ? "id" : "en"),
    "theme-button": switchTheme,
    "help-button": () => at("help").showModal(), "help-close": () => at("help").close(),
    "link-button": copyLink,
    "all-button": () => { state.all = !state.all; picture.moved = false; changed(); },
  };
  for (const [id, go] of Object.entries(clicks)) at(id).addEventListener("click", go);
  for (const kind of Object.keys(downloads)) at(`save-${kind}`).addEventListener("click", () => { at("menu").open = false; downloads[kind](); });
  at("menu").addEventListener("toggle", () => { at("link").hidden = true; });
  document.addEventListener("click", (event) => { if (!at("menu").contains(event.target)) at("menu").open = false; });
  at("table-find").addEventListener("input", later(150, (event) => { state.find = event.target.value; changedTable(); }));
}

function start() {
  setTheme(darkness.matches);
  darkness.addEventListener("change", () => { setTheme(darkness.matches); draw(picture.moved ? null : lookAtChosen); });
  const { found: first, place, lang } = stateFrom(location.hash);
  state = first;
  if (Object.hasOwn(DATA.texts, lang)) { languageChosen = true; language = lang; }
  connect(passing());
  translate();
  at("filters").hidden = NARROW.matches || window.innerWidth < 1000;
  at("legend").open = !NARROW.matches;
  // What decides the size of the picture, then the picture, and what else there is once it can be seen.
  drawFrame();
  if (NARROW.matches && state.chosen.kind !== "none") whenRead(() => { drawPanel(); open(place); }); else open(place);
}

function open(place) {
  openPicture();
  if (state.view === "graph") redraw(true, looker(place));
  afterPaint(() => whenRead(() => { finish(); afterPaint(startNetwork); }));
}

const afterPaint = (work) => requestAnimationFrame(() => setTimeout(work));

// The sentences and vis-network stand below this script in the file.
function whenRead(work) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", work); else work();
}

function finish() {
  if (state.view === "table") drawTable();
  if (!at("filters").hidden) drawFilters();
  drawPanel();
  at("filters-button").setAttribute("aria-expanded", String(!at("filters").hidden));
  remember(location.hash || "#", true);
  steps();
  startButtons();
  startKeys();
  combobox(at("search"), at("found"), reveal);
  window.addEventListener("popstate", (event) => {
    const known = event.state && trail.steps[event.state.step] === location.hash;
    if (known) trail.now = event.state.step;
    restore(location.hash);
    if (!known) remember(location.hash || "#");
    steps();
  });
}

start();
