// Reading documents in and taking them out: nothing is written before the preview has been confirmed.
const headers = { "X-CSRF-Token": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
const language = new URLSearchParams(location.search).get("lang") === "en" ? "?lang=en" : "";
const address = (id) => `/documents/${encodeURIComponent(id).replaceAll("%2F", "/").replaceAll("%3A", ":")}`;

/** The sentence that a refusal carries, whatever form it has. */
async function reason(answer, otherwise) {
  try { return (await answer.json()).detail || otherwise; } catch { return otherwise; }
}

function attachUpload(section) {
  const form = section.querySelector("[data-drop]");
  const field = form.querySelector("input[type=file]");
  const said = section.querySelector("[data-said]");
  const place = section.querySelector("[data-preview]");
  let files = [], asked = null;

  const body = () => {
    const data = new FormData();
    for (const file of files) data.append("file", file, file.name);
    for (const [name, value] of new FormData(form)) if (name !== "csrf" && value) data.append(name, value);
    return data;
  };
  const clear = () => { files = []; field.value = ""; place.replaceChildren(); said.textContent = ""; };

  async function preview() {
    if (!files.length) return;
    asked?.abort();
    asked = new AbortController();
    said.textContent = said.dataset.reading;
    try {
      const answer = await fetch(`/documents/preview${language}`, { method: "POST", body: body(), headers, signal: asked.signal });
      if ((answer.headers.get("content-type") || "").includes("html")) {
        const template = document.createElement("template");
        template.innerHTML = await answer.text(); // rendered and escaped by the server
        place.replaceChildren(template.content);
        said.textContent = "";
      } else said.textContent = await reason(answer, said.dataset.failed);
    } catch (error) { if (error.name !== "AbortError") said.textContent = said.dataset.failed; return; }
    place.querySelector("[data-confirm]")?.addEventListener("click", write);
    place.querySelector("[data-leave]")?.addEventListener("click", () => { clear(); field.focus(); });
    place.querySelector("[data-focus]")?.focus();
  }

  async function write(event) {
    event.target.disabled = true;
    said.textContent = said.dataset.writing;
    try {
      const answer = await fetch("/api/v1/documents", { method: "POST", body: body(), headers });
      if (answer.ok) return location.assign(`${address((await answer.json()).document.id)}${status()}`);
      said.textContent = await reason(answer, said.dataset.failed);
    } catch { said.textContent = said.dataset.failed; }
    event.target.disabled = false;
  }
  // The new document's page in the state of this one; an illustrative one must not be hidden by the status.
  const status = () => location.search;

  field.addEventListener("change", () => { files = [...field.files]; preview(); });
  form.addEventListener("change", (event) => { if (event.target !== field) preview(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); preview(); });
  let depth = 0;
  const over = (by) => { depth = Math.max(0, depth + by); section.classList.toggle("over", depth > 0); };
  document.addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) over(1); });
  document.addEventListener("dragleave", (event) => { if (event.dataTransfer?.types.includes("Files")) over(-1); });
  document.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    depth = 0; over(0);
    files = [...event.dataTransfer.files];
    preview();
  });
}

function attachRemoval(button) {
  const dialog = document.querySelector("dialog.ask");
  const said = dialog.querySelector("[data-said]");
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-yes]").addEventListener("click", async () => {
    try {
      const id = encodeURIComponent(button.dataset.remove).replaceAll("%2F", "/");
      const answer = await fetch(`/api/v1/documents/${id}`, { method: "DELETE", headers });
      if (answer.ok) return location.assign(`/documents${location.search}`);
      said.textContent = await reason(answer, String(answer.status));
    } catch (error) { said.textContent = String(error.message); }
  });
}

document.querySelectorAll("[data-upload]").forEach(attachUpload);
document.querySelectorAll("[data-remove]").forEach(attachRemoval);
