// The same statements as a table: for reading in order, and for those who cannot use a picture.
const ROWS = 200;
const COLUMNS = [
  { key: "subject", value: (statement) => nameOf(statement.subject) },
  { key: "relation", value: relationOf },
  { key: "object", value: (statement) => nameOf(statement.object) },
  { key: "amount", label: "qualifier.amount", value: ({ qualifiers }) => (qualifiers.amount ? amount(qualifiers.amount) : ""),
    order: ({ qualifiers }) => (qualifiers.amount ? qualifiers.amount.value : -Infinity) },
  { key: "time", label: "qualifier.time", value: ({ qualifiers }) => qualifiers.time || "" },
  { key: "qualifiers", value: ({ qualifiers }) => Object.entries(qualifiers).filter(([name]) => name !== "time" && name !== "amount").map(([, value]) => qualifier(value)).join(" · ") },
  { key: "modality", value: modalityOf },
  { key: "claimedBy", value: ({ claimedBy }) => claimedBy.map(nameOf).join(", ") },
  { key: "published", value: firstDate },
  { key: "sources", value: ({ articles }) => number(articles.length), order: ({ articles }) => articles.length },
  { key: "confidence", label: "confidenceOne", value: ({ confidence }) => number(confidence), order: ({ confidence }) => confidence },
];
let tableRows = ROWS;

function firstDate({ articles }) {
  return articles.map((article) => ARTICLES[article].date || "").filter(Boolean).sort()[0] || "";
}

const folded = (words) => words.toLocaleLowerCase(language);

// Every word must be in the row; what is asked of a column must be in that column.
function found(statements) {
  const words = folded(state.find).split(/\s+/).filter(Boolean);
  const asked = COLUMNS.filter(({ key }) => state.columns[key]);
  if (!words.length && !asked.length) return statements;
  return statements.filter((statement) => {
    if (!asked.every(({ key, value }) => folded(value(statement)).includes(folded(state.columns[key])))) return false;
    const row = folded(COLUMNS.map(({ value }) => value(statement)).join(" "));
    return words.every((word) => row.includes(word));
  });
}

function sorted(statements) {
  const down = state.sort.startsWith("-");
  const column = COLUMNS.find(({ key }) => key === state.sort.replace(/^-/, "")) || COLUMNS[0];
  const order = column.order || column.value;
  const keys = new Map(statements.map((statement) => [statement, order(statement)]));
  return [...statements].sort((a, b) => {
    const [first, second] = [keys.get(a), keys.get(b)];
    const result = typeof first === "number" ? first - second || 0 : inOrder(first, second);
    return (down ? -result : result) || a.place - b.place;
  });
}

const tableStatements = () => sorted(found(current.statements));

function headCell({ key, label }, n) {
  const active = state.sort.replace(/^-/, "") === key || (state.sort === "" && n === 0);
  const down = state.sort.startsWith("-");
  return element("th", { scope: "col", "aria-sort": active ? (down ? "descending" : "ascending") : "none" },
    button([text(label || key), active ? (down ? " ▼" : " ▲") : ""], () => { state.sort = active && !down ? `-${key}` : key; changedTable(); }, { "data-keep": `sort-${key}` }));
}

function filterCell({ key, label }) {
  return element("td", {}, element("input", { type: "search", value: state.columns[key] || "", "aria-label": text("filterColumn", { column: text(label || key) }),
    placeholder: text("filterHere"), "data-keep": `in-${key}`, oninput: (event) => { state.columns[key] = event.target.value; tableChanged(); } }));
}

const tableChanged = later(150, () => changedTable());

function bodyRow(statement) {
  const open = () => choose({ kind: "statement", id: statement.id });
  const chosen = state.chosen.kind === "statement" && state.chosen.id === statement.id;
  const cells = COLUMNS.map(({ key, value }) => element(key === "relation" ? "th" : "td", key === "relation" ? { scope: "row" } : { class: key === "published" || key === "time" ? "date" : null },
    key === "relation" ? fill(link(value(statement), { kind: "statement", id: statement.id }), { "aria-label": inWords(statement), "data-keep": `row-${statement.id}` }, []) : shortened(value(statement), 160)));
  return element("tr", { class: chosen ? "chosen" : null, "aria-current": chosen ? "true" : null, onclick: open }, cells);
}

function drawTable() {
  const statements = tableStatements();
  const place = at("table-body");
  const more = statements.length > tableRows
    ? button(text("moreRows", { count: number(Math.min(ROWS, statements.length - tableRows)) }), () => { tableRows += ROWS; drawTable(); }, { class: "more" }) : null;
  keepingFocus(() => {
    if (at("table-find").value !== state.find) at("table-find").value = state.find;
    at("table-count").textContent = text("tableCount", { count: number(statements.length), all: number(STATEMENTS.length) });
    place.replaceChildren(element("table", {}, element("caption", { class: "hidden-words" }, text("tableCaption")),
      element("thead", {}, element("tr", {}, COLUMNS.map(headCell)), element("tr", { class: "row-filters" }, COLUMNS.map(filterCell))),
      element("tbody", {}, statements.slice(0, tableRows).map(bodyRow))), more || "");
  });
}

function changedTable() {
  tableRows = ROWS;
  drawTable();
  remember(addressOf(), true);
}
