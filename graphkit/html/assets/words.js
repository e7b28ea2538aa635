// What a reader sees, in the language chosen.
let language = (navigator.language || "").startsWith("id") ? "id" : "en";

function text(key, values) {
  const found = DATA.texts[language][key];
  if (found === undefined) return key.replace(/^\w+\./, "").replaceAll("_", " ");
  return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function nameOf(place) {
  const entity = ENTITIES[place];
  return entity.labels[language] || entity.name;
}

function shortened(words, most) {
  if (words.length <= most) return words;
  const letters = Array.from(words.slice(0, 4 * most));
  return letters.length > most || words.length > 4 * most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
}

const shortNameOf = (place) => shortened(nameOf(place), 30);

function namesOf(place) {
  const entity = ENTITIES[place];
  return [...new Set([entity.name, ...Object.values(entity.labels), ...entity.mentions])];
}

const typeOf = (place) => text(`type.${TYPES[ENTITIES[place].type]}`);
const modalityOf = (statement) => text(`modality.${MODALITIES[statement.modality]}`);
const titleOf = (article) => article.title || article.id;

function relationLabel(relation) {
  return RELATIONS[relation].labels[language] || RELATIONS[relation].labels.en || RELATIONS[relation].name.replaceAll("_", " ");
}

const relationOf = (statement) => relationLabel(statement.relation);

// Making a formatter takes longer than using it a thousand times, and the first one as long as half the opening picture:
// whole numbers and days, which that needs, are written without.
const FORMATS = {
  number: (code) => new Intl.NumberFormat(code, { maximumFractionDigits: 4 }),
  short: (code) => new Intl.NumberFormat(code, { notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 }),
  order: (code) => new Intl.Collator(code, { numeric: true }),
};
const formats = { en: {}, id: {} };

function format(kind) {
  formats[language][kind] ??= FORMATS[kind](language);
  return formats[language][kind];
}

const whole = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, text("thousands"));
const number = (value) => (Number.isInteger(value) && value >= 0 && value < 1e15 ? whole(value) : format("number").format(value));
const short = (value) => format("short").format(value);
const inOrder = (a, b) => format("order").compare(a, b);

function countOf(key, count) {
  return text(count === 1 ? `${key}.one` : key, { count: number(count) });
}

// "22 Jan 2025" in either language.
function day(date) {
  const [year, month, one] = date.split("-").map(Number);
  return `${one} ${text("months").split(" ")[month - 1]} ${year}`;
}

function amount(value) {
  if (value.unit === "percent") return `${number(value.value)}%`;
  const size = Math.abs(value.value) >= 1e6 ? short(value.value) : number(value.value);
  return `${size} ${value.unit}`;
}

const qualifier = (value) => (typeof value === "string" ? value : amount(value));

// "245 billion USD · 2024 · planned · claimed by Vladimir Putin"
function detail(statement) {
  const { time, ...others } = statement.qualifiers;
  const parts = Object.values(others).map(qualifier);
  if (time) parts.push(time);
  if (MODALITIES[statement.modality] !== "asserted") parts.push(modalityOf(statement));
  if (statement.claimedBy.length) parts.push(text("claimedByNames", { names: statement.claimedBy.map(nameOf).join(", ") }));
  return parts.join(" · ");
}

const sentence = (statement) => `${nameOf(statement.subject)} – ${relationOf(statement)} – ${nameOf(statement.object)}`;

const inWords = (statement) => [sentence(statement), detail(statement)].filter(Boolean).join(" · ");

function period(dates) {
  if (!dates.length) return "";
  const [first, last] = [day(dates[0]), day(dates[dates.length - 1])];
  return first === last ? first : `${first} – ${last}`;
}
