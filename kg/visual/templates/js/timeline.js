// Statements over time: a strip with a brush under every view, and the timeline view.

const DAY = 86400000;
const utc = (date) => Date.parse(date.padEnd(10, "-01")); // 2024 and 2024-03 are their first days
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** The bars of the strip: days, months or years, whichever gives a readable number. */
function timeUnit() {
  if (dates.length < 2) return 10;
  const days = (utc(dates.at(-1)) - utc(dates[0])) / DAY;
  return days <= 92 && dates.every((d) => d.length === 10) ? 10 : days <= 365 * 8 && dates.every((d) => d.length >= 7) ? 7 : 4;
}

const unit = timeUnit();
const periodOf = (date) => date.slice(0, unit);

function allPeriods() {
  if (!dates.length) return [];
  const found = [];
  for (let time = utc(periodOf(dates[0])); time <= utc(periodOf(dates.at(-1))); time = nextPeriod(time)) {
    found.push(iso(time).slice(0, unit));
  }
  return found;
}

function nextPeriod(time) {
  const d = new Date(time);
  if (unit === 10) return time + DAY;
  if (unit === 7) return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1);
  return Date.UTC(d.getUTCFullYear() + 1, 0, 1);
}

const periods = allPeriods();
const periodPlace = new Map(periods.map((period, i) => [period, i]));
const lastDay = (period) => iso(nextPeriod(utc(period)) - DAY);
const firstDay = (period) => iso(utc(period));

function countByPeriod(among) {
  const counts = new Array(periods.length).fill(0);
  for (const s of among) if (s.date) counts[periodPlace.get(periodOf(s.date))] += 1;
  return counts;
}

// --------------------------------------------------------------------------------------- strip

const STRIP = { width: 1000, height: 46 };
let brush = null; // places of the periods where the pointer went down and is now

function buildStrip() {
  const strip = $("strip");
  strip.hidden = dates.length < 2;
  if (strip.hidden) return;
  const bars = svg("svg", { id: "bars", viewBox: `0 0 ${STRIP.width} ${STRIP.height}`, preserveAspectRatio: "none",
    "aria-hidden": "true", onpointerdown: brushStart, onpointermove: brushMove, onpointerup: brushEnd, onpointercancel: () => { brush = null; } });
  const side = (name, label) => el("label", {}, label + " ", el("input", { type: "date", id: name,
    min: firstDay(periods[0]), max: lastDay(periods.at(-1)), onchange: (event) => choose({ [name]: event.target.value }) }));
  strip.append(
    el("div", { class: "chart" }, bars, el("div", { class: "scale" }, el("span", {}, day(periods[0])), el("span", { id: "brushed" }), el("span", {}, day(periods.at(-1))))),
    el("div", { class: "dates" }, side("from", "From"), side("to", "to")));
}

function updateStrip() {
  if (dates.length < 2) return;
  const all = countByPeriod(statements), now = countByPeriod(visible.statements);
  const most = Math.max(1, ...all), step = STRIP.width / periods.length;
  const bar = (counts, i, name) => {
    const height = counts[i] ? Math.max(2, (counts[i] / most) * (STRIP.height - 4)) : 0;
    return svg("rect", { class: name, x: i * step + step * 0.08, width: step * 0.84, y: STRIP.height - height, height });
  };
  $("bars").replaceChildren(...brushRect(step),
    ...periods.flatMap((_, i) => (all[i] ? [bar(all, i, "all"), bar(now, i, "now")] : [])));
  $("from").value = state.from;
  $("to").value = state.to;
  $("brushed").textContent = state.from || state.to ? "" : "drag to choose a time";
}

function brushRect(step) {
  const range = brush ? [...brush].sort((a, b) => a - b) : chosenPeriods();
  if (!range) return [];
  const [a, b] = range;
  return [svg("rect", { class: "brush", x: a * step, width: (b - a + 1) * step, y: 0, height: STRIP.height })];
}

