// Statements that differ in amount or time, side by side.
const MOST_COMPARED = 6;

const ASPECTS = [
  { key: "qualifier.amount", value: ({ qualifiers }) => (qualifiers.amount ? [amount(qualifiers.amount)] : []) },
  { key: "qualifier.time", value: ({ qualifiers }) => (qualifiers.time ? [qualifiers.time] : []) },
  { key: "qualifiers", value: ({ qualifiers }) => Object.entries(qualifiers).filter(([name]) => name !== "amount" && name !== "time").map(([, value]) => qualifier(value)) },
  { key: "modality", value: (statement) => [modalityOf(statement)] },
  { key: "claimedBy", value: ({ claimedBy }) => claimedBy.map(nameOf) },
  { key: "sources", value: ({ articles }) => articles.slice(0, 4).map((article) => source(ARTICLES[article]) || titleOf(ARTICLES[article])) },
  { key: "sentence", value: (statement) => evidenceOf(statement).slice(0, 1).map(({ words, marks }) => element("q", { lang: "", dir: "auto" }, marked(words, marks))) },
];

function comparison(statement) {
  const others = statement.differs.map((place) => STATEMENTS[place]);
  if (!others.length) return [];
  const compared = [statement, ...others.slice(0, MOST_COMPARED - 1)];
  // What a measure is differs in its object; a fact has the same one.
  const heads = compared.map((one, n) => element("th", { scope: "col" }, n === 0 ? text("thisOne") : link(`${relationOf(one)} ${nameOf(one.object)}`, { kind: "statement", id: one.id })));
  const rows = ASPECTS.map(({ key, value }) => [key, compared.map(value)]).filter(([, values]) => values.some((items) => items.length));
  const cells = ([key, values]) => element("tr", {}, element("th", { scope: "row" }, text(key)),
    values.map((items) => element("td", {}, items.flatMap((item, n) => (n ? [element("br"), item] : [item])))));
  return [element("h3", {}, countOf("differsCount", others.length)),
    element("div", { class: "compare", tabindex: 0, role: "region", "aria-label": text("differing") },
      element("table", {}, element("thead", {}, element("tr", {}, element("td"), heads)), element("tbody", {}, rows.map(cells))))];
}
