// The log of calls, newest first: what each was, whose, how it ended, and what became of it.

import { html, useState } from "./library/preact.js";
import { state, set, filterBy, pause, openCall, act, keyOf } from "./store.js";
import { ask } from "./api.js";
import { say } from "./words.js";
import { clock, callName, appLabel, isChecked } from "./format.js";
import { Call } from "./call.js";

/** Lines that are made at once; more when the end is reached. */
const LINES = 100;

/** What became of the messages of a call on the phones that are shown. */
function fates(call) {
  const wanted = new Set(call.message_ids);
  if (wanted.size === 0) return [];
  const groups = new Map();
  for (const list of state.messages.values()) {
    for (const message of list) {
      if (!wanted.has(message.message_id)) continue;
      const words = message.stage === "dropped" ? say("line-dropped", message.reason)
        : message.stage === "held" ? say("line-held") : say(`line-${message.stage}`);
      groups.set(words, [...(groups.get(words) ?? []), message.phone]);
    }
  }
  return [...groups].map(([words, phones]) =>
    say("line-on", words, phones.length > 3 ? say("line-phones", phones.length) : phones.join(", ")),
  );
}

/** The second line of a call, in words. */
function outcome(call) {
  const parts = call.code > 0 && call.code_name.length > SHORT ? [call.code_name] : [];
  const failed = call.failed.at(-1);
  if (failed) parts.push(failed.detail ? `${failed.name}: ${failed.detail}` : say("line-failed", failed.name));
  else if (call.messages > 1) parts.push(say("line-messages", call.messages));
  parts.push(...fates(call), ...call.dialects);
  if (parts.length) return parts.join(" · ");
  return say(callName(call.path) === "auth" ? "line-auth" : "line-done");
}

/** As long as a name may be beside the name of the call. */
const SHORT = 24;

function code(call) {
  if (call.code === -1) return say("no-envelope");
  if (call.code === 0 && call.path.startsWith("/v4/")) return "OK";
  if (call.code === 0) return call.path.includes("/message/notification/") ? `0 ${say("accepted")}` : "0";
  // A long name has a line of its own.
  return call.code_name.length > SHORT ? `${call.code}` : `${call.code} ${call.code_name}`;
}

function Line({ call }) {
  const open = state.open?.id === call.id;
  return html`<li class=${open ? "open" : ""}>
    <button class="line" id=${`call-${call.id}`} aria-expanded=${open} onClick=${() => openCall(call.id)}>
      <time class="digits">${clock(call.at_ms, true)}</time>
      <span class="what"><strong>${callName(call.path)}</strong> <small>${call.app_id && appLabel(call.app_id)}${!isChecked(call.app_id) && ` · ${say("unchecked-short")}`}</small></span>
      <span class=${`code ${call.code === 0 ? "green" : "red"}`}>${code(call)}</span>
      <span class="outcome">${outcome(call)}</span>
    </button>
    ${open && html`<${Call} />`}
  </li>`;
}

function Empty() {
  if (state.filter || state.app) return html`<p class="empty dim">${say("none-found")}</p>`;
  const app = state.apps[0];
  const command = `curl ${location.origin}/server/v1/auth -d app_key=${app?.app_key ?? "…"}`;
  return html`<div class="empty">
    <h2>${say("no-call")}</h2>
    <p>${say("no-call-text")}</p>
    <code class="command">${command}</code>
    <p>${say("no-call-send")}</p>
    <code class="command">opush send --profile sandbox --user bob --title Hi --content hello</code>
  </div>`;
}

export function Log() {
  const [lines, more] = useState(LINES);
  const { calls, filter, paused, waiting } = state;
  const scrolled = (event) => {
    const box = event.currentTarget;
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 400 && lines < calls.length) more(lines + LINES);
  };
  return html`
    <div class="tools">
      <input id="filter" type="search" value=${filter} placeholder=${say("filter")} aria-label=${say("filter")}
        onInput=${(event) => filterBy({ filter: event.target.value })} />
      <button aria-pressed=${paused} class=${paused ? "amber" : ""} onClick=${() => pause(!paused)}>
        ${paused ? (waiting ? say("follow-new", waiting) : say("follow")) : say("pause")}
      </button>
      <button onClick=${() => act(() => ask("DELETE", "/calls"))}>${say("clear")}</button>
    </div>
    <div class="lines" onScroll=${scrolled} tabindex="-1">
      ${calls.length === 0 && state.connection !== "starting" && html`<${Empty} />`}
      <ol aria-label=${say("log")}>${calls.slice(0, lines).map((call) => html`<${Line} key=${call.id} call=${call} />`)}</ol>
      ${calls.length > lines && html`<button class="more" onClick=${() => more(lines + LINES)}>${say("more-lines")}</button>`}
    </div>
  `;
}
