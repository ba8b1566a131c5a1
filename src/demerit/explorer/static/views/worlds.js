// View 1: the same people in two worlds: a sentence, four numbers, and the city as a field of people.
import { counts, Field, ripplesBetween, story } from "../field.js";
import { make, means, number, settled, signed, still, table } from "../page.js";
import { followed, swatch } from "../parts.js";
import { reach } from "../reach.js";

export const title = "Two worlds";
export const lead = "The same people in the same situations: once under the regime, once under its twin's rules.";
const TRAIL_DAYS = 6, STILL_TRAIL_DAYS = 30; // without motion, play goes a month at a time
const WORDS = {
  arrival: "points lost at the platform", derived: "a share of the penalty", scolding: "scolded for being close to somebody", loss: "a job lost",
};

export async function show(place, context) {
  const path = `/api/runs/${encodeURIComponent(context.run)}`;
  const [told, card] = await Promise.all([context.get(`${path}/worlds`), context.get(path)]);
  place.append(
    make("p", { class: "sentence" }, told.sentence),
    make("div", { class: "figures" }, told.figures.map(figure)),
    make("p", { class: "note" }, told.seeds === 1
      ? "One seed, and so no interval: what another draw of chances would give is seen under The rulebook and Studies."
      : `${told.seeds} seeds.`),
  );
  const names = card.worlds.map((world) => world.name);
  context.command(told.ways);
  const city = make("section", { class: "city" }, make("h2", {}, "The city, day by day"));
  place.append(city, names.length > 1 ? reach(path, context) : "", make("details", {}, make("summary", {}, "All headline numbers as a table"),
    table("Headline indicators in both worlds (synthetic society)", ["what", ...names, "difference", "unit"],
      told.table.map((one) => [one.label, ...[one.value, one.against].slice(0, names.length).map((value) => number(value)),
        one.difference === null ? "–" : signed(one.difference), one.unit]))),
  means({
    says: "What the same synthetic people do, pay and suffer under two sets of rules. A dot is a person; its place is the neighbourhood and stays the same in both worlds.",
    not: "How any real place works, or how large an effect would be there. A single run shows one draw of chances; most dots near the middle are people to whom nothing happened.",
    sources: "The run's own indicators and its ledger. The worlds are lived again in the background to colour the dots; their digests are compared with those of the run.",
    definitions: told.table.map((one) => [`${one.label} (${one.unit})`, one.definition]),
  }));
  // the field may take some seconds: the page above is there meanwhile
  theCity(city, path, context).catch((error) => city.append(make("p", { class: "error", role: "alert" }, error.message)));
}

const figure = (one) => make("div", { class: "figure" },
  make("span", { class: "what" }, make("strong", {}, one.question)),
  make("span", { class: "value", title: one.definition }, one.shown),
  make("span", { class: "what" }, `${one.label}, ${one.unit}`),
  make("span", { class: "beside" }, one.beside));

async function cityOf(box, path, context) {
  const job = await context.post(`${path}/field`);
  if (job === null) return context.get(`${path}/field`);
  const done = await followed(box, job, context.signal);
  if (done.state !== "done") throw new Error(done.state === "cancelled" ? "The field was cancelled." : done.error);
  return context.get(`${path}/field`);
}

