// What stands near a life: its ties in both worlds with what travelled along them, and its trees as pictures.
import { colour, dark, make, number, settled, table } from "../page.js";
import { swatch } from "../parts.js";
import { around, Graph, inTime, shapeOf } from "../ties.js";

const UNSCORED = 0, NO_BAND = 9, SANCTIONED = 16;
const LARGEST_TREE = 60;
const TITLES = { household: "household", kin: "kin", friends: "friends", vehicles: "vehicles", work: "work", neighbours: "neighbours", others: "others reached" };

/** The code in force on a day, out of [[day, code], …]; null for what is no person. */
function codeOn(changes, day) {
  let found = null;
  for (const [from, code] of changes) if (from <= day) found = code;
  return found;
}

function standing(world, code) {
  if (code === null) return "–";
  if (code === UNSCORED) return "not scored";
  const band = code % SANCTIONED;
  return `${band === NO_BAND ? "no band" : world.bands[band - 1]}${code >= SANCTIONED ? ", under a sanction" : ""}`;
}

function paint(world, code) {
  if (code === null) return colour("pale");
  const band = code % SANCTIONED;
  return code === UNSCORED ? colour("line") : band === NO_BAND ? colour("twin") : world.colours[band - 1];
}

/** What travelled up to a day, by the two it went between: [{source, target, list, wrongful}]. */
function ways(world, day) {
  const found = new Map();
  for (const one of world.travelled) {
    if (one.day > day) continue;
    const key = `${one.source} ${one.target}`;
    if (!found.has(key)) found.set(key, { source: one.source, target: one.target, list: [], wrongful: false });
    const way = found.get(key);
    way.list.push(one);
    way.wrongful ||= one.wrongful;
  }
  return [...found.values()];
}

/** Entries in words, those that say the same counted. */
function inWords(list) {
  const counts = new Map();
  for (const { says } of list) counts.set(says, (counts.get(says) ?? 0) + 1);
  const said = [...counts].map(([says, count]) => (count > 1 ? `${number(count)} × ${says}` : says));
  return said.length > 3 ? `${said.slice(0, 3).join("; ")}; and ${number(said.length - 3)} more` : said.join("; ");
}

/** The graph of one world: `point` is told which dot is pointed at, `open` which one is opened. */
function graphOf(world, ties, box, { point, open }) {
  const canvas = make("canvas", { role: "img" });
  const groups = ties.groups.map(({ group, shown, all }) => ({
    places: ties.near.flatMap((one, place) => (one.group === group ? [place] : [])),
    name: TITLES[group], beside: shown < all ? `${number(shown)} of ${number(all)}` : number(all),
  }));
  const every = ways(world, ties.days).map((way) => [way.source, way.target]);
  const plain = ties.near.slice(1).map((one, n) => [0, n + 1]);
  box.append(canvas);
  const graph = new Graph(canvas, around(groups, ties.near.map((one) => shapeOf(one.subject)), every, plain), { hover: point, pick: open });
  const draw = (day, marked) => {
    const now = ways(world, day);
    const way = new Map(now.map((one) => [`${one.source} ${one.target}`, one]));
    const [ink, line, wrong] = [colour("ink"), colour("line"), colour("wrong")];
    graph.draw({
      line: (place) => {
        if (place < plain.length) return ties.near[place + 1].group === "others" ? null : { paint: line, width: 1, arrow: false };
        const one = way.get(every[place - plain.length].join(" "));
        return one ? { paint: one.wrongful ? wrong : ink, width: Math.min(1.2 + Math.log2(one.list.length) / 2, 4), arrow: true, dashed: one.wrongful } : null;
      },
      node: (place) => {
        const code = codeOn(world.codes[place], day);
        return { fill: paint(world, code), ring: code !== null && code >= SANCTIONED ? ink : null, edge: dark() ? colour("soft") : null };
      },
    }, marked);
    const touched = new Set(now.flatMap((one) => [one.source, one.target])).size;
    canvas.dataset.dots = String(ties.near.length);
    canvas.dataset.travelled = String(now.length);
    canvas.setAttribute("aria-label", `${ties.subject} and ${number(ties.near.length - 1)} near it under ${world.name}: ${ties.groups.map((one) => `${TITLES[one.group]} ${one.shown}`).join(", ")}. ${touched ? `Entries went between ${number(touched)} of them.` : "Nothing went from one to another."} The table says the same.`);
  };
  return { graph, draw };
}

function legend(worlds) {
  const { bands, colours } = worlds.find((one) => one.bands.length) ?? worlds[0];
  return make("p", { class: "key" }, bands.map((band, place) => swatch(colours[place], band)), swatch("var(--twin)", "no band"), swatch("var(--line)", "not scored"), swatch("var(--pale)", "no person"),
    make("span", {}, make("i", { class: "swatch ring" }), "under a sanction"), make("span", {}, make("b", { class: "stroke" }), "an entry of one led to one of the other"), make("span", {}, make("b", { class: "stroke wrong" }), "one that should not be there"));
}