function chosenPeriods() {
  if (!state.from && !state.to) return null;
  const inside = periods.map((period, i) => i).filter((i) =>
    (!state.from || lastDay(periods[i]) >= state.from) && (!state.to || firstDay(periods[i]) <= state.to));
  return inside.length ? [inside[0], inside.at(-1)] : null;
}

function periodAt(event) {
  const box = $("bars").getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  return Math.max(0, Math.min(periods.length - 1, Math.floor(share * periods.length)));
}

function brushStart(event) {
  const at = periodAt(event);
  brush = [at, at];
  $("bars").setPointerCapture(event.pointerId);
  updateStrip();
}

function brushMove(event) {
  if (!brush) return;
  brush[1] = periodAt(event);
  updateStrip();
}

function brushEnd() {
  if (!brush) return;
  const [a, b] = [...brush].sort((x, y) => x - y);
  const current = chosenPeriods();
  brush = null;
  const again = current && a === b && current[0] === a && current[1] === a;
  choose(again ? { from: "", to: "" } : { from: firstDay(periods[a]), to: lastDay(periods[b]) });
}

// ---------------------------------------------------------------------------------------- view

const LANES = 14;

function timelineView() {
  const shown = [...visible.statements].sort(inTime);
  if (!shown.length) return [el("p", { class: "empty-note" }, "No statements are left with these filters.")];
  const content = [el("h2", {}, "Timeline")];
  if (periods.length > 1) content.push(lanes(shown));
  const byDate = new Map();
  for (const s of shown) {
    if (!byDate.has(s.date)) byDate.set(s.date, []);
    byDate.get(s.date).push(s);
  }
  const groups = [...byDate].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const items = groups.flatMap(([date, list]) => list.map((s, i) => ({ s, head: i ? null : [date, list.length] })));
  content.push(gradually(items, timelineItem, 60, el("div", { class: "items chronicle" })));
  return content;
}

function timelineItem({ s, head }) {
  const item = el("div", {});
  if (head) item.append(el("h3", {}, el("time", {}, day(head[0])), el("span", { class: "count" }, counted(head[1], "statement"))));
  item.append(evidenceItem(s));
  return item;
}

/** Who spoke when: a lane for each of the most frequent speakers. */
function lanes(shown) {
  const speakers = tally(shown.map((s) => s.speaker).filter(Boolean)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, LANES);
  const left = 190, width = 900, height = 26, step = (width - left - 20) / Math.max(1, periods.length - 1);
  const drawn = svg("svg", { class: "lanes", viewBox: `0 0 ${width} ${speakers.length * height + 30}`, role: "img", "aria-label": "Who spoke when; the list below holds the same" });
  speakers.forEach(([speaker], row) => drawn.append(...lane(shown.filter((s) => s.speaker === speaker), speaker, row * height + 16, left, step, width)));
  const foot = speakers.length * height + 22;
  const tick = (i, anchor) => svg("text", { x: left + i * step, y: foot, "text-anchor": anchor }, day(periods[i]));
  drawn.append(tick(0, "start"), tick(periods.length - 1, "end"));
  return drawn;
}

function lane(said, speaker, y, left, step, width) {
  const counts = countByPeriod(said);
  const name = svg("text", { x: left - 16, y: y + 4, "text-anchor": "end" }, short(speaker, 24));
  const line = svg("line", { x1: left, x2: width - 20, y1: y, y2: y });
  const dots = counts.flatMap((count, i) => count ? [laneDot(speaker, count, i, left + i * step, y)] : []);
  return [name, line, ...dots];
}

function laneDot(speaker, count, i, x, y) {
  const dot = svg("circle", { cx: x, cy: y, r: Math.min(11, 2.5 + 1.8 * Math.sqrt(count)),
    onclick: () => choose({ from: firstDay(periods[i]), to: lastDay(periods[i]) }) });
  dot.append(svg("title", {}, `${speaker}, ${day(periods[i])}: ${counted(count, "statement")}`));
  return dot;
}
