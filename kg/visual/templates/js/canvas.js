// The drawing. vis-network carries the view (pan, zoom, drag, arrangement by forces); edges, labels
// and what stands out are drawn here: in batches, so that thousands of edges stay quick, and with
// labels that give way to more important ones, so that none covers another at any zoom.

const LABEL_FONT = '"Inter", "Segoe UI", system-ui, "Helvetica Neue", Arial, sans-serif';
const LABEL_SIZE = 13; // pixels on the screen, whatever the zoom
const MOST_LABELS = 350; // on one screen; more could not be read
const MANY_NODES = 400; // in view; above, only the most important are labelled
const FEW_LABELS = 60;
const PROMINENT = 12; // nodes whose labels may cover icons of others rather than be missing
const MANY_EDGES = 600; // above, the overview draws edges thin and without heads
const LINE = 15.5; // pixels from line to line of a label
const LETTERS = 18; // in a line
const FADED = 0.13;

const stage = $("graph");
const shapes = new Map(looks.actors.map((look) => [look.id, new Path2D(look.path)]));
const spread = (name) => Math.max(1, ...nodes.map((node) => Math.abs(node[name])));
// a drawing wider than high is laid on its side for a screen held upright
const aside = stage.clientHeight > 1.25 * stage.clientWidth && spread("x") > 1.1 * spread("y");
const xs = Float64Array.from(nodes, (node) => (aside ? node.y : node.x));
const ys = Float64Array.from(nodes, (node) => (aside ? node.x : node.y));

const visNodes = new vis.DataSet(
  nodes.map(({ id, size }) => ({ id, x: xs[id], y: ys[id], size, mass: 1 + size / 12 })),
);
let nodeView = null;
const visEdges = new vis.DataSet(); // filled for arranging only: we draw edges ourselves

let network = null;
let hovered = null;
let moving = false; // positions change: the reader drags an actor, or forces are on
let labelBoxes = [];
let batches = [];

function openCanvas() {
  drawnNodes = visible.nodes;
  nodeView = new vis.DataView(visNodes, { filter: (node) => visible.nodes[node.id] === 1 });
  const data = { nodes: nodeView, edges: visEdges };
  network = new vis.Network(stage, data, {
    autoResize: true,
    layout: { improvedLayout: false, randomSeed: 1 },
    nodes: { shape: "custom", ctxRenderer: nodeRenderer },
    edges: { hidden: true, smooth: false },
    physics: { enabled: false, solver: "forceAtlas2Based", stabilization: false,
      forceAtlas2Based: { gravitationalConstant: -90, springLength: 110, avoidOverlap: 0.6 } },
    interaction: { hover: false, keyboard: false, selectable: false, tooltipDelay: 1e9 },
  });
  network.on("beforeDrawing", (ctx) => drawBelow(ctx));
  network.on("afterDrawing", (ctx) => drawAbove(ctx));
  network.on("click", (event) => clicked(thingAt(event.pointer)));
  network.on("doubleClick", (event) => {
    const thing = thingAt(event.pointer);
    if (isNode(thing)) choose({ ego: thing, selected: thing });
  });
  network.on("dragStart", (event) => { moving = moving || event.nodes.length > 0; hideTip(); });
  network.on("dragEnd", () => { readPositions(); moving = forcesOn(); });
  network.on("zoom", hideTip);
  stage.addEventListener("pointermove", hover);
  stage.addEventListener("pointerleave", () => { hideTip(); setHovered(null); });
  new ResizeObserver(keepInView).observe(stage);
}

function clicked(thing) {
  if (askingForTarget() && isNode(thing) && thing !== state.pathFrom) finishPath(thing);
  else choose({ selected: thing, pathFrom: null, pathTo: null });
}

function readPositions() {
  for (const [id, { x, y }] of Object.entries(network.getPositions())) {
    xs[id] = x;
    ys[id] = y;
  }
}

// --------------------------------------------------------------------------------------- nodes

const radius = (node, scale) => Math.max(node.size, 2.6 / scale);

