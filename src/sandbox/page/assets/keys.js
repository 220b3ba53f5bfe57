// The keys: along the calls, to a phone, tap the newest; and the list of them.

import { html } from "./library/preact.js";
import { state, set, openCall, tap, show } from "./store.js";
import { say } from "./words.js";
import { shownOn } from "./model.js";

/** The number of the phone that was chosen last. */
let chosen = 1;

const typing = (target) => target.closest("input,select,textarea,[contenteditable]");

function alongCalls(step) {
  const at = state.calls.findIndex((call) => document.activeElement?.id === `call-${call.id}`);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), state.calls.length - 1);
  const line = document.getElementById(`call-${state.calls[next]?.id}`);
  line?.focus();
  line?.scrollIntoView({ block: "nearest" });
}

function toPhone(number) {
  const phone = document.getElementById(`phone-${number}`);
  if (!phone) return;
  chosen = number;
  phone.focus();
  phone.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tapNewest() {
  const phone = state.phones[chosen - 1];
  const newest = phone && shownOn(phone)[0];
  if (newest) tap(newest);
}

function escape() {
  if (state.panel) return set({ panel: null });
  if (state.open) return openCall(null);
  const phone = state.phones[chosen - 1];
  if (phone && state.screens.has(phone.name)) show(phone.name, null);
}

const KEYS = {
  j: () => alongCalls(1),
  k: () => alongCalls(-1),
  t: tapNewest,
  "/": () => document.getElementById("filter")?.focus(),
  "?": () => set({ panel: state.panel === "keys" ? null : "keys" }),
  Escape: escape,
};

/** Listens for them, for as long as the page is open. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const run = /^[1-9]$/.test(event.key) ? () => toPhone(Number(event.key)) : KEYS[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
}

export function Keys() {
  if (state.panel !== "keys") return null;
  const rows = [["j / k", "key-calls"], ["Enter", "key-enter"], ["Esc", "key-escape"], ["1–9", "key-phone"], ["t", "key-tap"], ["/", "key-filter"], ["?", "key-list"]];
  return html`<div class="keys panel" role="dialog" aria-label=${say("keys")}>
    <h2>${say("keys")}</h2>
    <dl>${rows.map(([key, what]) => [html`<dt key=${key}><kbd>${key}</kbd></dt>`, html`<dd key=${what}>${say(what)}</dd>`])}</dl>
    <p class="buttons"><button onClick=${() => set({ panel: null })}>${say("close")}</button></p>
  </div>`;
}
