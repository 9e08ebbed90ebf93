// Requests to the server.

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

export async function post(path, body, signal) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw new Refused(await response.json());
  return response;
}

export async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Refused(await response.json());
  return response;
}