function nodeRenderer({ ctx, id, x, y }) {
  const r = radius(nodes[id], network ? network.getScale() : 1);
  return {
    drawNode: () => drawNode(ctx, nodes[id], x, y, r),
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}

function drawNode(ctx, node, x, y, r) {
  const look = typeLooks.get(node.type);
  const colour = look.colours[theme()];
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(r, r);
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  const shape = shapes.get(node.type);
  ctx.fillStyle = ctx.strokeStyle = palette.ground;
  ctx.lineWidth = Math.min(0.5, 5 / r);
  ctx.stroke(shape); // a rim in the colour of the ground keeps edges off the shape
  ctx.fill(shape);
  ctx.globalAlpha = focus && !focus.nodes.has(node) ? 0.22 : 1;
  ctx.fillStyle = look.hollow ? palette.ground : colour;
  ctx.strokeStyle = look.hollow ? colour : palette.rim;
  ctx.lineWidth = look.hollow ? 0.34 : Math.min(0.2, 1.2 / r);
  ctx.fill(shape);
  ctx.stroke(shape);
  ctx.restore();
}

function drawRing(ctx, node, scale) {
  ctx.beginPath();
  ctx.arc(xs[node.id], ys[node.id], radius(node, scale) * 1.25 + 5 / scale, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5 / scale;
  ctx.setLineDash([]);
  ctx.strokeStyle = palette.accent;
  ctx.stroke();
}

// --------------------------------------------------------------------------------------- edges

/** Visible edges in groups that one stroke can draw: same look, same width, same rank. */
function sortIntoBatches() {
  const groups = new Map();
  for (const edge of edges) {
    if (!visible.edges[edge.id]) continue;
    const rank = !focus ? 1 : focus.edges.has(edge) ? 2 : 0;
    const width = Math.min(6, 1.3 + 1.1 * Math.log2(Math.max(1, visible.counts[edge.id])));
    const key = `${rank} ${Math.round(width * 2)} ${edge.rel}`;
    if (!groups.has(key)) groups.set(key, { rank, width, look: edge.look, edges: [] });
    groups.get(key).edges.push(edge);
  }
  batches = [...groups.values()].sort((a, b) => a.rank - b.rank);
}

const course = {}; // of one edge; written anew for each, as thousands are drawn a frame

/** Start, control point and end of an edge, cut back to the rims of its nodes. */
function trace(edge, scale, room) {
  const a = edge.from, b = edge.to;
  const dx = xs[b] - xs[a], dy = ys[b] - ys[a];
  const length = Math.hypot(dx, dy) || 1;
  const bend = edge.bend || 0;
  const cx = (xs[a] + xs[b]) / 2 + dy * bend, cy = (ys[a] + ys[b]) / 2 - dx * bend;
  const ra = radius(edge.source, scale) + 2 / scale, rb = radius(edge.target, scale) + 2 / scale;
  const ax = cx - xs[a], ay = cy - ys[a], al = Math.hypot(ax, ay) || 1;
  const bx = xs[b] - cx, by = ys[b] - cy, bl = Math.hypot(bx, by) || 1;
  course.visible = length > ra + rb;
  course.ux = bx / bl;
  course.uy = by / bl;
  course.x1 = xs[a] + (ax / al) * ra;
  course.y1 = ys[a] + (ay / al) * ra;
  course.x2 = xs[b] - course.ux * rb;
  course.y2 = ys[b] - course.uy * rb;
  course.cx = cx;
  course.cy = cy;
  course.ex = course.x2 - course.ux * room;
  course.ey = course.y2 - course.uy * room;
  return course;
}

function drawEdges(ctx, scale) {
  const light = visible.edgeCount > MANY_EDGES && scale < (visible.edgeCount > 6 * MANY_EDGES ? 0.7 : 0.4);
  for (const batch of batches) {
    if (light && batch.rank === 1) drawLightly(ctx, batch, scale);
    else drawBatch(ctx, batch, scale);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function drawLightly(ctx, batch, scale) {
  ctx.globalAlpha = Math.max(0.08, Math.min(0.3, 900 / visible.edgeCount));
  ctx.strokeStyle = batch.look.colours[theme()];
  ctx.lineWidth = 0.6 / scale;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const { from, to } of batch.edges) {
    ctx.moveTo(xs[from], ys[from]);
    ctx.lineTo(xs[to], ys[to]);
  }
  ctx.stroke();
}

function drawBatch(ctx, batch, scale) {
  const unit = Math.max(1, 0.75 / scale); // lines grow with the zoom but never vanish
  const width = batch.width * (scale < 1 ? 0.8 * unit : 1);
  const head = width * 1.6 + 6 * unit;
  ctx.globalAlpha = batch.rank === 0 ? FADED : batch.rank === 2 ? 1 : 0.8;
  ctx.strokeStyle = ctx.fillStyle = batch.look.colours[theme()];
  ctx.lineWidth = width;
  ctx.lineCap = "butt";
  ctx.setLineDash(batch.look.dash.map((d) => d * unit));
  const heads = new Path2D();
  ctx.beginPath();
  for (const edge of batch.edges) {
    if (edge.from === edge.to) traceLoop(ctx, edge, scale);
    else traceEdge(ctx, heads, edge, scale, head);
  }
  ctx.stroke();
  ctx.fill(heads);
}

function traceEdge(ctx, heads, edge, scale, head) {
  const c = trace(edge, scale, head * 0.8);
  if (!c.visible) return;
  ctx.moveTo(c.x1, c.y1);
  if (edge.bend) ctx.quadraticCurveTo(c.cx, c.cy, c.ex, c.ey);
  else ctx.lineTo(c.ex, c.ey);
  const wing = head * 0.42;
  const bx = c.x2 - c.ux * head, by = c.y2 - c.uy * head;
  heads.moveTo(c.x2, c.y2);
  heads.lineTo(bx - c.uy * wing, by + c.ux * wing);
  heads.lineTo(bx + c.uy * wing, by - c.ux * wing);
  heads.closePath();
}

function traceLoop(ctx, edge, scale) {
  const r = radius(edge.source, scale);
  const x = xs[edge.from] + r, y = ys[edge.from] - r;
  ctx.moveTo(x + 12, y);
  ctx.arc(x, y, 12, 0, 2 * Math.PI);
}

/** A point of an edge; `t` runs from 0 to 1. */
function pointOn(edge, t, scale) {
  if (edge.from === edge.to) {
    const r = radius(edge.source, scale), turn = 2 * Math.PI * t;
    return [xs[edge.from] + r + 12 * Math.cos(turn), ys[edge.from] - r + 12 * Math.sin(turn)];
  }
  const c = trace(edge, scale, 0), u = 1 - t;
  if (!edge.bend) return [c.x1 * u + c.x2 * t, c.y1 * u + c.y2 * t];
  return [
    u * u * c.x1 + 2 * u * t * c.cx + t * t * c.x2,
    u * u * c.y1 + 2 * u * t * c.cy + t * t * c.y2,
  ];
}

// -------------------------------------------------------------------------------------- labels

const palette = {};

function readPalette() {
  for (const name of ["ground", "text", "muted", "accent", "rim", "surface"]) {
    palette[name] = cssColour(`--${name}`);
  }
}

const widths = new Map();

function textWidth(ctx, text) {
  if (!widths.has(text)) widths.set(text, ctx.measureText(text).width);
  return widths.get(text);
}

/** A label cut to a length, whole characters only. */
function short(label, most = 30) {
  const letters = [...label];
  return letters.length <= most ? label : letters.slice(0, most - 1).join("").trimEnd() + "…";
}

const lineCache = new Map();

/** A label in one line or two. */
function labelLines(label) {
  if (!lineCache.has(label)) lineCache.set(label, brokenLabel(label));
  return lineCache.get(label);
}

function brokenLabel(label) {
  if ([...label].length <= LETTERS + 3) return [label];
  const words = label.split(" ");
  let first = words.shift();
  while (words.length && [...first].length + [...words[0]].length < LETTERS) first += " " + words.shift();
  return words.length ? [short(first, LETTERS), short(words.join(" "), LETTERS)] : [short(first, LETTERS)];
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Boxes already taken on the screen, in a grid of squares for quick look-up. */
class Room {
  constructor(size = 96) {
    this.size = size;
    this.squares = new Map();
  }

  *around([x1, y1, x2, y2]) {
    for (let i = Math.floor(x1 / this.size); i <= Math.floor(x2 / this.size); i++) {
      for (let j = Math.floor(y1 / this.size); j <= Math.floor(y2 / this.size); j++) {
        yield `${i} ${j}`;
      }
    }
  }

  free(box) {
    for (const key of this.around(box)) {
      if (this.squares.get(key)?.some((other) => meet(box, other))) return false;
    }
    return true;
  }

  /** How many boxes a box would cover; the same one counts in each square that it touches. */
  covered(box) {
    let count = 0;
    for (const key of this.around(box)) count += (this.squares.get(key) || []).filter((other) => meet(box, other)).length;
    return count;
  }

  take(box) {
    for (const key of this.around(box)) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push(box);
    }
  }
}

/** Labels that find room, the most important first: text, position and box, in screen pixels. */
function placeLabels(ctx, view) {
  const room = new Room();
  room.take(toolsBox(view));
  const order = labelOrder();
  const placed = [];
  const inView = order.filter((node) => {
    const x = view.x(xs[node.id]), y = view.y(ys[node.id]);
    return x > -60 && y > -20 && x < view.width + 60 && y < view.height + 20;
  });
  const crowded = inView.length > MANY_NODES && !focus;
  if (!crowded) for (const node of inView) room.take(iconBox(node, view));
  ctx.font = `500 ${LABEL_SIZE}px ${LABEL_FONT}`;
  for (const node of crowded ? inView.slice(0, FEW_LABELS) : inView) {
    if (placed.length >= MOST_LABELS) break;
    const lines = labelLines(node.label);
    const width = Math.max(...lines.map((line) => textWidth(ctx, line)));
    const must = node === hovered || node === state.selected;
    const spot = labelSpot(node, width, lines.length, view, room, placed, must);
    if (!spot) continue;
    room.take(spot.box);
    placed.push({ node, lines, ...spot });
  }
  return placed;
}

/** Nodes to label, first those that matter now; with a focus, those in it alone. */
function labelOrder() {
  const shown = nodes.filter((node) => visible.nodes[node.id] && (!focus || focus.nodes.has(node)));
  const first = [hovered, state.selected].filter((node) => isNode(node) && isVisible(node));
  return [...new Set([...first, ...shown])];
}

/** The corner that the zoom buttons cover. */
function toolsBox(view) {
  const tools = document.querySelector(".float");
  return [view.width - tools.offsetWidth - 16, view.height - tools.offsetHeight - 16, view.width, view.height];
}

function iconBox(node, view) {
  const r = radius(node, view.scale) * view.scale * 0.9;
  const x = view.x(xs[node.id]), y = view.y(ys[node.id]);
  return [x - r, y - r, x + r, y + r];
}

/** Below the node, else above it, else beside it; null where all is taken, unless it must be.
 * Prominent nodes take what covers the fewest icons. */
function labelSpot(node, width, lines, view, room, placed, must) {
  const x = view.x(xs[node.id]), y = view.y(ys[node.id]);
  const ring = node === state.selected || node === hovered ? 6 : 0;
  const r = radius(node, view.scale) * view.scale * 1.12 + 3 + ring;
  const half = width / 2, tall = (lines * LINE) / 2;
  const inner = Math.max(half + 4, Math.min(view.width - half - 4, x)); // moved in from the rim
  const spots = [[x, y + r + tall], [x, y - r - tall], [x + r + half + 2, y], [x - r - half - 2, y]];
  if (inner !== x && Math.abs(inner - x) < half) spots.push([inner, y + r + tall], [inner, y - r - tall]);
  const beside = r * 0.6 + half + 2, aslant = r * 0.75 + tall;
  spots.push([x + beside, y + aslant], [x - beside, y + aslant], [x + beside, y - aslant], [x - beside, y - aslant]);
  const around = ([cx, cy]) => [cx - half - 3, cy - tall - 1, cx + half + 3, cy + tall + 1];
  const free = spots.filter((middle) => room.free(around(middle)));
  const seen = (middle) => isInside(around(middle), view);
  let spot = free.find(seen) || (fitted && !must ? null : free[0]);
  if (!spot && (must || node.id < PROMINENT)) {
    spot = spots.filter((middle) => seen(middle) && !placed.some((label) => meet(around(middle), label.box)))
      .sort((a, b) => room.covered(around(a)) - room.covered(around(b)))[0] || (must ? spots[0] : null);
  }
  return spot && { x: spot[0], y: spot[1], box: around(spot) };
}

const isInside = ([x1, y1, x2, y2], { width, height }) => x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height;

/** Each line of a placed label with its middle. */
const linesOf = ({ lines, x, y }) =>
  lines.map((text, i) => ({ text, x, y: y + (i - (lines.length - 1) / 2) * LINE }));

function drawLabels(ctx, labels) {
  ctx.font = `500 ${LABEL_SIZE}px ${LABEL_FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const label of labels) {
    const strong = label.node === state.selected || label.node === hovered;
    ctx.lineWidth = 4;
    ctx.strokeStyle = palette.ground;
    for (const { text, x, y } of linesOf(label)) ctx.strokeText(text, x, y);
    ctx.fillStyle = strong ? palette.accent : palette.text;
    for (const { text, x, y } of linesOf(label)) ctx.fillText(text, x, y);
  }
}

/** How many statements an edge bundles, on the edge, where there is room to read it. */
function drawCounts(ctx, labels, view) {
  const wanted = focus ? [...focus.edges] : visible.edgeCount <= 150 ? edges : [];
  const room = new Room();
  for (const { box } of labels) room.take(box);
  for (const node of nodes) if (visible.nodes[node.id]) room.take(iconBox(node, view));
  ctx.font = `600 10.5px ${LABEL_FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const edge of wanted) {
    const count = visible.counts[edge.id];
    if (!visible.edges[edge.id] || count < 2) continue;
    const half = 4 + 3 * String(count).length;
    const spot = [0.5, 0.4, 0.6].map((t) => countSpot(edge, t, half, view)).find(({ box }) => room.free(box));
    if (!spot) continue;
    room.take(spot.box);
    const { x, y } = spot;
    ctx.fillStyle = palette.ground;
    ctx.beginPath();
    ctx.roundRect(x - half, y - 8, 2 * half, 16, 8);
    ctx.fill();
    ctx.fillStyle = edge.look.colours[theme()];
    ctx.fillText(String(count), x, y + 0.5);
  }
}

function countSpot(edge, t, half, view) {
  const [wx, wy] = pointOn(edge, t, view.scale);
  const x = view.x(wx), y = view.y(wy);
  return { x, y, box: [x - half, y - 8, x + half, y + 8] };
}

// ------------------------------------------------------------------------------ the two layers

function drawBelow(ctx) {
  if (moving) readPositions();
  drawEdges(ctx, network.getScale());
}

function screenView() {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  return {
    scale,
    x: (x) => origin.x + x * scale,
    y: (y) => origin.y + y * scale,
    width: stage.clientWidth,
    height: stage.clientHeight,
  };
}

function drawAbove(ctx) {
  const view = screenView();
  const ratio = ctx.getTransform().a / view.scale;
  for (const node of [state.selected, hovered, state.pathFrom, state.pathTo]) {
    if (isNode(node) && isVisible(node)) drawRing(ctx, node, view.scale);
  }
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const labels = placeLabels(ctx, view);
  drawLabels(ctx, labels);
  drawCounts(ctx, labels, view);
  labelBoxes = labels;
  ctx.restore();
}

let drawnNodes = new Uint8Array(nodes.length); // flags of the nodes that vis-network has

const redraw = () => network && network.redraw();

function updateCanvas() {
  sortIntoBatches();
  if (drawnNodes.some((on, i) => on !== visible.nodes[i])) nodeView.refresh();
  drawnNodes = visible.nodes;
  if (forcesOn()) fillForces();
  const none = visible.nodeCount === 0;
  $("empty").hidden = !none;
  $("empty").textContent = nodes.length
    ? "Nothing is left with these filters."
    : facts.actors ? (facts.excerpt ? `Nothing in this graph fits: ${excerptInWords()}.` : "No actors are shown: the page was made with --max-nodes 0.") : "No actors were found: this graph is empty.";
  redraw();
}

// --------------------------------------------------------------------------------------- view

let fitted = true; // the reader has not moved the view yet: keep showing all when sizes change

/** The box around nodes, with their labels as large as they are at a zoom. */
function extent(of, scale, labelled) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { id, size, label } of of) {
    // labels at the rim are moved in, so that they need not have all their width
    const half = labelled ? Math.max(size, Math.min(46, 3.9 * label.length) / scale) : size;
    box[0] = Math.min(box[0], xs[id] - half);
    box[1] = Math.min(box[1], ys[id] - size - (labelled ? 14 / scale : 0));
    box[2] = Math.max(box[2], xs[id] + half);
    box[3] = Math.max(box[3], ys[id] + size + (labelled ? (label.length > LETTERS ? 38 : 22) / scale : 0));
  }
  return box;
}

/** Shows nodes as large as they and their labels fit. */
function showAll(which = nodes.filter((node) => visible.nodes[node.id]), animate = true) {
  if (!network || !which.length) return;
  const labelled = which.length <= MANY_NODES;
  let low = 0.01, high = 1.2;
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (fits(extent(which, middle, labelled), middle)) low = middle;
    else high = middle;
  }
  const [x1, y1, x2, y2] = extent(which, low, labelled);
  moveView({ position: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, scale: low }, animate);
}

