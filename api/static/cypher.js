// Free Cypher: the answer as a table. Everything is set as text, never as markup.
const form = document.querySelector("[data-cypher]");
const said = document.querySelector("[data-said]");
const place = document.querySelector("[data-answer]");

function cell(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** A value as a reader wants it: a node or an edge by its properties, a list by its members. */
function words(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(words).join("、");
  if (typeof value === "object") return value.name ?? value.properties?.name ?? JSON.stringify(value);
  return String(value);
}

function show(answer) {
  const table = document.createElement("table");
  table.className = "list";
  const head = table.createTHead().insertRow();
  for (const column of answer.columns) {
    const heading = cell("th", column);
    heading.scope = "col";
    head.append(heading);
  }
  const body = table.createTBody();
  for (const row of answer.rows) {
    const line = body.insertRow();
    row.forEach((value, i) => {
      const made = cell("td", words(value));
      made.dataset.label = answer.columns[i];
      if (typeof value === "number") made.className = "num";
      line.append(made);
    });
  }
  place.replaceChildren(table);
  said.textContent = (answer.truncated ? said.dataset.truncated : said.dataset.rows).replace("{n}", answer.rows.length);
}

async function run() {
  let parameters;
  try { parameters = JSON.parse(form.parameters.value || "{}"); } catch { said.textContent = said.dataset.wrong; return; }
  said.textContent = said.dataset.running;
  place.replaceChildren();
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
  try {
    const answer = await fetch("/api/v1/cypher", { method: "POST", headers, body: JSON.stringify({ query: form.query.value, parameters }) });
    const told = await answer.json();
    if (answer.ok) show(told);
    else said.textContent = told.detail || said.dataset.failed;
  } catch { said.textContent = said.dataset.failed; }
}

form?.addEventListener("submit", (event) => { event.preventDefault(); run(); });
form?.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
for (const chip of document.querySelectorAll("[data-query]")) {
  chip.addEventListener("click", () => { form.query.value = chip.dataset.query; form.parameters.value = chip.dataset.parameters; run(); });
}
