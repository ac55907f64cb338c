// The side panel: what a node or a line stands on, cell by cell. Text is set as text, never as markup.

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Address of a cell on its document's page; ids keep their slashes and colons. */
function cellAddress(view, document_, table, row, column) {
  const id = encodeURIComponent(document_).replaceAll("%2F", "/").replaceAll("%3A", ":");
  const cell = table ? `#t${table}r${row}c${column}` : "";
  return `${view.base}/documents/${id}${cell}`;
}

function evidenceItem(view, entry) {
  const [index, table, row, column, text, term, illustrative, citation] = entry;
  const item = make("li", "cg-source");
  if (text) item.append(make("span", "cg-quote", `“${text}”`), document.createTextNode(" "));
  const place = table ? fill(view.words.place, { table, row, column }) : "";
  if (index === null) {
    const [words, whole] = citation || ["", ""];
    const cited = make("span", "", words);
    cited.title = whole;
    item.append(cited);
  } else {
    const [id, title] = view.documents[index];
    const words = `${title}${place ? `，${place}` : ""}`;
    if (view.links) {
      const link = make("a", "", words);
      link.href = cellAddress(view, id, table, row, column);
      link.target = view.mode === "element" ? "_self" : "_top";
      item.append(link);
    } else {
      item.append(document.createTextNode(words));
    }
  }
  if (illustrative) item.append(document.createTextNode(" "), make("span", "cg-badge", view.words.illustrative));
  return item;
}

function relationItem(view, edge, here) {
  const item = make("li", "cg-relation");
  const other = view.nodes.get(edge.from === here ? edge.to : edge.from);
  item.append(make("span", "cg-term", edge.change ? edge.tag : edge.says));
  if (here !== null) {
    const button = make("button", "cg-other", other.name);
    button.type = "button";
    button.addEventListener("click", () => {
      choose(view, other, true);
      view.panel.querySelector("h2").focus();
    });
    item.append(button);
  }
  const sources = make("ul");
  edge.evidence.forEach((entry) => sources.append(evidenceItem(view, entry)));
  item.append(sources);
  return item;
}

function openPanel(view, title, what, build) {
  const panel = view.panel;
  panel.replaceChildren();
  const close = make("button", "cg-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", view.words.close);
  close.addEventListener("click", () => closePanel(view));
  const heading = make("h2", "", title);
  heading.tabIndex = -1;
  panel.append(close, heading, make("p", "cg-what", what));
  build(panel);
  if (panel.hidden) {
    panel.hidden = false;
    view.resized();
  }
}

function closePanel(view, focus = true) {
  if (view.chosen || view.chosenEdge) tell(view, []);
  view.chosen = null;
  view.chosenEdge = null;
  if (!view.panel.hidden) {
    view.panel.hidden = true;
    view.resized();
  }
  if (focus) view.canvas.focus({ preventScroll: true });
  view.network.redraw();
}

function showNode(view, node) {
  const edges = view.incident.get(node.id) || [];
  const claims = edges.reduce((sum, edge) => sum + edge.count, 0);
  const what = node.members
    ? fill(view.words.members, { n: node.members })
    : `${node.typeLabel} · ${fill(view.words.relations, { n: claims })}`;
  openPanel(view, node.name, what, (panel) => {
    if (node.opens && view.links) {
      const open = make("a", "", view.words.open_group);
      open.href = `?${withHidden(view, node.opens)}`;
      panel.append(open);
    } else if (!node.members && view.links) {
      const id = encodeURIComponent(node.ref).replaceAll("%2F", "/").replaceAll("%3A", ":");
      const more = make("a", "", view.words.entity_page);
      more.href = `${view.base}/entities/${id}`;
      more.target = view.mode === "element" ? "_self" : "_top";
      panel.append(more);
    }
    const list = make("ul");
    edges.slice(0, 300).forEach((edge) => list.append(relationItem(view, edge, node.id)));
    panel.append(list);
  });
}

/** The keys, each with what it does. */
function showKeys(view) {
  view.chosen = view.chosenEdge = null;
  openPanel(view, view.words.keys, "", (panel) => {
    const list = make("dl", "cg-keys");
    view.keys.forEach(([key, does]) => list.append(make("dt", "", key), make("dd", "", does)));
    panel.append(list);
  });
}

function showEdge(view, edge) {
  const a = view.nodes.get(edge.from);
  const b = view.nodes.get(edge.to);
  openPanel(view, `${a.name} — ${b.name}`, fill(view.words.claims, { n: edge.count }), (panel) => {
    const list = make("ul");
    list.append(relationItem(view, edge, null));
    panel.append(list);
  });
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
