// View 1: the same people in two worlds.
import { means } from "../page.js";

export const title = "Two worlds";
export const lead = "The same people, once under the regime and once under ordinary law.";

export async function show(place, context) {
  const card = await context.get(`/api/runs/${context.run}`);
  place.append(means({
    says: `${card.population.toLocaleString("en")} people lived ${card.years} years in ${card.worlds.length} worlds.`,
    not: "How any real place works.",
  }));
}
