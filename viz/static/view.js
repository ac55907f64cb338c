// Starting a view: hands nodes and lines with their final positions to vis-network and draws over it.

function screenOf(view) {
  const scale = view.network.getScale();
  const origin = view.network.canvasToDOM({ x: 0, y: 0 });
  return { scale, left: origin.x, top: origin.y, width: view.canvas.clientWidth, height: view.canvas.clientHeight };
}

function readColours(root) {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(`--cg-${name}`).trim();
  return Object.fromEntries(
    ["ink", "soft", "paper", "sheet", "line", "strong", "accent", "problem", "moved", "renamed"].map((n) => [n, colour(n)]),
  );
}

/** A node for vis-network; a box has two more, unseen, where lines meet its sides. */
function visNodes(node) {
  const made = [{ id: node.id, x: node.x, y: node.y }];
  if (node.side !== "inside") return made;
  const sides = [["L", node.x - Math.round(node.w / 2)], ["R", node.x + Math.round(node.w / 2)]];
  return [...made, ...sides.map(([side, x]) => ({ id: portId(node.id, side), x, y: node.y }))];
}

const portId = (id, side) => `${id}\u0000${side}`;

function visEnd(view, id, otherId) {
  const [node, other] = [view.nodes.get(id), view.nodes.get(otherId)];
  return node.side === "inside" ? portId(id, other.x > node.x ? "R" : "L") : id;
}

function visEdge(view, edge) {
  const made = { id: edge.id, width: edge.width };
  made.from = visEnd(view, edge.from, edge.to);
  made.to = visEnd(view, edge.to, edge.from);
  if (edge.tone) made.color = { color: lineColour(view, edge), inherit: false };
  if (edge.dashes) made.dashes = edge.dashes;
  if (edge.directed) made.arrows = { to: { enabled: true, scaleFactor: 0.45 } };
  return made;
}

function paintNode(view, { ctx, id, x, y }) {
  const node = view.nodes.get(id);
  if (!node) return { drawNode() {}, nodeDimensions: { width: 0, height: 0 } };
  return {
    drawNode: () => drawMark(view, ctx, node, x, y, false),
    nodeDimensions: node.side === "inside" ? { width: node.w, height: node.h } : { width: 2 * node.r, height: 2 * node.r },
  };
}

/** Everything above the lines and marks: the veil over what isn't lit, lit lines, labels. */
function paintOver(view, ctx) {
  const screen = screenOf(view);
  const lit = litBy(view);
  if (lit) {
    ctx.save();
    const corner = view.network.DOMtoCanvas({ x: 0, y: 0 });
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = view.colours.paper;
    ctx.fillRect(corner.x, corner.y, screen.width / screen.scale, screen.height / screen.scale);
    ctx.restore();
    lit.edges.forEach((edge) => drawLine(view, ctx, edge, !edge.change));
    lit.nodes.forEach((id) => {
      const node = view.nodes.get(id);
      drawMark(view, ctx, node, node.x, node.y, node === view.hovered || node === view.chosen);
    });
  }
  ctx.save();
  const ratio = ctx.getTransform().a / screen.scale;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLabels(view, ctx, screen, lit);
  ctx.restore();
}

function options(view, given) {
  const smooth = view.layered
    ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 }
    : false;
  return {
    ...given,
    // In columns a place means something, so nothing can be dragged out of it; the frame itself scrolls.
    interaction: { ...given.interaction, dragNodes: !view.scrolls, dragView: !view.scrolls, zoomView: !view.scrolls },
    nodes: { ...given.nodes, shape: "custom", ctxRenderer: (drawn) => paintNode(view, drawn) },
    edges: { ...given.edges, smooth, color: { color: view.colours.line, inherit: false } },
  };
}

function prepare(root, given) {
  const view = { ...given, root, labelRects: new Map(), hiddenNodes: new Set(), hiddenKinds: new Set(), squeeze: 1 };
  view.nodes = new Map(given.nodes.map((n) => [n.id, n]));
  given.nodes.forEach((node) => (node.homeX = node.x));
  const { left, top, right, bottom } = view.bounds;
  const room = Math.sqrt(((right - left) * (bottom - top)) / given.nodes.length) / 4; // a quarter of the way to the next
  given.nodes.forEach((node) => (node.room = room));
  view.colours = readColours(root);
  view.font = getComputedStyle(root).fontFamily;
  view.incident = new Map();
  view.edges.forEach((edge, i) => {
    edge.id = i;
    for (const end of new Set([edge.from, edge.to])) {
      if (!view.incident.has(end)) view.incident.set(end, []);
      view.incident.get(end).push(edge);
    }
  });
  view.edgesById = new Map(view.edges.map((e) => [e.id, e]));
  const degree = (n) => (view.incident.get(n.id) || []).length;
  view.order = [...given.nodes].sort((a, b) => degree(b) - degree(a));
  const find = (name) => root.querySelector(`.cg-${name}`);
  [view.canvas, view.panel, view.live, view.query, view.found, view.count] = [
    "canvas", "panel", "live", "query", "found", "count",
  ].map(find);
  [view.fitKey, view.tableKey, view.physicsKey, view.helpKey] = ["fit", "table-key", "physics", "help"].map(find);
  return view;
}

