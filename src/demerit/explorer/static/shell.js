// The frame of the page: which view is shown of which run, theme, history, copies and announcements.
import { get, post } from "./api.js";
import { chart } from "./chart.js";
import { dark, make } from "./page.js";
import { followed } from "./parts.js";
import { address, read, write } from "./state.js";

const VIEWS = [
  ["worlds", "Two worlds"], ["life", "A life"], ["rules", "The rulebook"], ["claims", "The claims"],
  ["pays", "Who pays"], ["machine", "The machine"], ["screen", "The screen"], ["studies", "Studies"], ["story", "A story"],
];
const OWN_CARD = new Set(["rules", "claims", "studies"]); // they show other worlds than those of the run
const place = document.getElementById("place");
const picker = document.getElementById("run");
let library = { studies: [], first: null };
let leaving = new AbortController();
let turn = 0;
let lastView = null;

const view = () => {
  const asked = read().view;
  return VIEWS.some(([name]) => name === asked) ? asked : VIEWS[0][0];
};
const runs = () => library.studies.filter((study) => study.kind === "run");
const run = () => runs().find((study) => study.name === read().run)?.name ?? runs()[0]?.name ?? null;

/** Say something to who cannot see it. */
function announce(text) {
  document.getElementById("told").textContent = text;
}

function navigation() {
  const list = document.getElementById("views");
  const { theme } = read();
  list.replaceChildren(...VIEWS.map(([name, title]) => make("li", {},
    make("a", { href: address({ view: name, run: run(), theme }), "aria-current": name === view() ? "page" : null,
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        write({ view: name, run: run(), theme: read().theme });
        show();
      } }, title))));
  picker.replaceChildren(...runs().map((study) => make("option", { value: study.name, selected: study.name === run() },
    `${study.name}: ${study.population.toLocaleString("en")} people, ${study.years} years`)));
  picker.disabled = runs().length === 0;
}

function colours() {
  const asked = read().theme ?? localStorage.getItem("theme");
  const isDark = asked ? asked === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  document.getElementById("theme").setAttribute("aria-pressed", String(isDark));
}

/** Fill the box that says how to come back to what is seen, here, on the command line and in Python. */
function copies(ways) {
  const box = document.getElementById("copied");
  const rows = [["Link", location.href], ["Command", ways?.cli], ["Python", ways?.python]].filter(([, text]) => text);
  box.replaceChildren(...rows.map(([name, text]) => make("div", { class: "copy" },
    make("h3", {}, name), make("pre", { tabindex: "0" }, make("code", {}, text)),
    make("button", { type: "button", "aria-label": `Copy as ${name.toLowerCase()}`, onclick: async () => {
      await navigator.clipboard.writeText(text);
      announce(`${name} copied`);
    } }, "Copy"))));
}

/** Say what the shown numbers are for, what they must not be used for, and what they rest on. */
function card(told) {
  document.getElementById("card").hidden = !told;
  document.getElementById("carded").replaceChildren(...(told ? [make("p", {}, make("strong", {}, told.statement)),
    make("dl", {}, told.rows.map(({ name, text }) => [make("dt", {}, name), make("dd", {}, text)]))] : []));
}

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const mine = ++turn;
  colours();
  navigation();
  copies();
  card();
  const name = view();
  const fresh = name !== lastView;
  lastView = name;
  const page = make("article", { class: `view ${name}` });
  try {
    const module = await import(`./views/${name}.js`);
    if (mine !== turn) return;
    document.title = `${module.title}: demerit, a synthetic society`;
    page.append(make("h1", {}, module.title), make("p", { class: "lead" }, module.lead));
    if (fresh) place.replaceChildren(page);
    if (!run()) await firstRun(page, signal);
    if (mine !== turn) return;
    const context = {
      state: read(), run: run(), library, signal, get, post, chart, announce,
      theme: dark() ? "dark" : "light",
      command: (ways) => { if (mine === turn) copies(ways); },
      card: (told) => { if (mine === turn) card(told); },
      cardOf: async (study, kind = "run") => context.card(await get(`/api/studies/${encodeURIComponent(study)}/card`, { kind })),
      // a step that the back button takes back, drawn anew
      change: (patch) => { write({ ...read(), view: name, run: run(), ...patch }); show(); },
      // remembered in the address without drawing anew: sliders, scrubbing
      // only while the view is shown: a late one would undo a step that was taken meanwhile
      keep: (patch) => { if (mine === turn) write({ ...read(), view: name, run: run(), ...patch }, true); },
      // a study's folder as a command and as Python have it
      folder: (study = run()) => folderOf(library.studies.find((one) => one.name === study)?.folder ?? ""),
      link: (patch) => address({ theme: read().theme, run: run(), ...patch }),
    };
    page.setAttribute("aria-busy", "true");
    await Promise.all([module.show(page, context), OWN_CARD.has(name) ? null : context.cardOf(run())]);
    if (mine !== turn) return;
    page.removeAttribute("aria-busy");
    if (!fresh) place.replaceChildren(page);
    if (fresh) announce(`${module.title} is shown`);
  } catch (error) {
    if (mine !== turn || signal.aborted) return;
    page.removeAttribute("aria-busy");
    page.append(make("p", { class: "error", role: "alert" }, error.message));
    place.replaceChildren(page);
  }
}

/** Return a folder as a shell and as Python read it. */
function folderOf(path) {
  const shell = /^[\w.\/-]+$/.test(path) && !path.startsWith("-") ? path : `'${path.replaceAll("'", "'\\''")}'`;
  return { shell, python: JSON.stringify(path) };
}

/** Show how the first run is coming along; returns when there is a run. */
async function firstRun(page, signal) {
  library = await get("/api/studies");
  if (run()) return navigation();
  if (!library.first) throw new Error("There is no finished run to look at; make one with: demerit run");
  const done = await followed(page, library.first, signal, "Making a first run");
  if (done.state !== "done") throw new Error(done.state === "cancelled" ? "The first run was cancelled; start demerit serve again, or make one with: demerit run" : done.error);
  library = await get("/api/studies");
  announce("The first run is there");
  navigation();
}

picker.addEventListener("change", () => {
  write({ view: view(), run: picker.value, theme: read().theme });
  show();
});
document.getElementById("theme").addEventListener("click", () => {
  const theme = dark() ? "light" : "dark";
  localStorage.setItem("theme", theme);
  write({ ...read(), theme }, true);
  show();
});
document.querySelector(".brand").addEventListener("click", (event) => {
  event.preventDefault();
  write({ theme: read().theme });
  show();
});
window.addEventListener("popstate", show);

colours();
try {
  library = await get("/api/studies");
} catch (error) {
  announce(error.message);
}
show();
