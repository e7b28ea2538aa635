// Elements made of text nodes only: no text of an article is ever read as HTML.
function element(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "colour") node.style.backgroundColor = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function link(text, go) {
  return element("button", { type: "button", class: "link", onclick: go }, text);
}

// Python checked the address already; a second look costs nothing.
function outside(text, url) {
  if (!/^https?:\/\//.test(url || "")) return document.createTextNode(text);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}
