// The other views of the same selection: tables, agreement cards, and a list for reading aloud.

// -------------------------------------------------------------------------------------- tables

const relationNames = (s) => [...new Set(s.edges.filter((e) => visible.edges[e.id]).map((e) => e.look.label))].join(", ");
const targetNames = (s) => [...new Set(s.edges.filter((e) => visible.edges[e.id]).map((e) => e.target.label))].join(", ");

const TABLES = {
  statements: {
    name: "Statements", rows: () => visible.statements,
    columns: [
      ["Date", (s) => s.date, (s) => el("span", { class: "nowrap" }, day(s.date))],
      ["Speaker", (s) => s.speaker || ""],
      ["Force", (s) => spoken(s.force || "")],
      ["Words", (s) => s.words || "", (s) => el("button", { type: "button", class: "words", dir: "auto", onclick: () => open(s.edges.find((e) => visible.edges[e.id])) }, straight(s.words) || wordsElsewhere(s))],
      ["Link", relationNames],
      ["About", targetNames],
      ["Article", (s) => s.article.title, (s) => link(s.article.url, s.article.title)],
      ["Source", (s) => s.article.source],
      ["Confidence", (s) => s.confidence ?? "", (s) => typeof s.confidence === "number" ? `${Math.round(s.confidence * 100)} %` : ""],
    ],
    extra: [["Cue", (s) => s.cue || ""], ["Start", (s) => s.start ?? ""], ["End", (s) => s.end ?? ""], ["URL", (s) => webAddress(s.article.url) || ""], ["IRI", (s) => s.iri]],
  },
  links: {
    name: "Links", rows: () => edges.filter((e) => visible.edges[e.id]),
    columns: [
      ["From", (e) => e.source.label, (e) => nodeName(e.source)],
      ["Link", (e) => e.look.label, (e) => el("button", { type: "button", class: "name", onclick: () => open(e) }, relationIcon(e.look), e.look.label)],
      ["To", (e) => e.target.label, (e) => nodeName(e.target)],
      ["Statements", (e) => visible.counts[e.id]],
      ["First", (e) => evidenceOf([e])[0]?.date || "", (e) => (evidenceOf([e])[0]?.date ? day(evidenceOf([e])[0].date) : "")],
      ["Last", (e) => evidenceOf([e]).at(-1)?.date || "", (e) => (evidenceOf([e]).at(-1)?.date ? day(evidenceOf([e]).at(-1).date) : "")],
    ],
    extra: [["From IRI", (e) => e.source.iri], ["To IRI", (e) => e.target.iri]],
  },
  actors: {
    name: "Actors", rows: () => nodes.filter((n) => visible.nodes[n.id]),
    columns: [
      ["Name", (n) => n.label, (n) => nodeName(n)],
      ["Type", (n) => n.detail ? `Agreement: ${spoken(n.detail)}` : typeLabel(n)],
      ["Country", (n) => n.country || ""],
      ["Mentions", (n) => n.mentions],
      ["Links", (n) => n.edges.filter((e) => visible.edges[e.id]).length],
      ["Statements", (n) => evidenceOf(n.edges.filter((e) => visible.edges[e.id])).length],
    ],
    extra: [["IRI", (n) => n.iri]],
  },
};

let tableName = "statements";
let order = { column: 0, up: true };

