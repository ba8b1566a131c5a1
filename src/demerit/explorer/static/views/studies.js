// Studies: comparisons over seeds and the draws behind the claims; a front of trade-offs, never one winner.
import { make, means, number, table } from "../page.js";
import { charts, select } from "../parts.js";
import { reach } from "../reach.js";

export const title = "Studies";
export const lead = "Many worlds at once: regimes over the same seeds, and the claims over draws of every number nobody knows.";

async function listed(context) {
  return context.library.studies.filter((one) => one.kind === "comparison" || (one.kind === "claims" && / draws?,/.test(one.note)))
    .sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "comparison" ? -1 : 1)).map((one) => ({ name: one.name, kind: one.kind, note: one.note, id: `${one.kind}:${one.name}` }));
}

/** Regimes by two measures that whoever reads may choose; drawn anew in its place. */
async function trade(place, context, name, names) {
  const asked = { x: context.state.x ?? "wrongful_share", y: context.state.y ?? "acts_share.road.crosswalk", x_better: context.state.x_better ?? "", y_better: context.state.y_better ?? "" };
  const out = make("div", { "aria-live": "polite" });
  const draw = async () => {
    const found = await context.get(`/api/comparisons/${encodeURIComponent(name)}/front`, { x: asked.x, y: asked.y, x_less: asked.x_better !== "more", y_less: asked.y_better !== "more" });
    const on = found.places.filter((one) => one.on_front).map((one) => one.at.join(", "));
    out.replaceChildren(make("p", {}, on.length > 1 ? `${on.slice(0, -1).join(", ")} and ${on.at(-1)} are not beaten by both measures at once; which of them is better depends on what counts more.`
      : on.length ? `By these two measures alone nothing beats ${on[0]}. Other measures may say otherwise, so this is no ranking.` : "These measures had no occasion in this study."),
    make("p", { class: "hint" }, `Across: ${found.x.definition} Up: ${found.y.definition}`));
    if (found.chart) await context.chart(out, found.chart.spec, { caption: found.chart.title, head: found.chart.columns, rows: found.chart.rows, name: "front" });
  };
  const set = (part, value) => {
    asked[part] = value;
    context.keep(asked);
    draw().catch((error) => out.replaceChildren(make("p", { class: "error" }, error.message)));
  };
  const pick = (axis) => select(axis === "x" ? "Across" : "Up", Object.entries(names), asked[axis], (value) => set(axis, value));
  const better = (axis) => select(axis === "x" ? "Better across is" : "Better up is", [["", "less"], ["more", "more"]], asked[`${axis}_better`], (value) => set(`${axis}_better`, value));
  place.append(make("section", {}, make("h2", {}, "What is given up for what"), make("p", { class: "picks" }, pick("x"), better("x"), pick("y"), better("y")), out));
  await draw();
}

export async function show(place, context) {
  const all = await listed(context);
  if (!all.length) {
    await context.cardOf(context.run);
    place.append(make("p", { class: "note" }, "No comparison or claims with draws was given. To make one and look at it here: ", make("code", {}, "demerit compare ordinary-law essay watchdog --seeds 10 --out runs/compare")));
  } else {
    const one = all.find((each) => each.id === context.state.study) ?? all[0];
    const draws = one.kind === "claims";
    const address = draws ? `/api/claims/${encodeURIComponent(one.name)}/draws` : `/api/comparisons/${encodeURIComponent(one.name)}`;
    const [found] = await Promise.all([context.get(address), context.cardOf(one.name, one.kind)]);
    const { study } = found;
    place.append(select("Study", all.map((each) => [each.id, `${each.name}: ${each.kind === "claims" ? "draws behind the claims" : each.note}`]), one.id, (value) => context.change({ study: value })),
      make("h2", {}, study.title), make("p", {}, study.method));
    const pictures = make("div", { class: draws ? "" : "pair" });
    study.notes.forEach((text) => place.append(make("p", { class: "note" }, text)));
    if (!draws) {
      await trade(place, context, one.name, found.measures_there_are);
      const clear = make("section", {}, make("h2", {}, "What can be told apart"));
      place.append(clear);
      clear.append(make("p", {}, "Thick: the 95 % interval on the same people. Thin: what seeds drawn separately would have given. Grey cannot be told apart."));
      const apart = make("div", { class: "pair" });
      clear.append(apart);
      await charts(apart, context, found.differences, `differences-${one.name}`);
      place.append(reach(address, context, study.axes[0].values.slice(1)));
      place.append(make("h2", {}, "Measure by measure"), make("p", {}, "Dots are means over seeds, bars their 95 % intervals. The scales do not begin at nought."), pictures);
    }
    if (draws) place.append(pictures);
    await charts(pictures, context, found.charts, `study-${one.name}`);
    context.command({
      cli: study.command,
      python: `from pathlib import Path\nfrom demerit.explorer.views.studies import study_page\nstudy_page(Path(${context.folder(one.name).python})).study`,
    });
    place.append(means({
      says: draws ? "In how many draws of all assumed numbers each claim holds, and by how much in each." : "How regimes differ on the same people, with intervals over seeds.",
      not: "No regime is best: measures pull apart, and which counts more is not a question for a simulation. Intervals speak of seeds of this synthetic society, not of any country.",
      sources: "The folder of the study, whose command is in the box at the foot of the page.",
      definitions: study.measures.map((measure) => [`${measure.title} (${measure.unit})`, measure.definition]),
    }));
  }
}
