// What the page knows, kept up to date by events, and the way to change it. Views only read it.

import { follow, get, items, name, ask, openSession, tokenOfAddress, Refused } from "./api.js";

/** Phones that are shown, messages of each that are kept, calls that are kept. */
export const PHONES = 24;
export const MESSAGES = 60;
export const CALLS = 1000;

export const state = {
  /** "starting", "token" (a token is needed), "live", "lost" (no connection). */
  connection: "starting",
  info: {},
  apps: [],
  phones: [],
  /** By phone: messages, the newest first. */
  messages: new Map(),
  calls: [],
  /** Those that came while the log was paused. */
  waiting: 0,
  paused: false,
  filter: "",
  app: "",
  /** The text that the phones are looked for by. */
  find: "",
  faults: [],
  knownFaults: [],
  /** How far the sandbox's clock is ahead of this machine's. */
  ahead: 0,
  aheadOfMachine: 0,
  /** The call that is open, and what was read of it. */
  open: null,
  /** By phone: what fills its screen, such as where a tap led. */
  screens: new Map(),
  /** By message key: when it came, for a moment. */
  fresh: new Map(),
  panel: null,
  problem: null,
};

let render = () => {};
let planned = false;

/** Shows what has changed, once for all changes of this moment. */
export function changed() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    render();
  });
}

export function set(patch) {
  Object.assign(state, patch);
  changed();
}

export const keyOf = (message) => `${message.message_id} ${message.phone}`;
export const now = () => Date.now() + state.ahead;

/** Carries out what a person asked for; a refusal is shown. */
export async function act(work) {
  try {
    const result = await work();
    if (state.problem) set({ problem: null });
    return result;
  } catch (error) {
    set({ problem: error instanceof Refused ? error : new Refused(0, "", String(error)) });
    return undefined;
  }
}

export const phoneDo = (phone, what, body) => act(() => ask("POST", `/phones/${name(phone)}/${what}`, body ?? {}));
export const phoneChange = (phone, patch) => act(() => ask("PATCH", `/phones/${name(phone)}`, patch));

const query = () => {
  const words = [state.app && `app:${state.app}`, state.filter].filter(Boolean).join(" ");
  return `brief=true&last=${CALLS}` + (words ? `&text=${encodeURIComponent(words)}` : "");
};

/** The readings that are under way, each with the events that came meanwhile. */
const readings = new Set();

/** Reads one after the other. What was read may be older than the events of these kinds that came meanwhile: they follow it. */
function reading(kinds, work) {
  let last = Promise.resolve();
  return () => {
    last = last.catch(() => {}).then(async () => {
      const own = { kinds, events: [] };
      readings.add(own);
      try {
        await work();
      } finally {
        readings.delete(own);
        own.events.forEach(([kind, data]) => HANDLERS[kind](data));
      }
    });
    return last;
  };
}

const loadCalls = reading(["call", "cleared"], async () => {
  const asked = query();
  const calls = await items(`/calls?${asked}`);
  if (asked === query()) set({ calls: calls.reverse(), waiting: 0 });
});

const loadPhones = reading(["phone", "message"], async () => {
  const wanted = [["app_id", state.app], ["text", state.find]]
    .filter(([, value]) => value).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join("");
  const [phones, info] = await Promise.all([items(`/phones?limit=${PHONES}${wanted}`), get("/info")]);
  const lists = await Promise.all(
    phones.map((phone) => items(`/messages?phone=${name(phone.name)}&last=${MESSAGES}`).catch(() => [])),
  );
  const messages = new Map(phones.map((phone, at) => [phone.name, lists[at].reverse()]));
  set({ phones, info, messages });
});

const loadFaults = reading(["faults"], async () => {
  const [faults, knownFaults] = await Promise.all([items("/faults"), items("/faults/known")]);
  set({ faults, knownFaults });
});

const loadClock = reading(["clock"], async () => setClock(await get("/clock")));
const loadApps = reading([], async () => set({ apps: await items("/apps") }));

function setClock(clock) {
  set({ ahead: clock.now - Date.now(), aheadOfMachine: clock.ahead_ms });
}

