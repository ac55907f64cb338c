// The frame: at what size a picture stands in it, and which part of a long one is seen. A picture of columns keeps
// a size that can be read; what is higher than the frame scrolls, what is wider draws its columns together first.

const TOO_LITTLE = 48; // pixels in which no picture can stand
const RING = 240; // how far the first ring reaches at zoom 1
const SMALL = 400; // pixels: a frame as on a phone, where every one of them counts
const MOST_ABOVE = 40; // pixels over columns that are lower than their frame: they begin under their title
const padOf = (view) => (view.canvas.clientWidth < SMALL ? 8 : 16);
/** Pixels that lines between two columns need to be told apart. */
const leastGap = (view) => (view.canvas.clientWidth < SMALL ? 18 : 40);
const rule = document.createElement("canvas").getContext("2d");

/** Size of a label on the screen in pixels: between 11 and 17, whatever the zoom. */
function fontAt(scale) {
  return Math.min(17, Math.max(11, 13 * scale));
}

/** What a node fills on the screen about its own place: [left, top, right, bottom] in pixels. */
function reachOf(node, scale) {
  const r = markRadius(node, scale) * scale;
  if (node.side === "inside") return [-node.w / 2, -node.h / 2, node.w / 2, node.h / 2].map((d) => d * scale);
  const [x, y, w, h] = labelRect(node, 0, 0, r, fontAt(scale));
  return [Math.min(-r, x), Math.min(-r, y), Math.max(r, x + w), Math.max(r, y + h)];
}

/** What a heading fills on the screen about its own place. */
function headingReach(view, heading, scale) {
  rule.font = headingFont(view, heading, scale);
  const width = rule.measureText(heading.text).width;
  const left = { start: 0, end: -width }[heading.anchor] ?? -width / 2;
  return [left, -10, left + width, 10];
}

/** The rectangle that the picture fills at a scale, in pixels about the picture's origin. */
function extentOf(view, scale, squeeze = view.squeeze) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const hold = (x, y, [l, t, r, b]) => {
    box.left = Math.min(box.left, x + l);
    box.top = Math.min(box.top, y + t);
    box.right = Math.max(box.right, x + r);
    box.bottom = Math.max(box.bottom, y + b);
  };
  for (const node of view.order) {
    hold((view.scrolls ? node.homeX * squeeze : node.x) * scale, node.y * scale, reachOf(node, scale));
  }
  for (const heading of view.headings) {
    hold(heading.x * squeeze * scale, heading.y * scale, headingReach(view, heading, scale));
  }
  return box;
}

/** How near a small frame may draw one ring of two wings to its centre: marks keep off the centre's mark and label.
 * Further rings stand beyond the labels of the first, which would be covered. */
function ringSqueeze(view, scale) {
  const centre = view.order.find((node) => node.homeX === 0);
  if (!centre || view.canvas.clientWidth >= SMALL || view.order.some((node) => Math.abs(node.homeX) > RING)) return 1;
  const mark = (node) => markRadius(node, scale) * scale;
  const held = Math.max(mark(centre) + leastGap(view), reachOf(centre, scale)[2] - 4);
  return Math.max(0, ...view.order.filter((n) => n !== centre).map((n) => (held + mark(n)) / (Math.abs(n.homeX) * scale)));
}

/** How near columns may come: their marks and labels never meet, and lines keep some room. */
function leastSqueeze(view, scale, gap = leastGap(view)) {
  if (!view.layered) return Math.min(0.5, ringSqueeze(view, scale));
  const columns = new Map();
  for (const node of view.order) {
    const [l, , r] = reachOf(node, scale);
    const column = columns.get(node.homeX) || [0, 0];
    columns.set(node.homeX, [Math.min(column[0], l), Math.max(column[1], r)]);
  }
  const places = [...columns.keys()].sort((a, b) => a - b);
  const needed = places.slice(1).map((x, i) => {
    const room = columns.get(places[i])[1] - columns.get(x)[0] + gap;
    return room / ((x - places[i]) * scale);
  });
  return Math.min(1, Math.max(0, ...needed));
}

/** The factor across by which the picture fits the width, if it may be drawn together that far. */
function squeezeFor(view, scale, width) {
  const wide = (k) => {
    const box = extentOf(view, scale, k);
    return box.right - box.left;
  };
  if (!view.scrolls || wide(1) <= width) return 1;
  let [low, high] = [leastSqueeze(view, scale), 1];
  if (wide(low) > width) return low;
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2;
    if (wide(middle) <= width) low = middle;
    else high = middle;
  }
  return low;
}

function applySqueeze(view, squeeze) {
  if (squeeze === view.squeeze && view.narrow === view.narrowPlaced) return;
  view.squeeze = squeeze;
  view.narrowPlaced = view.narrow;
  for (const node of view.order) {
    node.x = node.homeX * squeeze;
    for (const { id, x, y } of visNodes(node)) view.network?.moveNode(id, x, y);
  }
}

/** The largest scale at which the picture is wholly seen in w × h, labels included. */
function wholeScale(view, w, h) {
  const pad = padOf(view);
  let scale = 1.25;
  for (let i = 0; i < 8; i++) {
    const box = extentOf(view, scale, 1);
    const room = Math.min((w - 2 * pad) / (box.right - box.left), (h - 2 * pad) / (box.bottom - box.top));
    if (room >= 1) break;
    scale *= Math.max(0.2, room);
  }
  return Math.max(0.01, scale);
}

const EASY_GAP = 80; // pixels between columns in which lines are followed with ease

