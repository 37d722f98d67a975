// Building elements. Text only ever enters as text nodes: nothing that came from data can become markup.

export function el(tag, attributes = {}, ...children) {
  const node = tag === "svg" || tag === "rect" || tag === "line"
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function show(place, ...children) {
  place.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

export async function ask(address) {
  const response = await fetch(address, { headers: { accept: "application/json" } });
  const document = await response.json().catch(() => null);
  if (!response.ok) throw new Error(document?.detail ?? `${response.status} ${response.statusText}`);
  return document;
}
