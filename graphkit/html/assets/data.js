// The graph as the page holds it: everything is found by position, nothing by text.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const DATA = read("data");

// The columns of each kind of row; payload.py writes them in this order.
const rows = (table, columns) => table.map((row, place) => {
  const item = { place };
  columns.forEach((column, n) => { item[column] = row[n]; });
  return item;
});

const ENTITIES = rows(DATA.entities, ["id", "name", "type", "labels", "mentions", "wikidata", "x", "y", "size"]);
const STATEMENTS = rows(DATA.statements,
  ["id", "subject", "relation", "object", "modality", "confidence", "articles", "qualifiers", "claimedBy", "differs"]);
const ARTICLES = rows(DATA.articles, ["id", "title", "publisher", "author", "date", "url"]);
const RELATIONS = rows(DATA.relations, ["name", "labels", "symmetric"]);
const TYPES = DATA.types;
const MODALITIES = DATA.modalities;
const QUANTITY = TYPES.indexOf("Quantity");

const entityById = new Map(ENTITIES.map((entity) => [entity.id, entity.place]));
const statementById = new Map(STATEMENTS.map((statement) => [statement.id, statement]));
const articleById = new Map(ARTICLES.map((article) => [article.id, article.place]));

const statementsOf = ENTITIES.map(() => []);
const claimsOf = ENTITIES.map(() => []);
for (const statement of STATEMENTS) {
  statementsOf[statement.subject].push(statement);
  if (statement.object !== statement.subject) statementsOf[statement.object].push(statement);
  for (const claimant of statement.claimedBy) claimsOf[claimant].push(statement);
}

const DATES = ARTICLES.map((article) => article.date).filter(Boolean).sort();

// The sentences are most of the file, and nobody needs them to see the graph: they are read when first asked for.
let sentences = null;
function evidenceOf(statement) {
  if (sentences === null) sentences = read("evidence");
  return sentences.evidence[statement.place].map(([sentence, frame, confidence, ...marks]) => {
    const [article, start, end, words] = sentences.sentences[sentence];
    return { article: ARTICLES[article], start, end, words, frame: sentences.frames[frame], confidence, marks };
  });
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}
