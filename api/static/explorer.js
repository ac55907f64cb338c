// What every page does with scripts: suggestions while typing, copying from the share sheet, lit cells. Pages work without it.
import { carrying, chosenByAddress, keepFolds, keepPicture, switchedTo } from "./address.js";
import { attachFinder } from "./finder.js";

for (const form of document.querySelectorAll("[data-finder]")) attachFinder(form);
const DROPPED = "details.share[open], details.drop-down[open]"; // closed by Escape and by a click elsewhere

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.defaultPrevented) return; // a picture in the page has keys of its own
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const field = document.querySelector("[data-finder] input[type=search]");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  }
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll(DROPPED)) {
      open.open = false;
      if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    }
  }
});

// Copying from the share sheet, by the field or by its button; the button says that it was done.
async function copy(field, button) {
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = button.dataset.words; }, 2000);
}
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.parentElement.querySelector("input");
  button.dataset.words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => copy(field, button));
  field.addEventListener("focus", () => field.select());
}
// The whole state is in the address, what is chosen on the page too: the sheet shows it as it stands when it opens,
// and what it embeds and gives away leaves out what the legend leaves out.
for (const sheet of document.querySelectorAll("details.share")) {
  sheet.addEventListener("toggle", () => {
    if (!sheet.open) return;
    const page = sheet.querySelector("[data-page]");
    const frame = sheet.querySelector("[data-embed]");
    if (page) page.value = location.href;
    if (frame) frame.value = frame.value.replace(/src="[^"]*"/, `src="${carrying(frame.dataset.embed).href}"`);
    for (const link of sheet.querySelectorAll('.chip[href^="/views/"]')) link.setAttribute("href", carrying(link.href).pathname + carrying(link.href).search);
  });
}
// The same page in another language or of another status keeps what was chosen, filled in and switched; so does its
// picture alone.
for (const link of document.querySelectorAll(".switches a")) {
  link.addEventListener("click", () => { if (new URL(link.href).pathname === location.pathname) link.href = switchedTo(link.href).href; });
}
for (const link of document.querySelectorAll("[data-same]")) {
  link.addEventListener("click", () => { const next = carrying(link.href); link.href = next.pathname + next.search + location.hash; });
}

// Names are suggested in filters as they are typed, as in the search field.
for (const field of document.querySelectorAll("form input[type=text][data-names]")) {
  const list = document.createElement("datalist");
  list.id = `names-${field.name}`;
  field.after(list);
  field.setAttribute("list", list.id);
  field.setAttribute("autocomplete", "off");
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = field.value.trim();
      if (!text) return;
      try {
        const answer = await fetch(`/suggest?${new URLSearchParams({ q: text })}`);
        const template = document.createElement("template");
        template.innerHTML = answer.ok ? await answer.text() : ""; // rendered and escaped by the server
        list.replaceChildren(...[...template.content.querySelectorAll("a")].map((link) => {
          const option = document.createElement("option");
          option.value = link.dataset.name;
          option.label = `${text} → ${link.textContent}`;
          return option;
        }));
      } catch { list.replaceChildren(); }
    }, 120);
  });
}

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(DROPPED)) if (!open.contains(event.target)) open.open = false;
});

// A filter form sends only what is set, so that the address stays readable.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    const off = new URLSearchParams(location.search).get("hide");
    if (off && !form.elements.hide) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "hide" }));
    if (form.elements.hide) form.elements.hide.value = off ?? "";
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  });
  for (const field of form.querySelectorAll("select, input[type=checkbox]")) {
    field.addEventListener("change", () => form.requestSubmit());
  }
}

// What is chosen in a picture that stands in the page itself is in the page's address.
for (const picture of document.querySelectorAll(".picture .cg-view")) {
  const chosen = chosenByAddress();
  if (chosen.length) picture.coopgraph?.reveal(chosen);
  keepPicture(picture);
}
keepFolds([...document.querySelectorAll("details[data-kept]")]);

// On a narrow screen the filters of a picture stand folded, so that the picture is seen first.
if (matchMedia("(max-width: 760px)").matches) {
  for (const fold of document.querySelectorAll("details.fold:not([data-needed])")) fold.open = false;
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

// What only scripts can do is shown where they run.
for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
