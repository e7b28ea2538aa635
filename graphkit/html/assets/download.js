// What is shown as a file. Nothing leaves the reader's computer.
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function record(statement) {
  const { subject, object, qualifiers, claimedBy, articles, confidence } = statement;
  const { time = "", amount: value, ...others } = qualifiers;
  const items = evidenceOf(statement);
  return {
    id: statement.id, subject: nameOf(subject), subject_id: ENTITIES[subject].id, relation: RELATIONS[statement.relation].name,
    object: nameOf(object), object_id: ENTITIES[object].id, amount: value ? value.value : "", unit: value ? value.unit : "", time,
    qualifiers: Object.entries(others).map(([name, one]) => `${name}: ${qualifier(one)}`).join("; "),
    modality: MODALITIES[statement.modality], claimed_by: claimedBy.map(nameOf).join("; "), confidence, sources: articles.length,
    articles: articles.map((article) => ARTICLES[article].id).join("; "), titles: articles.map((article) => titleOf(ARTICLES[article])).join("; "),
    urls: articles.map((article) => ARTICLES[article].url || "").filter(Boolean).join("; "), evidence: items.map(({ words }) => words).join(" | "),
  };
}

// A spreadsheet must not take words for a formula (OWASP, "CSV Injection").
function csvCell(value) {
  const words = typeof value === "number" ? String(value) : value.replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

function csv(statements) {
  const records = statements.map(record);
  const columns = Object.keys(records.length ? records[0] : { id: "" });
  const lines = [columns, ...records.map((one) => columns.map((column) => one[column]))].map((cells) => cells.map(csvCell).join(","));
  // The mark tells spreadsheets that this is UTF-8.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function json(statements) {
  return JSON.stringify(statements.map((statement) => ({
    ...record(statement), qualifiers: statement.qualifiers, claimed_by: statement.claimedBy.map(nameOf), differs_from: statement.differs.map((place) => STATEMENTS[place].id),
    articles: undefined, titles: undefined, urls: undefined, amount: undefined, unit: undefined, time: undefined, sources: undefined,
    evidence: evidenceOf(statement).map(({ article, words, start, end, frame, confidence }) => ({
      article: article.id, title: article.title, publisher: article.publisher, date: article.date, url: article.url, text: words, start, end, frame, confidence })),
  })), null, 1);
}

const shownStatements = () => (state.view === "table" ? tableStatements() : current.statements);
const downloads = {
  csv: () => save("statements.csv", new Blob([csv(shownStatements())], { type: "text/csv;charset=utf-8" })),
  json: () => save("statements.json", new Blob([json(shownStatements())], { type: "application/json" })),
};
