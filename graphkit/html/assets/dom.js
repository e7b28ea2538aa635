// Elements made of text nodes only: no text of an article is ever read as HTML.
const at = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const element = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
const drawn = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

function button(words, go, properties) {
  return element("button", { type: "button", onclick: go, ...properties }, words);
}


// Python checked the address already; a second look costs nothing.
function outside(words, url) {
  if (!/^https?:\/\//.test(url || "")) return document.createTextNode(words);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}

// A click does what the reader expects only once the other clicks and keys are done.
function later(milliseconds, work) {
  let waiting = 0;
  return (...values) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => work(...values), milliseconds);
  };
}

// What a screen reader is told, and nobody else needs to read.
function announce(words) {
  at("announcement").textContent = words;
}
