// The layer of labels: readable at every zoom. Text keeps between 11 and 17 pixels on the screen; where labels
// would meet, the more connected node keeps its own.

/** A set of rectangles that tells whether another one meets any of them. */
class Occupied {
  constructor() {
    this.cells = new Map();
    this.size = 96;
  }

  each(rect, visit) {
    const [x, y, w, h] = rect;
    for (let i = Math.floor(x / this.size); i <= Math.floor((x + w) / this.size); i++) {
      for (let j = Math.floor(y / this.size); j <= Math.floor((y + h) / this.size); j++) {
        if (visit(i * 100003 + j)) return true;
      }
    }
    return false;
  }

  meets(rect) {
    const [x, y, w, h] = rect;
    return this.each(rect, (key) =>
      (this.cells.get(key) || []).some(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h),
    );
  }

  add(rect) {
    this.each(rect, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(rect);
    });
  }
}

/** Draw all labels that have room, in screen space. Keeps their rectangles in `view.labelRects` by node id. */
function drawLabels(view, ctx, screen, lit) {
  const { scale, left, top, width, height } = screen;
  const f = Math.min(17, Math.max(11, 13 * scale));
  const occupied = new Occupied();
  view.labelRects = new Map();
  const forced = view.order.filter((n) => n === view.hovered || n === view.chosen);
  for (const node of [...forced, ...view.order]) {
    if (view.labelRects.has(node.id) || view.hiddenNodes.has(node.id)) continue;
    if (lit && !lit.nodes.has(node.id)) continue;
    const x = node.x * scale + left;
    const y = node.y * scale + top;
    if (x < -260 || y < -60 || x > width + 260 || y > height + 60) continue;
    const size = node.side === "inside" ? Math.min(17, 13 * scale) : f;
    if (size < 7) continue;
    const rect = labelRect(node, x, y, node.r * scale, size);
    if (!forced.includes(node) && node.side !== "inside" && occupied.meets(rect)) continue;
    occupied.add(rect);
    view.labelRects.set(node.id, rect);
    drawLabel(view, ctx, node, rect, size, node === view.hovered || node === view.chosen);
  }
  drawHeadings(view, ctx, screen);
  if (lit) drawTags(view, ctx, screen, lit.edges, occupied);
  else if (view.changes || view.mixed) {
    const marked = view.edges.filter((e) => e.marked && !edgeHidden(view, e));
    drawTags(view, ctx, screen, marked, occupied, view.changes ? null : view.words.illustrative);
  }
}

function drawHeadings(view, ctx, screen) {
  ctx.textBaseline = "middle";
  for (const heading of view.headings) {
    const size = Math.min(18, Math.max(11, (heading.level === 1 ? 15 : 12.5) * screen.scale));
    ctx.font = `${heading.level === 1 ? 600 : 400} ${size}px ${view.font}`;
    ctx.fillStyle = heading.level === 1 ? view.colours.ink : view.colours.soft;
    ctx.textAlign = { start: "left", end: "right" }[heading.anchor] || "center";
    ctx.fillText(heading.text, heading.x * screen.scale + screen.left, heading.y * screen.scale + screen.top);
  }
}

/** What a lit or changed line says at its middle: its sign of change, the printed term, the count, 示例. */
function drawTags(view, ctx, screen, edges, occupied, only) {
  if (edges.length > 80 || screen.scale < 0.6) return;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.font = `400 11px ${view.font}`;
  for (const edge of edges) {
    const a = view.nodes.get(edge.from);
    const b = view.nodes.get(edge.to);
    const words = only || edge.tag;
    if (!words || view.hiddenNodes.has(a.id) || view.hiddenNodes.has(b.id)) continue;
    const x = ((a.x + b.x) / 2) * screen.scale + screen.left;
    const y = ((a.y + b.y) / 2) * screen.scale + screen.top;
    const width = ctx.measureText(words).width + 8;
    const rect = [x - width / 2, y - 8, width, 16];
    if (occupied.meets(rect)) continue;
    occupied.add(rect);
    ctx.fillStyle = view.colours.paper;
    ctx.fillRect(...rect);
    ctx.fillStyle = edge.tone === "problem" ? view.colours.problem : view.colours.soft;
    ctx.fillText(words, x, y);
  }
}
