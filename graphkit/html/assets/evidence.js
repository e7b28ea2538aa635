// The sentences that say a statement, with what they say it about marked.
const MARK_KINDS = ["subject", "object", "qualifier", "cue"];

// Offsets count code points; JavaScript strings count UTF-16 units.
function marked(words, marks) {
  const letters = Array.from(words);
  const parts = [];
  let done = 0;
  for (let n = 0; n < marks.length; n += 3) {
    const [kind, start, end] = marks.slice(n, n + 3);
    parts.push(letters.slice(done, start).join(""), element("mark", { class: MARK_KINDS[kind], title: text(`mark.${MARK_KINDS[kind]}`) }, letters.slice(start, end).join("")));
    done = end;
  }
  return [...parts, letters.slice(done).join("")];
}

function source(article) {
  return [article.publisher, article.date ? day(article.date) : "", article.author].filter(Boolean).join(" · ");
}

function quote({ article, words, marks, start, end, frame, confidence }) {
  return element("blockquote", {},
    element("p", { lang: "", dir: "auto" }, marked(words, marks)),
    element("cite", {}, outside(shortened(titleOf(article), 300), article.url), element("span", {}, source(article) || text("noSource"))),
    element("details", {}, element("summary", {}, text("howRead")),
      element("p", {}, text("readBy", { frame, confidence: number(confidence), start: number(start), end: number(end) }))));
}

function markKey(items) {
  const used = new Set(items.flatMap(({ marks }) => marks.filter((_, n) => n % 3 === 0)));
  return element("p", { class: "mark-key" }, MARK_KINDS.filter((_, n) => used.has(n)).map((kind) => element("mark", { class: kind }, text(`mark.${kind}`))));
}

function quotes(statement) {
  const items = evidenceOf(statement);
  return [element("h3", {}, countOf("evidenceCount", items.length)), markKey(items), ...items.map(quote)];
}