const fits = ([x1, y1, x2, y2], scale) =>
  (x2 - x1) * scale <= stage.clientWidth - 24 && (y2 - y1) * scale <= stage.clientHeight - 40;

function moveView(to, animate = true) {
  const animation = animate && !calm.matches && { duration: 350, easingFunction: "easeInOutQuad" };
  network.moveTo({ ...to, animation });
}

function zoomBy(factor) {
  fitted = false;
  moveView({ scale: Math.max(0.02, Math.min(8, network.getScale() * factor)) });
}

function keepInView() {
  if (fitted) showAll(undefined, false);
}

function bringIntoView(node) {
  const view = screenView();
  const x = view.x(xs[node.id]), y = view.y(ys[node.id]);
  const height = narrow.matches ? view.height * 0.42 : view.height; // the panel covers the rest
  if (x > 60 && y > 40 && x < view.width - 60 && y < height - 40 && view.scale > 0.5) return;
  fitted = false;
  const offset = { x: 0, y: (height - view.height) / 2 };
  moveView({ position: { x: xs[node.id], y: ys[node.id] }, scale: Math.max(0.8, view.scale), offset });
}

// -------------------------------------------------------------------------------------- forces

const forcesOn = () => $("physics").getAttribute("aria-pressed") === "true";

function fillForces() {
  const wanted = edges.filter((e) => visible.edges[e.id] && e.from !== e.to);
  visEdges.clear();
  visEdges.add(wanted.map(({ id, from, to }) => ({ id, from, to })));
}

