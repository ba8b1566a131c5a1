// Studies: comparisons over seeds and the draws behind the claims; a front of trade-offs, never one winner.
import { make, means, number, table } from "../page.js";
import { charts, select } from "../parts.js";

export const title = "Studies";
export const lead = "Many worlds at once: regimes over the same seeds, and the claims over draws of every number nobody knows.";

async function listed(context) {
  return context.library.studies.filter((one) => one.kind === "comparison" || (one.kind === "claims" && / draws?,/.test(one.note)))
    .sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "comparison" ? -1 : 1)).map((one) => ({ name: one.name, kind: one.kind, note: one.note, id: `${one.kind}:${one.name}` }));
}

function trade(found, context, names) {
  const [x, y] = [context.state.x ?? "wrongful_share", context.state.y ?? "acts_share.road.crosswalk"];
  const pick = (axis, chosen) => select(axis === "x" ? "Across" : "Up", names.map((name) => [name, name]), chosen, (value) => context.change({ [axis]: value }));
  const less = (axis) => select("Better is", [["", "less"], ["more", "more"]], context.state[`${axis}_better`] ?? "", (value) => context.change({ [`${axis}_better`]: value }));
  const on = found.front.filter((one) => one.on_front).map((one) => one.at.join(", "));
  return make("section", {},
    make("h2", {}, "What is given up for what"),
    make("p", { class: "picks" }, pick("x", x), less("x"), pick("y", y), less("y")),
    make("p", {}, on.length > 1 ? `${on.join(" and ")} are not beaten by both measures at once; which of them is better depends on what counts more.`
      : on.length ? `By these two measures nothing beats ${on[0]}. Other measures may say otherwise, so this is no ranking.` : "These measures had no occasion in this study."));
}

export async function show(place, context) {
  const all = await listed(context);
  if (!all.length) {
    place.append(make("p", { class: "note" }, "No comparison or claims with draws was given. To make one and look at it here: ", make("code", {}, "demerit compare ordinary-law essay watchdog --seeds 10 --out runs/compare")));
  } else {
    const one = all.find((each) => each.id === context.state.study) ?? all[0];
    const draws = one.kind === "claims";
    const less = { x_less: context.state.x_better !== "more", y_less: context.state.y_better !== "more" };
    const address = draws ? `/api/claims/${encodeURIComponent(one.name)}/draws` : `/api/comparisons/${encodeURIComponent(one.name)}`;
    const found = await context.get(address, draws ? {} : { x: context.state.x, y: context.state.y, ...less });
    const { study } = found;
    place.append(select("Study", all.map((each) => [each.id, `${each.name}: ${each.kind === "claims" ? "draws behind the claims" : each.note}`]), one.id, (value) => context.change({ study: value, x: "", y: "" })),
      make("h2", {}, study.title), make("p", {}, study.method));
    const pictures = make("div", { class: draws ? "" : "pair" });
    study.notes.forEach((text) => place.append(make("p", { class: "note" }, text)));
    if (!draws) {
      const front = trade(found, context, found.measures_there_are);
      place.append(front);
      if (found.front_chart) await context.chart(front, found.front_chart.spec, { caption: found.front_chart.title, head: found.front_chart.columns, rows: found.front_chart.rows, name: "front" });
      const clear = make("section", {}, make("h2", {}, "What can be told apart"));
      place.append(clear);
      await charts(clear, context, found.charts.slice(0, 1), `differences-${one.name}`);
      place.append(make("h2", {}, "Measure by measure"), make("p", {}, "Dots are means over seeds, bars their 95 % intervals. The scales do not begin at nought."), pictures);
    }
    if (draws) place.append(pictures);
    await charts(pictures, context, draws ? found.charts : found.charts.slice(1), `study-${one.name}`);
    context.command({
      cli: study.command,
      python: `from pathlib import Path\nfrom demerit.explorer.views.studies import study_page\nstudy_page(Path("${one.name}")).study`,
    });
    place.append(means({
      says: draws ? "In how many draws of all assumed numbers each claim holds, and by how much in each." : "How regimes differ on the same people, with intervals over seeds.",
      not: "No regime is best: measures pull apart, and which counts more is not a question for a simulation. Intervals speak of seeds of this synthetic society, not of any country.",
      sources: "The folder of the study, whose command is in the box at the foot of the page.",
      definitions: study.measures.map((measure) => [`${measure.title} (${measure.unit})`, measure.definition]),
    }));
  }
}
