// The queue, and the pair that is being decided: both records side by side, and the evidence.
import { waterfall } from "./chart.js";
import { h } from "./dom.js";
import { languageTag, say, sayBoth, sayField, sayHidden, sayKind, sayValue } from "./words.js";

export const VERDICTS = [
  { verdict: "SAME", letter: "S", digit: "1" },
  { verdict: "DIFFERENT", letter: "D", digit: "2" },
  { verdict: "UNSURE", letter: "L", digit: "3" },
];
const SIGNS = { EQUAL: "=", CLOSE: "≈", UNEQUAL: "≠", MISSING: "·" };

/** The queue beside the pair that is chosen; `explained` is null while it is loaded. */
export function showQueue({ queue, chosen, explained }, { choose, decide, undo }) {
  if (!queue.nodes.length) return showEmpty();
  return h(
    "div",
    { class: "desk" },
    h("nav", { "aria-label": say("queue") }, listPairs(queue, chosen, choose)),
    showPair(queue.nodes[chosen], explained, { decide, undo }),
  );
}

function showEmpty() {
  return h("section", { class: "empty" }, h("h2", {}, say("noPairs")), h("p", {}, say("noPairsHow")));
}

function listPairs(queue, chosen, choose) {
  const items = queue.nodes.map((pair, index) =>
    h(
      "li",
      {},
      h(
        "button",
        { "aria-current": index === chosen ? "true" : null, onclick: () => choose(index) },
        h("strong", {}, namesOf(pair)),
        h("small", {}, `${sayKind(pair.kind)} · ${percent(pair.score)} · `),
        h("small", {}, `${say("value")} ${pair.value.toFixed(2)}`),
      ),
    ),
  );
  const isCut = queue.totalCount > queue.nodes.length;
  const cut = `${say("more")} ${queue.nodes.length} / ${queue.totalCount}`;
  return [h("ol", {}, items), isCut ? h("p", { class: "hint" }, cut) : null];
}

/** The names of both records, once where they are the same. */
export function namesOf({ left, right }) {
  const names = [left, right].map((record) => record.fields.name || record.externalId);
  return names[0] === names[1] ? names[0] : names.join(" / ");
}

function percent(share) {
  return `${(100 * share).toFixed(0)} %`;
}

function showPair(pair, explained, acts) {
  const title = `${namesOf(pair)} · ${sayKind(pair.kind)}`;
  return h(
    "section",
    { class: "pair", "aria-label": title },
    h("h2", {}, title),
    showButtons(acts),
    explained ? showComparison(pair, explained) : h("p", { class: "loading" }, say("loading")),
  );
}

function showButtons({ decide, undo }) {
  const verdicts = VERDICTS.map(({ verdict, letter, digit }) =>
    h(
      "button",
      { class: `verdict ${verdict}`, "aria-keyshortcuts": letter, onclick: () => decide(verdict) },
      `${say(verdict)} `,
      h("kbd", {}, letter),
      h("kbd", {}, digit),
    ),
  );
  const back = { class: "undo", "aria-keyshortcuts": "U", onclick: undo };
  const hint = h("span", { class: "hint" }, h("kbd", {}, "↑"), h("kbd", {}, "↓"), say("choose"));
  return h(
    "div",
    { class: "verdicts" },
    verdicts,
    h("button", back, `${say("undo")} `, h("kbd", {}, "U")),
    hint,
  );
}

function showComparison(pair, explained) {
  return h(
    "div",
    { class: "comparison" },
    showRecords(pair, explained.evidence),
    h(
      "figure",
      {},
      h("figcaption", {}, `${say("evidence")}: ${say("probability")} ${percent(explained.probability)}`),
      waterfall(explained),
      h("p", { class: "hint" }, say("evidenceHow")),
      explained.rules.map((rule) => h("p", { class: "rule" }, sayBoth(rule))),
    ),
  );
}

function showRecords({ kind, left, right }, evidence) {
  const compared = compareFields(left.fields, right.fields, evidence);
  const head = [left, right].map((record) =>
    h("th", { scope: "col" }, record.system.name, h("small", {}, ` ${record.externalId}`)),
  );
  return h(
    "table",
    { class: "records" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("field")), h("td", {}), head)),
    h("tbody", {}, compared.map((row) => showField(kind, row))),
  );
}

function showField(kind, { field, left, right, agreement, detail }) {
  const shown = (value) =>
    value === null && agreement !== "MISSING" ? sayHidden(field) : sayValue(kind, field, value);
  const told = detail && languageTag() === "en" ? `${say(agreement)}: ${detail}` : say(agreement);
  return h(
    "tr",
    { class: agreement.toLowerCase() },
    h("th", { scope: "row" }, sayField(field)),
    h("td", { class: "sign", title: told, "aria-label": told }, SIGNS[agreement]),
    h("td", {}, shown(left)),
    h("td", {}, shown(right)),
  );
}

/** Each field that either record states: first those that count as evidence, then the rest. */
function compareFields(left, right, evidence) {
  const weighed = evidence.filter((item) => item.agreement !== "MISSING" || item.left || item.right);
  const names = new Set(["externalId", ...weighed.map((item) => item.field)]);
  const others = Object.keys({ ...left, ...right }).filter((name) => !names.has(name));
  return [
    ...weighed.map((item) => ({ ...item, agreement: renamed(item.agreement) })),
    ...others.map((field) => compare(field, left[field], right[field])),
  ];
}

/** DIFFERENT is a verdict on the page; of fields it says UNEQUAL. */
function renamed(agreement) {
  return agreement === "DIFFERENT" ? "UNEQUAL" : agreement;
}

function compare(field, left, right) {
  if (left === undefined || right === undefined) return { field, left, right, agreement: "MISSING" };
  const isEqual = JSON.stringify(left) === JSON.stringify(right);
  return { field, left, right, agreement: isEqual ? "EQUAL" : "UNEQUAL" };
}
