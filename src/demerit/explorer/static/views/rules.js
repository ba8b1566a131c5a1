// View 3: the rulebook: presets first, sliders second, the full file third; a reform is lived as it is made.
import { control, finder } from "../controls.js";
import { Live } from "../live.js";
import { fitted, Lines } from "../live_lines.js";
import { make, means, number, settled, signed, table } from "../page.js";

export const title = "The rulebook";
export const lead = "Choose a rulebook, move a number, and watch ten years of ten thousand people under it.";
const PAUSE = 60, MOST_SEEDS = 5;
const CANCELLED = "Cancelled. What is shown is not complete.";

export async function show(place, context) {
  const [choices, rulebook] = await Promise.all([
    context.get("/api/regimes"), context.get(`/api/regimes/${encodeURIComponent(context.state.regime ?? "essay")}`)]);
  const numbers = new Map([...rulebook.controls, ...rulebook.others].map((one) => [one.name, one]));
  const values = read(context.state.set, numbers);
  const added = new Set([...(context.state.also ?? "").split(","), ...Object.keys(values)].filter((name) => rulebook.others.some((one) => one.name === name)));
  let seeds = Math.min(Math.max(Number.parseInt(context.state.seeds ?? 1, 10) || 1, 1), MOST_SEEDS);
  const words = make("div", { class: "words", "aria-live": "polite" });
  const results = make("div", { class: "results" });
  const bar = make("progress", { max: 1, value: 0, "aria-label": "Progress of the re-run" });
  const line = make("p", { class: "standing", role: "status" });
  const stop = make("button", { type: "button", onclick: () => { live.cancel(); line.textContent = CANCELLED; } }, "Cancel");
  const more = make("select", { id: "seeds", "aria-label": "Seeds", onchange: (event) => { seeds = Number(event.target.value); ask(); } },
    Array.from({ length: MOST_SEEDS }, (_, n) => make("option", { value: String(n + 1), selected: n + 1 === seeds }, n ? `${n + 1} seeds` : "1 seed")));
  const live = new Live(context.signal, { heard: (event) => heard(event), lost: (text) => { line.textContent = text; } });
  const picture = growing(context, rulebook);
  let standing = fresh(0);
  let awaited = false;
  let sent = 0;

  function fresh(request) {
    return { request, lines: new Lines(rulebook.lines), lived: new Set(), same: false, asked: false };
  }

  const remember = () => context.keep({ regime: rulebook.id, set: written(values), also: [...added].join(","), seeds });

  const ask = settled(() => {
    remember();
    sent = performance.now();
    awaited = true;
    line.textContent = "Asking…";
    bar.value = 0;
    live.ask({ regime: rulebook.id, values, seeds });
  }, PAUSE);

  function heard(event) {
    if (event.kind === "refused" || event.kind === "failed") {
      line.textContent = event.error;
      return;
    }
    if (event.request < standing.request || (awaited && event.request === standing.request)) return; // of what was asked before
    if (event.request > standing.request) {
      if (event.kind === "dropped") return;
      standing = fresh(event.request);
      awaited = false;
    }
    if (event.kind === "dropped") line.textContent = CANCELLED;
    if (event.kind === "words") said(event);
    if (event.kind === "year") lived(event);
    if (event.kind === "effects") finish(event);
  }

  function said(event) {
    Object.assign(standing, { same: event.same_rules, asked: event.lines.length > 0 });
    context.command(event.ways);
    context.card(event.card);
    words.replaceChildren(make("h2", {}, "The reform in words"), event.lines.length
      ? make("ul", {}, event.lines.map((one) => make("li", {}, titled(one, numbers))))
      : make("p", {}, "None yet: the rules are as they are in the file. Move a slider."));
    if (event.lines.length && event.same_rules) words.append(make("p", { class: "note" }, "This changes no rule."));
    draw();
  }

  function lived(event) {
    standing.lived.add(`${event.world} ${event.seed} ${event.year}`);
    bar.value = standing.lived.size / (3 * seeds * event.years);
    line.textContent = `Living: year ${event.year} of ${event.years}${seeds > 1 ? `, seed ${event.seed} of ${seeds}` : ""}.`;
    if (event.seed > 1) return; // the lines show the first seed until others are whole
    standing.lines.year(event);
    draw();
  }

  /** Fill the chart; what no rule is changed by is drawn once. */
  async function draw() {
    const drawn = standing;
    await picture.fill(drawn.lines, drawn.same ? "reform" : null);
    if (drawn === standing && drawn.lines.known("reform") && sent) {
      document.documentElement.dataset.firstPicture = (performance.now() - sent).toFixed(0);
      sent = 0;
    }
  }

  function finish(event) {
    const several = event.seeds > 1;
    const moved = event.rows.filter((row) => row.difference);
    const open = event.seeds < event.of ? `; ${event.of - event.seeds} more on the way` : "";
    if (!open) bar.value = 1;
    line.textContent = several ? `${event.seeds} seeds${open}: means with their 95% intervals.`
      : `One seed${open}: differences without an interval, no finding yet. Take more seeds to see what is chance.`;
    for (const row of event.lines) standing.lines.put(row);
    draw();
    results.replaceChildren(table(`What the reform does: ${rulebook.title}, ${number(rulebook.people)} people, ${rulebook.years} years (synthetic society)`,
      ["what", "reform", "as it is", "ordinary law", "reform less as it is", ...(several ? ["95% interval"] : []), "unit"],
      event.rows.map((row) => [row.label, number(row.reform), number(row.base), number(row.law), signed(row.difference),
        ...(several ? [row.low === null ? "–" : `${signed(row.low)} to ${signed(row.high)}`] : []), row.unit])));
    if (standing.asked && !standing.same && !moved.length) {
      results.prepend(make("p", { class: "note" }, "The reform has no effect on any of these numbers in these worlds: nothing here depends on it, or what it touches did not happen."));
    }
    context.announce(several ? `${event.seeds} seeds are in` : "One seed is in");
  }

  const shownControl = (about) => control(about, values[about.name], (value) => {
    if (value === null) delete values[about.name];
    else values[about.name] = value;
    ask();
  });
  const extra = make("div", {}, [...added].map((name) => shownControl(numbers.get(name))));
  const search = rulebook.others.length ? finder(rulebook.others, (about) => {
    if (!added.has(about.name)) {
      added.add(about.name);
      extra.append(shownControl(about));
      remember();
    }
    extra.querySelector(`#${CSS.escape(`control-${about.name.replaceAll(".", "-")}`)}`).focus();
  }) : null;
  place.append(
    make("section", { class: "presets" }, make("label", { for: "regime" }, "Rulebook "), chooser(choices, rulebook, context),
      make("p", {}, rulebook.summary), make("p", { class: "soft" }, rulebook.evidence)),
    make("div", { class: "rulebook" },
      make("section", { class: "controls", "aria-label": "Numbers of the rulebook" }, make("h2", {}, "Move a number"),
        rulebook.controls.map(shownControl), extra, search,
        make("p", {}, make("button", { type: "button", onclick: () => context.change({ set: null, also: null }) }, "As in the file"))),
      make("section", { class: "effects", "aria-label": "Effects" }, words,
        make("h2", {}, "What it does"), make("div", { class: "running" }, more, stop), bar, line, picture.place, results)),
    make("details", {}, make("summary", {}, "The full file"), make("pre", { tabindex: "0" }, make("code", {}, rulebook.file))),
    means({
      says: `How ${number(rulebook.people)} synthetic people fare over ${rulebook.years} years if numbers of the rules are others: red as the rules are, blue-green after the reform, grey and dashed under ordinary law. The same people meet the same situations in all three. Over several seeds a line is their mean and the band around it its 95% interval.`,
      not: "What a reform would do in any real place. Most numbers of a rulebook are assumptions, marked as such; one seed tells no effect from chance. Whether two worlds can be told apart is in the table, whose interval is that of the difference on the same people: bands that overlap do not decide it.",
      sources: "Each number names what it rests on; the ids lead to the list of sources in the documentation. The full file holds all of them.",
      definitions: rulebook.lines.shown.map((one) => [`${one.label} (${one.unit})`, one.definition]),
    }));
  picture.begin();
  ask();
}

