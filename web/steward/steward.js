// The steward's page: its state, what a key press does, and what is shown.
import "./steward.css";

import { h } from "./dom.js";
import { DECIDE, DESCRIBE, EXPLAIN, LOAD, PIN, RELEASE, WITHDRAW, ask, checkKey } from "./graph.js";
import { showConflicts, showHistory } from "./lists.js";
import { VERDICTS, showQueue } from "./pair.js";
import { languageTag, learn, say, sayError, switchLanguage } from "./words.js";

const KEPT_AS = "steward-key";
const VIEWS = ["queue", "history", "conflicts"];
const REFUSED = ["UNAUTHENTICATED", "FORBIDDEN"];

const state = {
  key: sessionStorage.getItem(KEPT_AS),
  view: "queue",
  data: null,
  chosen: 0,
  explained: null,
  failed: null,
  isBusy: false,
  done: [], // what this visit can undo: [mutation, id], the last one last
};

const place = (id) => document.getElementById(id);

function notice(text, isError = false) {
  place("notice").textContent = text;
  place("notice").className = isError ? "error" : "";
}

// --- What is shown -------------------------------------------------------------------------------

function render() {
  document.documentElement.lang = languageTag();
  document.title = say("title");
  place("head").replaceChildren(...showHead());
  place("main").replaceChildren(showMain());
}

function showHead() {
  const turn = () => {
    switchLanguage();
    notice("");
    render();
  };
  return [
    h("h1", {}, say("title")),
    state.data ? showViews() : null,
    state.data ? showProgress() : null,
    h("button", { class: "plain", onclick: turn }, say("language")),
    state.key ? h("button", { class: "plain", onclick: () => leave() }, say("forget")) : null,
  ].filter(Boolean);
}

function showViews() {
  const counts = { queue: state.data.queue.totalCount, conflicts: state.data.conflicts.totalCount };
  const button = (view) =>
    h(
      "button",
      { "aria-current": view === state.view ? "page" : null, onclick: () => open(view) },
      view in counts ? `${say(view)} (${counts[view]})` : say(view),
    );
  return h("nav", { class: "views", "aria-label": say("title") }, VIEWS.map(button));
}

function showProgress() {
  const { same, different, later, queue } = state.data;
  const counts = [same, different, later].map((found) => found.totalCount);
  const decided = counts.reduce((sum, count) => sum + count);
  const parts = VERDICTS.map(({ verdict }, index) => `${say(verdict)} ${counts[index]}`);
  const told = `${say("today")}: ${parts.join(" · ")} · ${queue.totalCount} ${say("waiting")}`;
  const bar = h("progress", { max: decided + queue.totalCount || 1, value: decided });
  bar.setAttribute("aria-label", told);
  return h("div", { class: "progress" }, bar, h("span", {}, told));
}

function showMain() {
  if (!state.key) return showKeyForm();
  if (state.failed) return showFailure();
  if (!state.data) return h("p", { class: "loading" }, say("loading"));
  if (state.view === "history") return showHistory(state.data.history.nodes, withdraw);
  if (state.view === "conflicts") return showConflicts(state.data, { pin, release });
  const shown = { queue: state.data.queue, chosen: state.chosen, explained: state.explained };
  return showQueue(shown, { choose, decide, undo });
}

function showFailure() {
  const again = h("button", { onclick: refresh }, say("retry"));
  return h("section", { class: "empty" }, h("h2", {}, sayError(state.failed)), again);
}

function showKeyForm() {
  const input = h("input", { id: "key", type: "password", autocomplete: "off", required: true });
  const send = (event) => {
    event.preventDefault();
    enter(input.value.trim());
  };
  return h(
    "form",
    { class: "key", onsubmit: send },
    h("h2", {}, say("keyTitle")),
    h("label", { for: "key" }, say("keyLabel")),
    input,
    h("button", {}, say("keyEnter")),
    h("p", { class: "hint" }, say("keyHow"), h("code", {}, "hub key create SYSTEM --steward NAME")),
    h("p", { class: "hint" }, say("keyKept")),
  );
}

// --- What is asked -------------------------------------------------------------------------------

async function enter(key) {
  notice(say("loading"));
  try {
    await checkKey(key);
  } catch (error) {
    notice(sayError(error), true);
    return;
  }
  sessionStorage.setItem(KEPT_AS, key);
  state.key = key;
  notice("");
  await refresh();
}

