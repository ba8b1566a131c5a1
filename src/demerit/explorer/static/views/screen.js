// The screen: the public display as the regime would show it, and beside it what really happened.
import { make, means, number, settled } from "../page.js";
import { definitions, measuredTable, svg, truth, twinOf } from "../parts.js";

export const title = "The screen";
export const lead = "Left, what passers-by would see. Right, what nobody there can know. The people are invented and their numbers are impossible.";

/** A face that is nobody's: shapes from a number. */
function portrait(subject) {
  const seed = Number(subject.split(":")[1]);
  const hue = (seed * 47) % 360;
  return svg("svg", { viewBox: "0 0 60 72", class: "portrait", "aria-hidden": "true" },
    svg("rect", { width: 60, height: 72, style: `fill: hsl(${hue} 12% 62%)` }),
    svg("circle", { cx: 30, cy: 28, r: 11 + (seed % 4), class: "face" }),
    svg("path", { d: `M8,72 q${2 + (seed % 6)},-28 22,-28 q${20 - (seed % 6)},0 22,28 z`, class: "face" }));
}

function card(one, fields, link) {
  const shows = (field) => fields.includes(field);
  return make("article", { class: "display", "aria-label": `${one.name}, shown since ${one.since}` },
    make("div", { class: "board" },
      shows("photo") ? portrait(one.subject) : null,
      make("div", {},
        make("p", { class: "untrust" }, "Untrustworthy person"),
        shows("name") ? make("p", { class: "shown-name" }, one.name) : null,
        make("p", {}, `No. ${one.identity}`),
        shows("home-address") ? make("p", {}, one.address) : null,
        shows("allegation") ? make("p", { class: "allegation" }, `For: ${one.allegation}`) : null,
        make("p", { class: "until" }, `${one.since} to ${one.until}`))),
    make("div", { class: "truthside" },
      make("h3", {}, truth(one.truth, one.wrongful), " ", one.wrongful ? "This should not be here" : ""),
      make("p", {}, one.really),
      make("p", {}, `Shown for ${one.shown_for}.`, one.reversed_on ? ` An office took the record back on ${one.reversed_on}.` : ""),
      one.followed.length ? make("details", {}, make("summary", {}, `What being shown led to: ${number(one.followed.length)} entries`), make("ul", {}, one.followed.map((text) => make("li", {}, text)))) : null,
      make("details", {}, make("summary", {}, "What had led to it"), make("ul", {}, one.behind.map((text) => make("li", {}, text)))),
      make("p", {}, make("a", { href: link }, `The life of ${one.subject}`))));
}

export async function show(place, context) {
  const path = `/api/runs/${encodeURIComponent(context.run)}/screen`;
  const found = await context.get(path, { day: context.state.day, world: context.state.world });
  context.command({
    cli: `demerit explain ${context.folder().shell} ${found.shown[0]?.subject ?? "citizen:0"}`,
    python: `from pathlib import Path\nfrom demerit.explain.source import open_world\nfrom demerit.explorer.views.screen import screen\nscreen(open_world(Path(${context.folder().python}), "${found.world}"), ${found.day})`,
  });
  if (!found.ever) {
    place.append(make("p", { class: "note" }, `Under ${found.world} nobody was shown in public in this run.`));
  } else {
    const last = Math.max(found.day, ...found.days.map(([day]) => day));
    const cards = make("div", { class: "displays" });
    const line = make("p", { role: "status" });
    const fill = (one) => {
      line.textContent = `${one.date}: ${one.on_display ? `${number(one.on_display)} on display` : "nobody on display"}${one.shown.length < one.on_display ? `, ${one.shown.length} of them here` : ""}.`;
      cards.replaceChildren(...one.shown.map((each) => card(each, one.fields, context.link({ view: "life", subject: each.subject }))));
    };
    const move = settled(async (day) => {
      context.keep({ day });
      fill(await context.get(path, { day, world: context.state.world }));
    });
    const slider = make("input", { type: "range", min: "0", max: String(last), value: String(found.day), "aria-label": "Day of the run", oninput: (event) => move(event.target.value) });
    const steps = found.days.filter(([, count]) => count).map(([day]) => day);
    const jump = (next) => { if (next !== undefined) { slider.value = String(next); move(next); } };
    place.append(
      make("p", {}, `Over the whole run ${number(found.ever)} displays, ${number(found.ever_wrongful)} of them for a record that should not be there. Each lasts ${number(found.term_days)} days, ${found.place === "city" ? "on screens of the city" : "on boards of the neighbourhood"}.`),
      make("div", { class: "slide" }, make("button", { type: "button", onclick: () => jump(steps.findLast((day) => day < Number(slider.value))) }, "Earlier"), slider,
        make("button", { type: "button", onclick: () => jump(steps.find((day) => day > Number(slider.value))) }, "Later")),
      make("h2", {}, "On display"), line, cards);
    fill(found);
  }
  place.append(make("h2", {}, "What display does"), measuredTable("Public display over the run.", found.figures, found.world, twinOf(context, found.world)),
    means({
      says: "Who would hang on the wall of this synthetic society on a day, what would be alleged, and what had happened.",
      not: "Nobody here exists. Names are made of things, numbers have a region, a month and a day that there are none of. How displays look is not taken from any city.",
      sources: "The run's ledger: the label of a display is the truth of the record behind it, which only measures can read.",
      definitions: definitions(found.figures),
    }));
}
