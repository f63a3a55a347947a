// The tables of the page, read into records that know each other.

const read = (id) => JSON.parse($(id).textContent);

const looks = read("kg-looks");
const facts = read("kg-facts");
const cards = read("kg-agreements");
const disagreements = read("kg-disagreements");
const nodes = read("kg-nodes"); // most important first; the index is the id
const edges = read("kg-edges");
const title = document.title;

const typeLooks = new Map(looks.actors.map((look) => [look.id, look]));

const NO_ARTICLE = "background knowledge";
const articles = [];
const statements = [];

function readEvidence() {
  const tables = read("kg-evidence");
  for (const [iri, name, date, publisher, url] of tables.articles) {
    const address = webAddress(url);
    const host = address ? new URL(address).hostname.replace(/^www\./, "") : null;
    const last = iri.split(/[/#]/).filter(Boolean).pop() || NO_ARTICLE;
    const source = publisher || host || name || last;
    articles.push({ iri, title: name || last, date: date || "", url, source });
  }
  for (const row of tables.rows) {
    const [article, name, speaker, cue, force, words, start, end, confidence,
      negative = 0, before = "", after = ""] = row;
    const from = articles[article];
    const iri = tables.names[name].replace(" ", `${start}-${end}`);
    statements.push({
      id: statements.length,
      article: from,
      iri: iri.startsWith("+") ? from.iri + iri.slice(1) : iri,
      speaker: tables.speakers[speaker] || null,
      cue: tables.cues[cue] || null,
      force: tables.forces[force] || null,
      words,
      before,
      after,
      start,
      end,
      confidence,
      negative: negative === 1,
      date: from.date,
      edges: [],
    });
  }
}

readEvidence();

for (const [id, node] of nodes.entries()) {
  node.id = id;
  node.edges = [];
  node.folded = folded(node.label);
}
for (const [id, edge] of edges.entries()) {
  edge.id = id;
  edge.source = nodes[edge.from];
  edge.target = nodes[edge.to];
  edge.look = looks.relations[edge.rel];
  edge.rel = edge.look.id;
  edge.evidence = edge.ev.map((i) => statements[i]);
  edge.source.edges.push(edge);
  if (edge.target !== edge.source) edge.target.edges.push(edge);
  for (const statement of edge.evidence) statement.edges.push(edge);
}

const nodeByIri = new Map(nodes.map((node) => [node.iri, node]));

/** The disagreements that concern each node. */
const disputesOf = new Map();
for (const one of disagreements) {
  one.nodes = one.about.map((iri) => nodeByIri.get(iri)).filter(Boolean);
  for (const node of one.nodes) disputesOf.set(node, [...(disputesOf.get(node) || []), one]);
}

/** Order of time, then as they stand in their articles. */
const inTime = (a, b) =>
  a.date < b.date ? -1 : a.date > b.date ? 1
    : a.article.iri < b.article.iri ? -1 : a.article.iri > b.article.iri ? 1
    : (a.start ?? 0) - (b.start ?? 0) || a.id - b.id;

const foldedWords = (s) => (s.folded ??= folded(s.words || ""));

/** Values with their number of statements, as [value, count], in the order of first sight. */
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts];
}

const NO_FORCE = "(none)";
const forceOf = (statement) => statement.force || NO_FORCE;
const dates = [...new Set(statements.map((s) => s.date).filter(Boolean))].sort();

const typeLabel = (node) => (typeLooks.get(node.type) || {}).label || spoken(node.type);

/** An icon of an actor type, as in the drawing. */
function typeIcon(type, size = 16) {
  const look = typeLooks.get(type);
  const colour = look.colours[theme()];
  const path = svg("path", {
    d: look.path,
    fill: look.hollow ? "none" : colour,
    stroke: colour,
    "stroke-width": look.hollow ? 0.42 : 0.14,
    "stroke-linejoin": "round",
  });
  const box = { viewBox: "-1.35 -1.35 2.7 2.7", width: size, height: size };
  return svg("svg", { ...box, "aria-hidden": "true", class: "icon" }, path);
}

/** A stroke as in the drawing. */
function relationIcon(look, width = 30) {
  const colour = look.colours[theme()];
  const line = svg("line", {
    x1: 1, y1: 6, x2: width - 7, y2: 6,
    stroke: colour, "stroke-width": 2.2, "stroke-dasharray": look.dash.join(" "),
  });
  const head = svg("path", { d: `M${width - 1},6l-8,-4v8z`, fill: colour });
  const box = { viewBox: `0 0 ${width} 12`, width, height: 12 };
  return svg("svg", { ...box, "aria-hidden": "true", class: "icon" }, line, head);
}
