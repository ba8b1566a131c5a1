// Small graphs on a canvas: people around one of them, and entries with time to the right, or down.
import { pen, pointed } from "./canvas.js";
import { colour } from "./page.js";

const FONT = '11px system-ui, "Liberation Sans", Helvetica, Arial, sans-serif';
const RINGS = [1, 0.84, 0.68, 0.52, 0.38]; // of the ellipse that dots stand on, the outermost first
const REACH = 9; // how far beyond its edge a node is still pointed at, pixels

/**
 * A canvas that draws nodes and lines. `layout(width)` returns {height, nodes: [{x, y, r, shape}],
 * lines: [{from, to, via}], texts: [{x, y, text, align}]}; `hover(place or null)` and `pick(place)` are told.
 */
export class Graph {
  constructor(canvas, layout, { hover, pick }) {
    this.canvas = canvas;
    this.layout = layout;
    pointed(canvas, (event) => this.under(event), { hover, pick });
    this.measure();
  }

  measure() {
    const width = Math.max(this.canvas.clientWidth, 240);
    Object.assign(this, this.layout(width));
    this.pen = pen(this.canvas, width, this.height);
  }

  under(event) {
    const edge = this.canvas.getBoundingClientRect();
    let found = null, nearest = Infinity;
    this.nodes.forEach(({ x, y, r }, place) => {
      const far = Math.hypot(event.clientX - edge.left - x, event.clientY - edge.top - y) - r;
      if (far < Math.min(nearest, REACH)) [found, nearest] = [place, far];
    });
    return found;
  }

  /**
   * Draw everything. `line(place)` returns {paint, width, arrow, dashed} or null for a line that is not drawn;
   * `node(place)` returns {fill, ring, edge, crossed}; one node is marked.
   */
  draw({ line, node }, marked = null) {
    const { pen } = this;
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.lines.forEach((one, place) => {
      const look = line(place);
      if (look) this.stroke(one, look);
    });
    this.nodes.forEach((one, place) => this.dot(one, node(place)));
    if (marked !== null) {
      const { x, y, r } = this.nodes[marked];
      pen.strokeStyle = colour("focus");
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(x, y, r + 5, 0, 7);
      pen.stroke();
    }
    pen.fillStyle = colour("soft");
    pen.font = FONT;
    pen.textBaseline = "middle";
    for (const { x, y, text, align } of this.texts) {
      pen.textAlign = align;
      pen.fillText(text, x, y);
    }
  }

  stroke({ from, to, via }, { paint, width, arrow, dashed }) {
    const { pen } = this;
    const [a, b] = [this.nodes[from], this.nodes[to]];
    const [x, y] = via ?? [(a.x + b.x) / 2, (a.y + b.y) / 2];
    const away = Math.atan2(b.y - y, b.x - x);
    const gap = arrow ? b.r + 2 : 0;
    const [endX, endY] = [b.x - gap * Math.cos(away), b.y - gap * Math.sin(away)];
    pen.strokeStyle = pen.fillStyle = paint;
    pen.lineWidth = width;
    pen.setLineDash(dashed ? [6, 3] : []);
    pen.beginPath();
    pen.moveTo(a.x, a.y);
    pen.quadraticCurveTo(x, y, endX, endY);
    pen.stroke();
    pen.setLineDash([]);
    if (!arrow) return;
    const head = 4 + 1.5 * width;
    pen.beginPath();
    pen.moveTo(endX + 1.5 * Math.cos(away), endY + 1.5 * Math.sin(away));
    for (const side of [-0.45, 0.45]) pen.lineTo(endX - head * Math.cos(away + side), endY - head * Math.sin(away + side));
    pen.fill();
  }

  dot({ x, y, r, shape }, { fill, ring, edge, crossed }) {
    const { pen } = this;
    outline(pen, x, y, r, shape);
    pen.fillStyle = fill;
    pen.fill();
    if (edge) {
      pen.strokeStyle = edge;
      pen.lineWidth = 1.8;
      pen.stroke();
    }
    if (ring) {
      pen.strokeStyle = ring;
      pen.lineWidth = 2;
      outline(pen, x, y, r + 1.5, shape);
      pen.stroke();
    }
    if (crossed) {
      pen.strokeStyle = crossed;
      pen.lineWidth = 1.6;
      pen.beginPath();
      for (const way of [-1, 1]) {
        pen.moveTo(x - 3, y - 3 * way);
        pen.lineTo(x + 3, y + 3 * way);
      }
      pen.stroke();
    }
  }
}

/** The shape of each kind of subject; they have about the same area. */
export const SHAPES = { citizen: "circle", vehicle: "diamond", company: "square", agency: "triangle", service: "triangle" };

function outline(pen, x, y, r, shape) {
  pen.beginPath();
  if (shape === "square") pen.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
  else if (shape === "diamond" || shape === "triangle") {
    const corners = shape === "diamond" ? 4 : 3;
    for (let n = 0; n < corners; n += 1) {
      const turn = (2 * Math.PI * n) / corners - Math.PI / 2;
      pen.lineTo(x + 1.25 * r * Math.cos(turn), y + 1.25 * r * Math.sin(turn));
    }
    pen.closePath();
  } else pen.arc(x, y, r, 0, 7);
}

export const shapeOf = (subject) => SHAPES[subject.split(":")[0]] ?? "circle";

/**
 * Lay out nodes in sectors around the first one. `groups` is a list of {places, name, beside} in order;
 * `pairs` a list of [from, to]: two ways between the same nodes bow apart.
 */