function toggleForces() {
  const on = !forcesOn();
  $("physics").setAttribute("aria-pressed", String(on));
  if (on) fillForces();
  else visEdges.clear();
  moving = on;
  network.setOptions({ physics: { enabled: on } });
  if (!on) readPositions();
  toast(on ? "The graph arranges itself." : "The graph stands still.");
}

// ------------------------------------------------------------------------------------- pointer

function thingAt(pointer) {
  const id = network.getNodeAt(pointer.DOM);
  if (id !== undefined) return nodes[id];
  return edgeAt(pointer.canvas);
}

/** The visible edge nearest to a point, if it is within a few pixels. */
function edgeAt({ x, y }) {
  const scale = network.getScale();
  let best = 7 / scale, found = null;
  for (const edge of edges) {
    if (!visible.edges[edge.id] || (focus && !focus.edges.has(edge) && focus.edges.size)) continue;
    if (!nearBox(edge, x, y, best)) continue;
    const away = distanceTo(edge, x, y, scale);
    if (away < best) [best, found] = [away, edge];
  }
  return found;
}

function nearBox({ from, to, bend = 0 }, x, y, margin) {
  const slack = margin + bend * Math.hypot(xs[to] - xs[from], ys[to] - ys[from]) +
    (from === to ? 60 : 0);
  return x > Math.min(xs[from], xs[to]) - slack && x < Math.max(xs[from], xs[to]) + slack &&
    y > Math.min(ys[from], ys[to]) - slack && y < Math.max(ys[from], ys[to]) + slack;
}

