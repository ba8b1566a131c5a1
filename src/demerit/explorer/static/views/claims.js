// The claims: what was to be shown, what came of it, and which assumptions decide it.
import { make, means, number, table } from "../page.js";
import { choice, percent, select } from "../parts.js";

export const title = "The claims";
export const lead = "Twenty-six statements, fixed before any was computed. A claim holds when the whole interval of every part lies beyond what matters.";

const VERDICTS = ["holds", "fails", "unclear", "no occasion"];
const badge = (verdict) => make("span", { class: `verdict ${verdict.replace(" ", "-") || "none"}` }, verdict || "not computed");

function row(claim, context, open, name) {
  const first = claim.parts[0];
  const effect = first.effect === null ? "" : `${number(first.effect)} ${first.unit}${first.low === null ? "" : ` (${number(first.low)} to ${number(first.high)})`}`;
  const body = make("div", { class: "claim-body" });
  const box = make("details", { class: "claim", id: claim.id, open },
    make("summary", {}, make("span", { class: "claim-id" }, claim.id), make("span", { class: "claim-text" }, claim.text),
      make("span", { class: "claim-effect" }, effect), badge(claim.verdict),
      claim.robustness === null ? null : make("span", { class: "claim-robust", title: `of ${claim.draws} draws of all numbers from their ranges` }, `robust ${percent(claim.robustness)}`)),
    body);
  let filled = false;
  const fill = async () => {
    if (filled) return;
    filled = true;
    body.append(make("p", {}, make("strong", {}, `${claim.kind}. `), claim.kind_says, ` About ${claim.population}; ${claim.window}.`));
    const chart = claim.verdict ? await context.get(`/api/claims/${encodeURIComponent(name)}/${claim.id}/chart`) : null;
    if (chart) await context.chart(body, chart.spec, { caption: chart.title, head: chart.columns, rows: chart.rows, name: claim.id });
    body.append(table("Its parts: all must hold.", ["part", "what is divided by what", "figure", "must be", "found", "95 % interval", "at Holm's level", "occasions", "verdict"],
      claim.parts.map((part) => [part.key, part.statistic, make("span", { title: Object.entries(part.worlds).map(([name, says]) => `${name}: ${says}`).join("; ") }, `${part.contrast}, ${part.unit}`),
        `${part.side} ${number(part.smallest)}`, number(part.effect), part.low === null ? "–" : `${number(part.low)} to ${number(part.high)}`,
        part.holm_low === null ? "–" : `${number(part.holm_low)} to ${number(part.holm_high)}`, part.occasions, part.verdict || "–"])));
    const worlds = Object.entries(Object.assign({}, ...claim.parts.map((part) => part.worlds)));
    body.append(make("details", {}, make("summary", {}, "The worlds it is read in"), make("dl", {}, worlds.map(([name, says]) => [make("dt", {}, name), make("dd", {}, says)]))),
      make("h3", {}, "What decides it"),
      make("p", {}, claim.decided_by === null ? "No draws were lived, so it is not known how far it rests on numbers nobody knows."
        : `It holds in ${percent(claim.robustness)} of ${claim.draws} draws of all numbers from their ranges. Decided by: ${claim.decided_by}.`),
      make("p", {}, "It may hang on ", claim.hangs_on.at.map((at, n) => [n ? ", " : "", make("code", {}, at)]).flat(), `: ${claim.hangs_on.why}. Where it flips along them is mapped by `, make("code", {}, "scripts/sign_maps.py"), " and printed in the documentation (Where the signs turn)."));
  };
  const failed = (error) => body.append(make("p", { class: "error" }, error.message));
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    context.keep({ open: claim.id });
    fill().catch(failed);
  });
  if (open) fill().catch(failed);
  return box;
}

export async function show(place, context) {
  const folders = context.library.studies.filter((one) => one.kind === "claims");
  const name = folders.find((one) => one.name === context.state.claims)?.name ?? folders[0]?.name;
  const found = await context.get(name ? `/api/claims/${encodeURIComponent(name)}` : "/api/claims");
  await (name ? context.cardOf(name, "claims") : context.cardOf(context.run));
  if (folders.length > 1) place.append(select("Claims folder", folders.map((one) => [one.name, one.name]), name, (value) => context.change({ claims: value })));
  if (found.computed) {
    place.append(make("p", {}, `Held against ${found.regime}: ${number(found.population)} people of the synthetic society “${found.society}”, ${number(found.years)} years, ${number(found.seeds)} seeds.`));
    if (found.population < 5000 || found.seeds < 5) place.append(make("p", { class: "note" }, "Few people or few seeds: most intervals are wide, and many claims have no occasion."));
    place.append(make("p", { class: "tally" }, VERDICTS.filter((one) => found.counts[one]).map((one) => [make("strong", {}, number(found.counts[one])), " ", badge(one), " "]).flat(), make("span", {}, "of the claims that could fail; those that are assumed are sized, never confirmed.")));
  } else {
    place.append(make("p", { class: "note" }, "No claims folder was given, so here are the definitions. To compute them, and look at them here: ", make("code", {}, `${found.command} --out runs/claims`)));
  }
  const asked = context.state.verdict ?? "";
  if (found.computed) place.append(choice("Show", [["", "all"], ...VERDICTS.filter((one) => found.claims.some((claim) => claim.verdict === one)).map((one) => [one, one])], asked, (value) => context.change({ verdict: value })));
  const rows = found.claims.filter((claim) => !asked || claim.verdict === asked);
  place.append(make("h2", {}, "Claim by claim"), make("div", { class: "claims-list" }, rows.map((claim) => row(claim, context, claim.id === context.state.open, name))));
  found.failures.forEach((text) => place.append(make("p", { class: "error" }, text)));
  context.command({
    cli: `${found.command} --json`,
    python: name ? `from pathlib import Path\nfrom demerit.explorer.views.claims import computed\ncomputed(Path(${context.folder(name).python}))` : "from demerit.explorer.views.claims import defined\ndefined()",
  });
  place.append(means({
    says: "Which statements about a regime a synthetic society bears out, by how much, and how far that rests on numbers nobody knows.",
    not: "A claim that holds holds in the model. Mechanical claims are true by a rule and only sized; assumed ones are switched on by a number and never confirmed. No default was tuned to make one hold.",
    sources: "The definitions are in the documentation (The claims) with the day on which they were fixed.",
    definitions: [
      ["effect", "Mean over seeds of the first part's figure."], ["interval", "Student's 95 % interval over seeds; worlds of one seed have the same people."],
      ["smallest effect of interest", "What the interval must lie beyond; the dashed line in each chart."],
      ["no occasion", `Fewer than ${found.least_occasions} occasions over all seeds: nothing is decided.`],
      ["robust", "Share of draws of all assumed numbers from their ranges in which all parts lie beyond what matters."],
    ],
  }));
}