export function around(groups, shapes, pairs, plain) {
  return (width) => {
    const all = groups.reduce((sum, { places }) => sum + places.length, 0);
    const wide = Math.max(Math.min(width / 2 - 88, 185), 64); // labels stand beside it
    const high = Math.max(wide, Math.min(3 * all, 185)); // a narrow page has more room downwards
    const r = wide < 120 ? 4 : 5;
    const middle = { x: width / 2, y: high + 40 };
    const nodes = [{ ...middle, r: 9, shape: shapes[0] }];
    const texts = [];
    const shares = groups.map(({ places }) => Math.max(places.length + 1.5, all / 8, 3));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    let turn = -Math.PI / 2;
    groups.forEach(({ places, name, beside }, n) => {
      const sector = (2 * Math.PI * shares[n]) / whole;
      let left = [...places];
      RINGS.forEach((ring, nth) => {
        const arc = along(middle, wide * ring, high * ring, turn + 0.07 * sector, turn + 0.93 * sector);
        const room = nth === RINGS.length - 1 ? left.length : Math.max(1, Math.floor(arc.long / (2 * r + 4)));
        const here = left.slice(0, room);
        left = left.slice(room);
        here.forEach((place, k) => { nodes[place] = { ...arc.at((k + 0.5) / here.length), r, shape: shapes[place] }; });
      });
      const at = turn + sector / 2, off = 15 + 10 * Math.abs(Math.sin(at));
      const [x, y] = [middle.x + (wide + off) * Math.cos(at), middle.y + (high + off) * Math.sin(at)];
      const align = Math.cos(at) > 0.3 ? "left" : Math.cos(at) < -0.3 ? "right" : "center";
      texts.push({ x, y: y - 6, text: name, align }, { x, y: y + 7, text: beside, align });
      turn += sector;
    });
    const lines = [...plain.map(([from, to]) => ({ from, to })), ...pairs.map(([from, to]) => ({ from, to, via: bowed(nodes[from], nodes[to]) }))];
    return { height: 2 * high + 80, nodes, lines, texts };
  };
}

/** Part of an ellipse between two angles: how long it is, and the point at a share of its length. */
function along({ x, y }, wide, high, from, to) {
  const points = Array.from({ length: 65 }, (_, n) => from + ((to - from) * n) / 64).map((turn) => ({ x: x + wide * Math.cos(turn), y: y + high * Math.sin(turn) }));
  const lengths = [0];
  points.slice(1).forEach((one, n) => lengths.push(lengths[n] + Math.hypot(one.x - points[n].x, one.y - points[n].y)));
  const long = lengths.at(-1);
  return { long, at: (share) => points[lengths.findIndex((length) => length >= share * long)] };
}

const bowed = (a, b) => [(a.x + b.x) / 2 + (b.y - a.y) * 0.14, (a.y + b.y) / 2 - (b.x - a.x) * 0.14];

/**
 * Lay out a tree of entries: every step to the right (on a narrow page: down) is a later day, or a consequence
 * on the same day; a branch has a row of its own. `entries` is a list of {id, cause, level, date, subject, points}.
 */
export function inTime(entries) {
  const key = (one) => `${one.date} ${String(one.level).padStart(3, "0")}`;
  const steps = [...new Set(entries.map(key))].sort();
  const place = new Map(entries.map((one, n) => [one.id, n]));
  const taken = new Set(), rows = [];
  let last = 0;
  entries.forEach((one) => {
    const parent = place.get(one.cause);
    const own = parent !== undefined && !taken.has(parent);
    if (own) taken.add(parent);
    rows.push(own ? rows[parent] : rows.length ? (last += 1) : 0);
  });
  const columns = entries.map((one) => steps.indexOf(key(one)));
  return (width) => {
    const down = width < 560;
    const room = (down ? width - 96 : width - 60);
    const [count, lanes] = [steps.length, last + 1];
    const apart = down ? 24 : Math.min(64, room / Math.max(count - 1, 1));
    const lane = down ? Math.min(30, room / Math.max(lanes - 1, 1)) : 26;
    const at = (column, row) => (down ? [82 + row * lane, 16 + column * apart] : [26 + column * apart, 44 + row * lane]);
    const nodes = entries.map((one, n) => {
      const [x, y] = at(columns[n], rows[n]);
      return { x, y, r: 4 + Math.min(3.5, Math.sqrt(Math.abs(one.points)) / 2), shape: shapeOf(one.subject) };
    });
    const lines = [];
    entries.forEach((one, n) => {
      const parent = place.get(one.cause);
      if (parent === undefined) return;
      const via = rows[parent] === rows[n] ? undefined : down ? [nodes[n].x, nodes[parent].y] : [nodes[parent].x, nodes[n].y];
      lines.push({ from: parent, to: n, via });
    });
    const texts = [];
    let free = -Infinity, told = "";
    steps.forEach((step, column) => {
      const date = step.slice(0, 10), along = at(column, 0)[down ? 1 : 0];
      if (date === told || along < free) return;
      told = date;
      free = along + (down ? 14 : 68);
      texts.push(down ? { x: 2, y: along, text: date, align: "left" } : { x: along - 8, y: 14, text: date, align: "left" });
    });
    const clear = down ? lane >= 30 : apart >= 30;
    if (clear) {
      entries.forEach((one, n) => {
        if (!one.points) return;
        const { x, y, r } = nodes[n];
        const text = `${one.points > 0 ? "+" : "−"}${Math.abs(one.points).toLocaleString("en", { maximumFractionDigits: 1 })}`;
        texts.push(down ? { x: x + r + 2, y: y - 7, text, align: "left" } : { x: x + r + 2, y: y - 8, text, align: "left" });
      });
    }
    return { height: down ? 32 + (count - 1) * apart : 62 + (lanes - 1) * lane, nodes, lines, texts };
  };
}
