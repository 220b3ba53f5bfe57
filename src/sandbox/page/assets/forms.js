// The short forms: a phone to add, a user to log in, a fault to set, the clock to move.

import { html, useState } from "./library/preact.js";
import { state, set, act, phoneDo, now } from "./store.js";
import { ask } from "./api.js";
import { say } from "./words.js";
import { appLabel, span } from "./format.js";

const close = () => set({ panel: null });

/** A form whose fields become an object; empty ones are left out. Each drawing sets `value` anew: what a person types into
 * has a defaultValue. */
function submit(work) {
  return async (event) => {
    event.preventDefault();
    const fields = [...new FormData(event.target)].filter(([, value]) => value.trim() !== "");
    if ((await work(Object.fromEntries(fields))) !== undefined) close();
  };
}

const escape = (event) => event.key === "Escape" && close();
const focus = (element) => element?.querySelector("input,select,button")?.focus();

function Form({ title, go, work, children }) {
  return html`<form class="form" aria-label=${title} onSubmit=${submit(work)} onKeyDown=${escape} ref=${(element) => {
    // Once, when it opens.
    if (element && !element.dataset.open) {
      element.dataset.open = "yes";
      focus(element);
    }
  }}>
    <h2>${title}</h2>
    ${children}
    <p class="buttons"><button class="main">${go}</button><button type="button" onClick=${close}>${say("cancel")}</button></p>
  </form>`;
}

const CLICKS = { activity: "com.example.demo.Page", intent: "com.example.ACTION", scheme: "demo://page" };

export function AddPhone() {
  const [click, choose] = useState("open-app");
  const [app, chooseApp] = useState(state.app || state.apps[0]?.app_id);
  const work = ({ target, android, ...fields }) => {
    const phone = { ...fields, click: click in CLICKS ? { [click]: target ?? CLICKS[click] } : click };
    if (android) phone.android = Number(android);
    return act(() => ask("POST", "/phones", phone));
  };
  if (state.apps.length === 0) return html`<p class="dim">${say("no-app")}</p>`;
  return html`<${Form} title=${say("add-phone")} go=${say("add")} work=${work}>
    <label>${say("app")}
      <select name="app_id" value=${app} onChange=${(event) => chooseApp(event.target.value)}>
        ${state.apps.map((app) => html`<option key=${app.app_id} value=${app.app_id}>${appLabel(app.app_id)}</option>`)}
      </select>
    </label>
    <label>${say("name")} <input name="name" maxlength="64" placeholder=${say("by-itself")} autocomplete="off" /></label>
    <label>${say("channel-id")} <input name="channel_id" placeholder="tuikit" autocomplete="off" /></label>
    <label>${say("tap-opens")}
      <select value=${click} onChange=${(event) => choose(event.target.value)}>
        ${["open-app", "url", ...Object.keys(CLICKS)].map((kind) => html`<option key=${kind} value=${kind}>${say(`opens-${kind}`)}</option>`)}
      </select>
    </label>
    ${click in CLICKS && html`<label>${say(`opens-${click}`)} <input name="target" required placeholder=${CLICKS[click]} autocomplete="off" /></label>`}
    <label>Android <input name="android" type="number" min="5" max="16" placeholder="14" /></label>
    <label>${say("network")}
      <select name="network"><option value="wifi">Wi-Fi</option><option value="mobile">5G</option><option value="off">${say("no-network")}</option></select>
    </label>
  <//>`;
}

export function LogIn({ phone }) {
  const work = (fields) => {
    const login = { user: fields.user };
    if (fields.certificate_id) login.certificate_id = Number(fields.certificate_id);
    return phoneDo(phone.name, "login", login);
  };
  return html`<${Form} title=${say("log-in")} go=${say("log-in-go")} work=${work}>
    <label>${say("user")} <input name="user" required placeholder="alice" defaultValue=${phone.session?.user ?? ""} autocomplete="off" /></label>
    <label>${say("certificate-id")} <input name="certificate_id" type="number" min="1" placeholder=${say("by-itself")} /></label>
  <//>`;
}

/** The faults that are set, and a form to set one. */
export function Faults() {
  const [kind, choose] = useState(state.knownFaults[0]?.fault ?? "");
  const known = state.knownFaults.find((row) => row.fault === kind);
  const needs = known?.value ?? "";
  const work = ({ value, call, count, share, app }) => {
    const fault = { fault: value ? `${kind}=${value}` : kind };
    if (call) fault.call = call;
    if (app) fault.app = app;
    if (count) fault.count = Number(count);
    if (share) fault.share = Number(share);
    return act(() => ask("POST", "/faults", fault));
  };
  return html`<div class="panel" role="dialog" aria-label=${say("faults")} onKeyDown=${escape}>
    ${state.faults.length > 0 &&
    html`<ul class="faults">
      ${state.faults.map(
        (fault) => html`<li key=${fault.id}>
          <div><code>${fault.fault}</code> <span class="dim">${[fault.call, fault.app, fault.user].filter(Boolean).join(" · ")}</span>
            <small class="dim">${say("struck", fault.struck, fault.met)}${fault.spent ? ` · ${say("spent")}` : ""}</small></div>
          <button onClick=${() => act(() => ask("DELETE", `/faults/${fault.id}`))} aria-label=${say("clear-fault", fault.fault)}>${say("clear")}</button>
        </li>`,
      )}
    </ul>
    <p class="buttons"><button onClick=${() => act(() => ask("DELETE", "/faults"))}>${say("clear-faults")}</button></p>`}
    <${Form} title=${say("set-fault")} go=${say("set")} work=${work}>
      <label>${say("fault")}
        <select value=${kind} onChange=${(event) => choose(event.target.value)}>
          ${state.knownFaults.map((row) => html`<option key=${row.fault} value=${row.fault}>${row.fault}</option>`)}
        </select>
      </label>
      <p class="dim does">${say(`fault-${kind}`)}</p>
      ${needs && html`<label>${say("value")} <input name="value" required=${!needs.startsWith("[")} placeholder=${needs.replace(/[[\]=]/g, "")} autocomplete="off" /></label>`}
      ${known?.strikes === "calls" && html`<label>${say("call")} <input name="call" placeholder=${say("all-oppo")} autocomplete="off" /></label>`}
      <label>${say("times")} <input name="count" type="number" min="1" placeholder=${say("without-end")} /></label>
      <label>${say("share")} <input name="share" type="number" min="1" max="100" placeholder="100" /></label>
    <//>
  </div>`;
}

const STEPS = [600_000, 3_600_000, 86_400_000, 604_800_000];

/** A time as the field for one takes it, in this machine's zone. */
function local(ms) {
  const time = new Date(ms);
  return new Date(ms - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function Clock() {
  const [opened] = useState(now);
  const move = (method, path, body) => act(() => ask(method, path, body));
  const work = ({ time }) => move("PUT", "/clock", { now: new Date(time).getTime() });
  return html`<div class="panel" role="dialog" aria-label=${say("clock")} onKeyDown=${escape}>
    <p class="dim">${say("clock-text")}</p>
    <p class="buttons">${STEPS.map((step) => html`<button key=${step} onClick=${() => move("POST", "/clock/advance", { by_ms: step })}>+ ${span(step)}</button>`)}</p>
    <${Form} title=${say("set-clock")} go=${say("set")} work=${work}>
      <label>${say("time")} <input name="time" type="datetime-local" required defaultValue=${local(opened)} /></label>
    <//>
    ${state.aheadOfMachine !== 0 && html`<p class="buttons"><button onClick=${() => move("DELETE", "/clock")}>${say("follow-machine")}</button></p>`}
  </div>`;
}
