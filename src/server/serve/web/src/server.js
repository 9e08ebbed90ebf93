// Requests to the server.

export class Refused extends Error {
  constructor(problem, headers) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    // After so many seconds, the same request may succeed; 0: it will not.
    this.retryAfter = Number(headers.get("retry-after") ?? 0);
  }
}

async function accepted(response) {
  if (!response.ok) throw new Refused(await response.json(), response.headers);
  return response;
}

export async function post(path, body, signal) {
  return accepted(await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  }));
}

export async function get(path) {
  return accepted(await fetch(path));
}

// Returns the contents of a file as they are sent.
export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
