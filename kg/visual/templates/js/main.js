// Opening the page.

function showOmitted() {
  const actors = facts.actors - nodes.length, links = facts.links - edges.length;
  if (actors <= 0 && links <= 0 && !facts.excerpt) return;
  $("omitted").hidden = false;
  const leftOut = `${number(actors)} of them and ${counted(links, "link")} are left out.`;
  const cut = facts.fitting > nodes.length;
  const more = cut ? " A page made with a larger --max-nodes shows more." : "";
  if (!facts.excerpt) {
    $("omitted").textContent =
      `This page shows the ${number(nodes.length)} most important of ${number(facts.actors)} actors and agreements; ` + leftOut + more;
    return;
  }
  $("omitted").textContent =
    `This page shows a part of the graph: ${excerptInWords()}. It holds ${cut ? `the ${number(nodes.length)} most important of its ${number(facts.fitting)}` : number(nodes.length)}` +
    ` of all ${number(facts.actors)} actors and agreements; ` + leftOut + more;
}

/** What was asked for when the page was made, such as "what lies within one step of Arvenia". */
function excerptInWords() {
  const { ego, steps, since, until, types } = facts.excerpt;
  const parts = [];
  if (ego) parts.push(`what lies within ${steps === 1 ? "one step" : `${number(steps)} steps`} of ${ego}`);
  if (types.length) parts.push(`only ${types.join(", ")}`);
  if (since && until) parts.push(`only what is dated ${day(since)} to ${day(until)}`);
  else if (since) parts.push(`only what is dated ${day(since)} or later`);
  else if (until) parts.push(`only what is dated up to ${day(until)}`);
  return parts.join("; ");
}

function buildAbout() {
  const entries = [
    ["Actors and agreements", facts.actors], ["Links", facts.links], ["Statements shown", statements.length],
    ...facts.about,
  ];
  const text = (value) => (Array.isArray(value) ? value.join(", ") : typeof value === "number" ? number(value) : String(value));
  const dialog = $("about");
  dialog.replaceChildren(
    el("div", { class: "head" }, el("h2", { id: "about-title" }, bdi(title)), button("×", () => dialog.close(), { class: "close", "aria-label": "Close" })),
    el("dl", {}, ...entries.flatMap(([name, value]) => [el("dt", {}, bdi(name)), el("dd", {}, bdi(text(value)))])),
    el("p", { class: "hint" }, "A link shows that somebody said so, not that it is so. Its words and where they stand are in the evidence panel. This file works without a network and sends nothing anywhere."),
    el("h3", {}, "Keys"),
    el("dl", { class: "keys" }, ...[["/", "search"], ["arrows", "from actor to actor"], ["Enter", "to the evidence"], ["+ − 0", "zoom, show all"], ["Shift arrows", "move the view"], ["Esc", "clear"]]
      .flatMap(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)])));
}

function toggleTheme() {
  document.documentElement.dataset.theme = theme() ? "light" : "dark";
  themeChanged();
}

function themeChanged() {
  readPalette();
  $("theme").textContent = theme() ? "Light" : "Dark";
  refresh();
}

let themeOnScreen;

/** Paper is light, whatever the screen is. */
function printing(begins) {
  const root = document.documentElement;
  if (begins) {
    themeOnScreen = root.dataset.theme;
    root.dataset.theme = "light";
  } else if (themeOnScreen) root.dataset.theme = themeOnScreen;
  else delete root.dataset.theme;
  themeChanged();
}

function toggleFilterPane() {
  const hidden = document.body.classList.toggle("nofilters");
  $("toggle-filters").setAttribute("aria-expanded", String(!hidden));
}

function pageKeys(event) {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "Escape" && !typing && event.target !== stage && (state.selected || state.pathTo)) {
    choose({ selected: null, pathFrom: null, pathTo: null });
    stage.focus();
  }
}

function listen() {
  $("zoom-in").addEventListener("click", () => zoomBy(1.4));
  $("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  $("fit").addEventListener("click", () => { fitted = true; showAll(); });
  $("physics").addEventListener("click", toggleForces);
  $("theme").addEventListener("click", toggleTheme);
  $("about-open").addEventListener("click", () => $("about").showModal());
  $("toggle-filters").addEventListener("click", toggleFilterPane);
  stage.addEventListener("keydown", canvasKeys, true);
  stage.addEventListener("wheel", () => { fitted = false; }, { passive: true });
  stage.addEventListener("pointerdown", () => { fitted = false; });
  document.addEventListener("keydown", pageKeys);
  night.addEventListener("change", themeChanged);
  window.addEventListener("hashchange", () => { state = readAddress(); refresh(); });
  window.addEventListener("beforeprint", () => printing(true));
  window.addEventListener("afterprint", () => printing(false));
}

function main() {
  readPalette();
  if (!nodes.length) document.body.dataset.empty = "true";
  openTabs();
  state = readAddress();
  if (narrow.matches) toggleFilterPane();
  buildFilters();
  buildStrip();
  buildAbout();
  openSearch();
  openExports();
  showOmitted();
  visible = whatIsVisible();
  focus = whatIsInFocus();
  openCanvas();
  watchers.push(updateViews, updateCanvas, updatePanel, updateFilters, updateFocusBar, updateStrip, updateSearch);
  listen();
  themeChanged();
  showAll(undefined, false);
  if (isNode(state.selected)) bringIntoView(state.selected);
  document.body.dataset.ready = "true";
}

main();

// For tests and curious readers: what is shown, read only.
window.kgPage = Object.freeze({
  get counts() {
    return { nodes: visible.nodeCount, edges: visible.edgeCount, statements: visible.statements.length };
  },
  get labels() {
    return labelBoxes.map(({ node, box }) => ({ text: node.label, box: [...box] }));
  },
  get scale() {
    return network.getScale();
  },
  /** Where a node is on the screen, in pixels of the window. */
  place(id) {
    const box = stage.getBoundingClientRect(), view = screenView();
    return { x: box.left + view.x(xs[id]), y: box.top + view.y(ys[id]) };
  },
  /** Where the loop of an edge from a node to itself is on the screen. */
  loop(id) {
    const box = stage.getBoundingClientRect(), view = screenView();
    const [x, y] = pointOn(edges[id], 0.8, view.scale);
    return { x: box.left + view.x(x), y: box.top + view.y(y) };
  },
  csv: csvOf,
  gexf,
  svg: svgPicture,
});
