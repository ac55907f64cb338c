// What every page does with scripts: suggestions while typing, copying from the share sheet, lit cells. Pages work without it.
import { attachFinder } from "./finder.js";

for (const form of document.querySelectorAll("[data-finder]")) attachFinder(form);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const field = document.querySelector("[data-finder] input[type=search]");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  }
  if (event.key === "Escape") for (const open of document.querySelectorAll("details.share[open]")) open.open = false;
});

for (const field of document.querySelectorAll("[data-copy]")) {
  field.addEventListener("focus", () => field.select());
  field.addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  });
}

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.share[open]")) if (!open.contains(event.target)) open.open = false;
});

// A filter form sends only what is set, so that the address stays readable.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  });
  for (const field of form.querySelectorAll("select, input[type=checkbox]")) {
    field.addEventListener("change", () => form.requestSubmit());
  }
}

// A lit cell inside a folded part or a wide table is brought into view.
function bringIntoView() {
  const id = decodeURIComponent(location.hash.slice(1));
  const cell = id && document.getElementById(id);
  if (!cell) return;
  for (let fold = cell.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  cell.scrollIntoView({ block: "center", inline: "center" });
  cell.focus({ preventScroll: true });
}
addEventListener("hashchange", bringIntoView);
bringIntoView();

for (const form of document.querySelectorAll("[data-signout]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await fetch("/signout", { method: "POST", headers: { "X-CSRF-Token": document.querySelector("meta[name=csrf-token]")?.content ?? "" } });
    location.assign("/signin");
  });
}
