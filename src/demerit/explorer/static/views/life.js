// A life: itself in both worlds, its records with truth and law, the tree of causes, why not, and without a rule.
import { make, means, number, table } from "../page.js";
import { charts, select, truth, work } from "../parts.js";
import { near, pictured } from "./life_ties.js";

export const title = "A life";
export const lead = "One synthetic person, vehicle, firm, office or service, lived twice: under the regime, and under ordinary law. Nobody of them is real.";

const address = (context, ...parts) => [`/api/runs/${encodeURIComponent(context.run)}/lives`, ...parts.map(encodeURIComponent)].join("/");

/** The same question on the command line and in Python. */
const ways = (context, life, ask = "", call = "") => ({
  cli: `demerit explain ${context.folder().shell} ${life.subject}${context.state.world ? ` --world ${context.state.world}` : ""}${ask}`,
  python: `import demerit as dm\n\ndm.life(${context.folder().python}, "${life.subject}"${context.state.world ? `, "${context.state.world}"` : ""})${call}`,
});

function chooser(place, context, cast, subject) {
  const field = make("input", { type: "search", id: "subject", value: subject, size: "16", autocomplete: "off", "aria-describedby": "subject-help" });
  const form = make("form", { class: "who", onsubmit: (event) => { event.preventDefault(); context.change({ subject: field.value.trim(), entry: "", why: "", rule: "" }); } },
    make("label", { for: "subject" }, "Whose life "), field, make("button", { type: "submit" }, "Show"),
    make("span", { id: "subject-help", class: "hint" }, ` a number from 0 to ${number(cast.population - 1)}, or vehicle:5, company:12, agency:3, service:4`));
  place.append(make("ul", { class: "cast" }, cast.characters.map((one) => make("li", {},
    make("button", { type: "button", disabled: one.subject === null, "aria-pressed": String(one.subject === subject), onclick: () => context.change({ subject: one.subject, entry: "", why: "", rule: "" }) }, one.title),
    make("span", {}, one.why)))), form);
}

/** One entry in a line. */
const line = (one, bare) => [make("time", {}, one.date), " ", bare ? null : [make("span", { class: "who-is" }, one.subject), " "], `${one.says} `,
  one.truth === "true" ? null : truth(one.truth, one.wrongful), one.motive === "none" ? null : make("span", { class: "motive", title: "what decided the choice" }, ` ${one.motive}`)].flat().filter(Boolean);

/** Entries with levels as nested lists that fold. */
function nested(lines) {
  const root = make("ul", { class: "tree" });
  const open = [{ level: -1, list: root }];
  lines.forEach((one, place) => {
    while (open.at(-1).level >= one.level) open.pop();
    const parent = open.at(-1).list;
    const leads = lines[place + 1]?.level > one.level;
    const item = make("li", { class: one.wrongful ? "wrong" : null });
    if (leads) {
      const list = make("ul", {});
      item.append(make("details", { open: one.level < 2 }, make("summary", {}, line(one)), list));
      open.push({ level: one.level, list });
    } else item.append(...line(one));
    parent.append(item);
  });
  return root;
}

function causes(place, life, context) {
  const box = make("section", { class: "causes" }, make("h2", {}, "What led to what"),
    make("p", {}, life.roots.length ? `Everything about ${life.subject} began with one of these ${number(life.roots.length)} entries. Open one to see all that followed, whoever that happened to.` : "Nothing is written about this subject in this world."));
  const list = make("ul", { class: "roots" });
  life.roots.forEach((root) => {
    const inside = make("div", {});
    const details = make("details", { id: `entry-${root.id}`, open: context.state.entry === root.id }, make("summary", {}, line(root)), inside);
    let filled = false;
    const fill = async () => {
      if (filled) return;
      filled = true;
      const found = await context.get(address(context, life.subject, "entries", root.id), { world: context.state.world });
      if (found.lines.length < 2) return inside.append(make("p", { class: "hint" }, "It has led to nothing."));
      pictured(inside, found.lines, life.subject, context);
      inside.append(nested(found.lines));
    };
    details.addEventListener("toggle", () => {
      if (!details.open) return;
      context.keep({ entry: root.id });
      fill().catch((error) => inside.append(make("p", { class: "error" }, error.message)));
    });
    if (details.open) fill();
    list.append(make("li", {}, details));
  });
  if (life.roots.length > 12) {
    const all = make("details", {}, make("summary", {}, `The other ${number(life.roots.length - 12)}`), make("ul", { class: "roots" }, [...list.children].slice(12)));
    box.append(list, all);
  } else box.append(list);
  place.append(box);
}

