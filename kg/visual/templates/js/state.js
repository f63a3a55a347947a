// What the reader has chosen, what follows from it, and its copy in the address.

const VIEWS = ["graph", "timeline", "table", "agreements", "disagreements", "list"];

const nothingChosen = () => ({
  view: "graph",
  offTypes: new Set(),
  offRelations: new Set(),
  offForces: new Set(),
  offSources: new Set(),
  from: "",
  to: "",
  confidence: 0,
  text: "",
  ego: null, // the actor whose neighbourhood alone is shown
  depth: 1,
  pathFrom: null,
  pathTo: null,
  selected: null, // a node or an edge
});

let state = nothingChosen();
let visible = null;
let focus = null;
const watchers = [];

/** Change the choice; all parts of the page follow. */
function choose(patch) {
  Object.assign(state, patch);
  refresh();
  writeAddress();
}

function refresh() {
  visible = whatIsVisible();
  if (state.selected && !isVisible(state.selected)) state.selected = null;
  focus = whatIsInFocus();
  for (const watcher of watchers) watcher();
}

const isNode = (thing) => thing && "label" in thing;
const isVisible = (thing) => (isNode(thing) ? visible.nodes : visible.edges)[thing.id] === 1;

// ----------------------------------------------------------------------------------- visible

function statementFilter() {
  const needle = folded(state.text);
  return (s) =>
    !state.offForces.has(forceOf(s)) &&
    !state.offSources.has(s.article.source) &&
    (!state.from || (s.date && s.date >= state.from)) &&
    (!state.to || (s.date && s.date <= state.to)) &&
    (!state.confidence || (s.confidence ?? 1) >= state.confidence) &&
    (!needle || foldedWords(s).includes(needle));
}

const evidenceIsFiltered = () =>
  state.offForces.size || state.offSources.size || state.from || state.to ||
  state.confidence || state.text;

/** Flags for nodes, edges and statements, and the number of statements left on each edge. */
function whatIsVisible() {
  const passes = statementFilter();
  const filtered = evidenceIsFiltered();
  const passing = Uint8Array.from(statements, (s) => (passes(s) ? 1 : 0));
  const counts = new Float64Array(edges.length);
  const shown = new Uint8Array(edges.length);
  for (const edge of edges) {
    const left = filtered ? edge.ev.reduce((n, i) => n + passing[i], 0) : edge.w ?? edge.ev.length;
    const on = !state.offRelations.has(edge.rel) &&
      !state.offTypes.has(edge.source.type) && !state.offTypes.has(edge.target.type);
    counts[edge.id] = left;
    shown[edge.id] = on && (left > 0 || (!filtered && !edge.ev.length)) ? 1 : 0;
  }
  const result = { nodes: new Uint8Array(nodes.length), edges: shown, counts };
  for (const node of nodes) {
    const linked = node.edges.some((edge) => shown[edge.id]);
    const alone = !node.edges.length && !filtered;
    result.nodes[node.id] = !state.offTypes.has(node.type) && (linked || alone) ? 1 : 0;
  }
  if (state.ego) keepNeighbourhood(result);
  result.statements = statements.filter(
    (s) => passing[s.id] && s.edges.some((edge) => result.edges[edge.id]),
  );
  result.nodeCount = result.nodes.reduce((a, b) => a + b, 0);
  result.edgeCount = result.edges.reduce((a, b) => a + b, 0);
  result.passing = passing;
  return result;
}

function keepNeighbourhood(result) {
  const steps = stepsFrom(state.ego, result);
  result.nodes.forEach((on, i) => {
    if (on && !(steps.get(nodes[i])?.length <= state.depth + 1)) result.nodes[i] = 0;
  });
  result.nodes[state.ego.id] = 1;
  for (const edge of edges) {
    if (!result.nodes[edge.from] || !result.nodes[edge.to]) result.edges[edge.id] = 0;
  }
}

