// The panel: the whole graph, an entity, a pair, a path, or one statement with the sentences that say it.
const MOST_ITEMS = 40;
const unfolded = new Set();

const entityLink = (place) => link(shortened(nameOf(place), 120), { kind: "entity", place });
const soft = (words) => element("span", { class: "soft" }, words);

function badge(place) {
  return element("span", { class: "badge" }, element("span", { class: "dot", style: { "background-color": colours.types[ENTITIES[place].type] } }), typeOf(place));
}

// A long list is cut; the rest comes when asked for.
function list(key, items, item) {
  const most = unfolded.has(key) ? items.length : MOST_ITEMS;
  return [element("ul", {}, items.slice(0, most).map(item)),
    items.length > most ? button(text("moreChoices", { count: number(items.length - most) }), () => { unfolded.add(key); drawPanel(); }, { class: "link" }) : null];
}

function statementItem(statement, around) {
  const touches = around !== undefined && (statement.subject === around || statement.object === around);
  const arrow = RELATIONS[statement.relation].symmetric ? "↔" : statement.subject === around ? "→" : "←";
  const other = statement.subject === around ? statement.object : statement.subject;
  const words = touches ? `${arrow} ${shortened(nameOf(other), 120)}` : sentence(statement);
  const sources = statement.articles.length > 1 ? countOf("sourceCount", statement.articles.length) : "";
  const marks = [statement.differs.length ? MARKS.differing : "", MODALITIES[statement.modality] === "negated" ? MARKS.negated : ""].join("");
  return element("li", {}, link(words, { kind: "statement", id: statement.id }), " ",
    soft([detail(statement), sources].filter(Boolean).join(" · ")), marks ? element("strong", { class: "flag", title: text(marks.startsWith(MARKS.differing) ? "differing" : "modality.negated") }, ` ${marks}`) : null);
}

function statementGroups(key, statements, around) {
  const groups = new Map();
  for (const statement of statements) {
    const label = relationOf(statement);
    if (!groups.has(label)) groups.set(label, []);
    groups.get(label).push(statement);
  }
  const order = (a, b) => b.articles.length - a.articles.length || b.confidence - a.confidence || a.place - b.place;
  return [...groups.keys()].sort((a, b) => groups.get(b).length - groups.get(a).length || inOrder(a, b)).flatMap((label) => [
    element("h4", {}, `${label} `, soft(number(groups.get(label).length))),
    ...list(`${key} ${label}`, groups.get(label).sort(order), (statement) => statementItem(statement, around))]);
}

function nameList(place) {
  const { name, labels, mentions } = ENTITIES[place];
  const rows = Object.entries({ en: name, ...labels }).map(([code, label]) => [text(`language.${code}`), label]);
  const known = new Set(rows.map(([, label]) => label));
  const others = mentions.filter((one) => !known.has(one)).map((one) => shortened(one, 120));
  if (others.length) rows.push([text("otherNames"), others.slice(0, 30).join(", ")]);
  return element("dl", {}, rows.flatMap(([key, value]) => [element("dt", {}, key), element("dd", {}, shortened(value, 400))]));
}

function entityPanel(place) {
  const { wikidata } = ENTITIES[place];
  const focused = state.around === place;
  const depths = focused ? button(text(state.depth > 1 ? "closer" : "wider"), () => { state.depth = state.depth > 1 ? 1 : 2; picture.moved = false; changed(); drawPanel(); }) : null;
  return [
    element("h2", {}, shortened(nameOf(place), 200)),
    element("p", {}, badge(place), " ", /^Q\d+$/.test(wikidata || "") ? outside(`Wikidata ${wikidata}`, `https://www.wikidata.org/wiki/${wikidata}`) : null),
    element("div", { class: "actions" },
      button(text(focused ? "unfocus" : "focus"), () => around(focused ? null : place), { "aria-pressed": String(focused) }), depths, pathField(place)),
    nameList(place),
    element("h3", {}, countOf("statementCount", statementsOf[place].length)),
    ...statementGroups(`entity ${place}`, statementsOf[place], place),
    ...(claimsOf[place].length ? [element("h3", {}, `${text("claims")} (${number(claimsOf[place].length)})`),
      ...list(`claims ${place}`, claimsOf[place], (statement) => statementItem(statement))] : []),
  ];
}

function pathField(place) {
  const input = element("input", { type: "search", placeholder: text("pathTo"), "aria-label": text("pathTo"), autocomplete: "off", role: "combobox",
    "aria-expanded": "false", "aria-controls": "path-found", "aria-autocomplete": "list" });
  const found = element("ul", { id: "path-found", role: "listbox", "aria-label": text("pathTo"), hidden: true });
  combobox(input, found, (to) => { if (to !== place) choose({ kind: "path", from: place, to }); });
  return element("div", { class: "search" }, input, found);
}

