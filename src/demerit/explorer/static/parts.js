// Parts that several views share: charts from the server, truth labels, worlds, choices, figures.
import { follow, remove } from "./api.js";
import { make, number, table } from "./page.js";

/** Draw the charts of a model, one under the other, each with its table and copies. */
export async function charts(place, context, list, name) {
  for (const [n, one] of list.entries()) {
    const box = make("div", { class: "drawn" }, make("h3", {}, one.title));
    place.append(box);
    await context.chart(box, one.spec, { caption: one.title, head: one.columns, rows: one.rows, name: `${name}-${n + 1}` });
  }
}

const WORDS = { true: "true", necessity: "out of necessity", inability: "nothing to pay with", mistaken: "wrong person", fabricated: "made up", duplicate: "counted twice" };

/** A truth label as a small mark in words; what should not be there is marked so. */
export const truth = (label, wrongful) =>
  make("span", { class: `truth ${wrongful ? "wrong" : label === "true" ? "right" : "unable"}` }, wrongful ? `✗ ${WORDS[label]}` : WORDS[label]);

/** A group of buttons of which one is chosen. `options` is a list of [value, text]. */
export function choice(label, options, chosen, pick) {
  return make("div", { class: "choice", role: "group", "aria-label": label }, make("span", { class: "what", "aria-hidden": "true" }, label),
    options.map(([value, text]) => make("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => pick(value) }, text)));
}

/** A list to choose from. `options` is a list of [value, text]. */
export function select(label, options, chosen, pick, attributes = {}) {
  return make("label", { class: "pick" }, `${label} `, make("select", { ...attributes, onchange: (event) => pick(event.target.value) },
    options.map(([value, text]) => make("option", { value, selected: value === chosen }, text))));
}

/** Large figures on top of a view: a list of {value, what, beside}. */
export const figures = (list) => make("div", { class: "figures" }, list.map(({ value, what, beside, title }) =>
  make("div", { class: "figure", title }, make("span", { class: "value" }, value), make("span", { class: "what" }, what),
    beside ? make("span", { class: "beside" }, beside) : null)));

/** Indicators of both worlds as a table. */
export const measuredTable = (caption, list, world, twin) =>
  table(caption, ["what is measured", "unit", world, ...(twin ? [twin] : [])],
    list.map((one) => [make("abbr", { title: one.indicator }, one.definition), one.unit, number(one.regime), ...(twin ? [number(one.twin)] : [])]));

export const definitions = (list) => list.map((one) => [`${one.indicator} (${one.unit})`, one.definition]);

/** A colour with what it stands for. */
export function swatch(paint, name) {
  const dot = make("i", { class: "swatch" });
  dot.style.background = paint;
  return make("span", {}, dot, name);
}

/** An element of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return element;
}

/** Share as per cent. */
export const percent = (share) => (share === null || share === undefined ? "–" : `${number(share * 100)} %`);

/** Follow a job with progress and a button that cancels it; returns how it ended. */
export async function followed(place, started, signal, title = started.what) {
  const bar = make("progress", { max: 1, value: 0, "aria-label": started.what });
  const line = make("p", { role: "status" }, "starting");
  const stop = make("button", { type: "button", onclick: () => remove(`/api/jobs/${started.id}`) }, "Cancel");
  const box = make("section", { class: "waiting" }, make("h2", {}, title), title === started.what ? null : make("p", {}, started.what), bar, line, stop);
  place.append(box);
  const done = await follow(started.id, (job) => {
    bar.value = job.share;
    line.textContent = job.doing;
  }, signal);
  box.remove();
  return done;
}

/** Follow a job in a place of its own; returns what came out, or null and says why. */
export async function work(place, context, started) {
  place.replaceChildren();
  const done = await followed(place, started, context.signal);
  if (context.signal.aborted) return null;
  if (done.state === "done") return done.result;
  place.replaceChildren(make("p", { class: done.state === "cancelled" ? "note" : "error", role: "alert" },
    done.state === "cancelled" ? "Cancelled; nothing was kept." : done.error));
  return null;
}

/** The other world of the run that is looked at, by the names of its regimes; empty if it was lived alone. */
export const twinOf = (context, world) => (context.library.studies.find((one) => one.name === context.run)?.regimes ?? []).find((one) => one !== world) ?? "";
