// A story: ten scenes for readers who touch nothing, with this run's numbers inside the sentences.
import { make, means, number } from "../page.js";
import { svg } from "../parts.js";

export const title = "A story";
export const lead = "Ten short scenes. The sentences are ours; the numbers are this run's. Red numbers belong to the regime, grey ones to the same people under ordinary law.";

const VIEWS = { life: "Look at a life", machine: "See the machine", claims: "Read the claims", screen: "Look at the screen", pays: "See who pays" };

const piece = (one, twin) => (one.indicator === null ? one.text : one.value === null ? make("span", { class: "hint" }, one.text) : make("span", { class: `told ${one.world === twin ? "twin" : "regime"}`, title: `${one.definition} ${one.unit}, ${one.world}` }, one.text));

/** The first number that stands there for both worlds, as two bars. */
function bars(one, story) {
  const numbers = one.sentences.flat().filter((each) => each.indicator !== null && each.value !== null);
  const here = numbers.find((each) => each.world === story.world && each.value > 0 && numbers.some((other) => other.indicator === each.indicator && other.world === story.twin));
  if (!here) return null;
  const there = numbers.find((each) => each.indicator === here.indicator && each.world === story.twin);
  const most = Math.max(here.value, there.value, 1e-9);
  const bar = (each, y, name, kind) => [
    svg("rect", { x: 0, y, width: Math.max(1, (170 * each.value) / most), height: 16, style: `fill: var(--${kind})` }),
    svg("text", { x: 0, y: y - 4, class: "bar-name" }, `${name}: ${each.text}`)];
  return make("figure", { class: "bars" },
    svg("svg", { viewBox: "0 0 220 92", role: "img", "aria-label": `${here.definition} ${story.world}: ${here.text}; ${story.twin}: ${there.text}.` }, bar(here, 18, story.world, "regime"), bar(there, 60, story.twin, "twin")),
    make("figcaption", {}, here.definition));
}

function scene(one, place, story, context) {
  const next = one.see === "life" && one.example ? { view: "life", subject: one.example.subject } : { view: one.see };
  const numbers = one.sentences.flat().filter((each) => each.indicator !== null);
  return make("section", { class: "scene", id: `scene-${one.id}` },
    one.warning ? make("p", { class: "warning" }, make("strong", {}, "This scene shows: "), one.warning, " ",
      make("a", { href: `#${place.next}` , onclick: (event) => { event.preventDefault(); document.getElementById(place.next)?.scrollIntoView(); document.getElementById(place.next)?.focus(); } }, "Skip it")) : null,
    make("h2", {}, make("span", { class: "nth" }, `${place.nth}`), one.title), bars(one, story),
    one.sentences.map((sentence) => make("p", {}, sentence.map((each) => piece(each, story.twin)))),
    make("p", { class: "onwards" }, make("a", { href: context.link(next) }, one.see === "life" && one.example ? `The life of ${one.example.subject}` : VIEWS[one.see]),
      one.example ? make("span", {}, ` ${one.example.date}, ${one.example.subject}: ${one.example.says}.`) : null),
    make("details", {}, make("summary", {}, "What these numbers count"), make("dl", {}, numbers.map((each) => [
      make("dt", {}, `${each.text}: ${each.indicator}, ${each.world || "no twin world"}`), make("dd", {}, `${each.definition} Unit: ${each.unit}. Exactly: ${each.value ?? "no occasion"}.`)]))));
}

export async function show(place, context) {
  const story = await context.get(`/api/runs/${encodeURIComponent(context.run)}/story`);
  const left = context.state.leave === "1";
  const told = story.scenes.filter((one) => !left || !one.warning);
  const hard = story.scenes.filter((one) => one.warning);
  place.append(make("aside", { class: "announce", "aria-label": "Before you read" },
    make("p", {}, make("strong", {}, "Before you read. "), `${hard.length} of the ${story.scenes.length} scenes speak of violence or abuse: `, hard.map((one) => `${one.title} (${one.warning.replace(/\.$/, "").toLowerCase()})`).join("; "), "."),
    make("label", {}, make("input", { type: "checkbox", checked: left, onchange: (event) => context.change({ leave: event.target.checked ? "1" : "" }) }), " Leave them out")),
  make("p", {}, `${number(story.population)} people of a synthetic society, ${number(story.years)} years, seed ${story.seed}: ${story.world}${story.twin ? ` beside ${story.twin}` : ""}.`));
  place.append(make("div", { class: "scenes" }, told.map((one, n) => scene(one, { nth: n + 1, next: n + 1 < told.length ? `scene-${told[n + 1].id}` : "after" }, story, context))));
  context.command({
    cli: `demerit rows ${context.folder().shell}`,
    python: `from pathlib import Path\nfrom demerit.explain.source import open_world\nfrom demerit.explorer.views.story import story\nstory(open_world(Path(${context.folder().python})))`,
  });
  const end = means({
    says: "What the essay behind this project describes, scene by scene, with what one run of a synthetic society made of it, in both worlds.",
    not: "No scene happened to anybody. The scenes choose where to look; whether a difference is more than chance is not told by one run: see the claims, which were fixed before they were computed.",
    sources: "The run's indicators; the first ledger entry of each row of the essay stands as its example.",
  });
  end.id = "after";
  end.tabIndex = -1;
  place.append(end);
}
