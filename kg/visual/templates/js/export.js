// What can be taken away: picture, drawing, table, network, print.

const fileName = () => folded(title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph";

// ----------------------------------------------------------------------------------------- CSV

/** A cell that no spreadsheet takes for a formula, quoted where needed. */
function csvCell(value) {
  let text = String(value ?? "");
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function csvOf(name) {
  const table = TABLES[name];
  const columns = [...table.columns, ...table.extra];
  const rowsOf = name === tableName ? sortedRows(table) : table.rows();
  const lines = [columns.map(([head]) => csvCell(head)), ...rowsOf.map((row) => columns.map(([, value]) => csvCell(value(row))))];
  return "\ufeff" + lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

const saveTable = (name) => save(`${fileName()}-${name}.csv`, csvOf(name), "text/csv;charset=utf-8");

// ----------------------------------------------------------------------------------------- XML

const xml = (text) => String(text ?? "")
  .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
  .replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

function gexf() {
  const shown = nodes.filter((node) => visible.nodes[node.id]);
  const node = (n) => {
    const [r, g, b] = typeLooks.get(n.type).colours[0].match(/\w\w/g).map((part) => parseInt(part, 16));
    return `<node id="${xml(n.iri)}" label="${xml(n.label)}"><attvalues><attvalue for="0" value="${xml(n.type)}"/><attvalue for="1" value="${n.mentions}"/></attvalues>` +
      `<viz:size value="${n.size}"/><viz:position x="${xs[n.id]}" y="${-ys[n.id]}" z="0"/><viz:color r="${r}" g="${g}" b="${b}"/></node>`;
  };
  const edge = (e) => `<edge id="${e.id}" source="${xml(e.source.iri)}" target="${xml(e.target.iri)}" label="${xml(e.rel)}" weight="${visible.counts[e.id] || 1}"/>`;
  return '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">' +
    `<meta><description>${xml(title)}</description></meta><graph defaultedgetype="directed">` +
    '<attributes class="node"><attribute id="0" title="type" type="string"/><attribute id="1" title="mentions" type="integer"/></attributes>' +
    `<nodes>${shown.map(node).join("\n")}</nodes><edges>${edges.filter((e) => visible.edges[e.id]).map(edge).join("\n")}</edges></graph></gexf>\n`;
}

// ------------------------------------------------------------------------------------- picture

function legendItems() {
  const types = looks.actors.filter((look) => nodes.some((n) => n.type === look.id && visible.nodes[n.id]));
  const relations = looks.relations.filter((look) => edges.some((e) => e.rel === look.id && visible.edges[e.id]));
  return { types, relations };
}

/** The part of the drawing now on the screen, with title and legend, twice as sharp. */
function png() {
  const ratio = 2, view = screenView(), head = TITLE_HEIGHT, foot = legendHeight(view.width);
  const canvas = el("canvas", { width: view.width * ratio, height: (view.height + head + foot) * ratio });
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  ctx.fillStyle = palette.ground;
  ctx.fillRect(0, 0, view.width, view.height + head + foot);
  ctx.save();
  ctx.translate(0, head);
  ctx.beginPath();
  ctx.rect(0, 0, view.width, view.height);
  ctx.clip();
  paintGraph(ctx, view);
  ctx.restore();
  ctx.fillStyle = palette.text;
  ctx.font = `600 17px ${LABEL_FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(title, 20, head / 2 + 2, view.width - 40);
  paintLegend(ctx, view.width, view.height + head + 14);
  canvas.toBlob((blob) => save(`${fileName()}.png`, blob));
}

function paintGraph(ctx, view) {
  ctx.save();
  ctx.translate(view.x(0), view.y(0));
  ctx.scale(view.scale, view.scale);
  drawEdges(ctx, view.scale);
  for (const node of [...nodes].reverse()) {
    if (visible.nodes[node.id]) drawNode(ctx, node, xs[node.id], ys[node.id], radius(node, view.scale));
  }
  ctx.restore();
  const labels = placeLabels(ctx, view);
  drawLabels(ctx, labels);
  drawCounts(ctx, labels, view);
}

const TITLE_HEIGHT = 44, LEGEND_STEP = 190;

function legendHeight(width) {
  const { types, relations } = legendItems();
  return 28 + 22 * Math.ceil((types.length + relations.length) / Math.max(1, Math.floor((width - 40) / LEGEND_STEP)));
}

/** What the legend shows, each with its words and its place in columns below `top`. */
function placedLegend(width, top) {
  const { types, relations } = legendItems();
  const columns = Math.max(1, Math.floor((width - 40) / LEGEND_STEP));
  return [...types, ...relations].map((look, i) => ({
    look,
    words: look.plural || look.label,
    x: 20 + (i % columns) * LEGEND_STEP,
    y: top + 22 * Math.floor(i / columns) + 8,
  }));
}

function paintLegend(ctx, width, top) {
  ctx.font = `12px ${LABEL_FONT}`;
  for (const { look, words, x, y } of placedLegend(width, top)) {
    if (look.path) drawNode(ctx, { type: look.id }, x + 12, y, 6.5);
    else paintStroke(ctx, look, x, y);
    ctx.fillStyle = palette.text;
    ctx.globalAlpha = 1;
    ctx.fillText(words, x + 32, y, LEGEND_STEP - 40);
  }
}

function paintStroke(ctx, look, x, y) {
  ctx.strokeStyle = look.colours[theme()];
  ctx.lineWidth = 2;
  ctx.setLineDash(look.dash);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + 25, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

// ----------------------------------------------------------------------------------------- SVG

/** The part of the drawing now on the screen, with title and legend. */
function svgPicture() {
  const view = screenView(), head = TITLE_HEIGHT, height = view.height + head + legendHeight(view.width);
  const labels = placeLabels($("graph").querySelector("canvas").getContext("2d"), view);
  const drawing = [
    `<g fill="none" stroke-opacity=".8">${batches.flatMap((batch) => batch.edges.map((e) => svgEdge(e, batch, view))).join("")}</g>`,
    `<g>${nodes.filter((n) => visible.nodes[n.id]).reverse().map((n) => svgNode(n, view)).join("")}</g>`,
    `<g font-family="system-ui, sans-serif" font-size="${LABEL_SIZE}" font-weight="500" text-anchor="middle" dominant-baseline="middle" fill="${palette.text}" stroke="${palette.ground}" stroke-width="4" paint-order="stroke" stroke-linejoin="round">` +
      labels.flatMap(linesOf).map(({ text, x, y }) => `<text x="${fixed(x)}" y="${fixed(y)}">${xml(text)}</text>`).join("") + "</g>",
  ];
  const parts = [
    `<title>${xml(title)}</title>`,
    `<clipPath id="screen"><rect width="${view.width}" height="${view.height}"/></clipPath>`,
    `<rect width="100%" height="100%" fill="${palette.ground}"/>`,
    `<g transform="translate(0 ${head})" clip-path="url(#screen)">${drawing.join("\n")}</g>`,
    `<g font-family="system-ui, sans-serif" font-size="12" dominant-baseline="middle" fill="${palette.text}">` +
      `<text x="20" y="${head / 2 + 2}" font-size="17" font-weight="600">${xml(title)}</text>` +
      `${placedLegend(view.width, view.height + head + 14).map(svgLegendItem).join("\n")}</g>`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${view.width} ${height}" width="${view.width}" height="${height}">${parts.join("\n")}</svg>\n`;
}

function svgLegendItem({ look, words, x, y }) {
  const dash = look.path || !look.dash.length ? "" : ` stroke-dasharray="${look.dash.join(" ")}"`;
  const sign = look.path
    ? svgShape(look, x + 12, y, 6.5)
    : `<path d="M${fixed(x)},${fixed(y)}h25" fill="none" stroke="${look.colours[theme()]}" stroke-width="2"${dash}/>`;
  return `${sign}<text x="${fixed(x + 32)}" y="${fixed(y)}">${xml(words)}</text>`;
}

const fixed = (n) => n.toFixed(1);

function svgEdge(edge, batch, view) {
  const colour = batch.look.colours[theme()];
  const width = batch.width * view.scale, dash = batch.look.dash.length ? ` stroke-dasharray="${batch.look.dash.join(" ")}"` : "";
  const faint = batch.rank === 0 ? ` opacity="${FADED}"` : "";
  const stroke = `stroke="${colour}" stroke-width="${fixed(Math.max(0.6, width))}"${dash}${faint}`;
  const p = (x, y) => `${fixed(view.x(x))},${fixed(view.y(y))}`;
  if (edge.from === edge.to) {
    const r = radius(edge.source, view.scale);
    return `<circle cx="${fixed(view.x(xs[edge.from] + r))}" cy="${fixed(view.y(ys[edge.from] - r))}" r="${fixed(12 * view.scale)}" ${stroke}/>`;
  }
  const head = 7 / view.scale + batch.width, c = trace(edge, view.scale, head * 0.8);
  if (!c.visible) return "";
  const course = edge.bend ? `Q${p(c.cx, c.cy)} ${p(c.ex, c.ey)}` : `L${p(c.ex, c.ey)}`;
  const bx = c.x2 - c.ux * head, by = c.y2 - c.uy * head, wing = head * 0.42;
  return `<path d="M${p(c.x1, c.y1)}${course}" ${stroke}/>` +
    `<path d="M${p(c.x2, c.y2)}L${p(bx - c.uy * wing, by + c.ux * wing)}L${p(bx + c.uy * wing, by - c.ux * wing)}Z" fill="${colour}"${faint}/>`;
}

function svgNode(node, view) {
  const r = radius(node, view.scale) * view.scale;
  return svgShape(typeLooks.get(node.type), view.x(xs[node.id]), view.y(ys[node.id]), r);
}

function svgShape(look, x, y, r) {
  const colour = look.colours[theme()];
  const paint = look.hollow ? `fill="${palette.ground}" stroke="${colour}" stroke-width=".34"` : `fill="${colour}" stroke="${palette.rim}" stroke-width=".12"`;
  return `<path transform="translate(${fixed(x)} ${fixed(y)}) scale(${fixed(r)})" d="${look.path}" ${paint} stroke-linejoin="round"/>`;
}

// --------------------------------------------------------------------------------------- verbs

const EXPORTS = {
  png: () => onGraph(png),
  svg: () => onGraph(() => save(`${fileName()}.svg`, svgPicture(), "image/svg+xml")),
  csv: () => saveTable("statements"),
  gexf: () => save(`${fileName()}.gexf`, gexf(), "application/xml"),
  print: () => window.print(),
  link: () => copyText(location.href, "Link copied."),
};

/** Pictures are of the drawing, which has no size while another view is open. */
function onGraph(draw) {
  if (state.view !== "graph") choose({ view: "graph" });
  requestAnimationFrame(() => requestAnimationFrame(draw));
}

function openExports() {
  for (const item of document.querySelectorAll("[data-export]")) {
    item.addEventListener("click", () => {
      $("export").open = false;
      EXPORTS[item.dataset.export]();
    });
  }
  document.addEventListener("pointerdown", (event) => {
    if (!$("export").contains(event.target)) $("export").open = false;
  });
}
