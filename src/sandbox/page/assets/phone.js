// One phone: its status bar, and what is on its screen; below it its name, its state and what can be done.

import { html, useState, useRef } from "./library/preact.js";
import { state, show, now, keyOf } from "./store.js";
import { say } from "./words.js";
import { clock, day, className, short, span } from "./format.js";
import { Card, Lost, Picture } from "./card.js";
import { Actions } from "./actions.js";
import { messagesOf, shownOn, level, stateOf } from "./model.js";

/** Dropped and waiting messages that are shown. */
const LOST = 6;
/** Cards that are shown before the rest is folded. */
const FOLDED = 5;

/** What the status bar says of battery: the same for a phone at all times. */
const battery = (phone) => 40 + (Array.from(phone.name).reduce((sum, c) => sum + c.codePointAt(0) * 7, 0) % 60);

function StatusBar({ phone }) {
  const network = { wifi: "Wi-Fi", mobile: "5G", off: say("no-network") }[phone.network];
  return html`<div class="status">
    <span>${clock(now())}</span>
    <span>${network}${phone.network !== "off" && html`<i class="bars" aria-hidden="true"><b /><b /><b /></i>`}
      ${phone.do_not_disturb && html`<span title=${say("do-not-disturb")}>☾ </span>`}
      <span class="battery">${battery(phone)}</span></span>
  </div>`;
}

/** Newest first: cards, and dashed ones where a notification would have been. */
function list(phone) {
  const messages = messagesOf(phone);
  const lost = messages.filter((message) => message.stage === "dropped").slice(0, LOST);
  return [...messages.filter((message) => message.stage === "shown"), ...lost].sort(
    (a, b) => (b.shown_at ?? b.at) - (a.shown_at ?? a.at),
  );
}

function Waiting({ phone }) {
  const held = messagesOf(phone).filter((message) => message.stage === "held");
  const reasons = [...new Set(held.map((message) => message.reason))];
  return reasons.map((reason) => {
    const those = held.filter((message) => message.reason === reason);
    const ends = those.map((message) =>
      reason === "waits-for-show-window"
        ? Number(message.notification.show_start_time)
        : message.arrived_at + Number(message.notification.off_line_ttl ?? 86_400) * 1000,
    );
    return html`<details class="lost waits">
      <summary>${say(reason, those.length, span(Math.min(...ends) - now()))}</summary>
      ${those.map((message) => html`<p key=${keyOf(message)}>${message.title ?? message.message_id}</p>`)}
    </details>`;
  });
}

function Shade({ phone }) {
  const [unfolded, unfold] = useState(false);
  const [frozen, freeze] = useState(null);
  const all = list(phone);
  // A new card moves nothing that is under the pointer: it waits until the pointer has left.
  const known = frozen ? all.filter((message) => frozen.has(keyOf(message))) : all;
  const news = all.length - known.length;
  const hidden = unfolded ? 0 : Math.max(0, known.length - FOLDED);
  const enter = (event) => event.pointerType === "mouse" && freeze(new Set(all.map(keyOf)));
  return html`<div class="shade" tabindex="-1" onPointerEnter=${enter} onPointerLeave=${() => freeze(null)}>
    ${news > 0 && html`<button class="news" onClick=${() => freeze(null)}>${say("news", news)}</button>`}
    <${Waiting} phone=${phone} />
    ${known.slice(0, known.length - hidden).map((message) =>
      message.stage === "shown"
        ? html`<${Card} key=${keyOf(message)} message=${message} phone=${phone} />`
        : html`<${Lost} key=${keyOf(message)} message=${message} />`,
    )}
    ${hidden > 0 && html`<button class="more" onClick=${() => unfold(true)}>${say("more-cards", hidden)}</button>`}
    ${all.length === 0 && !messagesOf(phone).some((message) => message.stage === "held") && html`<p class="nothing">${say("nothing-shown")}</p>`}
  </div>`;
}