/** The list of regimes to begin from: those of the program, then those of the runs served. */
function chooser(choices, rulebook, context) {
  const options = (list) => list.map((one) => make("option", { value: one.id, selected: one.id === rulebook.id }, one.run ? `${one.title} (${one.run})` : one.title));
  const ofRuns = choices.filter((one) => one.run);
  if (!choices.some((one) => one.id === rulebook.id)) ofRuns.push({ ...rulebook, run: rulebook.id.slice(0, rulebook.id.lastIndexOf(":")) });
  return make("select", { id: "regime", onchange: (event) => context.change({ regime: event.target.value, set: null, also: null }) },
    make("optgroup", { label: "With the program" }, options(choices.filter((one) => !one.run))),
    ofRuns.length ? make("optgroup", { label: "Of the runs that are served" }, options(ofRuns)) : null);
}

/** The chart that grows: drawn once for the width there is, filled as often as something is known. */
function growing(context, rulebook) {
  const place = make("div", { class: "growing" });
  const caption = `${rulebook.title}: reform, as it is, and ordinary law by year (synthetic society)`;
  let drawn = null, width = 0, wanted = null, busy = null;
  const begin = () => {
    width = place.clientWidth;
    place.replaceChildren();
    drawn = context.chart(place, fitted(rulebook.lines.spec, width), { caption, head: ["what", "unit", "year"], rows: [], lines: true, name: `rulebook-${rulebook.id.replace(":", "-")}` });
    return drawn;
  };
  const work = async () => {
    while (wanted) {
      const [lines, without] = wanted;
      wanted = null;
      await (await drawn)(lines.data(without), lines.table());
    }
    busy = null;
  };
  let last = null;
  const fill = (lines, without) => {
    last = wanted = [lines, without];
    return (busy ??= work());
  };
  const again = settled(async () => {
    if (place.clientWidth === width || !place.isConnected) return;
    await begin();
    if (last) fill(...last);
  }, 200);
  addEventListener("resize", again, { signal: context.signal });
  return { place, begin, fill };
}

/** Put the words of a slider before the dotted name of its number. */
function titled(line, numbers) {
  const about = numbers.get(line.slice(0, line.indexOf(":")));
  return about ? `${about.label}${line.slice(about.name.length)}` : line;
}

const written = (values) => Object.entries(values).map(([name, value]) => `${name}:${value}`).join(",");

function read(text, known) {
  const found = {};
  for (const part of (text ?? "").split(",")) {
    const at = part.lastIndexOf(":");
    const [name, value] = [part.slice(0, at), Number(part.slice(at + 1))];
    if (at > 0 && known.has(name) && Number.isFinite(value)) found[name] = value;
  }
  return found;
}
