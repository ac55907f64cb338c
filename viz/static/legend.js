// The legend as a filter: types of entities and kinds of lines are switched off and on again. What is off stands in
// the address of the page (`hide`), and so in what is copied, embedded and downloaded from it.

const keyName = (key) => key.dataset.type || key.dataset.kind;

/** The query string of another picture, with what is switched off here. */
function withHidden(view, query) {
  const next = new URLSearchParams(query);
  next.delete("hide");
  if (view.off.size) next.set("hide", [...view.off].join(","));
  return next.toString();
}

function bindLegend(view) {
  view.off = new Set(view.hidden); // names that no key has may come back with another filter
  view.keysOfLegend = [...view.root.querySelectorAll("button.cg-key")];
  view.keysOfLegend.forEach((key) =>
    key.addEventListener("click", () => {
      view.off[key.getAttribute("aria-pressed") === "true" ? "add" : "delete"](keyName(key));
      applyHidden(view);
      tellShown(view);
    }),
  );
  view.root.querySelectorAll(".cg-opened a").forEach((link) =>
    link.addEventListener("click", () => (link.href = `?${withHidden(view, link.search)}`)),
  );
  if (!view.off.size) return;
  applyHidden(view);
  document.addEventListener("DOMContentLoaded", () => hideRows(view)); // the table stands below the script
}

/** Take what is switched off out of the network, and say how many claims are left. */
function applyHidden(view) {
  const keys = view.keysOfLegend.filter((key) => view.off.has(keyName(key)));
  view.keysOfLegend.forEach((key) => key.setAttribute("aria-pressed", String(!keys.includes(key))));
  view.hiddenKinds = new Set(keys.map((key) => key.dataset.kind).filter(Boolean));
  const types = new Set(keys.map((key) => key.dataset.type).filter(Boolean));
  view.hiddenNodes = new Set(view.order.filter((node) => types.has(node.type)).map((node) => node.id));
  const groups = new Set(view.visible().map((node) => node.group));
  view.goneHeadings = new Set(view.order.map((node) => node.group).filter((group) => group && !groups.has(group)));
  view.data.edges.update(view.edges.map((e) => ({ id: e.id, hidden: edgeHidden(view, e) })));
  view.data.nodes.update(view.order.map((n) => ({ id: n.id, hidden: view.hiddenNodes.has(n.id) })));
  const shown = view.edges.reduce((sum, e) => sum + (edgeHidden(view, e) ? 0 : e.count), 0);
  view.count.textContent = fill(view.words.shown, { shown, total: view.count.dataset.total });
  const chosen = view.chosen ? view.hiddenNodes.has(view.chosen.id) : view.chosenEdge && edgeHidden(view, view.chosenEdge);
  if (chosen) closePanel(view, false);
  hideRows(view);
  view.network.redraw();
}

/** The table has the same lines as the picture. */
function hideRows(view) {
  const rows = view.root.querySelectorAll(".cg-table tbody tr");
  view.edges.forEach((edge, i) => rows[i] && (rows[i].hidden = edgeHidden(view, edge)));
}

/** Say outside what the reader switched: what is left out, and whether the table stands instead of the picture. */
function tellShown(view) {
  const detail = { hide: [...view.off], as: view.root.classList.contains("cg-tabled") ? "table" : "picture" };
  view.root.dispatchEvent(new CustomEvent("coopgraph:shown", { detail, bubbles: true }));
}
