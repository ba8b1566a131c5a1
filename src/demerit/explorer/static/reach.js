// Whom the difference between two worlds reaches, and when: counted on request, for it lives both worlds again.
import { make, number, table } from "./page.js";
import { select, work } from "./parts.js";

const WHAT = "Somebody is reached on the first day on which anything that is kept of them or entered about them is not the same in both worlds. Whoever is not reached has the same ledger in both.";

/**
 * Offer to count whom a difference reaches.
 * `path` is what the difference belongs to; `regimes` are those that can be set against the first, if there are several.
 */
export function reach(path, context, regimes = []) {
  let regime = regimes[0];
  const out = make("div", { "aria-live": "polite" });
  const begin = make("button", { type: "button" }, "Count whom it reaches");
  begin.onclick = async () => {
    begin.disabled = true;
    try {
      const found = await work(out, context, await context.post(`${path}/reach`, undefined, { regime }));
      if (found) await shown(out, context, found);
    } catch (error) {
      out.replaceChildren(make("p", { class: "error", role: "alert" }, error.message));
    }
    begin.disabled = false;
  };
  const pick = regimes.length > 1 ? select("Under", regimes.map((one) => [one, one]), regime, (value) => {
    regime = value;
  }) : null;
  return make("section", { class: "reach" }, make("h2", {}, "Whom the difference reaches"),
    make("p", {}, `${WHAT} To count it, both worlds are lived again side by side.`), make("p", { class: "picks" }, pick, begin), out);
}

async function shown(out, context, found) {
  const { chart } = found;
  out.replaceChildren(make("p", { class: "sentence" }, found.sentence), make("p", { class: "hint" }, found.seeds === 1
    ? "One seed, and so no interval." : `Means over ${number(found.seeds)} seeds with their 95 % intervals.`));
  await context.chart(out, chart.spec, { caption: chart.title, head: chart.columns, rows: chart.rows, name: "reach" });
  out.append(make("div", { class: "pair" },
    table("What was met first", ["what", "of those reached"], found.met),
    table("Through whom the first other entry came", ["what", "of those with other entries"], found.through)),
  table("By kind of subject", ["who", "of", "reached", "other entries in the ledger", "the first"],
    found.kinds.map(([who, of, ...others]) => [who, number(of), ...others])));
}
