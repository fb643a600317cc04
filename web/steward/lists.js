// The history of decisions, the conflicts, and the values that are pinned.
import { h } from "./dom.js";
import { namesOf } from "./pair.js";
import { say, sayField, sayKind, sayTime, sayValue } from "./words.js";

/** Every decision, newest first; one that stands can be withdrawn. */
export function showHistory(judgements, withdraw) {
  if (!judgements.length) return h("section", { class: "empty" }, h("h2", {}, say("noHistory")));
  return h("ol", { class: "history" }, judgements.map((one) => showJudgement(one, withdraw)));
}

function showJudgement(judgement, withdraw) {
  const ended = judgement.withdrawnBy
    ? `${say("withdrawn")} ${say("by")} ${judgement.withdrawnBy}`
    : say("superseded");
  return h(
    "li",
    { class: judgement.stands ? null : "ended" },
    h("span", { class: `verdict ${judgement.verdict}` }, say(judgement.verdict)),
    h(
      "div",
      { class: "what" },
      h("strong", {}, namesOf(judgement)),
      h("small", {}, [judgement.left, judgement.right].map(placeOf).join(" ↔ ")),
      h("small", {}, `${sayTime(judgement.madeAt)} ${say("by")} ${judgement.steward}`),
      judgement.note ? h("em", {}, judgement.note) : null,
    ),
    judgement.stands
      ? h("button", { onclick: () => withdraw(judgement.id) }, say("withdraw"))
      : h("small", {}, ended),
  );
}

function placeOf(record) {
  return `${record.system.name} ${record.externalId}`;
}

/** What records disagree about, each with its values to pin, and what is pinned already. */
export function showConflicts({ conflicts, pins }, { pin, release }) {
  return h(
    "div",
    {},
    conflicts.nodes.length
      ? h("ul", { class: "conflicts" }, conflicts.nodes.map((one) => showConflict(one, pin)))
      : h("section", { class: "empty" }, h("h2", {}, say("noConflicts"))),
    h("h2", {}, say("pins")),
    pins.nodes.length
      ? h("ul", { class: "pins" }, pins.nodes.map((one) => showPin(one, release)))
      : h("p", { class: "hint" }, say("noPins")),
  );
}

/** What is told of a field of a node: the name, its type, the field. */
function titleOf({ node, field }) {
  const name = node.name || (node.person && node.person.name) || node.id;
  return `${name} · ${sayKind(node.__typename)} · ${sayField(field)}`;
}

function showConflict(conflict, pin) {
  const title = titleOf(conflict);
  const settle = (value) => pin(conflict.node.id, conflict.field, value);
  return h(
    "li",
    { "aria-label": title },
    h("h3", {}, title),
    h("ul", {}, conflict.values.map((stated) => showStated(conflict, stated, settle))),
    askValue(title, settle),
  );
}

function showStated({ node, field }, { value, system, record }, settle) {
  const shown = value === null ? say("restricted") : sayValue(node.__typename, field, value);
  const label = `${say("pin")} ${shown}`;
  return h(
    "li",
    {},
    h("span", { class: "stated" }, shown),
    h("small", {}, `${system.name} ${record.externalId}`),
    h(
      "button",
      { "aria-label": label, disabled: value === null, onclick: () => settle(value) },
      say("pin"),
    ),
  );
}

function askValue(title, settle) {
  const input = h("input", { "aria-label": `${say("pinOther")}: ${title}`, required: true });
  const send = (event) => {
    event.preventDefault();
    settle(input.value.trim());
  };
  return h("form", { onsubmit: send }, h("label", {}, say("pinOther"), input), h("button", {}, say("pin")));
}

function showPin(pinned, release) {
  return h(
    "li",
    { "aria-label": titleOf(pinned) },
    h(
      "div",
      { class: "what" },
      h("strong", {}, titleOf(pinned)),
      h("span", { class: "stated" }, sayValue(pinned.node.__typename, pinned.field, pinned.value)),
      h("small", {}, `${sayTime(pinned.madeAt)} ${say("by")} ${pinned.steward}`),
    ),
    h("button", { onclick: () => release(pinned.id) }, say("release")),
  );
}
