// What can be done with a phone: the three actions that fit its state, and the rest in a menu.

import { html, useState } from "./library/preact.js";
import { state, phoneDo, phoneChange, show, act, set } from "./store.js";
import { ask, name } from "./api.js";
import { say } from "./words.js";
import { shownOn, isLocked } from "./model.js";
import { LogIn } from "./forms.js";

const ended = (phone) => !phone.session || ["logged-out", "kicked"].includes(phone.session.state);
const running = (phone) => phone.session?.state.startsWith("online");

/** Every action, in the order in which the first that fit are offered. */
function actions(phone) {
  const of = phone.name;
  const go = (what, body) => () => phoneDo(of, what, body);
  const change = (patch) => () => phoneChange(of, patch);
  const screen = state.screens.get(of);
  const all = [
    [screen?.kind === "tap", "back", () => show(of, null)],
    [phone.network === "off", "come-back", change({ network: "wifi" })],
    [!phone.registered, "register", change({ registered: true })],
    [!phone.notifications_enabled, "switch-on", change({ notifications_enabled: true })],
    [ended(phone), "log-in", () => set({ panel: `login ${of}` })],
    [!ended(phone) && !running(phone), "open-app", go("open")],
    [running(phone), "kill-app", go("kill")],
    [phone.session?.state === "online-foreground", "to-background", go("background", { do_background: true })],
    [running(phone) && phone.session.state !== "online-foreground", "to-front", go("open")],
    [!ended(phone), "log-out", go("logout")],
    [phone.network !== "off", "go-offline", change({ network: "off" })],
    [shownOn(phone).length > 0, "clear-all", () => clearAll(phone)],
    [true, isLocked(phone) ? "unlock" : "lock", () => show(of, isLocked(phone) ? null : { kind: "lock" })],
    [phone.notifications_enabled, "switch-off", change({ notifications_enabled: false })],
    [phone.network === "wifi", "to-mobile", change({ network: "mobile" })],
    [phone.network === "mobile", "to-wifi", change({ network: "wifi" })],
    [true, phone.do_not_disturb ? "disturb" : "do-not-disturb", change({ do_not_disturb: !phone.do_not_disturb })],
    [true, "new-reg-id", go("register")],
    [phone.registered, "unregister", change({ registered: false })],
    [true, "remove", () => act(() => ask("DELETE", `/phones/${name(of)}`))],
  ];
  return all.filter(([fits]) => fits).map(([, key, run]) => ({ key, run }));
}

const clearAll = (phone) =>
  Promise.all(shownOn(phone).map((message) => phoneDo(phone.name, "dismiss", { message_id: message.message_id })));

function Channels({ phone }) {
  if (phone.channels.length === 0) return null;
  const flip = (id) => {
    const channels = phone.channels.map((channel) =>
      channel.id === id ? { ...channel, importance: channel.importance === "none" ? "default" : "none" } : channel,
    );
    phoneChange(phone.name, { channels });
  };
  return html`<fieldset>
    <legend>${say("channels")}</legend>
    ${phone.channels.map(
      (channel) => html`<label key=${channel.id}>
        <input type="checkbox" checked=${channel.importance !== "none"} onChange=${() => flip(channel.id)} />
        ${channel.id} <span class="dim">${say(`importance-${channel.importance}`)}</span>
      </label>`,
    )}
  </fieldset>`;
}

export function Actions({ phone }) {
  const [open, unfold] = useState(false);
  const all = actions(phone);
  const first = all.slice(0, 3);
  const button = ({ key, run }) =>
    html`<button key=${key} onClick=${() => {
      unfold(false);
      run();
    }}>${say(key)}</button>`;
  return html`<div class="actions">
    ${first.map(button)}
    <button aria-expanded=${open} aria-label=${say("more-actions", phone.name)} onClick=${() => unfold(!open)}>⋯</button>
    ${open &&
    html`<div class="menu" onKeyDown=${(event) => event.key === "Escape" && unfold(false)}>
      ${all.slice(3).map(button)}
      <${Channels} phone=${phone} />
    </div>`}
    ${state.panel === `login ${phone.name}` && html`<${LogIn} phone=${phone} />`}
  </div>`;
}