/** The shortest way from one node to each other one along visible edges, either way round. */
function stepsFrom(origin, within) {
  const ways = new Map([[origin, [origin]]]);
  for (const [node, way] of ways) {
    for (const edge of node.edges) {
      if (!within.edges[edge.id]) continue;
      const other = edge.source === node ? edge.target : edge.source;
      if (!ways.has(other)) ways.set(other, [...way, other]);
    }
  }
  return ways;
}

const passingEvidence = (edge) => edge.evidence.filter((s) => visible.passing[s.id]);

// ------------------------------------------------------------------------------------- focus

/** Nodes and edges that stand out; null when all stand equal. */
function whatIsInFocus() {
  if (state.pathFrom && state.pathTo) return pathFocus();
  const thing = state.selected;
  if (!thing) return null;
  if (!isNode(thing)) return { nodes: new Set([thing.source, thing.target]), edges: new Set([thing]) };
  const around = thing.edges.filter((edge) => visible.edges[edge.id]);
  return {
    nodes: new Set([thing, ...around.flatMap((edge) => [edge.source, edge.target])]),
    edges: new Set(around),
  };
}

function pathFocus() {
  const way = stepsFrom(state.pathFrom, visible).get(state.pathTo);
  if (!way) return { nodes: new Set([state.pathFrom, state.pathTo]), edges: new Set(), way: null };
  const steps = way.slice(1).map((node, i) =>
    node.edges.filter(
      (e) => visible.edges[e.id] && (e.source === way[i] || e.target === way[i]),
    ),
  );
  return { nodes: new Set(way), edges: new Set(steps.flat()), way, steps };
}

// ----------------------------------------------------------------------------------- address

const SETS = { t: "offTypes", r: "offRelations", f: "offForces", s: "offSources" };
const KNOWN = {
  offTypes: () => nodes.map((n) => n.type),
  offRelations: () => edges.map((e) => e.rel),
  offForces: () => statements.map(forceOf),
  offSources: () => articles.map((a) => a.source),
};

const edgeKey = (edge) => `${edge.source.iri} ${edge.rel} ${edge.target.iri}`;

function writeAddress() {
  const words = new URLSearchParams();
  if (state.view !== "graph") words.set("v", state.view);
  for (const [key, name] of Object.entries(SETS)) {
    for (const value of [...state[name]].sort()) words.append(key, value);
  }
  if (state.from) words.set("from", state.from);
  if (state.to) words.set("to", state.to);
  if (state.confidence) words.set("c", state.confidence);
  if (state.text) words.set("q", state.text);
  if (state.ego) words.set("ego", state.ego.iri);
  if (state.ego && state.depth !== 1) words.set("depth", state.depth);
  if (state.pathFrom) words.set("a", state.pathFrom.iri);
  if (state.pathTo) words.set("b", state.pathTo.iri);
  if (isNode(state.selected)) words.set("n", state.selected.iri);
  else if (state.selected) words.set("e", edgeKey(state.selected));
  history.replaceState(null, "", "#" + words.toString());
}

/** The choice that an address holds; whatever it names that this page does not have is left out. */
function readAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const read = nothingChosen();
  if (VIEWS.includes(words.get("v"))) read.view = words.get("v");
  for (const [key, name] of Object.entries(SETS)) {
    const known = new Set(KNOWN[name]());
    read[name] = new Set(words.getAll(key).filter((value) => known.has(value)));
  }
  for (const side of ["from", "to"]) {
    if (/^\d{4}(-\d\d){0,2}$/.test(words.get(side))) read[side] = words.get(side);
  }
  const confidence = Number(words.get("c"));
  if (confidence > 0 && confidence <= 1) read.confidence = confidence;
  read.text = (words.get("q") || "").slice(0, 200);
  read.ego = nodeByIri.get(words.get("ego")) || null;
  if (words.get("depth") === "2") read.depth = 2;
  read.pathFrom = nodeByIri.get(words.get("a")) || null;
  read.pathTo = nodeByIri.get(words.get("b")) || null;
  const named = words.get("e");
  read.selected = nodeByIri.get(words.get("n")) ||
    (named && edges.find((edge) => edgeKey(edge) === named)) || null;
  return read;
}
