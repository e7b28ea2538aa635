// What is shown: one state, one question asked of every statement.
const state = {
  types: new Set(Object.keys(COLOURS).filter((type) => type !== "Quantity")),
  relations: new Set(Object.keys(DATA.relations)),
  modalities: new Set(MODALITIES),
  confidence: 0,
  all: DATA.entities.length <= FIRST_SHOWN,
  focus: null,
  view: "graph",
  chosen: { kind: "none" },
};

function passes(statement) {
  return state.relations.has(statement.relation) && state.modalities.has(statement.modality) &&
    statement.confidence >= state.confidence && typesPass(statement) &&
    (state.focus === null || statement.subject === state.focus || statement.object === state.focus);
}

function typesPass(statement) {
  return state.types.has(DATA.entities[statement.subject].type) && state.types.has(DATA.entities[statement.object].type);
}

function shownEntities(statements) {
  const linked = new Set(statements.flatMap((statement) => [statement.subject, statement.object]));
  if (state.all || state.focus !== null) return linked;
  return new Set(ranked.filter((place) => linked.has(place)).slice(0, FIRST_SHOWN));
}

function group(title, set, choices, changed) {
  const boxes = choices.map(({ value, label, colour, count }) => element("label", {},
    element("input", {
      type: "checkbox", checked: set.has(value),
      onchange: (event) => { if (event.target.checked) set.add(value); else set.delete(value); changed(); },
    }),
    colour ? element("span", { class: "dot", colour }) : null, label, element("span", { class: "count" }, number(count))));
  const all = choices.every(({ value }) => set.has(value));
  const toggle = element("button", {
    type: "button",
    onclick: () => { for (const { value } of choices) { if (all) set.delete(value); else set.add(value); } changed(); },
  }, text(all ? "none" : "all"));
  return element("fieldset", {}, element("legend", {}, title, " ", toggle), ...boxes);
}

function confidenceRange(changed) {
  const shown = element("span", { class: "count" }, number(state.confidence));
  const range = element("input", {
    type: "range", min: 0, max: 1, step: 0.05, value: state.confidence, "aria-label": text("confidence"),
    oninput: (event) => { shown.textContent = number(Number(event.target.value)); },
    onchange: (event) => { state.confidence = Number(event.target.value); changed(); },
  });
  return element("fieldset", {}, element("legend", {}, text("confidence"), " ", shown), range);
}

function drawFilters(place, changed) {
  const types = counted(DATA.entities.map((entity) => entity.type));
  const relations = counted(DATA.statements.map((statement) => statement.relation));
  const modalities = counted(DATA.statements.map((statement) => statement.modality));
  const label = (name) => DATA.relations[name].labels[language] || name;
  place.replaceChildren(
    group(text("types"), state.types, Object.keys(COLOURS).filter((type) => types.has(type))
      .map((type) => ({ value: type, label: text(`type.${type}`), colour: COLOURS[type], count: types.get(type) })), changed),
    confidenceRange(changed),
    group(text("modalities"), state.modalities, MODALITIES.filter((name) => modalities.has(name))
      .map((name) => ({ value: name, label: text(`modality.${name}`), count: modalities.get(name) })), changed),
    group(text("relations"), state.relations, [...relations.keys()].sort((a, b) => label(a).localeCompare(label(b), language))
      .map((name) => ({ value: name, label: label(name), count: relations.get(name) })), changed));
}
