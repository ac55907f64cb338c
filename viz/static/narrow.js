// A frame too narrow for the columns of a picture, as on a phone: labels then stand in two lines and boxes half as
// wide, so that all columns are seen at once.

const NARROW_LABEL = 104; // pixels at zoom 1 beyond which a label of one line is broken in two
const NARROW_BOX = 130; // what a line in a box takes at most
const TALLER = 1.4; // boxes of more lines need this much more room downwards
const APART = 1.2; // and names of two lines, to be told from the next
const LINE = 16; // height of a line at zoom 1
const NEVER_FIRST = "，。、；：！？）〕》」』】”’),.;:!?]";

const joined = (lines) =>
  lines.reduce((text, line) => text + (/\w$/.test(text) && /^\w/.test(line) ? " " : "") + line);

const widthOf = (text) => rule.measureText(text).width;

/** Lines no wider than `width`: words of Latin letters stay whole, marks that close never begin a line. */
function broken(text, width) {
  const lines = [""];
  for (const piece of text.match(/[\w'&.-]+|\s|./gu) || []) {
    const line = lines[lines.length - 1];
    if (line && !NEVER_FIRST.includes(piece) && widthOf(line + piece) > width) lines.push(piece.trim());
    else lines[lines.length - 1] += piece;
  }
  return lines.filter((line) => line.trim());
}

/** A label as it stands in a narrow frame, with the width of its longest line. */
function narrowLines(node) {
  const text = joined(node.lines);
  const whole = widthOf(text);
  let lines = node.lines;
  if (node.side === "inside") lines = broken(text, NARROW_BOX);
  else if (node.side !== "below" && node.lines.length === 1 && whole > NARROW_LABEL) lines = broken(text, whole / 2 + 13);
  return { lines, labelWidth: Math.max(...lines.map(widthOf)) };
}

function narrowForm(node, taller) {
  const made = { ...narrowLines(node), y: Math.round(node.y * taller) };
  if (node.side !== "inside") return made;
  const more = (made.lines.length - node.lines.length) * LINE;
  return { ...made, w: Math.min(node.w, NARROW_BOX + 24), h: node.h + Math.max(0, more) };
}

/** Both forms of every node and heading, made when the first is asked for. */
function bothForms(view) {
  rule.font = `13px ${view.font}`;
  const taller = view.order.some((node) => node.side === "inside") ? TALLER : APART;
  const forms = (part, small) => {
    const wide = Object.fromEntries(Object.keys(small).map((key) => [key, part[key]]));
    return [part, wide, small];
  };
  return [
    ...view.order.map((node) => forms(node, narrowForm(node, taller))),
    ...view.headings.map((heading) => forms(heading, { y: heading.y * taller })),
  ];
}

/** Give every node its form for a narrow frame, or for a wide one. Its place in the drawing follows with the next
 * squeeze. */
function setNarrow(view, on) {
  if (!view.scrolls || Boolean(view.narrow) === on) return;
  view.forms ||= bothForms(view);
  view.narrow = on;
  for (const [part, wide, small] of view.forms) Object.assign(part, on ? small : wide);
}
