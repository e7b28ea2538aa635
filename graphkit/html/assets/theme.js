// Light or dark; the colours themselves are in graph.css, so that page and picture agree.
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
let colours = {};

function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["ink", "soft", "paper", "line", "edge", "faint", "accent", "denied", "disputed"];
  colours = Object.fromEntries(names.map((name) => [name, read(name)]));
  colours.types = TYPES.map((type) => read(`type-${type.toLowerCase()}`));
}

const isDark = () => document.documentElement.dataset.theme === "dark";
