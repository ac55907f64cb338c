// Pointer, keyboard, search.

/** The node whose mark or label is under a point of the screen, or null. */
function nodeAt(view, x, y) {
  const { scale, left, top } = screenOf(view);
  let best = null;
  let near = Infinity;
  for (const node of view.order) {
    if (view.hiddenNodes.has(node.id)) continue;
    const dx = Math.abs(node.x * scale + left - x);
    const dy = Math.abs(node.y * scale + top - y);
    const inside = node.side === "inside";
    const hit = inside
      ? dx < (node.w / 2) * scale && dy < (node.h / 2) * scale
      : Math.hypot(dx, dy) < Math.max(9, node.r * scale + 4);
    if (hit && dx + dy < near) [best, near] = [node, dx + dy];
  }
  if (best) return best;
  for (const [id, [rx, ry, rw, rh]] of view.labelRects) {
    if (x >= rx && x <= rx + rw && y >= ry && y <= ry + rh) return view.nodes.get(id);
  }
  return null;
}

/** What hovering or choosing lights: a node with its neighbours, or a line with its ends. */
function litBy(view) {
  const node = view.hovered || view.chosen;
  const edge = view.hovered ? null : view.hoveredEdge || (view.chosen ? null : view.chosenEdge);
  if (edge) return { nodes: new Set([edge.from, edge.to]), edges: [edge] };
  if (!node) return null;
  const edges = (view.incident.get(node.id) || []).filter((e) => !edgeHidden(view, e));
  return { nodes: new Set([node.id, ...edges.flatMap((e) => [e.from, e.to])]), edges };
}

function edgeHidden(view, edge) {
  return view.hiddenKinds.has(edge.kind) || view.hiddenNodes.has(edge.from) || view.hiddenNodes.has(edge.to);
}

function announce(view, node) {
  const n = (view.incident.get(node.id) || []).reduce((sum, edge) => sum + edge.count, 0);
  view.live.textContent = `${node.name}，${node.typeLabel}，${fill(view.words.relations, { n })}`;
}

const middle = (view) => ({ x: view.canvas.clientWidth / 2, y: view.canvas.clientHeight / 2 });

function centre(view, node) {
  const scale = Math.max(view.network.getScale(), 0.9);
  view.moved = true;
  if (view.scrolls) {
    if (scale !== view.standing.scale) stand(view, scale);
    return scrollSo(view, node, middle(view));
  }
  view.network.moveTo({ position: { x: node.x, y: node.y }, scale, animation: false });
}

/** Choose a node: light it, open its evidence; `far` also brings it to the middle. */
function choose(view, node, far) {
  view.chosen = node;
  view.chosenEdge = null;
  view.hovered = null;
  announce(view, node);
  showNode(view, node);
  if (far) centre(view, node);
  view.network.redraw();
  tell(view, [node.ref]);
}

/** Say outside which entities were chosen, none any more with no ids, so that a list beside the picture can follow. */
function tell(view, ids) {
  view.root.dispatchEvent(new CustomEvent("coopgraph:chosen", { detail: { ids }, bubbles: true }));
}

/** Light an entity, or the line between two, as chosen outside; nothing is opened. False when not in the picture. */
function light(view, ids) {
  const found = ids.map((id) => view.order.find((node) => node.ref === id && !view.hiddenNodes.has(node.id)));
  const [a, b] = found;
  if (!a || (ids.length > 1 && !b)) return false;
  const edge = b && (view.incident.get(a.id) || []).find((e) => e.from === b.id || e.to === b.id);
  view.hovered = view.hoveredEdge = null;
  view.chosen = edge ? null : a;
  view.chosenEdge = edge || null;
  keepVisible(view, a);
  view.network.redraw();
  return true;
}

/** Light what was chosen outside, and open what it stands on. */
function reveal(view, ids) {
  if (!light(view, ids)) return false;
  if (view.chosenEdge) showEdge(view, view.chosenEdge);
  else showNode(view, view.chosen);
  view.panel.querySelector("h2").focus({ preventScroll: true });
  return true;
}

