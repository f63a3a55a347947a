// The filters; the legend is one of them. Rows are made once and kept, so that focus stays.

const rows = []; // of the legend and of the lists

const MOST_SOURCES = 60; // rows; the table lists all

function buildFilters() {
  const box = $("filters");
  box.append(el("div", { class: "counters", id: "counters" }));
  box.append(chipBar());
  if (!nodes.length) return;
  box.append(
    filterGroup("Actors", "offTypes", looks.actors.map((look) => ({
      value: look.id, label: look.plural, icon: () => typeIcon(look.id),
    })), true),
    filterGroup("Links", "offRelations", looks.relations.map((look) => ({
      value: look.id, label: look.label, icon: () => relationIcon(look),
    })), true),
    filterGroup("Force of the words", "offForces", valuesOf(forceOf), false),
    filterGroup("Source", "offSources", valuesOf((s) => s.article.source).slice(0, MOST_SOURCES), false),
    moreFilters(),
  );
}

/** The values of a field of the statements, the most frequent first. */
function valuesOf(field) {
  return tally(statements.map(field)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([value]) => ({ value, label: spoken(value), icon: () => null }));
}

/** How often each value of each list is visible. */
function visibleTallies() {
  return {
    offTypes: new Map(tally(nodes.filter((n) => visible.nodes[n.id]).map((n) => n.type))),
    offRelations: new Map(tally(edges.filter((e) => visible.edges[e.id]).map((e) => e.rel))),
    offForces: new Map(tally(visible.statements.map(forceOf))),
    offSources: new Map(tally(visible.statements.map((s) => s.article.source))),
  };
}

function filterGroup(name, set, values, isOpen) {
  const list = el("ul", { class: "legend" }, ...values.map((value) => filterRow(set, value)));
  const group = el("details", { class: "group" }, el("summary", {}, name), list);
  group.open = isOpen;
  group.hidden = !values.length;
  return group;
}

function filterRow(set, { value, label, icon }) {
  const box = el("input", { type: "checkbox", onchange: () => toggle(set, value) });
  const total = el("span", { class: "count" });
  const mark = el("span", { class: "mark" });
  const only = button("only", () => keepOnly(set, value), { class: "only", "aria-label": `Only ${label}` });
  rows.push({ set, value, box, total, mark, icon });
  return el("li", {}, el("label", {}, box, mark, el("span", { class: "text" }, bdi(label)), total), only);
}

function toggle(set, value) {
  const off = new Set(state[set]);
  if (!off.delete(value)) off.add(value);
  choose({ [set]: off });
}

function keepOnly(set, value) {
  const others = rows.filter((row) => row.set === set && row.value !== value).map((row) => row.value);
  const already = others.every((other) => state[set].has(other)) && !state[set].has(value);
  choose({ [set]: new Set(already ? [] : others) });
}

function moreFilters() {
  const range = el("input", { type: "range", id: "confidence", min: 0, max: 100, step: 5,
    oninput: () => choose({ confidence: Number(range.value) / 100 }) });
  const words = el("input", { type: "search", id: "words", autocomplete: "off",
    onchange: () => choose({ text: words.value.trim() }) });
  return el("div", { class: "group plain" },
    el("label", { for: "confidence" }, "Least confidence ", el("output", { id: "confidence-value", for: "confidence" })), range,
    el("label", { for: "words" }, "Words in the statement"), words);
}

// --------------------------------------------------------------------------------- what is off

function chipBar() {
  return el("div", { id: "chips", class: "chips" });
}

function chosenChips() {
  const chips = [];
  const chip = (text, undo) => chips.push(button(text + " ×", undo, { class: "chip", "aria-label": `Remove: ${text}` }));
  const hidden = Object.values(SETS).reduce((n, set) => n + state[set].size, 0);
  if (hidden) chip(`${counted(hidden, "kind")} hidden`, () => choose(Object.fromEntries(Object.values(SETS).map((set) => [set, new Set()]))));
  if (state.from || state.to) chip(`${state.from ? day(state.from) : "…"} – ${state.to ? day(state.to) : "…"}`, () => choose({ from: "", to: "" }));
  if (state.confidence) chip(`≥ ${Math.round(state.confidence * 100)} %`, () => choose({ confidence: 0 }));
  if (state.text) chip(`“${state.text}”`, () => choose({ text: "" }));
  if (state.ego) chip(`around ${short(state.ego.label)}`, () => choose({ ego: null, depth: 1 }));
  if (chips.length > 1) chips.push(button("Reset all", resetFilters, { class: "quiet" }));
  return chips;
}

function resetFilters() {
  const { view, selected } = state;
  choose({ ...nothingChosen(), view, selected });
}

function updateFilters() {
  const tallies = visibleTallies();
  for (const { set, value, box, total, mark, icon } of rows) {
    box.checked = !state[set].has(value);
    total.textContent = number(tallies[set].get(value) || 0);
    if (mark.dataset.theme !== String(theme())) {
      mark.dataset.theme = String(theme());
      const drawn = icon();
      mark.replaceChildren(...(drawn ? [drawn] : []));
    }
  }
  if ($("confidence")) {
    $("confidence").value = Math.round(state.confidence * 100);
    $("confidence-value").textContent = state.confidence ? `${Math.round(state.confidence * 100)} %` : "any";
    $("words").value = state.text;
  }
  $("chips").replaceChildren(...chosenChips());
  updateCounters();
}

let spokenCounts = "";

function updateCounters() {
  const shown = nodes.filter((node) => visible.nodes[node.id]);
  const bound = (list) => list.filter((node) => node.type === "agreement").length;
  const parts = [
    [shown.length - bound(shown), nodes.length - bound(nodes), "actors"],
    [bound(shown), bound(nodes), "agreements"],
    [visible.edgeCount, edges.length, "links"],
    [visible.statements.length, statements.length, "statements"],
  ];
  $("counters").replaceChildren(...parts.map(([now, all, name]) =>
    el("div", {}, el("b", {}, number(now)), el("span", {}, now === all ? name : `of ${number(all)} ${name}`))));
  const text = parts.map(([now, , name]) => `${number(now)} ${name}`).join(", ");
  if (text !== spokenCounts) say(text);
  spokenCounts = text;
}

function updateFocusBar() {
  const bar = $("focusbar");
  const ego = state.ego;
  const path = state.pathFrom && !state.pathTo;
  bar.hidden = !ego && !path;
  if (path) {
    bar.replaceChildren(el("span", {}, "Path from ", el("b", {}, bdi(state.pathFrom.label)), ": search or click the other actor"),
      button("Cancel", () => choose({ pathFrom: null })));
  } else if (ego) {
    const deeper = state.depth === 1 ? 2 : 1;
    bar.replaceChildren(el("span", {}, "Only the neighbourhood of ", el("b", {}, bdi(ego.label))),
      button(deeper === 2 ? "Two steps" : "One step", () => choose({ depth: deeper })),
      button("Show all", () => choose({ ego: null, depth: 1 })));
  }
}
