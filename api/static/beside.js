// A list and the picture beside it: what is chosen in one is lit in the other.
const frame = document.querySelector("iframe[data-beside]");
const rows = [...document.querySelectorAll("tr[data-node]")];
const ids = (row) => [row.dataset.node, row.dataset.other].filter(Boolean);
let picture = null;

function mark(chosen) {
  for (const row of rows) row.classList.toggle("chosen", chosen.includes(row));
}

function chooseRow(row) {
  mark([row]);
  picture?.coopgraph?.light(ids(row));
}

/** The rows that say something of the chosen entity, or of both ends of the chosen line. */
function follow(event) {
  const wanted = event.detail.ids;
  const found = rows.filter((row) => wanted.every((id) => ids(row).includes(id) || row.querySelector(`a[href*="${CSS.escape(address(id))}"]`)));
  mark(found);
  found[0]?.scrollIntoView({ block: "nearest" });
}
const address = (id) => `/entities/${encodeURIComponent(id).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%40", "@")}`;

function attach() {
  picture = frame.contentDocument?.querySelector(".cg-view") ?? null;
  picture?.addEventListener("coopgraph:chosen", follow);
  const now = document.querySelector("tr.chosen");
  if (now) picture?.coopgraph?.light(ids(now));
}

if (frame && rows.length) {
  frame.addEventListener("load", attach);
  if (frame.contentDocument?.readyState === "complete") attach();
  for (const row of rows) {
    row.addEventListener("click", (event) => { if (!event.target.closest("a, summary")) chooseRow(row); });
    row.addEventListener("focusin", () => chooseRow(row));
  }
}
