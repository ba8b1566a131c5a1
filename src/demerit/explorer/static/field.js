// The city as a field of people on a canvas: whole neighbourhoods as squares of eight by eight dots.
import { pen, pointed } from "./canvas.js";
import { colour } from "./page.js";

const SIDE = 8;
const UNSCORED = 0, NO_BAND = 9, SANCTIONED = 16;
const FLIGHT = 1100, ARRIVED = 0.6; // milliseconds that a penalty is seen while time plays, and the part on its way
const MOST_FLYING = 150;

/** Follow the dots of a world through its days; `at(day)` returns their codes in the evening of that day. */
export function story(world, days) {
  let now = Uint8Array.from(world.first), done = -1, next = 0;
  return (day) => {
    if (day < done) {
      now = Uint8Array.from(world.first);
      done = -1;
      next = 0;
    }
    while (done < Math.min(day, days - 1)) {
      done += 1;
      for (let left = world.moved_a_day[done]; left > 0; left -= 1, next += 1) now[world.place[next]] = world.code[next];
    }
    return now;
  };
}

/** Penalties that went from one person to another on some days: places in the lists of a world. */
export function ripplesBetween(world, first, last) {
  const days = world.ripple_day;
  let low = 0, high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < first) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let place = low; place < days.length && days[place] <= last; place += 1) found.push(place);
  return found;
}

/** Count the dots of a world by band, and those under a sanction. */
export function counts(codes, bands) {
  const byBand = new Array(bands).fill(0);
  let adults = 0, sanctioned = 0;
  for (const code of codes) {
    if (code === UNSCORED) continue;
    adults += 1;
    if (code >= SANCTIONED) sanctioned += 1;
    const band = code % SANCTIONED;
    if (band !== NO_BAND) byBand[band - 1] += 1;
  }
  return { byBand, adults, sanctioned };
}

/** A canvas that draws one world; `hover(place or null)` and `pick(place)` are told about dots. */
export class Field {
  constructor(canvas, people, world, { hover, pick }) {
    this.canvas = canvas;
    this.world = world;
    this.flying = [];
    this.homes = [...new Set(people.map((one) => one >> 6))];
    const order = new Map(this.homes.map((home, place) => [home, place]));
    this.spots = people.map((one) => ({ home: order.get(one >> 6), x: one & 7, y: (one >> 3) & 7 }));
    this.byHome = this.homes.map(() => []);
    this.spots.forEach((spot, place) => { this.byHome[spot.home][spot.y * SIDE + spot.x] = place; });
    pointed(canvas, (event) => this.under(event), { hover, pick });
    this.measure();
  }

  measure() {
    const width = Math.max(this.canvas.clientWidth, 200);
    this.columns = Math.max(1, Math.min(this.homes.length, Math.round(Math.sqrt(this.homes.length * 1.15))));
    this.block = width / this.columns;
    this.step = (this.block * 0.88) / SIDE;
    const rows = Math.ceil(this.homes.length / this.columns);
    this.pen = pen(this.canvas, width, rows * this.block);
  }

  where(place) {
    const { home, x, y } = this.spots[place];
    return [
      (home % this.columns) * this.block + (x + 0.5) * this.step,
      Math.floor(home / this.columns) * this.block + (y + 0.5) * this.step,
    ];
  }

  under(event) {
    const edge = this.canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - edge.left) / this.block);
    const row = Math.floor((event.clientY - edge.top) / this.block);
    const x = Math.floor((event.clientX - edge.left - column * this.block) / this.step);
    const y = Math.floor((event.clientY - edge.top - row * this.block) / this.step);
    if (x < 0 || y < 0 || x >= SIDE || y >= SIDE || column >= this.columns) return null;
    return this.byHome[row * this.columns + column]?.[y * SIDE + x] ?? null;
  }

  /** Let the penalties of some days set out at a moment, and return all on their way then: [{place, age}]. */
  fly(first, last, now) {
    this.flying = this.flying.filter(({ since }) => now - since < FLIGHT);
    for (const place of ripplesBetween(this.world, first, last)) {
      if (this.flying.length < MOST_FLYING) this.flying.push({ place, since: now });
    }
    return this.flying.map(({ place, since }) => ({ place, age: (now - since) / FLIGHT }));
  }

  /** Draw the dots of a day, the penalties (`age` 0 new to 1 old; `moving` along their lines), and one dot marked. */
  draw(codes, ripples, { marked = null, moving = false } = {}) {
    const { pen, step } = this;
    const ink = colour("ink"), line = colour("line"), plain = colour("twin");
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const dot = (place, radius) => {
      const [x, y] = this.where(place);
      pen.beginPath();
      pen.arc(x, y, radius, 0, 7);
    };
    codes.forEach((code, place) => {
      const band = code % SANCTIONED;
      pen.fillStyle = code === UNSCORED ? line : band === NO_BAND ? plain : this.world.colours[band - 1];
      dot(place, code === UNSCORED ? step * 0.16 : step * 0.36);
      pen.fill();
      if (code >= SANCTIONED) {
        pen.strokeStyle = ink;
        pen.lineWidth = Math.max(1, step * 0.2);
        dot(place, step * 0.46);
        pen.stroke();
      }
    });
    for (const { place, age } of ripples) {
      if (moving) this.flight(place, age, ink);
      else this.ripple(place, age, ink);
    }
    if (marked !== null) {
      pen.strokeStyle = ink;
      pen.lineWidth = 2;
      dot(marked, step * 0.85);
      pen.stroke();
    }
  }

  /** The line of a penalty: its ends, and the point that bends it. */
  way(place) {
    const [ax, ay] = this.where(this.world.ripple_from[place]);
    const [bx, by] = this.where(this.world.ripple_to[place]);
    return [[ax, ay], [(ax + bx) / 2 + (by - ay) / 6, (ay + by) / 2 - (bx - ax) / 6], [bx, by]];
  }

  /** A penalty at rest: its whole line, the older the paler, with a ring where it fell. */
  ripple(place, age, ink) {
    const { pen, step } = this;
    const [from, bend, to] = this.way(place);
    pen.globalAlpha = 1 - 0.8 * age;
    pen.strokeStyle = ink;
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.moveTo(...from);
    pen.quadraticCurveTo(...bend, ...to);
    pen.stroke();
    this.circle(to, Math.max(step * 0.8, 3));
    pen.globalAlpha = 1;
  }

  /** A penalty on its way: a head that draws its line behind it, and a ring that spreads where it falls. */
  flight(place, age, ink) {
    const { pen, step } = this;
    const [from, bend, to] = this.way(place);
    const share = Math.min(age / ARRIVED, 1), spread = Math.max((age - ARRIVED) / (1 - ARRIVED), 0);
    const near = between(from, bend, share), head = between(near, between(bend, to, share), share);
    pen.globalAlpha = 1 - spread;
    pen.strokeStyle = pen.fillStyle = ink;
    pen.lineWidth = 1.8;
    pen.beginPath();
    pen.moveTo(...from);
    pen.quadraticCurveTo(...near, ...head);
    pen.stroke();
    if (share < 1) {
      pen.beginPath();
      pen.arc(...head, Math.max(step * 0.5, 2.5), 0, 7);
      pen.fill();
    } else this.circle(to, Math.max(step, 3) * (1 + 2.5 * spread));
    pen.globalAlpha = 1;
  }

  circle([x, y], radius) {
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 7);
    this.pen.stroke();
  }
}

const between = ([ax, ay], [bx, by], share) => [ax + (bx - ax) * share, ay + (by - ay) * share];
