// Requests to the control API, and the session where it needs a token.

const PREFIX = "/_sandbox/v1";

/** A refusal of the control API, in its words. */
export class Refused extends Error {
  constructor(status, id, message) {
    super(message);
    this.status = status;
    this.id = id;
  }
}

export async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(PREFIX + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new Refused(0, "unreachable", "");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = answer.error || {};
    throw new Refused(response.status, error.id || "", error.message || `HTTP ${response.status}`);
  }
  return answer;
}

export const get = (path) => ask("GET", path);
export const items = async (path) => (await get(path)).items;
export const name = encodeURIComponent;

/** Changes the token for a cookie. */
export async function openSession(token) {
  const response = await fetch(PREFIX + "/session", {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  return response.ok;
}

/** The token that the address has after `#token=`; it is taken out of the address at once. */
export function tokenOfAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token !== null) history.replaceState(null, "", location.pathname);
  return token;
}

const EVENTS = ["ready", "missed", "call", "message", "phone", "phones", "apps", "faults", "clock", "cleared", "reset"];

/** Follows the events; the browser goes on by itself after a break. */
export function follow(on, broken) {
  const source = new EventSource(PREFIX + "/events");
  for (const kind of EVENTS) {
    source.addEventListener(kind, (event) => on(kind, JSON.parse(event.data)));
  }
  source.addEventListener("error", () => broken(source.readyState === EventSource.CLOSED));
  return source;
}
