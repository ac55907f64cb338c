// What a reader chose, opened or switched on a page stands in its address, so that a copied link shows it again:
// behind the # what only the browser knows, as `#chosen=…&as=table`; in the query what the server draws too (`hide`).

const parts = () =>
  new Map(location.hash.slice(1).split("&").filter((part) => part.includes("=")).map((part) => part.split("=")));
const write = (url) => history.replaceState(history.state, "", url);

/** Names of what the address says is chosen or open under `name`; none where it says nothing. */
export const given = (name) => (parts().get(name) ?? "").split("+").filter(Boolean).map(decodeURIComponent);

/** Note names under `name`; without any, nothing is said of it any more. */
export function remember(name, values) {
  const said = parts();
  if (values.length) said.set(name, values.map(encodeURIComponent).join("+"));
  else said.delete(name);
  const hash = [...said].map(([key, value]) => `${key}=${value}`).join("&");
  write(location.pathname + location.search + (hash && `#${hash}`));
}

/** Ids of the entity, or of the two ends of the line, that the address says is chosen. */
export const chosenByAddress = () => given("chosen");

/** The same address with what is switched off on this page, or without, where nothing is. */
export function carrying(address) {
  const url = new URL(address, location.href);
  const off = new URLSearchParams(location.search).get("hide");
  if (off) url.searchParams.set("hide", off);
  else url.searchParams.delete("hide");
  return url;
}

/** What a form says, in the query of the page: what the server fills it in with when the page is opened again. Of
 * `names`, a field that is empty is left out. */
export function keepForm(form, names) {
  const keep = () => {
    const said = new FormData(form);
    const url = new URL(location);
    for (const name of names) {
      url.searchParams.delete(name);
      for (const value of said.getAll(name)) if (value) url.searchParams.append(name, value);
    }
    write(url);
  };
  form.addEventListener("change", keep);
  form.addEventListener("input", keep);
}

/** This page in what a link of its switches asks for: another language, another status, and all else as it stands. */
export function switchedTo(address) {
  const wanted = new URL(address, location.href);
  const url = new URL(location.href);
  for (const name of ["lang", "status", "page"]) {
    if (wanted.searchParams.has(name)) url.searchParams.set(name, wanted.searchParams.get(name));
    else url.searchParams.delete(name);
  }
  return url;
}

/** Keep what is chosen, sought, switched off and turned to a table in a picture in the address of the page. */
export function keepPicture(picture) {
  const [as] = given("as");
  if (as) picture.coopgraph?.showAs(as);
  const [sought] = given("find");
  if (sought) picture.coopgraph?.seek(sought);
  picture.addEventListener("coopgraph:sought", (event) => remember("find", event.detail.text ? [event.detail.text] : []));
  picture.addEventListener("coopgraph:chosen", (event) => remember("chosen", event.detail.ids));
  picture.addEventListener("coopgraph:shown", (event) => {
    const url = new URL(location);
    url.searchParams.delete("hide");
    if (event.detail.hide.length) url.searchParams.set("hide", event.detail.hide.join(","));
    if (url.search !== location.search) write(url);
    remember("as", [event.detail.as]);
  });
}

/** Folded parts that are open, each known by a name: the address says which, and opens them again. */
export function keepFolds(folds) {
  const wanted = given("open");
  const opened = folds.filter((fold) => wanted.includes(fold.dataset.kept));
  for (const fold of opened) fold.open = true;
  opened[0]?.scrollIntoView({ block: "center" });
  for (const fold of folds) {
    fold.addEventListener("toggle", () => remember("open", folds.filter((one) => one.open).map((one) => one.dataset.kept)));
  }
}
