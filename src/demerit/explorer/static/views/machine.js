// The machine: authorities, registers, platforms and the roads between them.
import { make, means, number, table } from "../page.js";
import { charts, choice, definitions, measuredTable, svg, truth, twinOf } from "../parts.js";

export const title = "The machine";
export const lead = "Who writes what down, how it travels, what gets lost, and who waits for an answer. What an authority sees stands beside what is true.";

const COLUMNS = [["authority", "Authorities"], ["register", "Registers"], ["platform", "Platforms"], ["score", "Score"]];
const WIDE = 1000, ROW = 46, BOX = 204, TOP = 34;

/** The flows as a drawing: width by volume, red what was lost. */
function diagram(found, tell) {
  const order = orderOf(found);
  const columns = COLUMNS.filter(([kind]) => order[kind].length);
  const most = Math.max(...columns.map(([kind]) => order[kind].length), 1);
  const high = TOP + most * ROW;
  const at = {};
  columns.forEach(([kind], column) => order[kind].forEach((node, row) => {
    const x = columns.length > 1 ? (column * (WIDE - BOX)) / (columns.length - 1) : 0;
    at[node.id] = { x, y: TOP + ((row + 0.5) * (high - TOP)) / order[kind].length };
  }));
  const largest = Math.max(1, ...found.flows.map((one) => one.sent));
  const width = (count) => (count ? Math.max(1.2, 22 * Math.sqrt(count / largest)) : 0.8);
  const roads = found.flows.filter((one) => at[one.start] && at[one.end]).map((one) => {
    const from = at[one.start], to = at[one.end];
    const same = from.x === to.x;
    const x1 = from.x + BOX, x2 = same ? to.x + BOX : to.x, bend = same ? 70 : (x2 - x1) / 2;
    const path = `M${x1},${from.y} C${x1 + bend},${from.y} ${same ? x2 + bend : x2 - bend},${to.y} ${x2},${to.y}`;
    const lost = one.sent ? one.lost / one.sent : 0;
    return svg("g", { class: "road", onmouseenter: () => tell(one), onclick: () => tell(one) },
      svg("path", { d: path, class: one.kind, "stroke-width": width(one.sent) }),
      lost > 0 ? svg("path", { d: path, class: "lost", "stroke-width": Math.max(1, width(one.sent) * lost * 3) }) : null,
      svg("title", {}, said(one)));
  });
  const boxes = columns.flatMap(([kind]) => order[kind]).map((node) => {
    const { x, y } = at[node.id];
    return svg("g", { class: `node ${node.kind}` },
      svg("rect", { x, y: y - 18, width: BOX, height: 36, rx: 3 }),
      svg("text", { x: x + 8, y: y - 2, class: "name" }, node.title.length > 27 ? `${node.title.slice(0, 26)}…` : node.title),
      svg("text", { x: x + 8, y: y + 13, class: "count" }, `${number(node.entries)} ${node.kind === "platform" || node.kind === "score" ? "arrivals" : "entries"}${node.level ? `, ${node.level}` : ""}`),
      svg("title", {}, `${node.title}: ${number(node.entries)}`));
  });
  const heads = columns.map(([kind, text]) => svg("text", { x: at[order[kind][0].id].x, y: 16, class: "head" }, text));
  return svg("svg", { viewBox: `-2 0 ${WIDE + 4} ${high}`, class: "machine-map", role: "img", "aria-label": "Authorities, registers, platforms and the score, with the records that flow between them; the numbers are in the table below." }, roads, boxes, heads);
}

/** Nodes by kind, registers in the order of their authorities so that roads cross little. */
function orderOf(found) {
  const order = Object.fromEntries(COLUMNS.map(([kind]) => [kind, found.nodes.filter((node) => node.kind === kind)]));
  const keeper = Object.fromEntries(found.flows.filter((one) => one.kind === "keeps").map((one) => [one.end, one.start]));
  const rank = Object.fromEntries(order.authority.map((node, place) => [node.id, place]));
  order.register.sort((a, b) => (rank[keeper[a.id]] ?? 99) - (rank[keeper[b.id]] ?? 99));
  return order;
}

