// Free Cypher: the answer as a table. Everything is set as text, never as markup.
const form = document.querySelector("[data-cypher]");
const said = document.querySelector("[data-said]");
const place = document.querySelector("[data-answer]");

function cell(tag, ...parts) {
  const element = document.createElement(tag);
  element.append(...parts);
  return element;
}

/** An address within the explorer; ids keep their slashes and colons. */
const address = (kind, id) => `/${kind}/${encodeURIComponent(id).replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
function link(words, href) {
  const element = cell("a", words);
  element.href = href;
  return element;
}

const isNode = (value) => Array.isArray(value.labels);
const isClaim = (value) => Boolean(value.source && value.target && value.properties);

/** A claim by the relation word that its cell prints; it leads to that cell. */
function claim(value) {
  const told = value.properties;
  const words = told.term || value.type;
  if (!told.document) return words;
  const place = told.table_no ? `#t${told.table_no}r${told.row_no}c${told.column_no}` : "";
  return link(words, address("documents", told.document) + place);
}

/** A node by its name; an entity leads to its page. */
function node(value) {
  const name = value.properties?.name ?? value.properties?.title ?? value.id;
  const kind = value.labels.includes("Document") ? "documents" : value.labels.includes("Entity") ? "entities" : "";
  return kind && value.id ? link(name, address(kind, value.id)) : String(name);
}

/** What a reader wants of a value, as text and links: a path by its nodes and claims in turn, a list by its members. */
function parts(value) {
  if (value === null || value === undefined) return [""];
  if (Array.isArray(value)) return value.flatMap((one, i) => (i ? ["、", ...parts(one)] : parts(one)));
  if (typeof value !== "object") return [String(value)];
  if (isNode(value)) return [node(value)];
  if (isClaim(value)) return [claim(value)];
  if (Array.isArray(value.nodes) && Array.isArray(value.edges)) {
    return value.nodes.flatMap((one, i) => (i ? [" — ", claim(value.edges[i - 1]), " — ", node(one)] : [node(one)]));
  }
  return Object.entries(value).flatMap(([key, one], i) => [i ? "；" : "", `${key}：`, ...parts(one)]);
}

function show(answer) {
  const table = document.createElement("table");
  table.className = "list";
  const head = table.createTHead().insertRow();
  for (const column of answer.columns) {
    const heading = cell("th", column);
    heading.scope = "col";
    if (answer.rows.length && answer.rows.every((row) => typeof row[head.cells.length] === "number")) heading.className = "num";
    head.append(heading);
  }
  const body = table.createTBody();
  for (const row of answer.rows) {
    const line = body.insertRow();
    row.forEach((value, i) => {
      const made = cell("td", ...parts(value));
      made.dataset.label = answer.columns[i];
      if (typeof value === "number") made.className = "num";
      line.append(made);
    });
  }
  place.replaceChildren(table);
  said.textContent = (answer.truncated ? said.dataset.truncated : said.dataset.rows).replace("{n}", answer.rows.length);
}

let asking;
/** Ask, and show the answer; one that is still under way is given up, so that it can't come after this one's. */
async function run() {
  let parameters;
  try { parameters = JSON.parse(form.parameters.value || "{}"); } catch { said.textContent = said.dataset.wrong; return; }
  const asked = new URL(location);
  asked.searchParams.set("query", form.query.value);
  asked.searchParams.set("parameters", form.parameters.value);
  history.replaceState(null, "", asked);
  asking?.abort();
  const { signal } = (asking = new AbortController());
  said.textContent = said.dataset.running;
  place.replaceChildren();
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
  try {
    const answer = await fetch("/api/v1/cypher", { method: "POST", signal, headers, body: JSON.stringify({ query: form.query.value, parameters }) });
    const told = await answer.json();
    if (answer.ok) show(told);
    else said.textContent = told.detail || said.dataset.failed;
  } catch { if (!signal.aborted) said.textContent = said.dataset.failed; }
}

form?.addEventListener("submit", (event) => { event.preventDefault(); run(); });
form?.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
for (const chip of document.querySelectorAll("[data-query]")) {
  chip.addEventListener("click", () => { form.query.value = chip.dataset.query; form.parameters.value = chip.dataset.parameters; run(); });
}
if (form && new URLSearchParams(location.search).get("query")) run(); // a copied link shows the answer again
