// Small multiples of yearly lines, drawn at once while worlds are still being lived.
import { make, number } from "./page.js";

const WIDTH = 300, HEIGHT = 130, LEFT = 8, RIGHT = 104, TOP = 10, BOTTOM = 20;
const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** Return a panel: `lines` are {name, colour, dash, values: [[year, value]…]}; labels stand at the ends of the lines. */
export function panel({ title, unit, years, lines }) {
  const known = lines.flatMap((line) => line.values.map(([, value]) => value)).filter((value) => value !== null);
  const low = Math.min(...known), high = Math.max(...known);
  const room = Math.max((high - low) * 0.12, Math.abs(high) * 0.01, 1e-9);
  const x = (year) => LEFT + ((year - 1) / Math.max(years - 1, 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value) => TOP + (1 - (value - low + room) / (high - low + 2 * room)) * (HEIGHT - TOP - BOTTOM);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${title} by year` });
  picture.append(svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM, class: "axis" }),
    svg("text", { x: LEFT, y: HEIGHT - 5, class: "tick" }, "year 1"),
    svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 5, class: "tick", "text-anchor": "end" }, `year ${years}`));
  const ends = [];
  for (const line of lines) {
    const points = line.values.filter(([, value]) => value !== null);
    if (!points.length) continue;
    picture.append(svg("polyline", { points: points.map(([year, value]) => `${x(year).toFixed(1)},${y(value).toFixed(1)}`).join(" "),
      fill: "none", stroke: line.colour, "stroke-width": 2, "stroke-dasharray": line.dash ?? "" }));
    const [year, value] = points.at(-1);
    picture.append(svg("circle", { cx: x(year), cy: y(value), r: 2.5, fill: line.colour }));
    ends.push({ at: y(value), x: x(year), line, value });
  }
  // labels that would cover each other are moved apart
  ends.sort((a, b) => a.at - b.at);
  let above = -Infinity;
  for (const end of ends) {
    above = Math.max(end.at, above + 12);
    picture.append(svg("text", { x: end.x + 6, y: above + 4, class: "label", fill: end.line.ink }, `${end.line.name} ${number(end.value)}`));
  }
  return make("figure", { class: "panel" }, make("figcaption", {}, make("strong", {}, title), make("br"), unit), picture);
}