function leave() {
  sessionStorage.removeItem(KEPT_AS);
  Object.assign(state, { key: null, data: null, explained: null, failed: null, done: [] });
  notice("");
  render();
}

/** A key that was taken back leads to the form; anything else is shown with a way to try again. */
function fail(error) {
  if (REFUSED.includes(error.code)) leave();
  else state.failed = error;
  state.isBusy = false;
  notice(sayError(error), true);
  render();
}

async function refresh() {
  const since = new Date();
  since.setHours(0, 0, 0, 0);
  state.failed = null;
  if (!state.data) render();
  try {
    if (!state.data) learn(await ask(state.key, DESCRIBE));
    state.data = await ask(state.key, LOAD, { since: since.toISOString() });
  } catch (error) {
    fail(error);
    return;
  }
  state.isBusy = false;
  await choose(state.chosen);
}

async function choose(index) {
  const { nodes } = state.data.queue;
  state.chosen = Math.max(0, Math.min(index, nodes.length - 1));
  state.explained = null;
  render();
  const pair = nodes[state.chosen];
  if (!pair) return;
  try {
    const ids = { left: pair.left.id, right: pair.right.id };
    const { explainLink } = await ask(state.key, EXPLAIN, ids);
    if (pair !== state.data?.queue.nodes[state.chosen]) return; // another was chosen meanwhile
    state.explained = explainLink;
    if (state.view === "queue") render(); // elsewhere it would take away what is being typed
  } catch (error) {
    fail(error);
  }
}

function open(view) {
  state.view = view;
  notice("");
  render();
}

// --- What is done --------------------------------------------------------------------------------

/** Do one thing at a time, say that it is done, and show what stands then. */
async function act(query, variables, done) {
  if (state.isBusy) return;
  Object.assign(state, { isBusy: true, explained: null });
  render();
  try {
    notice(done(await ask(state.key, query, variables)));
  } catch (error) {
    notice(sayError(error), true);
    if (REFUSED.includes(error.code)) fail(error);
  }
  if (state.key) await refresh();
}

/** Decide the pair that is shown; nothing before its evidence is. */
async function decide(verdict) {
  const pair = state.data.queue.nodes[state.chosen];
  if (!state.explained) return;
  const variables = { left: pair.left.id, right: pair.right.id, verdict };
  await act(DECIDE, variables, ({ decideLink }) => {
    state.done.push([WITHDRAW, decideLink.judgement.id]);
    return `${say("decided")} ${say(verdict)}. ${say("takeBack")}`;
  });
}

async function pin(node, field, value) {
  await act(PIN, { node, field, value }, ({ pinValue }) => {
    state.done.push([RELEASE, pinValue.pin.id]);
    return `${say("pinned")} ${say("takeBack")}`;
  });
}

async function withdraw(id) {
  await act(WITHDRAW, { id }, () => forget(id, say("takenBack")));
}

async function release(id) {
  await act(RELEASE, { id }, () => forget(id, say("released")));
}

async function undo() {
  const last = state.done[state.done.length - 1];
  if (!last) {
    notice(say("nothingToUndo"));
    return;
  }
  const [mutation, id] = last;
  await act(mutation, { id }, () => forget(id, say("takenBack")));
}

function forget(id, told) {
  state.done = state.done.filter(([, kept]) => kept !== id);
  return told;
}

/** Whether a key is the browser's or a text field's, or is only held down. */
function isElsewhere(event) {
  const isTyping = event.target.matches("input, textarea");
  return isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey;
}

function press(event) {
  if (isElsewhere(event) || !state.data || state.failed) return;
  const key = event.key.toUpperCase();
  if (key === "U") undo();
  if (state.view === "queue" && state.data.queue.nodes.length) pressInQueue(event, key);
}

function pressInQueue(event, key) {
  const found = VERDICTS.find(({ letter, digit }) => key === letter || key === digit);
  if (found) decide(found.verdict);
  const step = { ARROWDOWN: 1, ARROWUP: -1 }[key];
  if (step) {
    event.preventDefault();
    choose(state.chosen + step);
  }
}

document.addEventListener("keydown", press);
render();
if (state.key) refresh();
