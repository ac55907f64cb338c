// What is chosen on a page stands in its address, so that a copied link shows it again.
const MARK = "#chosen=";

/** Ids of the entity, or of the two ends of the line, that the address says is chosen; none where it says nothing. */
export const chosenByAddress = () =>
  location.hash.startsWith(MARK) ? location.hash.slice(MARK.length).split("+").map(decodeURIComponent) : [];

export function remember(ids) {
  const hash = ids.length ? MARK + ids.map(encodeURIComponent).join("+") : "";
  history.replaceState(null, "", location.pathname + location.search + hash);
}
