// The whole state of the page is the query of its address: strings, nothing else.

export const read = () => Object.fromEntries(new URLSearchParams(location.search));

/** Return the address of a state; what is empty is left out. */
export function address(state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  return query.size ? `/?${query}` : "/";
}

/** Write a state into the address; `replace` leaves no step for the back button. */
export function write(state, replace = false) {
  const next = address(state);
  if (next === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", next);
}
