// The numbers of a rulebook: a slider where the file gives a plausible range, else a field; any of them by its name.
import { make, number } from "./page.js";

const UNITS = { 1: "", "points/12": "licence points", "probability/event": "an event", "decisions/million adults/year": "a year for a million adults" };
const unit = (name) => UNITS[name] ?? name;

/** Return the control of a number; `moved(value)` is told a new value, or null for the one in the file. */
export function control(about, value, moved) {
  const ranged = about.low !== null;
  const step = ranged ? steps(about) : "any";
  const shown = make("output", { class: "value" });
  const id = `control-${about.name.replaceAll(".", "-")}`;
  const bounds = ranged ? { type: "range", min: String(about.low), max: String(about.high) } : { type: "number" };
  const input = make("input", { ...bounds, id, step: String(step), value: String(value ?? about.value), "aria-describedby": `${id}-about`, autocomplete: "off" });
  const say = () => {
    shown.textContent = number(Number(input.value), unit(about.unit));
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  say();
  input.addEventListener("input", () => {
    if (input.value === "") return;
    const now = Number(input.value);
    moved(Math.abs(now - about.value) < (ranged ? step / 2 : 1e-12) ? null : now);
    say();
  });
  return make("div", { class: "control" }, make("label", { for: id }, about.label), shown, input,
    make("p", { class: "about", id: `${id}-about` },
      ranged ? `${number(about.low)} to ${number(about.high)} ${unit(about.unit)}; ` : `${unit(about.unit)}; no range in the file; `,
      `in the file ${number(about.value)}; ${about.basis}`,
      about.source.length ? ` [${about.source.join(", ")}]` : "", about.note ? `. ${about.note}` : ""));
}

/** Return a search field over numbers by their names in the file; `chosen(about)` is told the one that was found. */
export function finder(numbers, chosen) {
  const byName = new Map(numbers.map((one) => [one.name, one]));
  const told = make("p", { class: "about", id: "finder-about", role: "status" },
    `${numbers.length} more numbers: type a part of a name, such as ${numbers.find((one) => one.name.includes(".points."))?.name ?? numbers[0]?.name}, and choose.`);
  const input = make("input", { type: "search", id: "finder", list: "finder-names", autocomplete: "off", spellcheck: "false", "aria-describedby": "finder-about" });
  const take = () => {
    const found = byName.get(input.value.trim());
    if (!found) {
      if (input.value.trim()) told.textContent = `There is no number “${input.value.trim()}” in this file; choose one of the list.`;
      return;
    }
    input.value = "";
    chosen(found);
  };
  input.addEventListener("change", take);
  input.addEventListener("input", () => byName.has(input.value) && take()); // chosen from the list
  return make("div", { class: "control finder" }, make("label", { for: "finder" }, "Any other number, by its name"), input, told,
    make("datalist", { id: "finder-names" }, numbers.map((one) => make("option", { value: one.name }, `${number(one.value)} ${unit(one.unit)}, ${one.basis}`))));
}

/** Return a step that reaches both ends and reads well: whole days and points, else a hundredth of the range. */
function steps({ low, high, value, unit: name }) {
  const whole = /^(days|points|CNY|people|years)$/.test(name) && [low, high, value].every(Number.isInteger);
  const hundredth = (high - low) / 100, power = 10 ** Math.floor(Math.log10(hundredth));
  return whole && /days/.test(name) ? 1 : [5, 2, 1].find((one) => one * power <= hundredth) * power;
}
