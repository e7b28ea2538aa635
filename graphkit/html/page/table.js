// The same statements as a table: for reading in order, and for those who cannot use a picture.
const ROWS = 300;
const COLUMNS = [
  { key: "subject", value: (statement) => nameOf(statement.subject) },
  { key: "relation", value: relationOf },
  { key: "object", value: (statement) => nameOf(statement.object) },
  { key: "qualifier.amount", value: (statement) => (statement.qualifiers.amount ? amount(statement.qualifiers.amount) : ""),
    order: (statement) => (statement.qualifiers.amount ? statement.qualifiers.amount.value : -Infinity) },
  { key: "qualifier.time", value: (statement) => statement.qualifiers.time || "" },
  { key: "qualifiers", value: (statement) => Object.entries(statement.qualifiers)
    .filter(([name]) => name !== "time" && name !== "amount").map(([, value]) => qualifier(value)).join(" · ") },
  { key: "modality", value: (statement) => text(`modality.${statement.modality}`) },
  { key: "claimedBy", value: (statement) => statement.claimedBy.map(nameOf).join(", ") },
  { key: "sources", value: (statement) => number(articleCount(statement)), order: articleCount },
  { key: "confidence.one", value: (statement) => number(statement.confidence), order: (statement) => statement.confidence },
];
const sorting = { column: 0, up: true, rows: ROWS };

function articleCount(statement) {
  return new Set(statement.evidence.map((item) => item.article)).size;
}

function compare(a, b) {
  const column = COLUMNS[sorting.column];
  const order = column.order || column.value;
  const [first, second] = [order(a), order(b)];
  const result = typeof first === "number" ? first - second : first.localeCompare(second, language);
  return sorting.up ? result : -result;
}

function drawTable(place, statements) {
  const redraw = () => drawTable(place, statements);
  const head = COLUMNS.map((column, n) => element("th", { scope: "col", "aria-sort": n === sorting.column ? (sorting.up ? "ascending" : "descending") : "none" },
    element("button", { type: "button", onclick: () => { sorting.up = n === sorting.column ? !sorting.up : true; sorting.column = n; redraw(); } },
      text(column.key), n === sorting.column ? (sorting.up ? " ▲" : " ▼") : "")));
  const rows = [...statements].sort(compare).slice(0, sorting.rows).map((statement) => element("tr", {
    class: state.chosen.kind === "statement" && state.chosen.id === statement.id ? "chosen" : null,
    onclick: () => choose({ kind: "statement", id: statement.id }),
  }, ...COLUMNS.map((column, n) => element("td", {}, n === 1 ? link(column.value(statement), () => {}) : column.value(statement)))));
  const more = statements.length > sorting.rows
    ? element("button", { type: "button", class: "more", onclick: () => { sorting.rows += ROWS; redraw(); } }, text("more")) : null;
  place.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)), ...(more ? [more] : []));
}