function tableView() {
  const table = TABLES[tableName];
  const choice = el("div", { class: "segments", role: "group", "aria-label": "Rows" },
    ...Object.entries(TABLES).map(([key, { name }]) => button(name, () => { tableName = key; order = { column: 0, up: true }; updateViews(); }, { "aria-pressed": String(key === tableName) })));
  const list = sortedRows(table);
  const download = button("Download CSV", () => saveTable(tableName), { id: "csv" });
  const bar = el("div", { class: "viewbar" }, el("h2", {}, "Table"), choice, el("span", { class: "hint" }, counted(list.length, "row")), download);
  if (!list.length) return [bar, el("p", { class: "empty-note" }, "No rows are left with these filters.")];
  const body = el("tbody");
  const more = button("", () => fill(), { class: "more" });
  const fill = () => {
    const from = body.rows.length;
    body.append(...list.slice(from, from + 150).map((row) => el("tr", {}, ...table.columns.map((c) => cell(c, row)))));
    more.hidden = body.rows.length >= list.length;
    more.textContent = `Show more of ${number(list.length - body.rows.length)}`;
  };
  fill();
  return [bar, el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": table.name }, el("table", {}, el("thead", {}, el("tr", {}, ...table.columns.map(headCell))), body)), more];
}

function cell([name, value, draw], row) {
  const content = draw ? draw(row) : String(value(row));
  const plainText = typeof content === "string";
  const numeric = ["Statements", "Mentions", "Links", "Confidence"].includes(name);
  return el("td", { class: numeric && "numeric", "data-name": name }, plainText ? bdi(content) : content);
}

function headCell([name], i) {
  const now = order.column === i ? (order.up ? "ascending" : "descending") : "none";
  const arrow = now === "none" ? "" : order.up ? " ↑" : " ↓";
  return el("th", { scope: "col", "aria-sort": now }, button(name + arrow, () => {
    order = { column: i, up: order.column === i ? !order.up : true };
    updateViews();
    $("view-table").querySelectorAll("th button")[i].focus();
  }));
}

function sortedRows(table) {
  const value = table.columns[order.column][1];
  const key = (row) => (typeof value(row) === "number" ? value(row) : folded(String(value(row))));
  const keyed = table.rows().map((row, i) => [key(row), i, row]);
  const sign = order.up ? 1 : -1;
  keyed.sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : a[1] - b[1]));
  return keyed.map(([, , row]) => row);
}

// ---------------------------------------------------------------------------------- agreements

function agreementsView() {
  const shown = cards.filter(isCardVisible);
  const head = el("div", { class: "viewbar" }, el("h2", {}, "Agreements"), el("span", { class: "hint" }, counted(shown.length, "agreement")));
  if (!shown.length) return [head, el("p", { class: "empty-note" }, cards.length ? "No agreement is left with these filters." : "This graph holds no agreements.")];
  return [head, gradually(shown, agreementCard, 30, el("div", { class: "cards" }))];
}

function isCardVisible(card) {
  const node = nodeByIri.get(card.iri);
  return !node || visible.nodes[node.id] === 1;
}

function agreementCard(card) {
  const node = nodeByIri.get(card.iri);
  const name = node ? nodeName(node) : el("span", {}, bdi(card.label));
  const about = [card.type && spoken(card.type), card.is_set && "a set", madeOn(card)];
  const box = el("article", { class: "card", id: `card-${cards.indexOf(card)}`, tabindex: "-1" },
    el("h3", {}, name), el("p", { class: "hint" }, about.filter(Boolean).join(" · ")));
  box.append(
    ...cardPart("Parties", card.parts.filter((p) => p.role === "party"), partLine),
    ...cardPart("Others involved", card.parts.filter((p) => p.role !== "party"), partLine),
    ...cardPart("Status, in order of time", card.statuses, statusLine),
    ...cardPart("What it lays down", card.provisions, provisionLine));
  if (card.candidates.length) box.append(el("h4", {}, "May be"), el("p", {}, bdi(card.candidates.join("; "))));
  if (card.members.length) box.append(el("h4", {}, "Holds"), el("p", {}, bdi(card.members.join("; "))));
  return box;
}

function madeOn({ made_from: from, made_until: until }) {
  if (!from && !until) return "date unknown";
  return "made " + days(from, until);
}

function cardPart(name, lines, draw) {
  if (!lines.length) return [];
  const items = lines.map((line) =>
    el("li", {}, ...draw(line), ...disputed(line), ...voicesOf(line.voices, line.value), claimEvidence(line.voices)));
  return [el("h4", {}, name), el("ul", { class: "claims" }, ...items)];
}

/** A mark on a claim where somebody else says the contrary; see disagreements. */
const disputed = (line) => (line.voices.disputed ? [el("span", { class: "chip no" }, "disputed")] : []);

