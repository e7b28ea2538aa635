// Which statements pass: one question asked of each, the same for picture, table and downloads.
function articlesPass() {
  const { article, publisher } = state.hidden;
  if (!article.size && !publisher.size && !state.from && !state.to) return null;
  return ARTICLES.map(({ place, date }) => !article.has(place) && !publisher.has(publisherOf[place]) &&
    (!state.from || (date !== null && date >= state.from)) && (!state.to || (date !== null && date <= state.to)));
}

function passing() {
  const { type, relation, modality } = state.hidden;
  const shown = articlesPass();
  const near = state.around === null ? null : surroundings(state.around, state.depth);
  return STATEMENTS.filter((statement) => !relation.has(statement.relation) && !modality.has(statement.modality) &&
    !type.has(ENTITIES[statement.subject].type) && !type.has(ENTITIES[statement.object].type) &&
    statement.confidence >= state.confidence && statement.articles.length >= state.sources &&
    (shown === null || statement.articles.some((article) => shown[article])) &&
    (near === null || (near.has(statement.subject) && near.has(statement.object))));
}

// An entity and those that are so many statements away from it.
function surroundings(place, depth) {
  let edge = [place];
  const found = new Set(edge);
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const one of edge) {
      for (const { subject, object } of statementsOf[one]) {
        const other = subject === one ? object : subject;
        if (!found.has(other)) { found.add(other); next.push(other); }
      }
    }
    edge = next;
  }
  return found;
}