const law = (one) => make("div", { class: "law" },
  make("p", {}, make("strong", {}, "The rule. "), one.terms.join("; ") || "It has no numbers of its own.", "."),
  one.law.length ? make("ul", {}, one.law.map((fact) => make("li", {}, `${fact.statement} `, make("cite", {}, `[${fact.id}] ${fact.source}, ${fact.year}; confidence ${fact.confidence}`)))) : make("p", { class: "hint" }, "No fact or law is cited for it: an assumption."));

function records(place, life) {
  const rows = life.records.map((one) => make("li", { class: `record ${one.line.wrongful ? "wrong" : ""}` },
    make("p", { class: "head" }, make("time", {}, one.line.date), " ", make("strong", {}, one.alleged), one.line.what === "derived" ? " (passed on by a chain)" : one.line.what === "credit" ? " (credited)" : "", " ",
      make("span", { class: "points" }, `${one.line.points > 0 ? "+" : ""}${number(one.line.points)} points${one.line.amount_cny ? `, ${number(one.line.amount_cny)} CNY` : ""}`)),
    make("p", {}, truth(one.line.truth, one.line.wrongful), ` ${one.really}`, one.line.motive === "none" ? "" : ` The choice was decided by: ${one.line.motive}.`),
    make("details", {}, make("summary", {}, `${one.line.rule ?? "no rule"}${one.line.authority ? `, ${one.line.authority}` : ""}; led to ${number(one.followed)} entries${one.reached.length ? `, reached ${one.reached.slice(0, 4).join(", ")}${one.reached.length > 4 ? " …" : ""}` : ""}`), law(one))));
  place.append(make("h2", {}, "Records, their truth and their law"), rows.length
    ? make("ol", { class: "records" }, rows.slice(0, 8)) : make("p", {}, "Nothing stands on record, and no good deed was credited."));
  if (rows.length > 8) place.append(make("details", {}, make("summary", {}, `The other ${rows.length - 8}`), make("ol", { class: "records", start: "9" }, rows.slice(8))));
}

/** How a score comes about, and how far it is from what begins or ends by it. */
function edges(score) {
  if (!score.edges.length) return null;
  const steps = make("details", {}, make("summary", {}, `How ${number(score.shown)} points come about`), table(
    "From a clean record to what is shown, in points; what an entry brought has faded since.", ["step", "brought", "left"],
    score.steps.map((one) => [one.says || one.step, one.brought === null ? "" : number(one.brought), number(one.points)])));
  return make("section", {}, table(`${score.title}: ${number(score.shown)} points on the last day.`, ["edge", "what begins or ends there", "at", "how far"],
    score.edges.map((edge) => [edge.name, edge.what, edge.at, `${number(edge.points)} points ${edge.above ? "above it" : "below it"}`])), steps);
}

function told(why) {
  return [make("p", {}, make("strong", {}, `${why.title}: ${why.in_force ? `in force since ${why.since}` : "not in force"}. `), `${why.condition[0].toUpperCase()}${why.condition.slice(1)}; ${why.state}.`),
    why.clears ? make("p", {}, `Time alone ends it on ${why.clears} (${why.clears_by}).`) : why.in_force ? make("p", {}, "Time alone never ends it.") : null,
    why.roads.length ? table(`Ways out${why.cheapest ? `; the cheapest sure one: ${why.cheapest}` : ""}.`, ["way", "days", "cost, days of own income", "sure", "how"],
      why.roads.map((road) => [road.what, road.days, road.cost === null ? "nobody can tell" : number(road.cost), road.certain ? "yes" : "no", road.how])) : null].filter(Boolean);
}

function whyNot(place, life, context) {
  const out = make("div", { "aria-live": "polite" });
  const ask = async (name) => {
    const one = life.hanging.find((each) => each.id === name);
    if (!one) return out.replaceChildren();
    out.replaceChildren(make("p", {}, "…"));
    const path = address(context, life.subject, "why-not", name);
    const why = one.lives_again ? await work(out, context, await context.post(path, undefined, { world: context.state.world })) : await context.get(path, { world: context.state.world });
    if (why) out.replaceChildren(...told(why));
    context.command(ways(context, life, ` --why-not ${name}`, `.why_not("${name}")`));
  };
  place.append(make("h2", {}, "Why, why not, and the ways out"), life.hanging.length
    ? make("p", { class: "picks" }, select("Sanction or reward", [["", "choose"], ...life.hanging.map((one) => [one.id, `${one.title}${one.in_force ? ` (in force since ${one.since})` : ""}`])], context.state.why ?? "", (name) => { context.keep({ why: name }); ask(name).catch((error) => out.replaceChildren(make("p", { class: "error" }, error.message))); }, { id: "why" }))
    : make("p", {}, "Nothing hangs on a subject of this kind in this world."), out);
  if (context.state.why) ask(context.state.why).catch((error) => out.replaceChildren(make("p", { class: "error" }, error.message)));
}

