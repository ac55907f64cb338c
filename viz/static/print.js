// On paper: the whole picture, not the part that the window shows, in light colours and twice as fine as the screen.
// A long picture is cut into sheets, each with the headings of its columns.

const PAPER_WIDTH = 980; // pixels at zoom 1 across a sheet: labels then stand at about 7 point on A4
const PAPER_HEIGHT = 1180;
const LEAST_SCALE = 0.78; // of a picture that so fits one sheet
const FINENESS = 2;
const OVERLAP = 24; // pixels that two sheets share, so that no label is lost where one ends

/** Read the colours of the theme again and draw with them. */
function recolour(view) {
  view.colours = readColours(view.root);
  view.network.setOptions({ edges: { color: { color: view.colours.line, inherit: false } } });
  const toned = view.edges.filter((edge) => edge.tone);
  view.data.edges.update(toned.map((edge) => ({ id: edge.id, color: { color: lineColour(view, edge), inherit: false } })));
}

function sized(view, width, height) {
  view.canvas.style.width = `${width}px`;
  view.canvas.style.height = `${height}px`;
}

/** One sheet: what stands from `top` on, as a canvas of its own. */
function sheetOf(view, top) {
  view.canvas.scrollTop = top;
  showScrolled(view);
  view.network.redraw();
  const drawn = view.frame.querySelector("canvas");
  const sheet = make("canvas", "cg-sheet");
  sheet.width = drawn.width;
  sheet.height = drawn.height;
  sheet.getContext("2d").drawImage(drawn, 0, 0);
  return sheet;
}

/** At what scale, and how high, the picture is drawn on its sheets. */
function sheetSize(view) {
  setNarrow(view, false);
  const highAt = (scale) => {
    const box = extentOf(view, scale, 1);
    return [box.right - box.left + 2 * padOf(view), box.bottom - box.top + 2 * padOf(view)];
  };
  if (!view.scrolls) {
    const [wide, high] = highAt(1);
    return [0, Math.min(PAPER_HEIGHT, Math.ceil((high * PAPER_WIDTH) / wide))];
  }
  for (let scale = 0.94; scale >= LEAST_SCALE; scale -= 0.04) {
    const high = highAt(scale)[1];
    if (high <= PAPER_HEIGHT) return [scale, Math.ceil(high)];
  }
  return [0.94, PAPER_HEIGHT];
}

function drawSheets(view) {
  sized(view, PAPER_WIDTH, PAPER_HEIGHT); // a phone's margins are not those of paper
  const [scale, height] = sheetSize(view);
  sized(view, PAPER_WIDTH, height);
  if (scale) stand(view, scale);
  else fitView(view);
  const whole = view.canvas.scrollHeight;
  const sheets = make("div", "cg-sheets");
  for (let top = 0; top < whole - OVERLAP; top += height - OVERLAP) {
    sized(view, PAPER_WIDTH, Math.min(height, whole - top));
    stand(view, view.standing.scale);
    sheets.append(sheetOf(view, top));
  }
  return sheets;
}

function printed(view) {
  const { root, canvas, network } = view;
  const kept = { theme: root.dataset.theme, top: canvas.scrollTop, left: canvas.scrollLeft, scale: network.getScale(),
    at: network.getViewPosition(), moved: view.moved,
    narrow: Boolean(view.narrow) };
  const context = view.frame.querySelector("canvas").getContext("2d");
  // vis-network divides the screen's fineness by this, a property that browsers once gave a canvas' context.
  context.webkitBackingStorePixelRatio = (window.devicePixelRatio || 1) / FINENESS;
  view.printing = true;
  root.dataset.theme = "light";
  root.classList.add("cg-printing");
  recolour(view);
  view.sheets = drawSheets(view);
  root.querySelector(".cg-stage").after(view.sheets);
  root.dataset.theme = kept.theme;
  root.classList.remove("cg-printing");
  canvas.style.width = canvas.style.height = "";
  delete context.webkitBackingStorePixelRatio;
  view.printing = false;
  recolour(view);
  return kept;
}

/** Show again what was seen before. */
function unprinted(view, kept) {
  view.sheets.remove();
  if (view.scrolls) {
    setNarrow(view, kept.narrow);
    stand(view, kept.scale);
    [view.canvas.scrollTop, view.canvas.scrollLeft] = [kept.top, kept.left];
    showScrolled(view);
  } else {
    view.network.setSize("100%", "100%");
    view.network.moveTo({ position: kept.at, scale: kept.scale, animation: false });
  }
  view.moved = kept.moved;
  view.network.redraw();
}

function bindPrint(view) {
  let kept = null;
  window.addEventListener("beforeprint", () => {
    if (!kept && !view.root.classList.contains("cg-tabled")) kept = printed(view);
  });
  window.addEventListener("afterprint", () => {
    if (kept) unprinted(view, kept);
    kept = null;
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => recolour(view));
}
