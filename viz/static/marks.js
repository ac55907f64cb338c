// Drawing marks, lines and labels on the canvas. Geometry comes from Python, the same for every renderer.

/** Trace the outline of a mark of radius r about (x, y). */
function traceMark(ctx, outlines, node, x, y, r) {
  ctx.beginPath();
  const corners = outlines[node.mark];
  if (corners) {
    corners.forEach(([cx, cy], i) => (i ? ctx.lineTo(x + cx * r, y + cy * r) : ctx.moveTo(x + cx * r, y + cy * r)));
    ctx.closePath();
  } else if (node.mark === "box") {
    ctx.roundRect(x - r * 1.3, y - r * 0.9, r * 2.6, r * 1.8, r * 0.4);
  } else if (node.mark === "ellipse") {
    ctx.ellipse(x, y, r * 1.3, r * 0.85, 0, 0, 2 * Math.PI);
  } else {
    ctx.arc(x, y, node.mark === "ring" ? r * 0.88 : r, 0, 2 * Math.PI);
  }
}

const LEAST_MARK = 3.4; // pixels on the screen by which a shape is still told from another
const LEAST_DENSE = 2; // and where marks stand so close that they would run into each other

/** A mark's radius in the picture's own pixels: never so small on the screen that its shape is lost. Columns need no
 * such help, for they scroll at a readable size. */
function markRadius(node, scale) {
  if (node.side !== "below") return node.r;
  return Math.max(node.r, Math.min(LEAST_MARK, Math.max(LEAST_DENSE, node.room * scale)) / scale);
}

/** Draw a node's mark; a task's box with its text. */
function drawMark(view, ctx, node, x, y, strong) {
  const { colours, outlines } = view;
  ctx.lineJoin = "round";
  if (node.side === "inside") return drawBox(view, ctx, node, x, y, strong);
  const r = markRadius(node, view.network.getScale());
  traceMark(ctx, outlines, node, x, y, r);
  if (node.mark === "ring") {
    ctx.fillStyle = colours.paper;
    ctx.fill();
    ctx.setLineDash([r * 0.44, r * 0.33]);
    ctx.lineWidth = r * 0.32;
    ctx.strokeStyle = node.colour;
    ctx.stroke();
    ctx.setLineDash([]);
  } else {
    ctx.fillStyle = node.colour;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = colours.paper;
    ctx.stroke();
  }
  if (node.members) drawCount(view, ctx, node, x, y);
  if (strong) {
    ctx.beginPath();
    ctx.arc(x, y, r * 1.15 + 2.5, 0, 2 * Math.PI);
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = colours.accent;
    ctx.stroke();
  }
}

function drawCount(view, ctx, node, x, y) {
  ctx.font = `600 ${Math.max(10, node.r * 0.62)}px ${view.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = node.colour;
  ctx.strokeText(String(node.members), x, y);
  ctx.fillStyle = "#ffffff";
  ctx.fillText(String(node.members), x, y);
}

function drawBox(view, ctx, node, x, y, strong) {
  const { colours } = view;
  ctx.beginPath();
  ctx.roundRect(x - node.w / 2, y - node.h / 2, node.w, node.h, 7);
  ctx.fillStyle = colours.sheet;
  ctx.fill();
  ctx.lineWidth = strong ? 2 : 1.2;
  ctx.strokeStyle = strong ? colours.accent : node.colour;
  ctx.stroke();
}

/** Where a line to `other` leaves a node: its mark's centre, of a box the middle of the nearer side. */
function port(node, other) {
  if (node.side !== "inside") return node;
  return { x: node.x + (other.x > node.x ? node.w / 2 : -node.w / 2), y: node.y };
}

/** Trace a line between two nodes: level curves between columns, straight otherwise. */
function traceLine(view, ctx, from, to) {
  const [a, b] = [port(from, to), port(to, from)];
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  if (view.layered) {
    const half = (b.x - a.x) / 2;
    ctx.bezierCurveTo(a.x + half, a.y, b.x - half, b.y, b.x, b.y);
  } else {
    ctx.lineTo(b.x, b.y);
  }
}

function drawLine(view, ctx, edge, strong) {
  const a = view.nodes.get(edge.from);
  const b = view.nodes.get(edge.to);
  traceLine(view, ctx, a, b);
  ctx.lineWidth = edge.width + (strong ? 1 : 0);
  ctx.strokeStyle = strong ? view.colours.accent : lineColour(view, edge);
  ctx.setLineDash(edge.dashes || []);
  ctx.stroke();
  ctx.setLineDash([]);
}

function lineColour(view, edge) {
  return view.colours[edge.tone] || view.colours.line;
}

/** Screen rectangle of a node's label at font size f, mark radius r and mark centre (x, y), all on screen. */
function labelRect(node, x, y, r, f) {
  const k = f / 13;
  const width = node.labelWidth * k;
  const height = node.lines.length * 16 * k;
  if (node.side === "right") return [x + r + 6 * k, y - height / 2, width, height];
  if (node.side === "left") return [x - r - 6 * k - width, y - height / 2, width, height];
  if (node.side === "above") return [x - width / 2, y - r - 4 * k - height, width, height];
  if (node.side === "inside") return [x - width / 2, y - height / 2, width, height];
  return [x - width / 2, y + r + 4 * k, width, height];
}

/** Draw the lines of a label into its rectangle. */
function drawLabel(view, ctx, node, rect, f, strong) {
  const [x, y, width, height] = rect;
  const step = height / node.lines.length;
  ctx.font = `${strong ? 600 : 400} ${f}px ${view.font}`;
  ctx.textBaseline = "middle";
  const align = { right: "left", left: "right" }[node.side] || "center";
  const at = align === "left" ? x : align === "right" ? x + width : x + width / 2;
  ctx.textAlign = align;
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = node.side === "inside" ? view.colours.sheet : view.colours.paper;
  ctx.fillStyle = view.colours.ink;
  node.lines.forEach((line, i) => {
    const middle = y + step * (i + 0.5);
    ctx.strokeText(line, at, middle);
    ctx.fillText(line, at, middle);
  });
}
