// Making a pack: told file by file as it is made, cancelled by hanging up. Without scripts the form gives the ZIP itself.
import { given, keepForm, remember } from "./address.js";

const form = document.querySelector("[data-briefing]");
const making = document.querySelector("[data-making]");
const bar = making.querySelector("[data-bar]");
const said = document.querySelector("[data-said]");
const start = form.querySelector("[data-make]");
let asked = null, saved = "";

// What is wished for is in the address; the pack's language stands apart from the page's own.
keepForm(form, ["programme", "unit", "leader", "since", "status", "as_of", "forms"]);
if (given("in").length) form.elements.lang.value = given("in")[0];
form.elements.lang.addEventListener("change", () => remember("in", [form.elements.lang.value]));

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** The JSON objects of a body, one a line, as they arrive. */
async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const rest = []; // the last line is long: its pieces are joined once
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const pieces = value.split("\n");
    for (const piece of pieces.slice(0, -1)) {
      rest.push(piece);
      yield JSON.parse(rest.splice(0).join(""));
    }
    rest.push(pieces.at(-1));
  }
}

function show(event) {
  if (event.waiting) said.textContent = filled(said.dataset.waiting, { n: event.waiting });
  else if (event.file) {
    bar.max = event.total;
    bar.value = event.done;
    said.textContent = filled(said.dataset.file, { name: event.file, done: event.done + 1, total: event.total });
  }
}

/** Hands the ZIP to the browser, and leaves a link to it. */
function save(event) {
  if (saved) URL.revokeObjectURL(saved);
  const bytes = Uint8Array.from(atob(event.zip), (one) => one.charCodeAt(0));
  saved = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = saved;
  link.download = event.name;
  link.textContent = event.name;
  said.replaceChildren(said.dataset.done, link, ` ${(event.bytes / 1e6).toFixed(1)} MB`);
  link.click();
}

/** What is wrong, and the names that may be meant: each puts itself into its field. */
function refuse(problem) {
  const field = form.elements[problem.parameter];
  const near = field?.tagName === "INPUT" ? problem.near ?? [] : [];
  said.textContent = near.length ? problem.detail.replace(/；相近的有.*/, "。") : problem.detail;
  if (!field) return;
  for (const id of near) {
    const name = document.createElement("button");
    Object.assign(name, { type: "button", className: "chip", textContent: id.replace(/^\w+:/, "") });
    name.addEventListener("click", () => { field.value = id; form.requestSubmit(); });
    said.append(" ", name);
  }
  field.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (asked) return;
  asked = new AbortController();
  making.hidden = false;
  start.disabled = true;
  bar.removeAttribute("value");
  said.textContent = said.dataset.gathering;
  try {
    const headers = { Accept: "application/x-ndjson" };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers, signal: asked.signal });
    if (!answer.ok) refuse(await answer.json());
    else for await (const one of lines(answer.body)) {
      if (one.zip) save(one);
      else if (one.problem) refuse(one.problem);
      else show(one);
    }
  } catch (error) {
    said.textContent = error.name === "AbortError" ? said.dataset.cancelled : said.dataset.failed;
  }
  asked = null;
  making.hidden = true;
  start.disabled = false;
});
making.querySelector("[data-cancel]").addEventListener("click", () => asked?.abort());