function distanceTo(edge, x, y, scale) {
  const steps = edge.bend || edge.from === edge.to ? 14 : 1;
  let best = Infinity;
  let [ax, ay] = pointOn(edge, 0, scale);
  for (let i = 1; i <= steps; i++) {
    const [bx, by] = pointOn(edge, i / steps, scale);
    const dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy || 1;
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
    best = Math.min(best, Math.hypot(ax + t * dx - x, ay + t * dy - y));
    [ax, ay] = [bx, by];
  }
  return best;
}

let hoverFrame = 0;

function hover(event) {
  if (event.pointerType === "touch" || event.buttons) return;
  const box = stage.getBoundingClientRect();
  const DOM = { x: event.clientX - box.left, y: event.clientY - box.top };
  cancelAnimationFrame(hoverFrame);
  hoverFrame = requestAnimationFrame(() => {
    const thing = thingAt({ DOM, canvas: network.DOMtoCanvas(DOM) });
    stage.classList.toggle("pointing", Boolean(thing));
    setHovered(isNode(thing) ? thing : null);
    if (thing) showTip(thing, DOM);
    else hideTip();
  });
}

function setHovered(node) {
  if (hovered === node) return;
  hovered = node;
  redraw();
}

function showTip(thing, at) {
  const tip = $("tip");
  tip.replaceChildren(...(isNode(thing) ? nodeTip(thing) : edgeTip(thing)));
  tip.hidden = false;
  const room = stage.getBoundingClientRect();
  const x = Math.min(at.x + 14, room.width - tip.offsetWidth - 8);
  const y = at.y + 18 + tip.offsetHeight > room.height ? at.y - tip.offsetHeight - 10 : at.y + 18;
  tip.style.transform = `translate(${Math.max(4, x)}px, ${y}px)`;
}

