// View 3: the rulebook: presets first, sliders second, the full file third; a reform is lived as it is made.
import { panel } from "../lines.js";
import { colour, make, means, number, settled, signed, table } from "../page.js";

export const title = "The rulebook";
export const lead = "Choose a rulebook, move a number, and watch ten years of ten thousand people under it.";
const SHOWN = ["records", "wrongful_share", "penalty_days", "sanctioned", "acts_share.road.crosswalk", "trust.strangers"];
const NAMES = { reform: "reform", base: "as it is", law: "ordinary" };
const PAUSE = 60;

export async function show(place, context) {
  const [presets, rulebook] = await Promise.all([
    context.get("/api/regimes"), context.get(`/api/regimes/${encodeURIComponent(context.state.regime ?? "essay")}`)]);
  const values = read(context.state.set, rulebook.controls);
  let seeds = Math.min(Math.max(Number.parseInt(context.state.seeds ?? 1, 10) || 1, 1), 5);
  const words = make("div", { class: "words", "aria-live": "polite" });
  const panels = make("div", { class: "panels" });
  const results = make("div", {});
  const bar = make("progress", { max: 1, value: 0, "aria-label": "Progress of the re-run" });
  const line = make("p", { class: "standing", role: "status" });
  const stop = make("button", { type: "button", onclick: () => live.cancel() }, "Cancel");
  const more = make("select", { id: "seeds", "aria-label": "Seeds" }, [1, 2, 3, 4, 5].map((count) =>
    make("option", { value: String(count), selected: count === seeds }, count === 1 ? "1 seed" : `${count} seeds`)));
  const copies = () => context.command(ways(rulebook, values, seeds));
  const live = new Live(context.signal, {
    heard: (event) => heard(event), lost: (text) => { line.textContent = text; },
  });
  let standing = null;
  let sent = 0;

  const ask = settled(() => {
    context.keep({ regime: rulebook.id, set: written(values), seeds });
    copies();
    sent = performance.now();
    standing = { request: null, lines: {}, done: 0, same: false };
    line.textContent = "Asking…";
    bar.value = 0;
    live.ask({ regime: rulebook.id, values, seeds });
  }, PAUSE);

  function heard(event) {
    if (event.kind === "refused" || event.kind === "failed") {
      line.textContent = event.error;
      return;
    }
    if (event.kind === "words") {
      standing.request = event.request;
      standing.same = event.same_rules;
      standing.asked = event.lines.length > 0;
      words.replaceChildren(make("h2", {}, "The reform in words"), event.lines.length
        ? make("ul", {}, event.lines.map((one) => make("li", {}, titled(one, rulebook.controls))))
        : make("p", {}, "None yet: the rules are as they are in the file. Move a slider."));
      if (event.lines.length && event.same_rules) words.append(make("p", { class: "note" }, "This changes no rule."));
      return;
    }
    if (!standing || (standing.request !== null && event.request < standing.request)) return;
    if (event.kind === "dropped") {
      if (event.request === standing.request) line.textContent = "Cancelled. What is shown is not complete.";
      return;
    }
    if (event.kind === "year" && event.seed === 1) {
      (standing.lines[event.world] ??= []).push([event.year, event.values]);
      bar.value = (standing.lines.reform?.length ?? 0) / event.years;
      line.textContent = `Living: year ${standing.lines.reform?.length ?? 0} of ${event.years} under the reform. One seed so far.`;
      draw(event.years);
      if (event.world === "reform" && event.year === 1) {
        document.documentElement.dataset.firstPicture = (performance.now() - sent).toFixed(0);
      }
    }
    if (event.kind === "effects") finish(event);
  }

  function draw(years) {
    const inks = { reform: ["series-3", colour("reform-ink")], base: ["regime", colour("regime-ink")], law: ["twin", colour("twin-ink")] };
    panels.replaceChildren(...SHOWN.map((name) => {
      const about = labels[name] ?? { label: name, unit: "" };
      return panel({ title: about.label, unit: about.unit, years,
        lines: ["law", "base", "reform"].map((world) => ({
          name: NAMES[world], colour: colour(inks[world][0]), ink: inks[world][1], dash: world === "law" ? "4 3" : "",
          values: (standing.lines[world] ?? []).map(([year, values_]) => [year, values_[name]]) })) });
    }));
  }

  function finish(event) {
    bar.value = 1;
    const several = event.seeds > 1;
    const moved = event.rows.filter((row) => row.difference);
    const open = event.seeds < event.of ? `; ${event.of - event.seeds} more on the way` : "";
    line.textContent = several ? `${event.seeds} seeds${open}: differences with their 95% interval.`
      : `One seed${open}: differences without an interval, no finding yet. Take more seeds to see what is chance.`;
    results.replaceChildren(table(`What the reform does: ${rulebook.title}, ${number(rulebook.people)} people, ${rulebook.years} years (synthetic society)`,
      ["what", "reform", "as it is", "ordinary law", "reform less as it is", ...(several ? ["95% interval"] : []), "unit"],
      event.rows.map((row) => [row.label, number(row.reform), number(row.base), number(row.law), signed(row.difference),
        ...(several ? [row.low === null ? "–" : `${signed(row.low)} to ${signed(row.high)}`] : []), row.unit])));
    if (standing.asked && !standing.same && !moved.length) {
      results.prepend(make("p", { class: "note" }, "The reform has no effect on any of these numbers in these worlds: nothing here depends on it, or what it touches did not happen."));
    }
    context.announce(several ? `${event.seeds} seeds are in` : "One seed is in");
  }

  const sliders = rulebook.controls.map((control) => slider(control, values, ask));
  place.append(
    make("section", { class: "presets" }, make("label", { for: "regime" }, "Rulebook "),
      make("select", { id: "regime", onchange: (event) => context.change({ regime: event.target.value, set: null }) },
        presets.map((one) => make("option", { value: one.id, selected: one.id === rulebook.id }, one.title))),
      make("p", {}, presets.find((one) => one.id === rulebook.id).summary), make("p", { class: "soft" }, rulebook.evidence)),
    make("div", { class: "rulebook" },
      make("section", { class: "controls", "aria-label": "Numbers of the rulebook" }, make("h2", {}, "Move a number"), sliders,
        make("p", {}, make("button", { type: "button", onclick: () => context.change({ set: null }) }, "As in the file"))),
      make("section", { class: "effects", "aria-label": "Effects" }, words,
        make("h2", {}, "What it does"), make("div", { class: "running" }, more, stop), bar, line, panels, results)),
    make("details", {}, make("summary", {}, "The full file"), make("pre", { tabindex: "0" }, make("code", {}, rulebook.file))),
    means({
      says: `How ${number(rulebook.people)} synthetic people fare over ${rulebook.years} years if one number of the rules is another: red as the rules are, blue-green after the reform, grey and dashed under ordinary law. The same people meet the same situations in all three.`,
      not: "What a reform would do in any real place. Most numbers of a rulebook are assumptions, marked as such; lines show the first seed only, and one seed tells no effect from chance.",
      sources: "Each slider names what its number rests on; the ids lead to the list of sources in the documentation. The full file holds all of them.",
      definitions: Object.values(labels).map((one) => [`${one.label} (${one.unit})`, one.definition]),
    }));
  more.addEventListener("change", () => {
    seeds = Number(more.value);
    ask();
  });
  ask();
}

