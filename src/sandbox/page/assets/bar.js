// The bar at the top: where this is, which app is looked at, the faults and the clock, the language.

import { html } from "./library/preact.js";
import { state, set, filterBy, now } from "./store.js";
import { say, language, choose } from "./words.js";
import { appLabel, clock } from "./format.js";
import { Faults, Clock } from "./forms.js";

const flip = (panel) => set({ panel: state.panel === panel ? null : panel });

export function Bar() {
  const { apps, faults, panel, connection, aheadOfMachine, info } = state;
  const moved = aheadOfMachine !== 0;
  return html`<header class="bar">
    <h1>opush sandbox</h1>
    <span class="address">${location.host}</span>
    ${connection === "lost" && html`<span class="chip red" role="status">${say("lost")}</span>`}
    ${info.accept_any && html`<span class="chip amber" title=${say("accept-any-why")}>${say("accept-any")}</span>`}
    <span class="space" />
    <label class="hidden" for="app">${say("app")}</label>
    <select id="app" class="pill" value=${state.app} onChange=${(event) => filterBy({ app: event.target.value })}>
      <option value="">${say("all-apps")}</option>
      ${apps.map((app) => html`<option key=${app.app_id} value=${app.app_id}>${appLabel(app.app_id)}${app.signature_checked ? "" : ` · ${say("unchecked")}`}</option>`)}
    </select>
    <span class="holder">
      <button class=${`pill ${faults.length ? "amber" : ""}`} aria-expanded=${panel === "faults"} onClick=${() => flip("faults")}>
        ${faults.length === 0 ? say("faults-none") : say(faults.length === 1 ? "faults-one" : "faults-many", faults.length)}
      </button>
      ${panel === "faults" && html`<${Faults} />`}
    </span>
    <span class="holder">
      <button class=${`pill ${moved ? "amber" : ""}`} aria-expanded=${panel === "clock"} onClick=${() => flip("clock")}>
        <span class="digits">${moved && new Date(now()).toLocaleDateString("sv-SE")} ${clock(now())}<span class="seconds">${clock(now(), true).slice(5)}</span></span>
        <span class="which"> ${say(moved ? "own-clock" : "machine-clock")}</span>
      </button>
      ${panel === "clock" && html`<${Clock} />`}
    </span>
    <button class="pill" lang=${language() === "zh" ? "en" : "zh-Hans"} onClick=${() => choose(language() === "zh" ? "en" : "zh")}>
      ${language() === "zh" ? "English" : "中文"}
    </button>
  </header>`;
}
