// Finding an entity by any of its names, in either language, with or without accents.
const MOST_FOUND = 12;
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let index = null;

function matches(words) {
  if (index === null) index = ENTITIES.map(({ place }) => namesOf(place).map(plain));
  const wanted = plain(words.trim());
  if (!wanted) return [];
  // The whole name, the beginning of it, the beginning of a word, anywhere.
  const rank = (name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 3 : 9);
  const found = [];
  for (const { place } of ENTITIES) {
    const best = index[place].reduce((lowest, name) => Math.min(lowest, rank(name)), 9);
    if (best < 9) found.push({ place, best });
  }
  const uses = (place) => statementsOf[place].length + claimsOf[place].length;
  return found.sort((a, b) => a.best - b.best || uses(b.place) - uses(a.place) || a.place - b.place).slice(0, MOST_FOUND).map(({ place }) => place);
}

// A field with a list below it (the combobox pattern of WAI-ARIA).
function combobox(input, list, take) {
  let [active, found] = [0, []];
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const pick = (place) => { input.value = ""; close(); take(place); };
  const draw = () => {
    found = matches(input.value);
    active = Math.max(0, Math.min(active, found.length - 1));
    const options = found.map((place, n) => option(place, n === active, `${list.id}-${n}`, () => pick(place)));
    list.replaceChildren(...(found.length ? options : [element("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, text("nothingFound"))]));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length && !list.hidden) input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
  };
  input.addEventListener("input", () => { active = 0; draw(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); active += step; draw(); }
    if (event.key === "Escape") { event.stopPropagation(); input.value = ""; close(); }
    if (event.key === "Enter" && input.value.trim()) { draw(); if (found.length) pick(found[active]); }
  });
}

function option(place, active, id, pick) {
  const shown = nameOf(place);
  const others = namesOf(place).filter((name) => name !== shown).slice(0, 3).map((name) => shortened(name, 40)).join(", ");
  return element("li", { role: "option", id, "aria-selected": String(active), onmousedown: (event) => { event.preventDefault(); pick(); } },
    element("span", { class: "dot", style: { "background-color": colours.types[ENTITIES[place].type] } }), shortened(shown, 80), " ",
    element("small", {}, [typeOf(place), others].filter(Boolean).join(" · ")));
}
