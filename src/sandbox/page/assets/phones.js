// The phones side by side, and the place to add one.

import { html } from "./library/preact.js";
import { state, set, findPhones, PHONES } from "./store.js";
import { say } from "./words.js";
import { Phone } from "./phone.js";
import { AddPhone } from "./forms.js";

/** Where there are more phones than are shown. */
function Find() {
  const { phones, info, find } = state;
  if (!find && (info.phones ?? 0) <= PHONES) return null;
  return html`<div class="find">
    <input type="search" value=${find} placeholder=${say("find-phone")} aria-label=${say("find-phone")}
      onInput=${(event) => findPhones(event.target.value.trim())} />
    <span class="dim" role="status">
      ${find && phones.length === 0 ? say("no-phone-found") : phones.length === PHONES && say("first-phones", PHONES)}
    </span>
  </div>`;
}

export function Phones() {
  const { phones, panel, info, find } = state;
  if (state.connection === "starting") return html`<p class="dim starting">${say("starting")}</p>`;
  const rest = state.app || find ? 0 : (info.phones ?? phones.length) - phones.length;
  const adding = panel === "add";
  return html`
    <${Find} />
    <div class="phones">
    ${phones.map((phone, at) => html`<${Phone} key=${phone.name} phone=${phone} number=${at + 1} />`)}
    <section class="add" aria-label=${say("add-phone")}>
      ${phones.length === 0 && !adding && !find &&
      html`<div class="empty">
        <h2>${say("no-phone")}</h2>
        <p>${say("no-phone-text")}</p>
        <code class="command">opush sandbox phone add</code>
      </div>`}
      ${rest > 0 && html`<p class="dim">${say("more-phones", rest)}</p>`}
      ${adding
        ? html`<${AddPhone} />`
        : html`<button class=${phones.length ? "" : "main"} onClick=${() => set({ panel: "add" })}>
            ${say("add-phone")}
          </button>`}
    </section>
    </div>
  `;
}
