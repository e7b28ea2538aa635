// The filters: each value can be left out, or be the only one.
const FEW = 9;
const MOST_SHOWN = 60;
const opened = new Set();
const searched = {};
const sizes = {};

function facetCounts(facet) {
  if (sizes[facet]) return sizes[facet];
  const values = {
    type: () => ENTITIES.filter(({ place }) => statementsOf[place].length).map((entity) => entity.type),
    relation: () => STATEMENTS.map((statement) => statement.relation),
    modality: () => STATEMENTS.map((statement) => statement.modality),
    publisher: () => STATEMENTS.flatMap((statement) => [...new Set(statement.articles.map((article) => publisherOf[article]))]),
    article: () => STATEMENTS.flatMap((statement) => statement.articles),
  };
  sizes[facet] = counted(values[facet]());
  return sizes[facet];
}

const LABELS = {
  type: (n) => text(`type.${TYPES[n]}`),
  relation: relationLabel,
  modality: (n) => text(`modality.${MODALITIES[n]}`),
  publisher: (n) => PUBLISHERS[n] || text("unknown"),
  article: (n) => titleOf(ARTICLES[n]),
};

function toggleFacet(facet, value) {
  const hidden = state.hidden[facet];
  if (facet === "type" && value === QUANTITY) state.quantities = !state.quantities;
  else if (hidden.has(value)) hidden.delete(value);
  else hidden.add(value);
  changed();
}

function onlyFacet(facet, value) {
  state.hidden[facet] = new Set(VALUES[facet].map((_, n) => n).filter((n) => n !== value));
  if (facet === "type" && value === QUANTITY) state.quantities = true;
  changed();
}

function choice(facet, value, count) {
  const quantity = facet === "type" && value === QUANTITY;
  const ticked = quantity ? state.quantities : !state.hidden[facet].has(value);
  const name = LABELS[facet](value);
  const dot = facet === "type" ? element("span", { class: "dot", style: { "background-color": colours.types[value] } }) : null;
  return element("div", { class: "choice" },
    element("label", { title: name },
      element("input", { type: "checkbox", checked: ticked, "data-keep": `${facet}-${value}`, onchange: () => toggleFacet(facet, value) }),
      dot, element("span", { class: "name" }, shortened(name, 70)), element("span", { class: "count" }, number(count))),
    quantity ? null : button(text("only"), () => onlyFacet(facet, value), { class: "link only", "aria-label": `${text("only")}: ${shortened(name, 70)}`, "data-keep": `${facet}-${value}-only` }));
}

function facetChoices(facet) {
  const counts = facetCounts(facet);
  const order = facet === "type" || facet === "modality" ? (a, b) => a - b
    : (a, b) => counts.get(b) - counts.get(a) || inOrder(LABELS[facet](a), LABELS[facet](b));
  const words = (searched[facet] || "").toLocaleLowerCase(language);
  const all = [...counts.keys()].sort(order);
  const found = words ? all.filter((value) => LABELS[facet](value).toLocaleLowerCase(language).includes(words)) : all;
  const most = opened.has(facet) || words ? MOST_SHOWN : FEW;
  return { all, shown: found.slice(0, most), rest: found.length - Math.min(found.length, most) };
}

function facet(name) {
  const { all, shown, rest } = facetChoices(name);
  if (all.length < 2 && !state.hidden[name].size) return null;
  const reset = state.hidden[name].size
    ? button(text("all"), () => { state.hidden[name].clear(); changed(); }, { class: "link" }) : null;
  const search = all.length > FEW ? element("input", {
    type: "search", value: searched[name] || "", placeholder: text("searchHere"), "aria-label": `${text("searchHere")}: ${text(`facet.${name}`)}`, "data-keep": `search-${name}`,
    oninput: (event) => { searched[name] = event.target.value; drawFilters(); } }) : null;
  const more = rest > 0 && !opened.has(name)
    ? button(text("moreChoices", { count: number(rest) }), () => { opened.add(name); drawFilters(); }, { class: "link", "data-keep": `more-${name}` })
    : rest > 0 ? element("p", { class: "soft" }, text("searchForRest", { count: number(rest) })) : null;
  return element("fieldset", {}, element("legend", {}, element("span", {}, text(`facet.${name}`)), reset), search,
    shown.map((value) => choice(name, value, all.length ? facetCounts(name).get(value) : 0)), more);
}

function slider(key, value, properties, take) {
  const shown = element("output", { class: "count" }, number(value));
  return element("fieldset", {}, element("legend", {}, element("span", {}, text(key)), shown),
    element("input", { type: "range", value, "aria-label": text(key), "data-keep": key, ...properties,
      oninput: (event) => { shown.textContent = number(Number(event.target.value)); },
      onchange: (event) => { take(Number(event.target.value)); changed(); } }));
}

function dateField(which) {
  return element("label", { class: "date" }, text(which), element("input", {
    type: "date", value: state[which], min: DATES[0], max: DATES[DATES.length - 1], "data-keep": which,
    onchange: (event) => { state[which] = event.target.value; changed(); } }));
}

let mostSources = 0;

function drawFilters() {
  const place = at("filters");
  const scrolled = place.scrollTop;
  mostSources = mostSources || STATEMENTS.reduce((most, statement) => Math.max(most, statement.articles.length), 1);
  keepingFocus(() => {
    place.replaceChildren(...[
      element("div", { class: "filters-head" }, element("h2", {}, text("filters")),
        button(text("reset"), () => { clearFilters(); changed(); }, { disabled: !filtered(), "data-keep": "reset" }),
        button("×", () => toggleFilters(false), { class: "close narrow", "aria-label": text("close") })),
      facet("type"), facet("relation"), facet("modality"),
      DATES.length > 1 ? element("fieldset", {}, element("legend", {}, text("dates")), dateField("from"), dateField("to")) : null,
      mostSources > 1 ? slider("sourcesAtLeast", state.sources, { min: 1, max: mostSources, step: 1 }, (value) => { state.sources = value; }) : null,
      slider("confidence", state.confidence, { min: 0, max: 1, step: 0.05 }, (value) => { state.confidence = value; }),
      facet("publisher"), facet("article")].filter(Boolean));
  });
  place.scrollTop = scrolled;
}

// Drawing anew must not take the keyboard away from who uses it.
function keepingFocus(draw) {
  const { activeElement } = document;
  const key = activeElement && activeElement.dataset && activeElement.dataset.keep;
  const typed = key && activeElement.type === "search" ? [activeElement.selectionStart, activeElement.selectionEnd] : null;
  draw();
  const again = key && document.querySelector(`[data-keep="${CSS.escape(key)}"]`);
  if (!again || again === activeElement) return;
  again.focus({ preventScroll: true });
  if (typed) again.setSelectionRange(...typed);
}