const both = (caption, unit, list) => table(caption, ["", "with the rule", "without it", "unit"], list.map((one) => [one.name, number(one.with_rule), number(one.without_rule), unit]));

function without(place, life, context) {
  const out = make("div", { "aria-live": "polite" });
  let rule = context.state.rule || life.rules[0]?.rule || "";
  const ask = async () => {
    context.keep({ rule });
    const found = await work(out, context, await context.post(address(context, life.subject, "without", rule), undefined, { world: context.state.world }));
    if (!found) return;
    const scores = found.scores.filter((one) => one.with_rule !== one.without_rule);
    const days = found.sanction_days.filter((one) => one.with_rule !== one.without_rule);
    out.replaceChildren(
      make("p", {}, found.reached ? `Without ${found.rule} this life differs from ${found.first_difference} on: ${number(found.gone_count)} entries are gone, ${number(found.new_count)} are new.` : `Without ${found.rule} nothing in this life is different.`),
      ...(scores.length ? [both("Scores on the last day.", "points", scores)] : []), ...(days.length ? [both("Days under each sanction, reward or list.", "days", days)] : []),
      ...(found.gone.length ? [make("details", {}, make("summary", {}, "What would not have been"), make("ul", {}, found.gone.map((one) => make("li", {}, line(one)))))] : []),
      ...(found.new.length ? [make("details", {}, make("summary", {}, "What would have been instead"), make("ul", {}, found.new.map((one) => make("li", {}, line(one)))))] : []));
    context.command(ways(context, life, ` --without ${rule}`, `.without("${rule}")`));
    context.announce("The world has been lived again");
  };
  place.append(make("h2", {}, "Without this rule"), ...(life.rules.length ? [
    make("p", {}, "The same world is really lived again, with everybody in it, and only that rule left out. What differs then is what it caused."),
    make("p", { class: "picks" }, select("Rule", life.rules.map((one) => [one.rule, `${one.rule}: ${one.title} (${number(one.entries)} entries)`]), rule, (value) => { rule = value; context.keep({ rule }); }, { id: "rule" }),
      make("button", { type: "button", id: "without", onclick: () => ask().catch((error) => out.replaceChildren(make("p", { class: "error" }, error.message))) }, "Live again without it"))] : [make("p", {}, "No rule has met this life.")]), out);
}

export async function show(place, context) {
  const cast = await context.get(address(context), { world: context.state.world });
  const subject = context.state.subject || cast.characters.find((one) => one.subject)?.subject || "citizen:0";
  chooser(place, context, cast, subject);
  const [life, ties] = await Promise.all([address(context, subject), address(context, subject, "ties")].map((path) => context.get(path, { world: context.state.world })));
  place.append(make("h2", { class: "subject" }, life.subject, make("span", { class: "hint" }, ` under ${life.world}${life.twin ? `, beside ${life.twin}` : ""}: ${number(life.entries)} entries`)));
  const facts = Object.entries(life.facts);
  if (facts.length) place.append(make("p", {}, facts.map(([name, value]) => `${name}: ${value}`).join("; "), "."));
  if (life.beside.length) place.append(table("The same life in both worlds.", ["what", life.world, ...(life.twin ? [life.twin] : []), "unit"], life.beside.map((one) => [one.what, number(one.here), ...(life.twin ? [number(one.twin)] : []), one.unit])));
  place.append(make("h2", {}, "In both worlds"));
  await charts(place, context, life.charts, `life-${life.subject.replace(":", "-")}`);
  place.append(make("p", { class: "hint" }, "A run keeps nobody's own trust: the last chart is the mean of people of the same class. A world without a score has no line for it."));
  near(place, ties, context);
  records(place, life);
  causes(place, life, context);
  place.append(make("h2", {}, "How far from each edge"), ...life.scores.map(edges).filter(Boolean));
  context.command(ways(context, life));
  whyNot(place, life, context);
  without(place, life, context);
  place.append(means({
    says: `What the ledger of this synthetic society holds of ${life.subject}: every entry, what led to it, what followed, and what would have been without a rule.`,
    not: "Nobody lived this. A life is one history among many that the same rules could have led to; it shows how the machine works, not how often. Dots in the charts are coloured by hidden truth, which no authority can see.",
    sources: "The run's full ledger, its regime file, and the facts that the rules cite.",
    definitions: [["points", "Points of the score or register named; a composite point is what one record moves it by."], ["money", "Fines, damages, costs and compensation that the ledger names, added up; wages and daily costs are not in it."],
      ["truth", "Hidden label of the record at the root: true, out of necessity, inability, wrong person, made up, or counted twice."], ["motive", "What decided the choice: principle, the law, the score, or nothing."],
      ["ties", "Household, kin, friends, work and neighbourhood of the first day. Bands on a day are what the ledger's entries come to by then."]],
  }));
}