function partLine({ actor, label, role }) {
  const node = nodeByIri.get(actor);
  return [node ? nodeName(node) : bdi(label), role === "party" ? "" : el("i", {}, ` ${spoken(role)}`)];
}

function statusLine({ value, by, date_from: from, date_until: until, said_on: said }) {
  const when = from || until ? days(from || until, until || from) : said ? `said ${day(said)}` : "no date";
  return [el("b", {}, spoken(value)), by.length ? bdi(` by ${by.join(", ")}`) : "", el("time", {}, when)];
}

const provisionLine = ({ text }) => [text ? el("span", { class: "words", dir: "auto" }, straight(text)) : "words not included"];

function voicesOf({ claimants, polarity, modality }, value = "") {
  const chips = [polarity === "negative" && value !== "denied" && "denied", modality !== "actual" && spoken(modality)];
  return [
    ...chips.filter((text) => text && !spoken(value).includes(text)).map((text) => el("span", { class: "chip no" }, text)),
    el("span", { class: "says" }, "according to ", bdi(claimants.join(", "))),
  ];
}

function claimEvidence({ evidence }) {
  if (!evidence.length) return "";
  const list = el("div", { class: "items" });
  const box = el("details", { class: "proof" }, el("summary", {}, counted(evidence.length, "passage")), list);
  box.addEventListener("toggle", () => {
    if (box.open && !list.children.length) list.append(...evidence.map((e) => evidenceItem(asStatement(e), { ties: false })));
  });
  return box;
}

function asStatement(passage) {
  const { article: iri, title: name, url, publisher } = passage;
  const article = { iri, title: name || iri, url, source: publisher || name || iri };
  return { ...passage, article, date: passage.date || "", edges: [] };
}

function openCard(i) {
  choose({ view: "agreements" });
  const card = $(`card-${i}`);
  card?.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  card?.focus({ preventScroll: true });
}

// ---------------------------------------------------------------------------------------- list

/** The graph as text: every visible actor with its links, both ways. */
function listView() {
  const shown = nodes.filter((node) => visible.nodes[node.id]);
  const head = el("div", { class: "viewbar" }, el("h2", {}, "List"), el("span", { class: "hint" }, "The same graph as text: each actor with its links."));
  if (!shown.length) return [head, el("p", { class: "empty-note" }, nodes.length ? "Nothing is left with these filters." : "This graph is empty.")];
  return [head, gradually(shown, listItem, 100, el("div", { class: "items textlist" }))];
}

function listItem(node) {
  const ties = inOrder(node.edges.filter((edge) => visible.edges[edge.id]), node);
  return el("section", {},
    el("h3", {}, nodeName(node), " ", el("span", { class: "hint" }, node.detail ? `agreement, ${spoken(node.detail)}` : typeLabel(node).toLowerCase())),
    ties.length ? el("ul", { class: "links" }, ...ties.map((edge) => el("li", {}, edgeButton(edge, node)))) : el("p", { class: "hint" }, "no links"));
}

// --------------------------------------------------------------------------------------- views

const DRAW_VIEW = {
  timeline: timelineView,
  table: tableView,
  agreements: agreementsView,
  disagreements: () => disagreementsView(),
  list: listView,
};

function updateViews() {
  for (const view of VIEWS) {
    const on = state.view === view;
    $(`view-${view}`).hidden = !on;
    $(`tab-${view}`).setAttribute("aria-selected", String(on));
    $(`tab-${view}`).tabIndex = on ? 0 : -1;
    if (view !== "graph") $(`view-${view}`).replaceChildren(...(on ? DRAW_VIEW[view]() : []));
  }
  document.body.dataset.view = state.view;
}

function openTabs() {
  for (const [view, items] of [["agreements", cards], ["disagreements", disagreements]]) {
    if (items.length) continue;
    $(`tab-${view}`).hidden = true;
    $(`view-${view}`).hidden = true;
    VIEWS.splice(VIEWS.indexOf(view), 1);
  }
  for (const view of VIEWS) {
    const tab = $(`tab-${view}`);
    tab.addEventListener("click", () => choose({ view }));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length];
      choose({ view: next });
      $(`tab-${next}`).focus();
      event.preventDefault();
    });
  }
}