/** The nearest node in the direction of an arrow key, the sideways distance counting double. */
function towards(view, from, key) {
  const [ux, uy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null;
  let near = Infinity;
  for (const node of view.order) {
    if (node === from || view.hiddenNodes.has(node.id)) continue;
    const along = (node.x - from.x) * ux + (node.y - from.y) * uy;
    const across = Math.abs((node.x - from.x) * uy) + Math.abs((node.y - from.y) * ux);
    if (along > 1 && along + 2.2 * across < near) [best, near] = [node, along + 2.2 * across];
  }
  return best;
}

function keepVisible(view, node) {
  const { scale, left, top, width, height } = screenOf(view);
  const x = node.x * scale + left;
  const y = node.y * scale + top;
  if (x < 60 || y < 40 || x > width - 60 || y > height - 40) centre(view, node);
}

function onKey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) {
    const from = view.hovered || view.chosen;
    const next = from ? towards(view, from, event.key) : view.visible()[0];
    if (next) {
      view.hovered = next;
      keepVisible(view, next);
      announce(view, next);
      view.network.redraw();
    }
  } else if (event.key === "Enter" || event.key === " ") {
    if (view.hovered) choose(view, view.hovered, false);
  } else if (event.key === "Escape") {
    view.hovered = null;
    closePanel(view);
  } else if (event.key === "+" || event.key === "=" || event.key === "-") {
    zoomBy(view, event.key === "-" ? 0.8 : 1.25);
  } else if (event.key === "0") {
    showWhole(view);
  } else if (event.key === "?") {
    showKeys(view);
  } else if (event.key === "/" && view.query) {
    view.query.focus();
  } else if (event.key === "t" && view.tableKey) {
    view.tableKey.click();
  } else {
    return;
  }
  event.preventDefault();
}

function bindPointer(view) {
  let asked = false;
  let last = null;
  view.canvas.addEventListener("pointermove", (event) => {
    last = event;
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const box = view.canvas.getBoundingClientRect();
      const [x, y] = [last.clientX - box.left, last.clientY - box.top];
      const node = last.buttons ? view.hovered : nodeAt(view, x, y);
      const id = node || last.buttons || view.edges.length > 4000 ? undefined : view.network.getEdgeAt({ x, y });
      const edge = id === undefined ? null : view.edgesById.get(id);
      if (node === view.hovered && edge === view.hoveredEdge) return;
      view.hovered = node;
      view.hoveredEdge = edge;
      view.canvas.style.cursor = node || edge ? "pointer" : "";
      view.network.redraw();
    });
  });
  view.canvas.addEventListener("pointerleave", () => {
    if (!view.hovered && !view.hoveredEdge) return;
    view.hovered = view.hoveredEdge = null;
    view.network.redraw();
  });
  view.network.on("click", ({ pointer }) => {
    const node = nodeAt(view, pointer.DOM.x, pointer.DOM.y);
    const edge = node ? null : view.edgesById.get(view.network.getEdgeAt(pointer.DOM));
    if (node && node.opens && view.links) window.location.search = withHidden(view, node.opens);
    else if (node) choose(view, node, false);
    else if (edge) {
      view.chosen = null;
      view.chosenEdge = edge;
      showEdge(view, edge);
      view.network.redraw();
      tell(view, [edge.from, edge.to].map((id) => view.nodes.get(id).ref));
    } else closePanel(view);
  });
}

function bindSearch(view) {
  const { query, found } = view;
  let matches = [];
  let at = 0;
  const show = () => {
    found.replaceChildren();
    matches.forEach((node, i) => {
      const item = make("li", "", node.name);
      item.id = `${found.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(i === at));
      item.append(make("small", "", node.typeLabel));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        pick(node);
      });
      found.append(item);
    });
    if (query.value.trim() && !matches.length) found.append(make("li", "", view.words.nothing_found));
    found.hidden = !query.value.trim();
    query.setAttribute("aria-expanded", String(!found.hidden));
    if (matches.length) query.setAttribute("aria-activedescendant", `${found.id}-${at}`);
    else query.removeAttribute("aria-activedescendant");
  };
  const pick = (node) => {
    found.hidden = true;
    query.setAttribute("aria-expanded", "false");
    choose(view, node, true);
  };
  const look = () => {
    const text = query.value.trim().toLowerCase();
    at = 0;
    matches = text ? view.order.filter((n) => n.name.toLowerCase().includes(text)).slice(0, 9) : [];
    show();
  };
  const tellSought = () =>
    view.root.dispatchEvent(new CustomEvent("coopgraph:sought", { detail: { text: query.value.trim() }, bubbles: true }));
  query.addEventListener("input", () => {
    look();
    tellSought();
  });
  /** Seek what was typed before; where something is chosen, the names found stay folded. */
  view.seek = (text) => {
    query.value = text;
    look();
    if (view.chosen) found.hidden = true;
    query.setAttribute("aria-expanded", String(!found.hidden));
  };
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && matches.length) pick(matches[at]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % Math.max(1, matches.length);
      show();
    } else if (event.key === "Escape") {
      query.value = "";
      matches = [];
      show();
      tellSought();
      view.canvas.focus();
    } else return;
    event.preventDefault();
  });
  query.addEventListener("blur", () => {
    found.hidden = true;
    query.setAttribute("aria-expanded", "false");
  });
}
