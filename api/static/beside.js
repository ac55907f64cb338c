// A list and the picture beside it: what is chosen in one is lit in the other, and the address says what is chosen.
import { chosenByAddress, keepPicture, remember } from "./address.js";

const frame = document.querySelector("iframe[data-beside]");
const rows = [...document.querySelectorAll("tr[data-node]")];
const ids = (row) => [row.dataset.node, row.dataset.other].filter(Boolean);
/** All that a row is about: its ends, and what it suggests or lists beside them. */
const named = (row) => [...ids(row), ...(row.dataset.also || "").split(" ").filter(Boolean)];
let picture = null;

function mark(chosen) {
  for (const row of rows) {
    row.classList.toggle("chosen", chosen.includes(row));
    row.toggleAttribute("aria-current", chosen.includes(row));
  }
}

function chooseRow(row) {
  if (row.classList.contains("chosen") && document.querySelectorAll("tr.chosen").length === 1) return;
  mark([row]);
  remember("chosen", ids(row));
  picture?.coopgraph?.light(ids(row));
}

/** The rows that say something of the chosen entity, or of both ends of the chosen line. */
function about(wanted) {
  return rows.filter((row) => wanted.every((id) => named(row).includes(id) || row.querySelector(`a[href*="${CSS.escape(address(id))}"]`)));
}
const address = (id) => `/entities/${encodeURIComponent(id).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%40", "@")}`;

function follow(wanted) {
  const found = wanted.length ? about(wanted) : [];
  mark(found);
  found[0]?.scrollIntoView({ block: "nearest" });
}

function attach() {
  const found = frame.contentDocument?.querySelector(".cg-view") ?? null;
  if (!found?.coopgraph || found === picture) return;
  picture = found;
  keepPicture(picture);
  picture.addEventListener("coopgraph:chosen", (event) => follow(event.detail.ids));
  const now = chosenByAddress();
  if (now.length) picture.coopgraph.light(now);
}

if (frame) {
  if (chosenByAddress().length) follow(chosenByAddress());
  frame.addEventListener("load", attach);
  if (frame.contentDocument?.readyState === "complete") attach();
  for (const row of rows) {
    row.addEventListener("click", (event) => { if (!event.target.closest("a, summary")) chooseRow(row); });
    row.addEventListener("focusin", () => chooseRow(row));
  }
}
