// The lines of a live re-run: rows for the chart that the server has defined, filled while worlds are lived.
import { number } from "./page.js";

const ASIDE = 165, LEAST = 190, MOST = 300; // axis and names beside the lines, and the lines themselves, in pixels
const APART = 0.15; // between two names, as a share of what a panel spans

/** Return the chart's definition with as many panels in a row, and as wide ones, as fit. */
export function fitted(spec, width) {
  const columns = Math.max(1, Math.min(3, Math.floor(width / (ASIDE + LEAST))));
  const panel = Math.max(120, Math.min(MOST, Math.floor(width / columns) - ASIDE));
  return { ...spec, columns, config: { ...spec.config, view: { ...spec.config.view, continuousWidth: panel } } };
}

/** What is known of the lines: first year by year of one seed, then means over seeds with their intervals. */
export class Lines {
  constructor({ shown, worlds }) {
    Object.assign(this, { shown, worlds, rows: new Map() });
  }

  /** Take in a year of the first seed. */
  year({ world, year, values }) {
    for (const { indicator } of this.shown) this.put({ world, year, indicator, mean: values[indicator], low: null, high: null });
  }

  put(row) {
    this.rows.set(`${row.indicator} ${row.world} ${row.year}`, row);
  }

  known(world) {
    return Math.max(0, ...[...this.rows.values()].filter((row) => row.world === world).map((row) => row.year));
  }

  /** Return the rows of both data sets of the chart; a world that is left out is not drawn. */
  data(without) {
    const rows = [...this.rows.values()].filter((row) => row.world !== without && row.mean !== null);
    const ends = this.shown.flatMap(({ indicator }) => this.ends(rows.filter((row) => row.indicator === indicator)));
    return { ends, lines: rows.map(({ world, mean, ...row }) => ({ ...row, world: this.worlds[world], value: mean })) };
  }

  /** Name each line at its end, and move names apart that would cover each other. */
  ends(rows) {
    const last = Object.keys(this.worlds)
      .map((world) => rows.filter((row) => row.world === world).reduce((a, b) => (a && a.year > b.year ? a : b), null))
      .filter(Boolean).sort((a, b) => a.mean - b.mean);
    const all = rows.flatMap(({ low, mean, high }) => [low ?? mean, high ?? mean]);
    const room = APART * (Math.max(...all) - Math.min(...all));
    const heights = [];
    for (const { mean } of last) heights.push(heights.length ? Math.max(mean, heights.at(-1) + room) : mean);
    const lift = last.reduce((sum, { mean }, n) => sum + heights[n] - mean, 0) / last.length;
    return last.map(({ indicator, world, year, mean }, n) => ({ indicator, year, world: this.worlds[world], height: heights[n] - lift, text: `${this.worlds[world]} ${number(mean)}` }));
  }

  /** Return the same as a table: a row for an indicator and year, a column for a world and, over seeds, its interval. */
  table() {
    const several = [...this.rows.values()].some((row) => row.low !== null);
    const worlds = Object.entries(this.worlds);
    const head = ["what", "unit", "year", ...worlds.flatMap(([, name]) => [name, ...(several ? [`${name}, low`, `${name}, high`] : [])])];
    const years = [...new Set([...this.rows.values()].map((row) => row.year))].sort((a, b) => a - b);
    const rows = this.shown.flatMap(({ indicator, label, unit }) => years.map((year) => [label, unit, year,
      ...worlds.flatMap(([world]) => {
        const row = this.rows.get(`${indicator} ${world} ${year}`) ?? {};
        return [row.mean ?? null, ...(several ? [row.low ?? null, row.high ?? null] : [])];
      })]));
    return { head, rows };
  }
}
