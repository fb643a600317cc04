// The waterfall of the evidence: where each bar ends the next begins, and the last is the sum.
import { svg } from "./dom.js";
import { say, sayField } from "./words.js";

const ROW = 24;
const LABEL = 150;
const WIDTH = 560;
const MARGIN = 44;

/** Bars of {name, from, to}: the prior, each weight that is not 0, and the total. */
function bars({ prior, evidence, total }) {
  const found = [{ name: say("prior"), from: 0, to: prior, kind: "prior" }];
  let sum = prior;
  for (const { field, weight } of evidence.filter((item) => item.weight !== 0)) {
    const kind = weight > 0 ? "for" : "against";
    found.push({ name: sayField(field), from: sum, to: sum + weight, kind });
    sum += weight;
  }
  return [...found, { name: say("total"), from: 0, to: total, kind: "total" }];
}

function signed(bits) {
  return `${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)}`;
}

function scale(found) {
  const ends = found.flatMap((bar) => [bar.from, bar.to]).concat(0);
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const room = WIDTH - LABEL - 2 * MARGIN;
  return (bits) => LABEL + MARGIN + ((bits - low) / span) * room;
}

function drawBar(bar, index, x) {
  const [left, right] = [x(Math.min(bar.from, bar.to)), x(Math.max(bar.from, bar.to))];
  const isRight = bar.to >= bar.from;
  const middle = index * ROW + ROW / 2;
  return svg(
    "g",
    { class: `bar ${bar.kind}` },
    svg("text", { x: LABEL - 6, y: middle + 4, "text-anchor": "end" }, bar.name),
    svg("rect", { x: left, y: index * ROW + 4, width: Math.max(right - left, 1), height: ROW - 8 }),
    svg(
      "text",
      { x: isRight ? right + 4 : left - 4, y: middle + 4, "text-anchor": isRight ? "start" : "end" },
      signed(bar.to - bar.from),
    ),
  );
}

function drawStep(bar, index, x) {
  const [at, from] = [x(bar.to), index * ROW + ROW - 4];
  return svg("line", { class: "step", x1: at, x2: at, y1: from, y2: from + 8 });
}

/** The chart as SVG; its label tells every bar to those who do not see it. */
export function waterfall(explained) {
  const found = bars(explained);
  const x = scale(found);
  const height = found.length * ROW;
  const told = found.map((bar) => `${bar.name} ${signed(bar.to - bar.from)}`).join("; ");
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": told, class: "waterfall" },
    svg("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: height }),
    found.slice(0, -1).map((bar, index) => drawStep(bar, index, x)),
    found.map((bar, index) => drawBar(bar, index, x)),
  );
}
