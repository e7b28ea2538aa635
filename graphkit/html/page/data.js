// The graph as the page holds it: everything is found by position, nothing by text.
const DATA = JSON.parse(document.getElementById("data").textContent);

const COLOURS = {
  Country: "#0072b2", Organization: "#d55e00", Person: "#009e73", Place: "#56b4e9", Event: "#cc79a7",
  Product: "#e69f00", Group: "#8c6bb1", Concept: "#8a94a3", Quantity: "#c3cad3",
};
const MODALITIES = ["asserted", "planned", "proposed", "negated", "possible"];
// With more entities than this, the page opens on the best connected ones.
const FIRST_SHOWN = 400;

const statementById = new Map(DATA.statements.map((statement) => [statement.id, statement]));
const entityById = new Map(DATA.entities.map((entity, place) => [entity.id, place]));
const statementsOf = DATA.entities.map(() => []);
const claimsOf = DATA.entities.map(() => []);
const statementsOfPair = new Map();

function pairKey(a, b) {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

for (const statement of DATA.statements) {
  statementsOf[statement.subject].push(statement);
  if (statement.object !== statement.subject) statementsOf[statement.object].push(statement);
  for (const claimant of statement.claimedBy) claimsOf[claimant].push(statement);
  const key = pairKey(statement.subject, statement.object);
  if (!statementsOfPair.has(key)) statementsOfPair.set(key, []);
  statementsOfPair.get(key).push(statement);
}

const ranked = DATA.entities.map((_, place) => place)
  .sort((a, b) => statementsOf[b].length - statementsOf[a].length || a - b);

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}