function nodeTip(node) {
  const links = node.edges.filter((edge) => visible.edges[edge.id]).length;
  const about = [node.detail ? spoken(node.detail) : typeLabel(node), counted(links, "link")];
  if (node.mentions) about.push(counted(node.mentions, "mention"));
  return [el("strong", {}, bdi(node.label)), el("span", {}, about.join(" · "))];
}

function edgeTip(edge) {
  const count = counted(visible.counts[edge.id], "statement");
  const names = [bdi(edge.source.label), ` ${edge.look.label} `, bdi(edge.target.label)];
  return [el("strong", {}, ...names), el("span", {}, edge.ev.length ? count : "no words given")];
}

function hideTip() {
  $("tip").hidden = true;
}

// ------------------------------------------------------------------------------------ keyboard

const ARROWS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

function canvasKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (ARROWS[key] && event.shiftKey) pan(ARROWS[key]);
  else if (ARROWS[key]) step(ARROWS[key]);
  else if (key === "+" || key === "=") zoomBy(1.3);
  else if (key === "-") zoomBy(1 / 1.3);
  else if (key === "0") { fitted = true; showAll(); }
  else if (key === "Enter" && state.selected) $("panel").focus();
  else if (key === "Escape") choose({ selected: null, pathFrom: null, pathTo: null });
  else return;
  event.preventDefault();
}

function pan([dx, dy]) {
  const { x, y } = network.getViewPosition();
  const stride = 120 / network.getScale();
  fitted = false;
  moveView({ position: { x: x + dx * stride, y: y + dy * stride } });
}

/** Goes to the nearest node in a direction; from nowhere, to the most important one. */
function step(direction) {
  const here = isNode(state.selected) ? state.selected : null;
  const shown = nodes.filter((node) => visible.nodes[node.id]);
  const next = here ? nearestTowards(here, direction, shown) : shown[0];
  if (!next) return;
  choose({ selected: next });
  bringIntoView(next);
}

function nearestTowards(here, [dx, dy], among) {
  let best = Infinity, found = null;
  for (const node of among) {
    const x = xs[node.id] - xs[here.id], y = ys[node.id] - ys[here.id];
    const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = ahead + 2 * aside;
    if (ahead > 0 && aside <= ahead * 1.6 && cost < best) [best, found] = [cost, node];
  }
  return found;
}
