// Small tools. Text enters the document as text nodes only; nothing here parses HTML.

const $ = (id) => document.getElementById(id);

/** An element with properties, listeners (on…), attributes and children (texts or elements). */
function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** A name from the data, kept from changing the direction of what stands around it. */
const bdi = (text) => el("bdi", {}, text);

/** Words of an article without marks that turn the direction of what follows (Unicode TR 9). */
const straight = (text) => (text || "").replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

const button = (label, onclick, props = {}) =>
  el("button", { type: "button", onclick, ...props }, label);

/** The address if it is a web address, else null: `javascript:` and the like never become links. */
function webAddress(text) {
  if (!text || !URL.canParse(text)) return null;
  const address = new URL(text);
  return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
}

function link(address, label) {
  const href = webAddress(address);
  if (!href) return bdi(label);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, bdi(label));
}

const number = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const counted = (n, one, many = one + "s") => `${number(n)} ${n === 1 ? one : many}`;

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A date of ours (2023-09-19, 2023-09 or 2023) as people write it. */
function day(date) {
  const [y, m, d] = (date || "").split("-");
  if (!y) return "no date";
  if (!m) return y;
  return `${d ? Number(d) + " " : ""}${MONTHS[m - 1] || m} ${y}`;
}

/** A span of days as people write it: 2010, Nov 2024, 1 Mar 2024 – 4 Mar 2024. */
function days(from, until) {
  if (!from || !until) return `${from ? day(from) : "…"} – ${until ? day(until) : "…"}`;
  if (from === until) return day(from);
  const year = from.slice(0, 4), month = from.slice(0, 7);
  if (from === `${year}-01-01` && until === `${year}-12-31`) return year;
  const last = new Date(Date.UTC(Number(year), Number(from.slice(5, 7)), 0)).getUTCDate();
  if (from === `${month}-01` && until === `${month}-${last}`) return day(month);
  return `${day(from)} – ${day(until)}`;
}

/** Small letters without accents, for searching. */
const folded = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

const spoken = (id) => id.replace(/[_-]/g, " ");

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const night = window.matchMedia("(prefers-color-scheme: dark)");
const narrow = window.matchMedia("(max-width: 760px)");

/** Which of the two colours of a look is on: 0 light, 1 dark. */
function theme() {
  const chosen = document.documentElement.dataset.theme;
  return (chosen ? chosen === "dark" : night.matches) ? 1 : 0;
}

function cssColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function say(text) {
  $("status").textContent = text;
}

let toastTimer = 0;

/** A short message at the foot of the window, also spoken. */
function toast(text) {
  say(text);
  let box = $("toast");
  if (!box) document.body.append((box = el("div", { id: "toast", "aria-hidden": "true" })));
  box.textContent = text;
  box.classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("on"), 2600);
}

function copyText(text, done) {
  const failed = () => toast("The browser did not allow copying.");
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => toast(done), failed);
  else failed();
}

function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
