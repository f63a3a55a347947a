// The evidence panel: what is known of the selected actor, link or path, in the articles' words.

const FIRST_ITEMS = 40;

/** A list that shows its first items and the rest on demand. */
function gradually(items, draw, first = FIRST_ITEMS, box = el("div", { class: "items" })) {
  const more = () => {
    const from = box.querySelectorAll(":scope > .item").length;
    box.querySelector(":scope > .more")?.remove();
    for (const item of items.slice(from, from + first)) {
      const made = draw(item);
      made.classList.add("item");
      box.append(made);
    }
    const left = items.length - from - first;
    if (left > 0) box.append(button(left > first ? `Show ${number(first)} more of ${number(left)}` : `Show ${number(left)} more`, more, { class: "more" }));
  };
  more();
  return box;
}

// ------------------------------------------------------------------------------------ evidence

/** One statement: the words, who said them how, where they stand. */
function evidenceItem(s, { ties = true } = {}) {
  const words = s.words
    ? el("blockquote", { dir: "auto" }, ...inContext(s))
    : el("p", { class: "nowords" }, wordsElsewhere(s));
  const item = el("article", { class: "evidence" }, words, whoLine(s), whereLine(s));
  if (ties && s.edges.length) item.append(tieLine(s));
  return item;
}

/** The words, marked in what stands around them; dots where that is cut within a sentence. */
function inContext({ words, before, after }) {
  [words, before, after] = [words, before, after].map(straight);
  if (!before && !after) return [words];
  const opens = !before || /^[\p{Lu}\p{N}“"‘'(]/u.test(before) ? "" : "… ";
  const closes = !after || /[.!?][”"’')]*\s*$/.test(after) ? "" : " …";
  return [el("span", {}, opens + (before || "")), el("mark", {}, words), el("span", {}, (after || "") + closes)];
}

function wordsElsewhere(s) {
  if (s.start === null || s.start === undefined) return "Known from the background, not from an article.";
  return `The words are not in this file: characters ${number(s.start)}–${number(s.end)} of the article.`;
}

function whoLine(s) {
  const line = el("p", { class: "who" });
  if (s.speaker) line.append(el("b", {}, bdi(s.speaker)));
  if (s.cue) line.append(el("i", {}, bdi(s.cue)));
  if (s.force && spoken(s.force) !== s.cue) line.append(el("span", { class: "chip" }, spoken(s.force)));
  if (s.negative) line.append(el("span", { class: "chip no" }, "negated"));
  return line;
}

function whereLine(s) {
  const line = el("p", { class: "where" });
  const parts = [];
  if (s.date) parts.push(el("time", { datetime: s.date }, day(s.date)));
  if (s.article.iri) parts.push(link(s.article.url, s.article.title));
  if (s.article.source !== s.article.title) parts.push(bdi(s.article.source));
  if (typeof s.confidence === "number") {
    parts.push(el("span", { title: "confidence" }, `${Math.round(s.confidence * 100)} %`));
  }
  parts.forEach((part, i) => line.append(...(i ? [" · ", part] : [part])));
  line.append(button("Copy citation", () => copyText(citation(s), "Citation copied."), { class: "quiet" }));
  return line;
}

function citation(s) {
  const place = s.start === null || s.start === undefined
    ? "" : `, characters ${s.start}–${s.end}`;
  const said = `${s.speaker ? s.speaker + ": " : ""}${s.words ? `“${s.words}”` : "[words not included]"}`;
  const where = [s.article.title, s.article.source !== s.article.title && s.article.source, s.date && day(s.date)];
  const source = where.filter(Boolean).join(", ") + place;
  return [said, source + ".", webAddress(s.article.url)].filter(Boolean).join(" ");
}

/** The links that a statement stands for; each leads on. */
function tieLine(s) {
  const line = el("p", { class: "ties" });
  for (const edge of s.edges.filter((edge) => visible.edges[edge.id] && edge !== state.selected)) {
    const who = s.speaker?.includes(edge.source.label) ? [] : [bdi(edge.source.label), " "];
    line.append(el("button", { type: "button", class: "tie", onclick: () => open(edge) },
      relationIcon(edge.look, 22), el("span", {}, ...who, edge.look.label + " ", bdi(edge.target.label))));
  }
  for (const agreement of new Set(s.edges.map((edge) => edge.target).filter((node) => node.type === "agreement"))) {
    if (agreement === state.selected || !isVisible(agreement)) continue;
    const all = evidenceOf(agreement.edges.filter((edge) => visible.edges[edge.id])).length;
    line.append(button(`All ${number(all)} on ${short(agreement.label, 40)}`, () => open(agreement), { class: "quiet" }));
  }
  return line;
}

function evidenceOf(list) {
  const found = new Set(list.flatMap(passingEvidence));
  return [...found].sort(inTime);
}

// --------------------------------------------------------------------------------------- panel

/** Selects something and shows it on whatever view is open. */
function open(thing) {
  choose({ selected: thing, pathFrom: null, pathTo: null });
  if (state.view === "graph" && isNode(thing)) bringIntoView(thing);
}

function updatePanel() {
  const panel = $("panel");
  const old = panel.dataset.of;
  const subject = focus?.way !== undefined || (state.pathFrom && state.pathTo)
    ? "path" : state.selected ? (isNode(state.selected) ? "n" : "e") + state.selected.id : "";
  panel.dataset.of = subject;
  panel.classList.toggle("has", subject !== "");
  panel.replaceChildren(...panelContent(subject));
  if (old === subject) return;
  panel.scrollTop = 0;
  if (subject) say([...panel.querySelectorAll("h2, h2 + .hint, h3")].map((part) => part.textContent).join(", "));
}

function panelContent(subject) {
  if (subject === "path") return pathPanel();
  if (!state.selected) return overviewPanel();
  return isNode(state.selected) ? nodePanel(state.selected) : edgePanel(state.selected);
}

const closeButton = () =>
  button("×", () => { choose({ selected: null, pathFrom: null, pathTo: null }); stage.focus(); },
    { class: "close", "aria-label": "Close", title: "Close (Esc)" });

function overviewPanel() {
  if (!nodes.length) {
    return [el("h2", {}, "Nothing to show"), el("p", { class: "hint" }, "No actors and no agreements were found.")];
  }
  const best = nodes.filter((node) => visible.nodes[node.id]).slice(0, 10);
  return [
    el("h2", {}, "Evidence"),
    el("p", { class: "hint" }, "Choose an actor or a link: the sentences that prove it appear here, each with its speaker, date and article."),
    el("h3", {}, "Most prominent"),
    el("ul", { class: "links" }, ...best.map((node) => el("li", {}, nodeButton(node)))),
  ];
}

function nodeButton(node) {
  const count = node.edges.filter((edge) => visible.edges[edge.id]).length;
  return el("button", { type: "button", class: "row", onclick: () => open(node) },
    typeIcon(node.type), bdi(node.label), el("span", { class: "count" }, number(count)));
}

function nodePanel(node) {
  const ties = node.edges.filter((edge) => visible.edges[edge.id]);
  const kind = node.detail ? `Agreement: ${spoken(node.detail)}` : typeLabel(node);
  const about = [kind, node.country, node.mentions && counted(node.mentions, "mention")];
  const found = evidenceOf(ties);
  return [
    el("div", { class: "head" }, typeIcon(node.type, 26), el("h2", {}, bdi(node.label)), closeButton()),
    el("p", { class: "hint" }, about.filter(Boolean).join(" · ")),
    nodeActions(node),
    ...disputeLinks([node]),
    el("h3", {}, counted(ties.length, "link")),
    gradually(inOrder(ties, node), (edge) => edgeButton(edge, node), 7, el("div", { class: "links" })),
    el("h3", {}, counted(found.length, "statement")),
    gradually(found, evidenceItem),
  ];
}

function nodeActions(node) {
  const alone = state.ego === node;
  const bar = el("div", { class: "actions" },
    button(alone ? "Show all again" : "Only its neighbourhood", () => choose({ ego: alone ? null : node }), { "aria-pressed": String(alone) }),
    button("Path to …", () => startPath(node)));
  const card = cards.findIndex((c) => c.iri === node.iri);
  if (card >= 0) bar.append(button("Agreement card", () => openCard(card)));
  return bar;
}

function inOrder(ties, node) {
  const out = (edge) => (edge.source === node ? 0 : 1);
  return [...ties].sort((a, b) =>
    out(a) - out(b) || visible.counts[b.id] - visible.counts[a.id] || a.id - b.id);
}

/** A link in words; seen from its source, without naming it again. */
function edgeButton(edge, from) {
  const source = edge.source === from ? [] : [bdi(edge.source.label), " "];
  return el("button", { type: "button", class: "row", onclick: () => open(edge) },
    relationIcon(edge.look),
    el("span", {}, ...source, el("i", {}, edge.look.label), " ", bdi(edge.target.label)),
    el("span", { class: "count" }, edge.ev.length ? number(visible.counts[edge.id]) : ""));
}

function edgePanel(edge) {
  const found = evidenceOf([edge]);
  const others = edge.source.edges.filter((other) =>
    other !== edge && visible.edges[other.id] && (other.source === edge.target || other.target === edge.target));
  const content = [
    el("div", { class: "head" }, el("h2", { class: "sentence" },
      nodeName(edge.source), " ", el("em", {}, relationIcon(edge.look), " ", edge.look.label), " ", nodeName(edge.target)), closeButton()),
    ...disputeLinks([edge.source, edge.target]),
    el("h3", {}, counted(found.length, "statement")),
    gradually(found, evidenceItem),
  ];
  if (!edge.ev.length) content.push(el("p", { class: "hint" }, "This link is background knowledge; no article is quoted for it."));
  if (others.length) {
    content.push(el("h3", {}, "Also between the two"),
      el("div", { class: "links" }, ...others.map((other) => edgeButton(other, null))));
  }
  return content;
}

const nodeName = (node) =>
  el("button", { type: "button", class: "name", onclick: () => open(node) }, typeIcon(node.type), bdi(node.label));

// ---------------------------------------------------------------------------------------- path

function pathPanel() {
  const head = el("div", { class: "head" }, el("h2", {}, "Path"), closeButton());
  const names = el("p", { class: "hint" }, "From ", bdi(state.pathFrom.label), " to ", bdi(state.pathTo.label), ", along the links that the filters leave.");
  if (!focus.way) return [head, names, el("p", { class: "empty-note" }, "No path joins them.")];
  const steps = focus.steps.map((between, i) => el("li", {},
    nodeName(focus.way[i]),
    el("div", { class: "links" }, ...between.map((edge) => edgeButton(edge, null)))));
  const found = evidenceOf(focus.steps.flat());
  return [head, names,
    el("ol", { class: "path" }, ...steps, el("li", {}, nodeName(state.pathTo))),
    el("h3", {}, counted(found.length, "statement")),
    gradually(found, evidenceItem)];
}

/** Takes an actor as one end and asks for the other in the search box. */
function startPath(node) {
  choose({ pathFrom: node, pathTo: null });
  askForTarget(node);
}
