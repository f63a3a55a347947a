// Who contradicts whom: two positions side by side, each with the words that show it.

const KINDS = {
  accusation: "Accused and denied",
  status: "What became of an agreement",
  part: "Who takes part in what",
};

/** Those of the selection: nobody concerned is filtered away, and something is said in its time. */
function visibleDisagreements() {
  return disagreements.filter((one) =>
    one.nodes.every((node) => visible.nodes[node.id]) &&
    one.sides.some((side) => side.evidence.some(isInTime)));
}

const isInTime = ({ date }) =>
  (!state.from || (date && date >= state.from)) && (!state.to || (date && date <= state.to));

function disagreementsView() {
  const shown = visibleDisagreements();
  const head = el("div", { class: "viewbar" }, el("h2", {}, "Disagreements"), el("span", { class: "hint" }, counted(shown.length, "question")));
  if (!shown.length) return [head, el("p", { class: "empty-note" }, "No disagreement is left with these filters.")];
  const note = el("p", { class: "hint lead" }, "Where two voices cannot both be right about the same time. Somebody who says something else later has changed position, and is not listed for that.");
  const groups = Object.entries(KINDS).flatMap(([kind, name]) => {
    const found = shown.filter((one) => one.kind === kind);
    return found.length ? [el("h3", { class: "kind" }, name), gradually(found, disagreementCard, 20)] : [];
  });
  return [head, note, ...groups];
}

function disagreementCard(one) {
  const about = one.nodes.map((node) => nodeName(node));
  return el("article", { class: "card versus", id: `dispute-${disagreements.indexOf(one)}`, tabindex: "-1" },
    el("h3", {}, bdi(one.question)),
    el("p", { class: "hint about" }, ...about),
    el("div", { class: "sides" }, ...one.sides.map(sideBox)));
}

function sideBox({ position, holders, evidence }) {
  return el("section", {},
    el("h4", {}, bdi(position)),
    el("p", { class: "holders" }, bdi(holders.join(", ") || "an unnamed voice")),
    gradually(evidence, (e) => evidenceItem(asStatement(e), { ties: false }), 4));
}

function openDisagreement(i) {
  choose({ view: "disagreements" });
  const card = $(`dispute-${i}`);
  card?.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  card?.focus({ preventScroll: true });
}

/** Ways from the panel to the disagreements that concern all of some nodes. */
function disputeLinks(concerned) {
  const found = (disputesOf.get(concerned[0]) || []).filter((one) =>
    concerned.every((node) => one.nodes.includes(node)) && visibleDisagreements().includes(one));
  if (!found.length) return [];
  return [el("h3", {}, counted(found.length, "disagreement")),
    el("div", { class: "links" }, ...found.map((one) =>
      el("button", { type: "button", class: "row dispute", onclick: () => openDisagreement(disagreements.indexOf(one)) },
        el("span", { class: "bolt", "aria-hidden": "true" }, "≠"), bdi(one.question))))];
}
