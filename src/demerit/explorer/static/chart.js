// Draw a chart that the server has defined (Vega-Lite from Altair) as SVG, with its table and copies beside it.
import { dark, make, table as asTable } from "./page.js";

const ERRORS = 1; // that a chart which is filled later has no extent yet is no warning
let loading;

/** Load the chart library of the vl-convert package, once. */
function library() {
  loading ??= new Promise((done, failed) => {
    const script = make("script", { src: "/vega.js", type: "module" });
    script.onload = () => done(globalThis.vegaEmbed);
    script.onerror = () => failed(new Error("the chart library could not be loaded"));
    document.head.append(script);
  });
  return loading;
}

const DARK = { "#555": "#c2c7cc", "#eee": "#3a3f45", "#444444": "#b9bec4", "#000": "#eceff1", "#333": "#d5d9dd" };

const LINES = { ...DARK, "#b5382a": "#f08a7c", "#5b7083": "#a9bfd1", "#2a7f8e": "#5fb8c8" }; // thin, and with words in their colours

/** Return a definition whose greys, and colours of lines if asked, can be read on the page's ground. */
function themed(value, colours) {
  if (Array.isArray(value)) return value.map((one) => themed(one, colours));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === "datasets" ? one : themed(one, colours)]));
  }
  return typeof value === "string" && dark() ? colours[value.toLowerCase()] ?? value : value;
}

function ground() {
  const ink = dark() ? "#e6e9ec" : "#22262a";
  return {
    background: "transparent",
    title: { color: ink, subtitleColor: ink },
    axis: { labelColor: ink, titleColor: ink },
    legend: { labelColor: ink, titleColor: ink },
    header: { labelColor: ink, titleColor: ink },
    text: { color: ink },
  };
}

function merged(over, under) {
  const both = { ...under };
  for (const [name, value] of Object.entries(over ?? {})) {
    both[name] = value && typeof value === "object" && !Array.isArray(value) ? merged(value, under?.[name]) : value;
  }
  return both;
}

const csv = ({ head, rows }) =>
  [head, ...rows].map((row) => row.map((one) => {
    const text = String(one ?? "");
    const safe = typeof one === "string" && /^[=+@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }).join(",")).join("\r\n");

/** Hand a file to whoever reads the page. */
export function save(name, content, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Draw a chart into a place.
 * `table` is {caption, head, rows}; `name` names the files; `label` says what is seen to who does not see it;
 * `lines` tells that it is made of thin lines.
 * Returns `fill(data, rows)`, which gives named data sets of the chart other rows, and its table with them.
 */
export async function chart(place, spec, { caption, head, rows, name = "demerit", label = caption, lines = false }) {
  let beside = { head, rows };
  const numbers = make("div", {}, asTable(caption, head, rows));
  const picture = make("div", { class: "picture", role: "img", "aria-label": label });
  const buttons = make("p", { class: "copies" });
  const figure = make("figure", { class: "chart" }, make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Chart: ${caption}` }, picture), buttons,
    make("details", {}, make("summary", {}, "The same as a table"), numbers));
  place.append(figure);
  const embed = await library();
  const definition = themed(spec, lines ? LINES : DARK);
  definition.config = merged(definition.config, ground());
  const made = await embed(picture, definition, { renderer: "svg", actions: false, ast: true, defaultStyle: false, logLevel: ERRORS });
  picture.querySelector("svg")?.setAttribute("aria-hidden", "true"); // the label above says what it shows
  const svg = () => made.view.toSVG();
  buttons.append("Save as ",
    make("button", { type: "button", onclick: async () => save(`${name}.svg`, await svg(), "image/svg+xml") }, "SVG"),
    make("button", { type: "button", onclick: async () => {
      const canvas = await made.view.toCanvas(2);
      canvas.toBlob((blob) => save(`${name}.png`, blob, "image/png"));
    } }, "PNG"),
    make("button", { type: "button", onclick: () => save(`${name}.csv`, csv(beside), "text/csv") }, "CSV"));
  return async (data, table) => {
    for (const [set, values] of Object.entries(data)) made.view.data(set, values);
    await made.view.resize().runAsync(); // labels that come need room
    beside = table;
    numbers.replaceChildren(asTable(caption, table.head, table.rows));
  };
}
