// Small helpers that every view builds its part of the page with.

/** Make an element: `make("p", {class: "lead"}, "text", child)`. Text is never read as markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Make a table: a caption, names of the columns, rows of texts, numbers or elements. Numbers stand right. */
export function table(caption, head, rows) {
  const cell = (tag, value, scope) =>
    make(tag, { class: typeof value === "number" || /^[−+-]?[\d.,]+( ?%)?$/.test(value) ? "number" : null, scope }, shown(value));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, head.map((name) => cell("th", name, "col")))),
      make("tbody", {}, rows.map((row) => make("tr", {},
        row.map((value, place) => (place ? cell("td", value) : cell("th", value, "row"))))))));
}

const shown = (value) => (typeof value === "number" ? number(value) : value ?? "–");

/** Write a number as people read it: three digits that count, thousands apart, a true minus. */
export function number(value, unit = "") {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const small = size > 0 && size < 0.01 ? Math.min(1 - Math.floor(Math.log10(size)), 6) : 3;
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : small;
  const text = value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");
  return unit ? `${text} ${unit}` : text;
}

/** Write a difference with its sign. */
export function signed(value, unit = "") {
  const text = number(value, unit);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** The closing section of a view: what it says, what it does not say, its sources and definitions. */
export function means({ says, not, sources, definitions = [] }) {
  return make("section", { class: "means" },
    make("h2", {}, "How to read this"),
    make("p", {}, make("strong", {}, "What it says. "), says),
    make("p", {}, make("strong", {}, "What it does not say. "), not),
    sources ? make("p", {}, make("strong", {}, "Sources. "), sources) : null,
    definitions.length
      ? make("details", {}, make("summary", {}, "Definition of each number"),
          make("dl", {}, definitions.map(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])))
      : null);
}

/** Wait until a run of quick changes is over. */
export function settled(action, milliseconds = 120) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const dark = () => document.documentElement.dataset.theme === "dark";
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