/** Whether columns that fit the frame would leave their lines too little room. */
function isCramped(view, scale, width) {
  const boxes = view.order.some((node) => node.side === "inside"); // narrower ones cost height
  const box = extentOf(view, scale, leastSqueeze(view, scale, boxes ? leastGap(view) : EASY_GAP));
  return box.right - box.left > width - 2 * padOf(view);
}

function bestScale(view, w, h) {
  setNarrow(view, false);
  const scale = scaleFor(view, w, h);
  if (!view.scrolls || view.printing || !isCramped(view, scale, w)) return scale;
  setNarrow(view, true);
  return scaleFor(view, w, h);
}

function scaleFor(view, w, h) {
  const whole = wholeScale(view, w, h);
  if (!view.scrolls || view.overview) return whole;
  return Math.max(whole, w < 560 ? 0.86 : 0.94);
}

/** Stand the picture in its frame at a scale, as far scrolled as before. */
function stand(view, scale) {
  const { canvas, scroller, frame } = view;
  const pad = padOf(view);
  for (let i = 0; i < 2; i++) {
    const [w, h] = [canvas.clientWidth, canvas.clientHeight];
    applySqueeze(view, squeezeFor(view, scale, w - 2 * pad));
    const box = extentOf(view, scale);
    const [wide, high] = [box.right - box.left, box.bottom - box.top];
    const above = view.layered ? Math.min(MOST_ABOVE, (h - high) / 2) : (h - high) / 2;
    const slack = [Math.max(pad, (w - wide) / 2), Math.max(pad, above)];
    view.standing = { scale, box, slack };
    if (view.scrolls) {
      scroller.style.width = `${Math.max(w, Math.floor(wide + 2 * pad))}px`;
      scroller.style.height = `${Math.max(h, Math.floor(high + 2 * pad))}px`;
    }
    frame.style.width = `${w}px`;
    frame.style.height = `${h}px`;
    if (canvas.clientWidth === w && canvas.clientHeight === h) break; // no scrollbar came or went
  }
  if (!view.network) return;
  view.network.setSize("100%", "100%");
  showScrolled(view);
}

/** Move the drawing to where its frame is scrolled to. */
function showScrolled(view) {
  if (!view.standing) return; // nothing is seen yet, as in a frame without height
  const { scale, box, slack } = view.standing;
  const { canvas } = view;
  const x = (box.left - slack[0] + canvas.scrollLeft + canvas.clientWidth / 2) / scale;
  const y = (box.top - slack[1] + canvas.scrollTop + canvas.clientHeight / 2) / scale;
  view.network.moveTo({ position: { x, y }, scale, animation: false });
}

/** Scroll so that a place of the picture stands at a point of the frame. */
function scrollSo(view, place, at) {
  if (!view.standing) return;
  const { scale, box, slack } = view.standing;
  view.canvas.scrollLeft = place.x * scale - box.left + slack[0] - at.x;
  view.canvas.scrollTop = place.y * scale - box.top + slack[1] - at.y;
  showScrolled(view);
}

/** Zoom about a point of the frame, by default its middle. */
function zoomBy(view, factor, at) {
  const point = at || { x: view.canvas.clientWidth / 2, y: view.canvas.clientHeight / 2 };
  const scale = Math.min(4, Math.max(0.05, view.network.getScale() * factor));
  view.moved = true;
  if (!view.scrolls) return view.network.moveTo({ scale, animation: false });
  const place = view.network.DOMtoCanvas(point);
  const across = place.x / view.squeeze;
  stand(view, scale);
  scrollSo(view, { x: across * view.squeeze, y: place.y }, point);
}

/** Show the picture as it first stood. Returns false while there is nothing to be seen, as behind the table. */
function fitView(view) {
  const [w, h] = [view.canvas.clientWidth, view.canvas.clientHeight];
  if (w < TOO_LITTLE || h < TOO_LITTLE) return false;
  stand(view, bestScale(view, w, h));
  view.moved = false;
  return true;
}

/** The frame has another size: keep what is seen. */
function refit(view) {
  const [w, h] = [view.canvas.clientWidth, view.canvas.clientHeight];
  if (w < TOO_LITTLE || h < TOO_LITTLE) return;
  if (!view.standing) return fitView(view) && view.fromStart();
  if (!view.scrolls) return view.moved ? view.network.setSize("100%", "100%") : fitView(view);
  const old = view.standing.scale;
  const top = view.canvas.scrollTop;
  const scale = view.moved ? old : bestScale(view, w, h);
  stand(view, scale);
  view.canvas.scrollTop = (top * scale) / old;
  showScrolled(view);
}

/** Scrolling by wheel, finger and keys is the browser's; dragging with the mouse and Ctrl with the wheel are here. */
function bindFrame(view) {
  const { canvas } = view;
  canvas.addEventListener("scroll", () => showScrolled(view));
  let from = null;
  canvas.addEventListener("pointerdown", (event) => {
    const onBar = event.offsetX > canvas.clientWidth && event.target === canvas;
    if (event.pointerType === "mouse" && event.button === 0 && !onBar) {
      from = [event.clientX + canvas.scrollLeft, event.clientY + canvas.scrollTop];
    }
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    if (!event.buttons) return (from = null);
    canvas.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
  });
  window.addEventListener("pointerup", () => (from = null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const corner = canvas.getBoundingClientRect();
      zoomBy(view, Math.exp(-event.deltaY / 400), { x: event.clientX - corner.left, y: event.clientY - corner.top });
    },
    { passive: false },
  );
}