function pathPanel(from, to) {
  const path = shortestPath(from, to);
  const head = [element("h2", {}, text("pathBetween", { first: shortened(nameOf(from), 80), second: shortened(nameOf(to), 80) }))];
  if (!path.length) return [...head, element("p", {}, text(filtered() ? "noPathFiltered" : "noPath"))];
  const steps = path.slice(1).flatMap((place, n) => [
    element("h3", {}, entityLink(path[n]), " – ", entityLink(place)),
    ...list(`path ${path[n]} ${place}`, pairOf(path[n], place).statements, (statement) => statementItem(statement))]);
  return [...head, element("p", { class: "soft" }, countOf("stepCount", path.length - 1)), ...steps];
}

function pairPanel(a, b) {
  const statements = statementsOf[a].filter(({ subject, object }) => subject === b || object === b);
  return [
    element("h2", {}, text("between", { first: shortened(nameOf(a), 80), second: shortened(nameOf(b), 80) })),
    element("p", {}, entityLink(a), " ", badge(a), element("br"), entityLink(b), " ", badge(b)),
    element("h3", {}, countOf("statementCount", statements.length)),
    ...statementGroups(`pair ${a} ${b}`, statements),
  ];
}

function facts(statement) {
  const rows = Object.entries(statement.qualifiers).map(([name, value]) => [text(`qualifier.${name}`),
    [qualifier(value), typeof value === "string" || !value.text ? null : soft(` “${value.text}”`)]]);
  const claimants = statement.claimedBy.flatMap((place, n) => (n ? [", ", entityLink(place)] : [entityLink(place)]));
  rows.push([text("modality"), [modalityOf(statement)]], [text("claimedBy"), claimants.length ? claimants : [text("statedBy")]],
    [text("sources"), [number(statement.articles.length)]], [text("confidenceOne"), [number(statement.confidence)]]);
  return element("dl", {}, rows.flatMap(([key, value]) => [element("dt", {}, key), element("dd", {}, value)]));
}

function statementPanel(statement) {
  return [
    element("h2", {}, entityLink(statement.subject), ` – ${relationOf(statement)} – `, entityLink(statement.object)),
    detail(statement) ? element("p", { class: "lead" }, detail(statement)) : null,
    ...comparison(statement),
    ...quotes(statement),
    element("h3", {}, text("details")),
    facts(statement),
    element("p", { class: "soft" }, statement.id),
  ];
}

function welcomePanel() {
  const top = current.ranked.slice(0, 10);
  const differing = current.statements.filter((statement) => statement.differs.length && statement.qualifiers.amount);
  const newest = [...ARTICLES].sort((a, b) => (b.date || "").localeCompare(a.date || "") || a.place - b.place);
  return [
    element("h2", {}, titleWords()),
    element("p", {}, text(STATEMENTS.length ? "welcome" : "empty")),
    ...(top.length ? [element("h3", {}, text("mostStatements")), element("ol", { class: "top" }, top.map((place) =>
      element("li", {}, element("span", { class: "dot", style: { "background-color": colours.types[ENTITIES[place].type] } }), entityLink(place), " ", soft(number(current.weight[place])))))] : []),
    ...(differing.length ? [element("h3", {}, text("sourcesDiffer")), ...list("differing", differing.slice(0, 6), (statement) => statementItem(statement))] : []),
    element("h3", {}, countOf("articleCount", ARTICLES.length)),
    ...list("articles", newest, (article) => element("li", {}, outside(shortened(titleOf(article), 200), article.url), " ", soft(source(article)))),
    element("h3", {}, text("howMade")),
    element("p", { class: "soft" }, text("howMadeWords", { version: DATA.version })),
  ];
}

function panelContent() {
  const { chosen } = state;
  if (chosen.kind === "entity") return entityPanel(chosen.place);
  if (chosen.kind === "pair") return pairPanel(chosen.a, chosen.b);
  if (chosen.kind === "path") return pathPanel(chosen.from, chosen.to);
  if (chosen.kind === "statement") return statementPanel(statementById.get(chosen.id));
  return welcomePanel();
}

function drawPanel() {
  const panel = at("panel");
  const close = state.chosen.kind === "none" ? [] : [button("×", () => choose({ kind: "none" }), { class: "close", "aria-label": text("close") })];
  panel.classList.toggle("idle", state.chosen.kind === "none");
  panel.replaceChildren(...close, ...panelContent().flat().filter(Boolean));
  panel.scrollTop = 0;
}