async function theCity(box, path, context) {
  const city = await cityOf(box, path, context);
  if (context.signal.aborted) return;
  const last = city.days - 1;
  let day = Math.min(Math.max(Number.parseInt(context.state.day ?? last, 10) || 0, 0), last);
  const dateOf = (one) => new Date(Date.parse(city.start) + one * 86400000).toISOString().slice(0, 10);
  const shown = city.people.length < city.population
    ? `${number(city.people.length)} of ${number(city.population)} people are shown: whole neighbourhoods, chosen once by their numbers.`
    : `All ${number(city.population)} people are shown.`;
  const when = make("output", { class: "when" });
  const slider = make("input", { type: "range", min: "0", max: String(last), value: String(day), id: "day", "aria-label": "Day of the run" });
  const playing = make("button", { type: "button", "aria-pressed": "false" }, "Play");
  const who = make("p", { class: "who" });
  const today = make("div", { class: "today" });
  const panels = make("div", { class: "fields" });
  box.append(make("p", {}, `${shown} Each square is a neighbourhood. A ring means: under a sanction. A line: a penalty that went from one person to another in the last days.`),
    make("div", { class: "scrub" }, playing, slider, when), panels, who, today);
  const describe = (place) => {
    const cell = city.cells[place];
    const [fifths, hukou] = [city.fifths.length, city.hukou.length];
    return `citizen ${city.people[place]}: ${city.strata[Math.floor(cell / fifths / hukou)]}, ${city.hukou[Math.floor(cell / fifths) % hukou]} registration, ${city.fifths[cell % fifths]} of income`;
  };
  let marked = null;
  const open = (place) => context.change({ view: "life", subject: city.people[place], day });
  const worlds = city.worlds.map((world, number_) => {
    const canvas = make("canvas", { role: "img", "aria-label": `Everybody under ${world.name}; the table below says the same` });
    const legend = make("div", { class: "legend" });
    panels.append(make("section", { class: number_ ? "twin-side" : "regime-side" }, make("h3", { class: number_ ? "twin" : "regime" }, world.name), canvas, legend));
    const field = new Field(canvas, city.people, world, {
      hover: (place) => {
        if (place === marked) return;
        marked = place;
        who.textContent = place === null ? "Point at a dot to see who it is; click to open the life." : `${describe(place)}. Click to open this life.`;
        draw();
      },
      pick: open,
    });
    return { world, canvas, field, legend, at: story(world, city.days) };
  });
  who.textContent = "Point at a dot to see who it is; click to open the life.";

  let drawn = day;
  function draw() {
    const moving = running && !still();
    for (const { world, field, at } of worlds) {
      const days = still() ? STILL_TRAIL_DAYS : TRAIL_DAYS;
      const ripples = moving ? field.fly(Math.max(drawn + 1, day - TRAIL_DAYS), day, performance.now())
        : ripplesBetween(world, day - days, day).slice(-400).map((place) => ({ place, age: (day - world.ripple_day[place]) / days }));
      field.draw(at(day), ripples, { marked, moving });
    }
    drawn = day;
  }
  function list() {
    for (const { world, legend, at } of worlds) {
      const { byBand, adults, sanctioned } = counts(at(day), world.bands.length);
      const rows = [...world.bands.map((band, place) => [swatch(world.colours[place], band), byBand[place], share(byBand[place], adults)])];
      if (!world.bands.length) rows.push([swatch("var(--twin)", "no band"), adults, share(adults, adults)]);
      rows.push([make("span", {}, make("i", { class: "swatch ring" }), "under a sanction"), sanctioned, share(sanctioned, adults)]);
      legend.replaceChildren(table(`Adults shown under ${world.name} on ${dateOf(day)}`, ["band", "people", "share"], rows));
    }
    const { world } = worlds[0];
    const found = ripplesBetween(world, day, day).slice(0, 12);
    today.replaceChildren(make("h3", {}, `Penalties passed on under ${world.name} on ${dateOf(day)}`),
      found.length ? make("ul", {}, found.map((one) => make("li", {}, life(world.ripple_from[one]), " brought ", life(world.ripple_to[one]), `: ${WORDS[world.ripple_what[one]] ?? world.ripple_what[one].replaceAll("_", " ")}`)))
        : make("p", {}, "None on this day."));
  }
  const life = (place) => make("a", { href: context.link({ view: "life", subject: city.people[place], day }) }, `citizen ${city.people[place]}`);
  const remember = settled(() => context.keep({ day }), 200);
  function turn(to, quick = false) {
    day = Math.min(Math.max(to, 0), last);
    slider.value = String(day);
    slider.setAttribute("aria-valuetext", dateOf(day));
    when.textContent = dateOf(day);
    draw();
    if (!quick) list();
    remember();
  }
  let running = false;
  async function play() {
    running = !running;
    playing.setAttribute("aria-pressed", String(running));
    playing.textContent = running ? "Pause" : "Play";
    if (running && day >= last) turn(0);
    let frame = 0;
    while (running && day < last && !context.signal.aborted) {
      const slow = still(); // a month at a time, once a second, without anything that moves
      await new Promise((wake) => (slow ? setTimeout(wake, 1000) : requestAnimationFrame(wake)));
      if (running) turn(day + (slow ? 30 : 1), !slow && (frame += 1) % 15 !== 0);
    }
    running = false;
    playing.setAttribute("aria-pressed", "false");
    playing.textContent = "Play";
    draw();
    list();
  }
  slider.addEventListener("input", () => turn(Number(slider.value)));
  playing.addEventListener("click", play);
  const fit = settled(() => {
    for (const { field } of worlds) field.measure();
    draw();
  });
  addEventListener("resize", fit, { signal: context.signal });
  turn(day);
  // a canvas has no width before it is laid out
  requestAnimationFrame(() => fit());
}

const share = (part, of) => (of ? `${((100 * part) / of).toFixed(1)} %` : "–");
