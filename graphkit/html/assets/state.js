// What the reader has chosen. Everything that is drawn follows from this and the data.
const FACETS = ["type", "relation", "modality", "publisher", "article"];

const fresh = () => ({
  view: "graph",
  // none, entity, statement, pair or path
  chosen: { kind: "none" },
  // Only the surroundings of an entity, so many steps wide.
  around: null,
  depth: 1,
  // The values of each facet that are left out.
  hidden: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  from: "",
  to: "",
  sources: 1,
  confidence: 0,
  // Words that a row of the table must have, in any column, and in one.
  find: "",
  columns: {},
  sort: "",
  quantities: false,
  all: false,
});

let state = fresh();

// Values of a facet as they stand in addresses: the position is for us only.
const PUBLISHERS = [...new Set(ARTICLES.map((article) => article.publisher || ""))].sort();
const publisherOf = ARTICLES.map((article) => PUBLISHERS.indexOf(article.publisher || ""));
const VALUES = {
  type: TYPES,
  relation: RELATIONS.map((relation) => relation.name),
  modality: MODALITIES,
  publisher: PUBLISHERS,
  article: ARTICLES.map((article) => article.id),
};

function filtered() {
  return FACETS.some((facet) => state.hidden[facet].size) || state.from !== "" || state.to !== "" ||
    state.sources > 1 || state.confidence > 0 || state.around !== null;
}

function clearFilters() {
  const { hidden, from, to, sources, confidence, around, depth } = fresh();
  Object.assign(state, { hidden, from, to, sources, confidence, around, depth });
}