/** The whole picture at once; of one that scrolls, by turns the whole and what can be read. */
function showWhole(view) {
  if (view.scrolls && !view.moved) view.overview = !view.overview;
  view.fit();
  if (view.scrolls && !view.overview) view.fromStart();
}

/** Take over the positions that physics or dragging gave. */
function readPositions(view) {
  for (const [id, { x, y }] of Object.entries(view.network.getPositions())) {
    if (view.nodes.has(id)) Object.assign(view.nodes.get(id), { x, y });
  }
}

/** Turn to the table, or back to the picture; whether the table is shown now. */
function showTable(view) {
  const on = view.root.classList.toggle("cg-tabled");
  view.tableKey.textContent = on ? view.words.picture : view.words.table;
  view.tableKey.title = on ? view.words.picture_title : view.words.table_title;
  return on;
}

/** On a screen too narrow for its columns, a picture begins as the list of what it shows. */
function beginAsList(view) {
  const cramped = view.canvas.clientWidth < NARROW && view.canvas.scrollWidth > view.canvas.clientWidth + 8;
  if (view.scrolls && view.mode !== "embed" && cramped) showTable(view);
}

const NARROW = 720; // pixels

function bindTools(view) {
  const { root, network } = view;
  view.fitKey.addEventListener("click", () => showWhole(view));
  view.helpKey.addEventListener("click", () => showKeys(view));
  view.tableKey.addEventListener("click", () => {
    (showTable(view) ? root.querySelector(".cg-table") : view.canvas).focus();
    tellShown(view);
  });
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "t" && root.classList.contains("cg-tabled") && event.target.tagName !== "INPUT") {
      view.tableKey.click();
    } else if (event.key === "Escape" && !view.panel.hidden && event.target !== view.query) closePanel(view);
  });
  view.physicsKey?.addEventListener("click", () => {
    const on = view.physicsKey.getAttribute("aria-pressed") !== "true";
    view.physicsKey.setAttribute("aria-pressed", String(on));
    network.setOptions({
      physics: { enabled: on, solver: "forceAtlas2Based", stabilization: false, forceAtlas2Based: { springLength: 120 } },
    });
    if (!on) view.restore();
  });
}

function start(root) {
  const given = JSON.parse(root.querySelector(".cg-data").textContent);
  const view = prepare(root, given);
  const home = new Map(view.order.map((n) => [n.id, [n.x, n.y]]));
  root.classList.add("cg-on");
  view.scroller = make("div", "cg-scroller");
  view.frame = make("div", "cg-frame");
  view.scroller.append(view.frame);
  view.canvas.append(view.scroller);
  root.classList.toggle("cg-scrolls", view.scrolls);
  fitView(view);
  view.data = {
    nodes: new vis.DataSet(view.order.flatMap(visNodes)),
    edges: new vis.DataSet(view.edges.map((e) => visEdge(view, e))),
  };
  view.network = new vis.Network(view.frame, view.data, options(view, given.options));
  view.fit = () => fitView(view);
  view.fromStart = () => view.begins && scrollSo(view, view.nodes.get(view.begins), middle(view));
  view.light = (ids) => light(view, ids);
  view.reveal = (ids) => reveal(view, ids);
  view.showAs = (form) => (form === "table") !== root.classList.contains("cg-tabled") && showTable(view);
  view.resized = () => requestAnimationFrame(() => refit(view));
  view.visible = () => view.order.filter((n) => !view.hiddenNodes.has(n.id));
  view.restore = () => {
    home.forEach(([x, y], id) => {
      Object.assign(view.nodes.get(id), { x, y });
      view.network.moveNode(id, x, y);
    });
    view.network.redraw();
  };
  view.fit();
  view.fromStart();
  view.network.on("beforeDrawing", () => view.physicsKey?.getAttribute("aria-pressed") === "true" && readPositions(view));
  view.network.on("dragEnd", ({ nodes }) => nodes.length && readPositions(view));
  view.network.on("dragging", ({ nodes }) => nodes.length && readPositions(view));
  view.network.on("zoom", () => (view.moved = true));
  view.network.on("dragStart", () => (view.moved = true));
  new ResizeObserver(() => view.resized()).observe(view.canvas);
  view.network.on("afterDrawing", (ctx) => paintOver(view, ctx));
  view.network.once("afterDrawing", () =>
    requestAnimationFrame(() => (root.coopgraphPainted = window.coopgraphPainted = performance.now())),
  );
  view.canvas.addEventListener("keydown", (event) => onKey(view, event));
  bindPointer(view);
  if (view.scrolls) bindFrame(view);
  bindSearch(view);
  bindLegend(view);
  bindTools(view);
  bindPrint(view);
  beginAsList(view);
  root.coopgraph = view;
}

document.querySelectorAll(".cg-view").forEach((root) => {
  if (!root.coopgraph && root.querySelector(".cg-data")) start(root);
});