function Lock({ phone }) {
  const shown = shownOn(phone);
  const here = shown.filter((message) => level(message) !== 1);
  return html`<div class="shade lock">
    <p class="lock-time">${clock(now())}</p>
    <p class="lock-day">${day(now())}</p>
    ${here.slice(0, 3).map((message) => html`<${Card} key=${keyOf(message)} message=${message} phone=${phone} />`)}
    ${shown.length > here.slice(0, 3).length &&
    html`<p class="nothing">${say("after-unlocking", shown.length - here.slice(0, 3).length)}</p>`}
    <button class="unlock" onClick=${() => show(phone.name, null)}>${say("unlock")}</button>
  </div>`;
}

/** Where a tap led: an Activity with its extras, a web page, or why nothing opened. */
function Opened({ phone, screen }) {
  const { message, result } = screen;
  const extras = Object.entries(result.extras ?? {});
  const web = result.opened && /^https?:/i.test(result.target);
  const title = !result.opened ? say("nothing-opened") : web ? say("browser") : className(result.target);
  const type = message.notification.click_action_type ?? 0;
  return html`<div class=${`opened ${result.opened ? "" : "failed"}`}>
    <header>
      <button class="back" aria-label=${say("back")} onClick=${() => show(phone.name, null)}>‹</button>
      <strong>${title}</strong>
    </header>
    <div class="opened-body" tabindex="0" role="region" aria-label=${title}>
      <p>${say("by-tap")} <strong>“${[message.title, message.content].filter(Boolean).join(": ")}”</strong></p>
      ${!result.opened &&
      html`<p><code class="red-text">${result.reason}</code></p>
        <p>${say(`reason-${result.reason}`)}</p>`}
      ${web && html`<p class="url">${result.target}</p>`}
      ${extras.length > 0 &&
      html`<table>
        <caption class="hidden">${say("extras")}</caption>
        <tbody>${extras.map(([key, value]) => html`<tr key=${key}><th scope="row">${key}</th><td>${value}</td></tr>`)}</tbody>
      </table>`}
      ${result.opened && !web && extras.length === 0 && html`<p class="dim">${say("no-extras")}</p>`}
      ${result.opened && !web && html`<p class="dim class">${result.target}</p>`}
      <p class="dim">${say(`click-${type}`)}</p>
    </div>
  </div>`;
}

/** A card that slides in from above, for a moment, as level 16 does. */
function Banner({ phone }) {
  const message = shownOn(phone).find((one) => level(one) === 16 && state.fresh.has(keyOf(one)));
  if (!message || phone.do_not_disturb || message.reason === "quiet-low-channel") return null;
  return html`<div class="banner" role="status">
    <strong>${message.title}</strong><span>${message.content}</span>
    <${Picture} id=${message.notification.small_picture_id} kind="small" />
  </div>`;
}

export function Phone({ phone, number }) {
  const box = useRef();
  const screen = state.screens.get(phone.name);
  const { tone, text, why } = stateOf(phone);
  return html`<article class="phone" id=${`phone-${number}`} tabindex="-1" ref=${box} aria-label=${say("phone-label", phone.name, text)}>
    <div class=${`body ${phone.network === "off" ? "off" : ""}`}>
      <div class=${`screen ${screen?.kind === "tap" ? (screen.result.opened ? "in-app" : "in-sheet") : ""}`}>
        <${StatusBar} phone=${phone} />
        <${Banner} phone=${phone} />
        ${screen?.kind === "tap"
          ? html`<${Opened} phone=${phone} screen=${screen} />`
          : screen?.kind === "lock"
            ? html`<${Lock} phone=${phone} />`
            : html`<${Shade} phone=${phone} />`}
      </div>
    </div>
    <div class="about">
      <h2>${phone.name}</h2>
      <span class=${`chip ${tone}`} title=${why}>${text}</span>
      <button class="id" title=${`${phone.reg_id} · ${say("copy")}`} onClick=${() => navigator.clipboard?.writeText(phone.reg_id)}>
        ${short(phone.reg_id)}
      </button>
    </div>
    <${Actions} phone=${phone} />
  </article>`;
}
