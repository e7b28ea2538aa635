// When the articles appeared: a histogram of statements, and two handles for the part that is wanted.
const MOST_BARS = 72;
const DAY = 86400000;
const time = (date) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 10);

// The finest of days, weeks, months, quarters and years that makes not too many bars.
function spans() {
  if (!DATES.length) return [];
  const [first, last] = [DATES[0], DATES[DATES.length - 1]];
  for (const days of [1, 7]) {
    const count = Math.floor((time(last) - time(first)) / DAY / days) + 1;
    if (count <= MOST_BARS) {
      return Array.from({ length: count }, (_, n) => ({ from: dateOf(time(first) + n * days * DAY), to: dateOf(time(first) + ((n + 1) * days - 1) * DAY) }));
    }
  }
  return monthSpans(first, last);
}

function monthSpans(first, last) {
  const months = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const all = months(last) - months(first) + 1;
  const step = [1, 3, 12].find((size) => all / size <= MOST_BARS) || Math.ceil(all / MOST_BARS);
  const start = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  const origin = Math.floor(months(first) / step) * step;
  return Array.from({ length: Math.floor((months(last) - origin) / step) + 1 }, (_, n) => ({
    from: start(origin + n * step), to: dateOf(time(start(origin + (n + 1) * step)) - DAY) }));
}

const SPANS = spans();
const spanOf = (date) => {
  let [low, high] = [0, SPANS.length - 1];
  while (low < high) { const middle = (low + high + 1) >> 1; if (SPANS[middle].from <= date) low = middle; else high = middle - 1; }
  return low;
};
const spanOfArticle = ARTICLES.map((article) => (article.date ? spanOf(article.date) : -1));

function histogram(statements) {
  const counts = new Array(SPANS.length).fill(0);
  for (const { articles } of statements) for (const article of articles) if (spanOfArticle[article] >= 0) counts[spanOfArticle[article]] += 1;
  return counts;
}

let totals = null;

function chosenSpans() {
  return [state.from ? spanOf(state.from) : 0, state.to ? spanOf(state.to) : SPANS.length - 1];
}

function setDates(low, high) {
  const [first, last] = [Math.min(low, high), Math.max(low, high)];
  state.from = first === 0 ? "" : SPANS[first].from;
  state.to = last === SPANS.length - 1 ? "" : SPANS[last].to;
  changed();
}

function handle(which, position) {
  return element("input", {
    type: "range", min: 0, max: SPANS.length - 1, step: 1, value: position, class: "handle", "data-keep": `timeline-${which}`,
    "aria-label": text(which), "aria-valuetext": day(which === "from" ? SPANS[position].from : SPANS[position].to),
    onchange: (event) => {
      const [low, high] = chosenSpans();
      const value = Number(event.target.value);
      if (which === "from") setDates(Math.min(value, high), high); else setDates(low, Math.max(value, low));
    } });
}

function drawTimeline() {
  const box = at("timeline");
  box.hidden = SPANS.length < 2;
  if (box.hidden) return;
  if (totals === null) totals = histogram(STATEMENTS);
  const [counts, most, [low, high]] = [histogram(current.statements), Math.max(1, ...totals), chosenSpans()];
  const bars = SPANS.map((span, n) => {
    const tall = (count) => `${Math.round((100 * count) / most)}%`;
    return element("div", { class: n < low || n > high ? "bar out" : "bar", title: `${period([span.from, span.to])}: ${number(counts[n])}`, onclick: () => setDates(n, n) },
      element("i", { style: { height: tall(totals[n]) } }), element("b", { style: { height: tall(counts[n]) } }));
  });
  const range = period([SPANS[low].from, SPANS[high].to]);
  box.replaceChildren(
    element("div", { class: "bars", "aria-hidden": "true" }, bars),
    element("div", { class: "handles" }, handle("from", low), handle("to", high)),
    element("div", { class: "dates" }, element("span", {}, day(DATES[0])),
      element("strong", {}, state.from || state.to ? range : text("allDates")),
      state.from || state.to ? button(text("allDatesAgain"), () => { state.from = ""; state.to = ""; changed(); }, { class: "link" }) : null,
      element("span", {}, day(DATES[DATES.length - 1]))));
}
