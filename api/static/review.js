// The review desk by keyboard: j and k walk, a figure chooses, a accepts, r rejects, u takes the last decision back.
// The candidate in hand is in the address.
import { given, remember } from "./address.js";

const headers = { "Content-Type": "application/json", "X-CSRF-Token": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
const said = document.querySelector("[data-said]");
const items = [...document.querySelectorAll(".candidate")];
const decided = []; // in this visit, the latest last
let at = -1;

function take(index) {
  at = index;
  items.forEach((item, i) => item.classList.toggle("now", i === at));
  remember("at", [items[at].dataset.candidate]);
}

function go(index) {
  if (!items.length) return;
  take(Math.max(0, Math.min(items.length - 1, index)));
  items[at].focus({ preventScroll: true });
  items[at].scrollIntoView({ block: "nearest" });
}

/** Post a decision; true when it was taken. */
async function post(holder, action, entity) {
  const body = JSON.stringify(entity ? { action, entity } : { action });
  try {
    const answer = await fetch(`/api/v1/review/${encodeURIComponent(holder.dataset.candidate)}`, { method: "POST", headers, body });
    const told = await answer.json();
    if (!answer.ok) {
      said.lang = told.detail ? "zh-CN" : ""; // messages are written in Chinese
      said.textContent = told.detail || said.dataset.failed;
      return false;
    }
    said.removeAttribute("lang");
    const sum = (name) => told.reread.reduce((n, one) => n + one[name].length, 0);
    said.textContent = said.dataset.done.replace("{n}", told.reread.length).replace("{added}", sum("added")).replace("{removed}", sum("removed"));
    return true;
  } catch { said.textContent = said.dataset.failed; return false; }
}

function close(item, words) {
  item.classList.add("closed");
  item.querySelector("[data-open]").hidden = true;
  item.querySelector("[data-closed]").hidden = false;
  item.querySelector("[data-outcome]").textContent = words;
  for (const choice of item.querySelectorAll("input[type=radio]")) choice.disabled = true;
  decided.push(item);
}

function reopen(item) {
  item.classList.remove("closed");
  item.querySelector("[data-open]").hidden = false;
  item.querySelector("[data-closed]").hidden = true;
  for (const choice of item.querySelectorAll("input[type=radio]")) choice.disabled = false;
  decided.splice(decided.indexOf(item), 1);
}

const next = (item) => {
  const open = items.findIndex((one, i) => i > items.indexOf(item) && !one.classList.contains("closed"));
  if (open >= 0) go(open);
};

async function accept(item) {
  const choice = item.querySelector("input:checked");
  if (!choice || item.classList.contains("closed")) return;
  const words = item.querySelector("[data-outcome]").dataset.accepted;
  const name = choice.closest("label").querySelector("span").firstChild.textContent.trim();
  if (await post(item, "accept", choice.value)) { close(item, `${words}“${name}”`); next(item); }
}
async function reject(item) {
  if (item.classList.contains("closed")) return;
  if (await post(item, "reject")) { close(item, item.querySelector("[data-outcome]").dataset.rejected); next(item); }
}
async function undo(item) {
  if (await post(item, "undo")) { reopen(item); go(items.indexOf(item)); }
}

items.forEach((item, i) => {
  item.querySelector("[data-accept]").addEventListener("click", (event) => { event.preventDefault(); accept(item); });
  item.querySelector("[data-reject]").addEventListener("click", (event) => { event.preventDefault(); reject(item); });
  item.querySelector("[data-undo]").addEventListener("click", () => undo(item));
  item.addEventListener("focusin", () => take(i));
});
const inHand = items.findIndex((item) => item.dataset.candidate === given("at")[0]);
if (inHand >= 0) go(inHand);
for (const button of document.querySelectorAll("[data-undo][data-reload]")) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    if (await post(button.closest("[data-candidate]"), "undo")) location.reload();
    else button.disabled = false;
  });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input:not([type=radio]), textarea, select")) return;
  const item = items[at];
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else if (event.key === "u" && decided.length) undo(decided.at(-1));
  else if (!item) return;
  else if (event.key === "a") accept(item);
  else if (event.key === "r") reject(item);
  else if (/^[1-9]$/.test(event.key) && item.querySelectorAll("input[type=radio]")[event.key - 1]) item.querySelectorAll("input[type=radio]")[event.key - 1].checked = true;
  else return;
  event.preventDefault();
});
