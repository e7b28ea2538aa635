// The panel: an entity, a pair of entities, or one statement with the sentences that say it.
function entityLink(place) {
  return link(nameOf(place), () => choose({ kind: "entity", place }));
}

function statementItem(statement, around) {
  const words = around === undefined || statement.claimedBy.includes(around) && statement.subject !== around && statement.object !== around
    ? sentence(statement)
    : `${arrow(statement, around)} ${nameOf(statement.subject === around ? statement.object : statement.subject)}`;
  const more = detail(statement);
  return element("li", {}, link(words, () => choose({ kind: "statement", id: statement.id })),
    more ? element("span", { class: "soft" }, ` ${more}`) : null);
}

function arrow(statement, around) {
  if (DATA.relations[statement.relation].symmetric) return "↔";
  return statement.subject === around ? "→" : "←";
}

function statementGroups(statements, around) {
  const groups = new Map();
  for (const statement of statements) {
    const label = relationOf(statement);
    if (!groups.has(label)) groups.set(label, []);
    groups.get(label).push(statement);
  }
  return [...groups.keys()].sort((a, b) => a.localeCompare(b, language)).flatMap((label) => [
    element("h4", {}, label),
    element("ul", {}, ...groups.get(label).map((statement) => statementItem(statement, around)))]);
}

function badge(type) {
  const dark = ["Product", "Quantity", "Place"].includes(type) ? " dark" : "";
  return element("span", { class: `badge${dark}`, colour: COLOURS[type] }, text(`type.${type}`));
}

function entityPanel(place) {
  const entity = DATA.entities[place];
  const others = [...new Set([entity.name, ...Object.values(entity.labels), ...entity.mentions])].filter((name) => name !== nameOf(place));
  const focused = state.focus === place;
  return [
    element("h2", {}, nameOf(place)),
    element("p", {}, badge(entity.type), " ",
      /^Q\d+$/.test(entity.wikidata || "") ? outside(`Wikidata ${entity.wikidata}`, `https://www.wikidata.org/wiki/${entity.wikidata}`) : null),
    others.length ? element("p", { class: "soft" }, `${text("otherNames")}: ${others.join(", ")}`) : null,
    element("button", { type: "button", onclick: () => { state.focus = focused ? null : place; changed(); drawPanel(); } },
      text(focused ? "unfocus" : "focus")),
    element("h3", {}, `${text("statements")} (${number(statementsOf[place].length)})`),
    ...statementGroups(statementsOf[place], place),
    ...(claimsOf[place].length ? [element("h3", {}, `${text("claims")} (${number(claimsOf[place].length)})`),
      element("ul", {}, ...claimsOf[place].map((statement) => statementItem(statement)))] : []),
  ];
}

function pairPanel(a, b) {
  return [
    element("h2", {}, text("between", { first: nameOf(a), second: nameOf(b) })),
    element("p", {}, entityLink(a), " · ", entityLink(b)),
    ...statementGroups(statementsOfPair.get(pairKey(a, b)) || []),
  ];
}

function evidenceQuote(item) {
  const article = DATA.articles[item.article];
  // Offsets count code points; JavaScript strings count UTF-16 units.
  const letters = Array.from(item.text);
  const [start, end] = item.cue;
  const cue = start >= 0 && end <= letters.length && start < end;
  const words = cue
    ? [letters.slice(0, start).join(""), element("mark", {}, letters.slice(start, end).join("")), letters.slice(end).join("")]
    : [item.text];
  const source = [article.publisher, article.date].filter(Boolean).join(", ");
  return element("blockquote", {},
    element("p", {}, ...words),
    element("cite", {}, outside(article.title || article.id, article.url), source ? ` (${source})` : ""),
    element("cite", {}, `${text("place", { start: number(item.start), end: number(item.end) })} · ${text("frame")} ${item.frame} · ${number(item.confidence)}`));
}

function statementPanel(statement) {
  const rows = Object.entries(statement.qualifiers).flatMap(([name, value]) => [
    element("dt", {}, text(`qualifier.${name}`)),
    element("dd", {}, qualifier(value), typeof value === "string" || !value.text ? null : element("span", { class: "soft" }, ` “${value.text}”`))]);
  if (statement.modality !== "asserted") {
    rows.push(element("dt", {}, text("modality")), element("dd", {}, text(`modality.${statement.modality}`)));
  }
  const claimants = statement.claimedBy.flatMap((place, n) => (n ? [", ", entityLink(place)] : [entityLink(place)]));
  rows.push(element("dt", {}, text("claimedBy")), element("dd", {}, ...(claimants.length ? claimants : [text("statedBy")])),
    element("dt", {}, text("confidence.one")), element("dd", {}, number(statement.confidence)));
  const differing = statement.differsFrom.map((id) => statementById.get(id)).filter(Boolean);
  return [
    element("h2", {}, entityLink(statement.subject), ` – ${relationOf(statement)} – `, entityLink(statement.object)),
    element("dl", {}, ...rows),
    element("h3", {}, `${text("evidence")} (${number(statement.evidence.length)})`),
    ...statement.evidence.map(evidenceQuote),
    ...(differing.length ? [element("h3", {}, text("differs")),
      element("ul", {}, ...differing.map((other) => statementItem(other)))] : []),
    element("p", { class: "soft" }, statement.id),
  ];
}

function welcomePanel() {
  const articles = DATA.articles.map((article) => element("li", {}, outside(article.title || article.id, article.url),
    element("span", { class: "soft" }, ` ${[article.publisher, article.date].filter(Boolean).join(", ")}`)));
  const top = ranked.filter((place) => state.types.has(DATA.entities[place].type) && statementsOf[place].length).slice(0, 10);
  return [
    element("p", {}, text(DATA.statements.length ? "welcome" : "empty")),
    ...(top.length ? [element("h3", {}, text("mostStatements")),
      element("ul", {}, ...top.map((place) => element("li", {}, entityLink(place), element("span", { class: "soft" }, ` ${number(statementsOf[place].length)}`))))] : []),
    element("h3", {}, `${text("articles")} (${number(articles.length)})`),
    element("ul", {}, ...articles.slice(0, 200)),
  ];
}

function panelContent() {
  const chosen = state.chosen;
  if (chosen.kind === "entity") return entityPanel(chosen.place);
  if (chosen.kind === "pair") return pairPanel(chosen.a, chosen.b);
  if (chosen.kind === "statement") return statementPanel(statementById.get(chosen.id));
  return welcomePanel();
}

function drawPanel() {
  const panel = document.getElementById("panel");
  const close = state.chosen.kind === "none" ? []
    : [element("button", { type: "button", class: "close", "aria-label": text("close"), onclick: () => choose({ kind: "none" }) }, "×")];
  panel.replaceChildren(...close, ...panelContent().filter(Boolean));
  panel.scrollTop = 0;
}
