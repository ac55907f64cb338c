// Suggestions under a search field: a listbox after the WAI-ARIA combobox pattern; Enter without a choice searches.
let serial = 0;

export function attachFinder(form) {
  const field = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  list.className = "suggestions";
  list.id = `suggestions-${++serial}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.documentElement.lang === "en" ? "Suggestions" : "建议");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) field.setAttribute(name, value);

  let chosen = -1, pending = null, timer = 0;

  function close() {
    list.hidden = true; chosen = -1;
    field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant");
  }
  function choose(index) {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }
  async function suggest() {
    const text = field.value.trim();
    pending?.abort();
    if (!text) return close();
    pending = new AbortController();
    const state = new URLSearchParams(new FormData(form));
    state.set("q", text);
    try {
      const answer = await fetch(`/suggest?${state}`, { signal: pending.signal });
      if (!answer.ok) return close();
      const template = document.createElement("template");
      template.innerHTML = await answer.text(); // rendered and escaped by the server
      list.replaceChildren(...template.content.querySelectorAll("a"));
      [...list.children].forEach((option, i) => {
        option.id = `${list.id}-${i}`; option.setAttribute("role", "option"); option.setAttribute("aria-selected", "false"); option.tabIndex = -1;
      });
      list.hidden = !list.children.length; chosen = -1;
      field.setAttribute("aria-expanded", String(!list.hidden));
    } catch (error) { if (error.name !== "AbortError") close(); }
  }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 90); });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? list.children.length - 1 : chosen - 1); }
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); list.children[chosen].click(); }
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) setTimeout(close, 150); });
}
