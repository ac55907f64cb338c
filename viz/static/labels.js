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

/** Sides on which a label may stand, best first: in columns only its own, else any that is free. */
const SIDES = ["below", "above", "right", "left"];

const within = ([x, y, w, h], screen) => x >= 0 && y >= 0 && x + w <= screen.width && y + h <= screen.height;

/** The first place for a label that meets nothing, as [side, rectangle]; null when there is none. A label leaves its
 * own side only for a place that is wholly seen. */
function freePlace(node, x, y, screen, size, occupied) {
  const sides = node.side === "below" ? SIDES : [node.side];
  for (const side of sides) {
    const rect = labelRect({ ...node, side }, x, y, markRadius(node, screen.scale) * screen.scale, size);
    if (!occupied.meets(rect) && (side === node.side || within(rect, screen))) return [side, rect];
  }
  return null;
}

/** Marks keep labels off, as large as they are drawn. */
function keepOff(view, screen, occupied) {
  for (const node of view.order) {
    if (node.side !== "below" || view.hiddenNodes.has(node.id)) continue;
    const r = markRadius(node, screen.scale) * screen.scale;
    occupied.add([node.x * screen.scale + screen.left - r, node.y * screen.scale + screen.top - r, 2 * r, 2 * r]);
  }
}

/** The nodes that are labelled even where the label covers others' marks: a few of the most connected. */
function hubsOf(view, screen) {
  if (view.scrolls) return [];
  const room = Math.floor((screen.width * screen.height) / HUB_ROOM);
  const count = Math.min(room, Math.max(LEAST_HUBS, Math.round(view.order.length / 50)));
  return view.order.slice(0, count);
}

const HUB_ROOM = 30000; // square pixels of the frame for each of them
const LEAST_HUBS = 6;

/** Draw all labels that have room, in screen space. Keeps their rectangles in `view.labelRects` by node id. */
function drawLabels(view, ctx, screen, lit) {
  const { scale, left, top, width, height } = screen;
  const f = fontAt(scale);
  const occupied = new Occupied();
  const labels = new Occupied();
  view.labelRects = new Map();
  keepOff(view, screen, occupied);
  const hubs = new Set(hubsOf(view, screen));
  const forced = view.order.filter((n) => n === view.hovered || n === view.chosen);
  for (const node of [...forced, ...view.order]) {
    if (view.labelRects.has(node.id) || view.hiddenNodes.has(node.id)) continue;
    if (lit && !lit.nodes.has(node.id)) continue;
    const x = node.x * scale + left;
    const y = node.y * scale + top;
    if (x < -260 || y < -60 || x > width + 260 || y > height + 60) continue;
    const size = node.side === "inside" ? Math.min(17, 13 * scale) : f;
    if (size < 7) continue;
    const own = forced.includes(node) || node.side === "inside";
    const place =
      freePlace(node, x, y, screen, size, occupied) ||
      (hubs.has(node) && freePlace(node, x, y, screen, size, labels)) ||
      (own && [node.side, labelRect(node, x, y, markRadius(node, scale) * scale, size)]);
    if (!place) continue;
    const [side, rect] = place;
    occupied.add(rect);
    labels.add(rect);
    view.labelRects.set(node.id, rect);
    drawLabel(view, ctx, { ...node, side }, rect, size, node === view.hovered || node === view.chosen);
  }
  if (lit) drawTags(view, ctx, screen, lit.edges, occupied);
  else if (view.changes || view.mixed) {
    const marked = view.edges.filter((e) => e.marked && !edgeHidden(view, e));
    drawTags(view, ctx, screen, marked, occupied, view.changes ? null : view.words.illustrative);
  }
  drawFades(view, ctx, screen);
  drawHeadings(view, ctx, screen);
}

const headingSize = (heading, scale) => Math.min(18, Math.max(11, (heading.level === 1 ? 15 : 12.5) * scale));

