// Search with completion: actors and agreements by name, and statements by their words.

const MOST_HITS = 9;
let hits = [];
let active = -1;

/** Nodes whose label matches: first those that start with it, then word starts, then the rest. */
function matches(text) {
  const needle = folded(text.trim());
  if (!needle) return [];
  const ranked = [];
  for (const node of nodes) {
    const at = node.folded.indexOf(needle);
    if (at < 0) continue;
    const rank = at === 0 ? 0 : /[\s("'“‘-]/.test(node.folded[at - 1]) ? 1 : 2;
    ranked.push([rank, node.id]);
  }
  ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return ranked.slice(0, MOST_HITS).map(([, id]) => nodes[id]);
}

function updateHits() {
  const text = $("search").value;
  hits = matches(text).map((node) => ({ node, run: () => goTo(node) }));
  const needle = folded(text.trim());
  if (needle.length > 2 && !askingForTarget()) {
    const count = statements.filter((s) => foldedWords(s).includes(needle)).length;
    if (count) hits.push({ text: `${counted(count, "statement")} with “${text.trim()}”`, run: () => choose({ text: text.trim() }) });
  }
  active = hits.length ? 0 : -1;
  showHits(text.trim() !== "");
}

function showHits(on) {
  const list = $("hits");
  list.replaceChildren(...hits.map((hit, i) => hitRow(hit, i)));
  if (on && !hits.length) list.append(el("li", { class: "none" }, "Nothing found"));
  list.hidden = !on;
  $("search").setAttribute("aria-expanded", String(on));
  if (on && active >= 0) $("search").setAttribute("aria-activedescendant", `hit-${active}`);
  else $("search").removeAttribute("aria-activedescendant");
}

function hitRow(hit, i) {
  const content = hit.node
    ? [typeIcon(hit.node.type), bdi(hit.node.label), el("span", { class: "count" }, hit.node.detail ? spoken(hit.node.detail) : typeLabel(hit.node))]
    : [el("span", { class: "icon", "aria-hidden": "true" }, "”"), bdi(hit.text)];
  return el("li", { id: `hit-${i}`, role: "option", "aria-selected": String(i === active),
    onpointerdown: (event) => { event.preventDefault(); take(i); } }, ...content);
}

function take(i) {
  if (!hits[i]) return;
  const { run } = hits[i];
  $("search").value = "";
  hits = [];
  showHits(false);
  run();
}

const askingForTarget = () => state.pathFrom && !state.pathTo;

function goTo(node) {
  if (askingForTarget() && node !== state.pathFrom) return finishPath(node);
  if (!isVisible(node)) {
    choose({ ...nothingChosen(), view: state.view });
    toast("Filters were reset to show it.");
  }
  open(node);
}

function askForTarget(node) {
  $("search").placeholder = `Path from ${short(node.label)} to …`;
  $("search").focus();
}

function finishPath(node) {
  choose({ pathTo: node, selected: null, view: "graph" });
  if (focus.way) { fitted = false; showAll(focus.way); }
}

function searchKeys(event) {
  const list = $("hits");
  if (event.key === "Escape") {
    if (list.hidden) { choose({ pathFrom: state.pathTo ? state.pathFrom : null }); stage.focus(); }
    $("search").value = "";
    hits = [];
    showHits(false);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!hits.length) return;
    active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    showHits(true);
  } else if (event.key === "Enter") take(active);
  else return;
  event.preventDefault();
}

function openSearch() {
  const input = $("search");
  input.addEventListener("input", updateHits);
  input.addEventListener("keydown", searchKeys);
  input.addEventListener("focus", () => input.value && updateHits());
  input.addEventListener("blur", () => showHits(false));
}

function updateSearch() {
  if (!askingForTarget()) $("search").placeholder = narrow.matches ? "Search" : "Search actors, agreements, words";
}
