// What a reader sees, in the language chosen.
let language = navigator.language && navigator.language.startsWith("id") ? "id" : "en";

function text(key, values) {
  const found = DATA.texts[language][key];
  if (found === undefined) return key.replace(/^\w+\./, "");
  return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function nameOf(place) {
  const entity = DATA.entities[place];
  return entity.labels[language] || entity.name;
}

function shortNameOf(place) {
  const letters = Array.from(nameOf(place));
  return letters.length > 30 ? `${letters.slice(0, 29).join("")}…` : letters.join("");
}

function relationOf(statement) {
  const relation = DATA.relations[statement.relation];
  return relation.labels[language] || relation.labels.en || statement.relation;
}

function number(value) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(value);
}

function amount(value) {
  if (/^[A-Z]{3}$/.test(value.unit)) {
    const style = { style: "currency", currency: value.unit, notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 };
    return new Intl.NumberFormat(language, style).format(value.value);
  }
  return value.unit === "percent" ? `${number(value.value)}%` : `${number(value.value)} ${value.unit}`;
}

function qualifier(value) {
  return typeof value === "string" ? value : amount(value);
}

function detail(statement) {
  const parts = [];
  for (const [name, value] of Object.entries(statement.qualifiers)) {
    if (name !== "time") parts.push(qualifier(value));
  }
  if (statement.qualifiers.time) parts.push(statement.qualifiers.time);
  if (statement.modality !== "asserted") parts.push(text(`modality.${statement.modality}`));
  return parts.join(" · ");
}

function sentence(statement) {
  return `${nameOf(statement.subject)} – ${relationOf(statement)} – ${nameOf(statement.object)}`;
}
