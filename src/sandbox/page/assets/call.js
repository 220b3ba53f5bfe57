// An open call: what was checked, the message as it is read, the raw request, the answer; and the call as a command.

import { html, useState } from "./library/preact.js";
import { state, set } from "./store.js";
import { say, isKnown } from "./words.js";
import { asCurl, asSend, parts } from "./copy.js";

const TABS = ["checks", "message", "raw", "answer"];

/** Most characters of a text, where the field has a limit. */
function limit(field, notification) {
  if (field === "content") {
    return { 2: 128, 3: 50 }[notification.style] ?? state.info.rule_values?.["content-limit"];
  }
  return { title: 50, sub_title: 10 }[field];
}

/** A push that was taken passed a check for each of its fields; the log keeps only those that failed. */
function fieldChecks(call) {
  const notification = call.messages[0]?.notification ?? {};
  const named = new Set(call.checks.map((check) => check.name));
  return Object.entries(notification)
    .filter(([field, value]) => !named.has(field) && value !== null)
    .map(([field, value]) => {
      const most = limit(field, notification);
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const detail = most ? say("characters", Array.from(text).length, most) : text.length > 60 ? `${text.slice(0, 60)}…` : text;
      return { name: field, ok: true, detail, section: "5" };
    });
}

function Checks({ call }) {
  return html`
    <ul class="checks">
      ${[...call.checks, ...fieldChecks(call)].map(
        (check, at) => html`<li key=${at} class=${check.ok ? "passed" : "failed"}>
          <span class="mark" aria-hidden="true">${check.ok ? "✓" : "✗"}</span>
          <span class="hidden">${say(check.ok ? "passed" : "failed")}</span>
          <span>${check.name}<span class="dim">${about(check)}</span></span>
          <span class="section" title=${check.section && say("section", check.section)}>${check.section ?? ""}</span>
        </li>`,
      )}
    </ul>
    ${call.sent_like && call.sent_like !== "other" && html`<p class="dialects">${say("sent-like")} <code>${call.sent_like}</code></p>`}
    ${call.dialects.length > 0 && html`<p class="dialects">${say("dialects")} ${call.dialects.map((dialect) => html`<code key=${dialect}>${dialect}</code> `)}</p>`}
    ${call.messages.length > 0 &&
    html`<h3>${say("on-phones")}</h3>
      <ul class="checks">
        ${call.messages.map(
          (message) => html`<li key=${`${message.message_id} ${message.phone}`} class=${message.stage === "dropped" ? "failed" : "passed"}>
            <span class="mark" aria-hidden="true">${message.stage === "dropped" ? "✗" : message.stage === "held" ? "…" : "✓"}</span>
            <span>${message.phone}: ${say(`line-${message.stage}`, message.reason)}${message.reason && html`<span class="dim"> ${message.reason}</span>`}</span>
          </li>`,
        )}
      </ul>`}
  `;
}

/** What was found, else what is looked at. */
function about(check) {
  if (check.detail) return `: ${check.detail}`;
  const words = `check-${check.name}`;
  return isKnown(words) ? `: ${say(words)}` : "";
}

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

function Message({ call }) {
  const fields = parts(call);
  if (fields.length === 0) return html`<p class="dim">${say("no-fields")}</p>`;
  return html`<dl class="fields">
    ${fields.map(([name, value], at) => [html`<dt key=${`n${at}`}>${name}</dt>`, html`<dd key=${`v${at}`}><pre>${pretty(value)}</pre></dd>`])}
  </dl>`;
}

function Copy({ label, title, make }) {
  const [copied, tell] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(make());
      tell(say("copied"));
      setTimeout(() => tell(""), 1500);
    } catch {
      // Away from this machine a browser allows it over HTTPS alone: the command is shown, to be selected.
      set({ open: { ...state.open, command: make() } });
    }
  };
  return html`<button class="quiet copy" aria-label=${title} title=${title} onClick=${copy}>${copied || label}</button>`;
}

export function Call() {
  const { open } = state;
  const { call, tab } = open;
  if (!call) return html`<div class="call"><p class="dim">${say("starting")}</p></div>`;
  const choose = (next) => set({ open: { ...state.open, tab: next } });
  const arrows = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  const command = asSend(call);
  return html`<div class="call">
    <div class="tabs">
      <div role="tablist" aria-label=${say("call")} onKeyDown=${arrows}>
        ${TABS.map(
          (name) => html`<button key=${name} id=${`tab-${name}`} role="tab" aria-selected=${tab === name} aria-controls="tab-panel"
            tabindex=${tab === name ? 0 : -1} onClick=${() => choose(name)}>${say(`tab-${name}`)}</button>`,
        )}
      </div>
      <span class="space" />
      <span class="as">${say("copy-as")}</span>
      <${Copy} label="curl" title=${say("copy-curl")} make=${() => asCurl(call)} />
      ${command && html`<${Copy} label="opush send" title=${say("copy-send")} make=${() => command} />`}
    </div>
    ${open.command && html`<pre class="raw" tabindex="0">${open.command}</pre>`}
    <div role="tabpanel" id="tab-panel" aria-labelledby=${`tab-${tab}`} tabindex="0">
      ${tab === "checks" && html`<${Checks} call=${call} />`}
      ${tab === "message" && html`<${Message} call=${call} />`}
      ${tab === "raw" && html`<pre class="raw">${call.request}</pre>`}
      ${tab === "answer" && html`<pre class="raw">${call.answer ? pretty(call.answer) : say("no-answer")}</pre>`}
    </div>
  </div>`;
}
