// Requests to the server that sent this page. A refusal becomes an Error with its text.

async function answer(method, path, params, body) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  }
  const address = query.size ? `${path}?${query}` : path;
  const options = { method };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "content-type": "application/json" };
  }
  const response = await fetch(address, options);
  const type = response.headers.get("content-type") ?? "";
  const found = type.startsWith("application/json") ? await response.json() : null;
  if (!response.ok) throw new Error(found?.error ?? `the server answered ${response.status}`);
  return found;
}

export const get = (path, params) => answer("GET", path, params);
export const post = (path, body, params) => answer("POST", path, params, body);
export const remove = (path) => answer("DELETE", path);

/** Follow a job until it ends; `told(job)` is called as it goes on. Stops when `signal` is aborted. */
export async function follow(number, told, signal) {
  for (;;) {
    const job = await get(`/api/jobs/${number}`);
    if (signal?.aborted) return job;
    told(job);
    if (job.state !== "running") return job;
    await new Promise((wake) => setTimeout(wake, 250));
  }
}