/** Reads everything. */
async function load() {
  try {
    await Promise.all([loadApps(), loadPhones(), loadCalls(), loadFaults(), loadClock()]);
  } catch (error) {
    if (error.status === 401) set({ connection: "token" });
  }
}

function later(work, milliseconds) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      work().catch(() => {});
    }, milliseconds);
  };
}
const searchSoon = later(() => loadCalls(), 150);
const reload = later(() => load(), 300);
const reloadPhones = later(() => loadPhones(), 300);
const reloadApps = later(() => loadApps(), 300);

export function filterBy(patch) {
  set({ ...patch, paused: false });
  searchSoon();
  if ("app" in patch) reloadPhones();
}

export function pause(paused) {
  set({ paused });
  if (!paused) loadCalls().catch(() => {});
}

function addCall(call) {
  if (state.paused) return set({ waiting: state.waiting + 1 });
  if (state.filter || state.app) return searchSoon();
  if (state.calls.some((known) => known.id === call.id)) return;
  state.calls = [call, ...state.calls].slice(0, CALLS);
  changed();
}

function addMessage(message) {
  const list = state.messages.get(message.phone);
  if (!list) return;
  const at = list.findIndex((known) => known.message_id === message.message_id);
  if (at < 0 || (list[at].stage === "held" && message.stage === "shown")) {
    state.fresh.set(keyOf(message), Date.now());
    setTimeout(() => {
      state.fresh.delete(keyOf(message));
      changed();
    }, 4000);
  }
  if (at >= 0) list[at] = message;
  else list.unshift(message);
  list.length = Math.min(list.length, MESSAGES);
  changed();
}

export function findPhones(find) {
  set({ find });
  reloadPhones();
}

function addPhone(phone) {
  if (state.app && phone.app_id !== state.app) return;
  if (state.find && !state.phones.some((known) => known.name === phone.name)) return reloadPhones();
  const at = state.phones.findIndex((known) => known.name === phone.name);
  if (at >= 0) state.phones = state.phones.with(at, phone);
  else if (state.phones.length < PHONES) {
    state.phones = [...state.phones, phone];
    state.messages.set(phone.name, []);
  } else if ((state.info.phones ?? 0) <= PHONES) reloadPhones();
  changed();
}

/** Events come from now on: what happened before is read. */
async function live() {
  await load();
  if (state.connection !== "token") set({ connection: "live" });
}

const HANDLERS = {
  ready: live,
  missed: live,
  call: addCall,
  message: addMessage,
  phone: addPhone,
  phones: reloadPhones,
  apps: reloadApps,
  faults: (data) => set({ faults: data.items }),
  clock: setClock,
  cleared: () => set({ calls: [], waiting: 0, open: null }),
  reset: () => {
    set({ open: null, screens: new Map() });
    reload();
  },
};

/** Opens a call, or closes it where it is open. */
export async function openCall(id) {
  if (id === null || state.open?.id === id) return set({ open: null });
  set({ open: { id, tab: state.open?.tab ?? "checks", call: null } });
  const call = await act(() => get(`/calls/${id}`));
  if (state.open?.id === id) set({ open: call ? { ...state.open, call } : null });
}

/** Taps a notification, and fills the screen with where it led. */
export async function tap(message) {
  const result = await phoneDo(message.phone, "tap", { message_id: message.message_id });
  if (result) show(message.phone, { kind: "tap", message, result });
}

export function show(phone, screen) {
  if (screen) state.screens.set(phone, screen);
  else state.screens.delete(phone);
  changed();
}

export async function signIn(token) {
  const opened = await openSession(token).catch(() => false);
  if (opened) await start(() => render());
  return opened;
}

export async function start(view) {
  render = view;
  const token = tokenOfAddress();
  if (token) await openSession(token).catch(() => false);
  set({ connection: "starting" });
  // Of an event stream that is refused the browser does not say why.
  const refused = await get("/info").then(() => 0, (error) => error.status);
  if (refused === 401) return set({ connection: "token" });
  follow(
    (kind, data) => {
      readings.forEach((one) => one.kinds.includes(kind) && one.events.push([kind, data]));
      HANDLERS[kind](data);
    },
    (closed) => {
      set({ connection: "lost" });
      if (closed) setTimeout(() => location.reload(), 2000);
    },
  );
}