const said = (one) =>
  one.kind === "keeps" ? `${number(one.sent)} entries written into this register`
    : one.kind === "weighs" ? `${number(one.sent)} arrivals moved the score`
      : `${one.id}: ${number(one.sent)} set out, ${number(one.arrived)} arrived, ${number(one.lost)} lost; ${number(one.stale)} stale copies` +
        (one.days_seen === null ? "" : `; ${number(one.days_seen)} days from the record, in the middle`);

export async function show(place, context) {
  const found = await context.get(`/api/runs/${encodeURIComponent(context.run)}/machine`, { world: context.state.world });
  const worlds = [found.world, twinOf(context, found.world)].filter(Boolean).sort((a) => (a === context.library.studies.find((one) => one.name === context.run)?.regimes[0] ? -1 : 1));
  if (worlds.length > 1) place.append(choice("World", worlds.map((name) => [name, name]), found.world, (value) => context.change({ world: value })));
  const line = make("p", { class: "note", role: "status" }, "Point at a road, or read the table below. Thickness is how many records took it; red is what was lost.");
  place.append(make("figure", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Diagram of the machine" }, diagram(found, (one) => { line.textContent = said(one); })), line);
  const transfers = found.flows.filter((one) => one.kind === "transfer");
  const names = Object.fromEntries(found.nodes.map((node) => [node.id, node.title]));
  place.append(transfers.length
    ? make("details", {}, make("summary", {}, "The roads as a table"), table("Copies on each road over the run.",
      ["from", "to", "set out", "arrived", "lost", "share lost", "withdrawals that arrived", "stale copies", "days by the rule (mean)", "days from record to arrival (median)"],
      transfers.map((one) => [names[one.start], names[one.end], one.sent, one.arrived, one.lost, one.sent ? `${number((100 * one.lost) / one.sent)} %` : "–", one.recalled, one.stale, number(one.days_rule), number(one.days_seen)])))
    : make("p", { class: "note" }, "In this world no record leaves its register."));
  place.append(make("h2", {}, "What the authority sees, and what is true"), table(
    "Records in each register over the run: what stands there, and what nobody at the authority can see.",
    ["register", "kept by", "it sees", "points taken", "what really happened", "should not be there"],
    found.registers.filter((one) => one.records).map((one) => [one.title, one.authority, `${number(one.records)} records`, number(one.points),
      make("span", { class: "truths" }, Object.entries(one.truths).filter(([, count]) => count).map(([label, count]) => make("span", { class: "counted" }, `${number(count)} `, truth(label, ["necessity", "mistaken", "fabricated", "duplicate"].includes(label)), " "))),
      `${number((100 * one.wrongful) / one.records)} %`])));
  const pictures = make("div", { class: "pair" });
  place.append(pictures);
  await charts(pictures, context, found.charts, "machine");
  place.append(make("h2", {}, "Who waits for an answer"), measuredTable("Appeals over the run (those that wait: on its last day).", found.figures, found.world, twinOf(context, found.world)));
  context.command({
    cli: `demerit runs show ${context.folder().shell}`,
    python: `from pathlib import Path\nfrom demerit.explain.source import open_world\nfrom demerit.explorer.views.machine import machine\nmachine(open_world(Path(${context.folder().python}), "${found.world}"))`,
  });
  place.append(means({
    says: "How many records each body of this synthetic society wrote, which roads they took, how many were lost or stayed when they should have gone, and how long people wait for an answer.",
    not: "Truth labels exist only because the society is simulated: no authority, real or simulated, can see them. Stale copies are counted only where a record was withdrawn. One seed, so no intervals.",
    sources: "The run's full ledger and the regime file; a copy's way before its last road is the shortest from its register.",
    definitions: [...definitions(found.figures), ["entries", "Records, good deeds, court records and what chains passed on."], ["stale copies", "Copies at a platform that outlive a withdrawn record."]],
  }));
}