function drawHeadings(view, ctx, screen) {
  ctx.textBaseline = "middle";
  const headings = view.headings.filter((heading) => heading.level === 1 || !view.goneHeadings?.has(heading.text));
  const placed = headings.map((heading) => ({
    ...heading,
    x: heading.x * view.squeeze * screen.scale + screen.left,
    y: heading.y * screen.scale + screen.top,
  }));
  const pinned = pinnedHeadings(placed);
  for (const heading of placed) if (!pinned.gone.has(heading)) drawHeading(view, ctx, heading, screen.scale);
  if (!pinned.shown.length) return;
  ctx.globalAlpha = 0.94;
  ctx.fillStyle = view.colours.paper;
  ctx.fillRect(0, 0, screen.width, BAND);
  ctx.globalAlpha = 1;
  pinned.shown.forEach((heading) => drawHeading(view, ctx, heading, screen.scale));
}

const BAND = 30; // height in pixels of the strip in which headings stay that were scrolled past

/** Headings scrolled past stay at the top of their column: its title with the group that is seen. */
function pinnedHeadings(placed) {
  const gone = new Set(placed.filter((heading) => heading.y < BAND / 2));
  const columns = new Map();
  for (const heading of gone) {
    const column = columns.get(heading.x) || [];
    columns.set(heading.x, [...column.filter((other) => other.level !== heading.level), heading]);
  }
  const shown = [...columns.values()].map((column) => {
    const words = column.sort((a, b) => a.level - b.level).map((heading) => heading.text);
    return { ...column[0], text: words.join(" · "), y: BAND / 2, level: 1 };
  });
  return { gone, shown };
}

const headingFont = (view, heading, scale) =>
  `${heading.level === 1 ? 600 : 400} ${headingSize(heading, scale)}px ${view.font}`;

function drawHeading(view, ctx, heading, scale) {
  ctx.font = headingFont(view, heading, scale);
  ctx.fillStyle = heading.level === 1 ? view.colours.ink : view.colours.soft;
  ctx.textAlign = { start: "left", end: "right" }[heading.anchor] || "center";
  ctx.fillText(heading.text, heading.x, heading.y);
}

/** A soft edge wherever the picture goes on beyond the frame. */
function drawFades(view, ctx, screen) {
  if (!view.scrolls || view.printing) return;
  const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = view.canvas;
  const fade = (x0, y0, x1, y1, rect) => {
    const paint = ctx.createLinearGradient(x0, y0, x1, y1);
    paint.addColorStop(0, view.colours.paper);
    paint.addColorStop(1, `${view.colours.paper}00`);
    ctx.fillStyle = paint;
    ctx.fillRect(...rect);
  };
  const { width, height } = screen;
  if (scrollTop + clientHeight < scrollHeight - 2) fade(0, height, 0, height - 34, [0, height - 34, width, 34]);
  if (scrollTop > 2) fade(0, 0, 0, 24, [0, 0, width, 24]);
  if (scrollLeft + clientWidth < scrollWidth - 2) fade(width, 0, width - 34, 0, [width - 34, 0, 34, height]);
  if (scrollLeft > 2) fade(0, 0, 34, 0, [0, 0, 34, height]);
}

const TAG_ROOM = 110; // pixels that a line runs across at least, for a tag to stand on it

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
    // Between columns drawn together, tags would hide the lines; their dashes and the legend still tell.
    if (only && Math.abs(a.x - b.x) * screen.scale < TAG_ROOM) continue;
    if (!words || view.hiddenNodes.has(a.id) || view.hiddenNodes.has(b.id)) continue;
    const x = ((a.x + b.x) / 2) * screen.scale + screen.left;
    const y = ((a.y + b.y) / 2) * screen.scale + screen.top;
    const width = ctx.measureText(words).width + 8;
    const rect = [x - width / 2, y - 8, width, 16];
    if (occupied.meets(rect)) continue;
    occupied.add(rect);
    ctx.fillStyle = view.colours.paper;
    ctx.fillRect(...rect);
    ctx.fillStyle = edge.change ? lineColour(view, edge) : view.colours.soft;
    ctx.fillText(words, x, y);
  }
}