/** Everybody near the life on view, in both worlds, on a day that can be chosen. */
export function near(place, ties, context) {
  const last = ties.days - 1;
  let day = Math.min(Math.max(Number.parseInt(context.state.day ?? last, 10) || 0, 0), last);
  let marked = null, pointed = null, focused = null;
  const dateOf = (one) => new Date(Date.parse(ties.start) + one * 86400000).toISOString().slice(0, 10);
  const slider = make("input", { type: "range", min: "0", max: String(last), value: String(day), "aria-label": "Day on which those near are shown" });
  const when = make("output", { class: "when" });
  const said = make("p", { class: "who" });
  const panels = make("div", { class: "fields" });
  const beside = make("div", { class: "near-table" });
  place.append(make("section", { class: "ties" }, make("h2", {}, "Those near"),
    make("p", {}, `${ties.subject} in the middle; around it the ties of the first day. A strong line: an entry of one has led to an entry of the other by the day shown; the arrow says which way it went.`),
    make("div", { class: "scrub near-day" }, slider, when), panels, said, legend(ties.worlds), beside));
  const open = (at) => { if (at) context.change({ subject: ties.near[at].subject, entry: "", why: "", rule: "", day }); };
  const mark = () => {
    const at = pointed ?? focused; // a pointer that leaves does not hide what has the focus
    if (at === marked) return;
    marked = at;
    tell();
    draw();
  };
  const point = (at) => { pointed = at; mark(); };
  const focus = (at) => { focused = at; mark(); };
  const graphs = ties.worlds.map((world, n) => {
    const box = make("section", {}, make("h3", { class: n ? "twin" : "regime" }, world.name));
    panels.append(box);
    return graphOf(world, ties, box, { point, open });
  });
  const draw = () => graphs.forEach((one) => one.draw(day, marked));
  function tell() {
    const one = ties.near[marked];
    said.textContent = !one ? "Point at one to see who it is; click to open that life. The table's links do the same."
      : `${one.subject}: ${one.who}; ${one.tie}. Under ${ties.worlds.map((world) => `${world.name}: ${standing(world, codeOn(world.codes[marked], day))}`).join("; under ")}.`;
  }
  const travelled = (at) => {
    const told = ties.worlds.flatMap((world) => ways(world, day).filter((way) => way.source === at || way.target === at).map((way) => {
      const [word, other] = way.target === at ? ["from", way.source] : ["to", way.target];
      return `${word} ${ties.near[other].subject} (${world.name}): ${inWords(way.list)}`;
    }));
    return told.length ? make("ul", {}, told.map((text) => make("li", {}, text))) : "nothing";
  };
  const link = (at) => make("a", { href: context.link({ view: "life", subject: ties.near[at].subject, world: context.state.world, day }), onfocus: () => focus(at), onblur: () => focus(null) }, ties.near[at].subject);
  function list() {
    const many = ties.worlds.reduce((sum, world) => sum + world.left_out, 0);
    beside.replaceChildren(table(`Near ${ties.subject} on ${dateOf(day)}${many ? `; ${number(many)} later entries are not shown` : ""}`,
      ["who", "tie", "that is", ...ties.worlds.map((world) => world.name), "what travelled"],
      ties.near.slice(1).map((one, n) => [link(n + 1), one.tie, one.who, ...ties.worlds.map((world) => standing(world, codeOn(world.codes[n + 1], day))), travelled(n + 1)])));
  }
  const later = settled(() => {
    list();
    context.keep({ day: day === last ? "" : day });
  }, 200);
  function turn(to) {
    day = to;
    when.textContent = dateOf(day);
    slider.setAttribute("aria-valuetext", dateOf(day));
    tell();
    draw();
  }
  slider.addEventListener("input", () => {
    turn(Number(slider.value));
    later();
  });
  const fit = settled(() => {
    graphs.forEach(({ graph }) => graph.measure());
    draw();
  });
  addEventListener("resize", fit, { signal: context.signal });
  turn(day);
  list();
  requestAnimationFrame(() => fit()); // a canvas has no width before it is laid out
}

const truthColour = (one) => colour(one.wrongful ? "wrong" : one.truth === "inability" ? "unable" : "right");

/** A tree of causes as a picture above its list; a large one says that it is too large. */
export function pictured(place, lines, subject, context) {
  if (lines.length > LARGEST_TREE) {
    place.append(make("p", { class: "hint" }, `${number(lines.length)} entries are too many for a picture; the list has them all.`));
    return;
  }
  const canvas = make("canvas", { role: "img", "data-entries": String(lines.length), "aria-label": `${number(lines.length)} entries that followed from each other, in time; the list below says the same` });
  const said = make("p", { class: "who" });
  const others = lines.some((one) => one.subject !== subject);
  place.append(make("div", { class: "tree-picture" }, canvas, said, make("p", { class: "key" },
    swatch("var(--right)", "true"), swatch("var(--unable)", "nothing to pay with"), swatch("var(--wrong)", "✗ should not be there"),
    make("span", {}, "circle: person; diamond: vehicle; square: company; triangle: office or service", others ? "; hollow: somebody else's entry" : ""), make("span", {}, "numbers: points"))));
  let marked = null;
  const draw = () => graph.draw({
    line: () => ({ paint: colour("soft"), width: 1.2, arrow: false }),
    node: (at) => {
      const one = lines[at], own = one.subject === subject, paintOf = truthColour(one);
      return { fill: own ? paintOf : colour("ground"), edge: paintOf, crossed: one.wrongful ? colour(own ? "ground" : "wrong") : null };
    },
  }, marked);
  const graph = new Graph(canvas, inTime(lines), {
    hover: (at) => {
      if (at === marked && said.textContent) return;
      marked = at;
      const one = lines[at];
      said.textContent = !one ? "Point at an entry to read it; click one of somebody else to open that life."
        : `${one.date}, ${one.subject}: ${one.says}${one.wrongful ? " (should not be there)" : ""}`;
      draw();
    },
    pick: (at) => { if (lines[at].subject !== subject) context.change({ subject: lines[at].subject, entry: lines[0].id, why: "", rule: "" }); },
  });
  said.textContent = "Point at an entry to read it; click one of somebody else to open that life.";
  draw();
  const fit = settled(() => {
    graph.measure();
    draw();
  });
  addEventListener("resize", fit, { signal: context.signal });
  requestAnimationFrame(() => fit());
}
