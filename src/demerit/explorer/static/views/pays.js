// Who pays: sanctions at equal conduct, burden, wrongful days, escape, by group of adults.
import { make, means, number, table } from "../page.js";
import { charts, choice, figures, percent, select, svg } from "../parts.js";

export const title = "Who pays";
export const lead = "The same acts do not cost everybody the same. Adults by class, registration, income, ethnic group and province, in the world of the regime.";

const BY = [["stratum", "class"], ["hukou", "registration"], ["income fifth", "income"], ["group", "ethnic group"], ["province", "province"]];
const COLOURS = ["var(--fate-0)", "var(--pale)", "var(--series-4)", "var(--fate-3)", "var(--regime)"];

/** A thousand people as a thousand squares, the heaviest fates first. */
function thousand(group, fates) {
  const wide = 50, step = 10;
  const order = fates.map((_, place) => place).reverse();
  const squares = [];
  let at = 0;
  for (const fate of order) {
    for (let n = 0; n < group.of_1000[fate]; n += 1, at += 1) {
      squares.push(svg("rect", { x: (at % wide) * step, y: Math.floor(at / wide) * step, width: step - 2, height: step - 2, rx: 1.5, style: `fill: ${COLOURS[fate]}` }));
    }
  }
  const said = order.map((fate) => `${group.of_1000[fate]} ${fates[fate]}`).join("; ");
  return make("figure", { class: "thousand" },
    svg("svg", { viewBox: `0 0 ${wide * step} ${(1000 / wide) * step}`, role: "img", "aria-label": `Of 1,000 people (${group.says}): ${said}` }, squares),
    make("ul", { class: "legend" }, order.map((fate) => make("li", {},
      make("span", { class: "swatch", style: `background: ${COLOURS[fate]}`, "aria-hidden": "true" }), make("strong", {}, number(group.of_1000[fate])), ` ${fates[fate]}`))));
}

/** The same question over several seeds, where a comparison is at hand: differences with intervals. */
async function compared(place, context) {
  const studies = context.library.studies.filter((one) => one.kind === "comparison");
  if (!studies.length) return;
  const asked = { study: studies.find((one) => one.name === context.state.study)?.name ?? studies[0].name, measure: context.state.measure ?? "", regime: context.state.regime ?? "" };
  const box = make("section", {});
  place.append(box);
  const draw = async () => {
    const found = await context.get(`/api/comparisons/${encodeURIComponent(asked.study)}/groups`, { measure: asked.measure, regime: asked.regime });
    const set = (patch) => {
      Object.assign(asked, patch);
      context.keep(asked);
      draw().catch((error) => box.append(make("p", { class: "error" }, error.message)));
    };
    box.replaceChildren(make("h2", {}, "Over several seeds"),
      make("p", { class: "picks" },
        select("Comparison", studies.map((one) => [one.name, one.name]), asked.study, (study) => set({ study, regime: "" })),
        select("Regime", found.regimes.map((name) => [name, `${name} less ${found.against}`]), found.regime, (regime) => set({ regime })),
        select("Measure", Object.entries(found.measures), found.measure, (measure) => set({ measure }))),
      make("p", {}, `${found.definition} ${number(found.seeds)} ${found.seeds === 1 ? "seed: no interval" : "seeds, paired on the same people"}. A bar that does not cross nought is a difference, though one in twenty does so by chance.`));
    await charts(box, context, [found.chart], `who-pays-${found.measure}`);
  };
  await draw();
}

export async function show(place, context) {
  const by = BY.some(([name]) => name === context.state.by) ? context.state.by : "stratum";
  const found = await context.get(`/api/runs/${encodeURIComponent(context.run)}/who-pays`, { by, world: context.state.world });
  const everybody = found.groups[0];
  const group = found.groups.find((one) => one.group === context.state.group) ?? everybody;
  place.append(
    figures([
      { value: number(everybody.of_1000[3] + everybody.of_1000[4]), what: "of 1,000 adults came under a sanction", beside: `over ${number(found.years)} years, under ${found.world}` },
      { value: number(everybody.of_1000[4]), what: "of them for a record that is wrong", beside: "necessity, wrong person, made up, or counted twice" },
      { value: number(everybody.burden), what: "days of own income a year taken", beside: everybody.burden_twin === null ? "" : `${number(everybody.burden_twin)} in the twin world` },
      { value: percent(everybody.escape), what: "of offences leave no record about who did them", beside: "whoever is recorded stands for many who are not" },
    ]),
    choice("Grouped by", BY, by, (value) => context.change({ by: value, group: "" })),
    make("h2", {}, "Of a thousand people"),
    select("Whom", found.groups.map((one) => [one.group, one.says]), group.group, (value) => context.change({ group: value })),
    thousand(group, found.fates));
  const pictures = make("div", { class: "pair" });
  place.append(make("h2", {}, "Group by group"), pictures);
  await charts(pictures, context, found.charts, `who-pays-${by.replace(" ", "-")}`);
  place.append(make("h2", {}, "As numbers"), table(
    `What each group has paid under ${found.world}; one seed, so no intervals.`,
    ["group", "adults", "at equal conduct", "sanctions behind it", "sanction days a year", "wrongful days per 1,000 a year", "penalties, days of own income a year", "the same in the twin world", "offences that escape"],
    found.groups.map((one) => [one.says, one.adults, one.group === "all" ? "–" : number(one.equal_conduct), one.sanctions, number(one.sanction_days), number(one.wrongful_days), number(one.burden), number(one.burden_twin), percent(one.escape)])));
  await compared(place, context);
  context.command({
    cli: `demerit report ${context.folder().shell} --out report.html`,
    python: `from pathlib import Path\nfrom demerit.explain.source import open_world\nfrom demerit.explorer.views.who_pays import adults_of, who_pays\nwho_pays(adults_of(open_world(Path(${context.folder().python}))), "${by}")`,
  });
  place.append(means({
    says: `How much falls on each group of this synthetic society under ${found.world}, and whether it is more than others bear for the same acts. Groups with fewer than 30 sanctions are drawn pale: they swing.`,
    not: found.counted
      ? "One seed is one history: nothing here has an interval. A comparison over seeds has one, here where one is at hand and under Studies. Acts with and without an excuse are counted together here."
      : "The engine does not count acts by this grouping. Within a class everybody is taken to act alike, so what differs is what was made of it. One seed is one history.",
    sources: "The run's ledger, with hidden truth labels, and its counts of acts.",
    definitions: [
      ["at equal conduct", "Sanction days of a group over those its acts would have brought at the mean of all other groups, situation by situation; 1 is alike (indirect standardisation)."],
      ["sanction days a year", "Days under sanctions per adult and year; days under two count twice."],
      ["wrongful days", "Days under sanctions whose nearest record is out of necessity, of the wrong person, made up or counted twice, per 1,000 adults and year."],
      ["penalties", "Fines, pay lost, substitutes for refused services and licence study, in days of own income per adult and year."],
      ["offences that escape", "One less records of true acts over acts committed, in situations that the regime records."],
    ],
  }));
}