const labels = {
  records: { label: "Records filed", unit: "per 1,000 adult-years", definition: "Entries against somebody in a register, for 1,000 adults and a year." },
  wrongful_share: { label: "Wrongful records", unit: "share of records", definition: "Records whose truth label is not 'true': mistaken, fabricated, duplicate." },
  penalty_days: { label: "Penalties", unit: "days of own income a year", definition: "Fines, pay lost and other losses, in days of the person's own income, for an adult and a year." },
  sanctioned: { label: "Under a sanction", unit: "share of adults, end of year", definition: "Adults under at least one sanction; rewards are not counted." },
  "acts_share.road.crosswalk": { label: "Drivers who do not yield", unit: "share of crossings", definition: "Crossings with somebody waiting at which the driver does not yield." },
  "trust.strangers": { label: "Trust in strangers", unit: "0 to 1, end of year", definition: "Mean trust of adults in people they do not know." },
};

function slider(control, values, ask) {
  const step = steps(control);
  const shown = make("output", { class: "value" });
  const id = `control-${control.name.replaceAll(".", "-")}`;
  const input = make("input", { type: "range", id, min: String(control.low), max: String(control.high), step: String(step),
    value: String(values[control.name] ?? control.value), "aria-describedby": `${id}-about` });
  const say = () => {
    shown.textContent = number(Number(input.value), unit(control.unit));
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  say();
  input.addEventListener("input", () => {
    const value = Number(input.value);
    if (Math.abs(value - control.value) < step / 2) delete values[control.name];
    else values[control.name] = value;
    say();
    ask();
  });
  return make("div", { class: "control" }, make("label", { for: id }, control.label), shown, input,
    make("p", { class: "about", id: `${id}-about` },
      `${number(control.low)} to ${number(control.high)} ${unit(control.unit)}; in the file ${number(control.value)}; ${control.basis}`,
      control.source.length ? ` [${control.source.join(", ")}]` : "", control.note ? `. ${control.note}` : ""));
}

const UNITS = { 1: "", "probability/event": "an event", "decisions/million adults/year": "a year for a million adults" };
const unit = (name) => UNITS[name] ?? name;

/** Put the words of a slider before the dotted name of its number. */
function titled(line, controls) {
  const control = controls.find((one) => line.startsWith(`${one.name}:`));
  return control ? `${control.label}${line.slice(control.name.length)}` : line;
}

/** Return a step that reaches both ends and reads well: whole days and points, else a hundredth of the range. */
function steps({ low, high, value, unit: name }) {
  const whole = /^(days|points|CNY|people|years)$/.test(name) && [low, high, value].every(Number.isInteger);
  const hundredth = (high - low) / 100, power = 10 ** Math.floor(Math.log10(hundredth));
  return whole && /days/.test(name) ? 1 : [5, 2, 1].find((one) => one * power <= hundredth) * power;
}

const written = (values) => Object.entries(values).map(([name, value]) => `${name}:${value}`).join(",");

function read(text, controls) {
  const known = new Set(controls.map((control) => control.name));
  const found = {};
  for (const part of (text ?? "").split(",")) {
    const at = part.lastIndexOf(":");
    const [name, value] = [part.slice(0, at), Number(part.slice(at + 1))];
    if (at > 0 && known.has(name) && Number.isFinite(value)) found[name] = value;
  }
  return found;
}

/** Return how to get the same numbers without this page. */
function ways(rulebook, values, seeds) {
  const changed = Object.entries(values);
  const file = [
    "[regime]", 'id = "reform"', 'title = "Reform"', 'basis = "hypothetical"', "schema_version = 1", `extends = "${rulebook.id}"`,
    ...changed.flatMap(([name, value]) => ["", "[[patch]]", 'op = "set"', `at = "${name}"`, `value = ${value}`, 'reason = "tried in the explorer"']),
  ].join("\n");
  return {
    cli: [`cat > reform.toml <<'END'`, file, "END",
      `demerit compare ${rulebook.id} reform.toml --population ${rulebook.people} --years ${rulebook.years} --seeds ${seeds}`].join("\n"),
    python: [
      "import demerit as dm", `base = dm.Regime.load("${rulebook.id}")`, `reform = base.patched(${JSON.stringify(values)})`,
      `people = dm.Society.load("city").patched({"society.population": ${rulebook.people}})`,
      `dm.compare(people, base, reform, years=${rulebook.years}, seeds=${seeds}).table()`,
    ].join("\n"),
  };
}

/** The socket: opened when first needed, opened again if it is lost; what is asked meanwhile waits. */
class Live {
  constructor(signal, { heard, lost }) {
    Object.assign(this, { signal, heard, lost, socket: null, waiting: null });
    signal.addEventListener("abort", () => this.socket?.close());
  }

  ask(call) {
    if (this.signal.aborted) return;
    const text = JSON.stringify(call);
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
    else {
      this.waiting = text;
      if (this.socket?.readyState !== WebSocket.CONNECTING) this.open();
    }
  }

  cancel() {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ cancel: true }));
  }

  open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}/api/live`);
    this.socket.addEventListener("open", () => {
      if (this.waiting) this.socket.send(this.waiting);
      this.waiting = null;
    });
    this.socket.addEventListener("message", (event) => {
      if (!this.signal.aborted) this.heard(JSON.parse(event.data));
    });
    this.socket.addEventListener("close", (event) => {
      if (!this.signal.aborted) this.lost(event.reason || "The connection to the server has ended; move a slider to open it again.");
    });
  }
}
