// The phones side by side, and the place to add one.

import { html } from "./library/preact.js";
import { state, set } from "./store.js";
import { say } from "./words.js";
import { Phone } from "./phone.js";
import { AddPhone } from "./forms.js";

export function Phones() {
  const { phones, panel, info } = state;
  if (state.connection === "starting") return html`<p class="dim starting">${say("starting")}</p>`;
  const rest = state.app ? 0 : (info.phones ?? phones.length) - phones.length;
  const adding = panel === "add";
  return html`
    ${phones.map((phone, at) => html`<${Phone} key=${phone.name} phone=${phone} number=${at + 1} />`)}
    <section class="add" aria-label=${say("add-phone")}>
      ${phones.length === 0 && !adding &&
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
  `;
}
