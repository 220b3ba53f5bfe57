// A notification as ColorOS shows it, or a card that says why it was dropped.

import { html, useState } from "./library/preact.js";
import { state, tap, phoneDo, keyOf } from "./store.js";
import { say } from "./words.js";
import { ago, appName, initial } from "./format.js";

/** A picture that was uploaded; one that is not there shows its id. */
export function Picture({ id, kind }) {
  const [missing, miss] = useState(false);
  if (!id) return null;
  if (missing) return kind === "big" ? html`<span class="picture none">${id}</span>` : null;
  const source = `/_sandbox/v1/pictures/${encodeURIComponent(id)}`;
  return html`<img class=${`picture ${kind}`} src=${source} alt=${say(`${kind}-picture`)} onError=${() => miss(true)} />`;
}

const LONG = 60;

export function Card({ message, phone }) {
  const [open, unfold] = useState(false);
  const { notification } = message;
  // In style 2 the phone unfolds the whole text.
  const long = Number(notification.style) === 2 || (message.content ?? "").length > LONG;
  const fresh = state.fresh.has(keyOf(message));
  const dismiss = () => phoneDo(phone.name, "dismiss", { message_id: message.message_id });
  const levels = { 1: "level-1", 2: "level-2", 16: "level-16" };
  const level = levels[notification.notify_level];
  const small = notification.small_picture_id;
  return html`<div class=${`card ${small ? "pictured" : ""} ${fresh ? "fresh" : ""} ${open ? "open" : ""}`}>
    <button class="tap" onClick=${() => tap(message)}
      onFocus=${() => unfold(true)} onBlur=${() => unfold(false)}>
      <span class="from">
        <span class="icon" aria-hidden="true">${initial(phone.app_id)}</span>
        <span class="channel">${appName(phone.app_id)}${message.channel_id && ` · ${message.channel_id}`}</span>
        ${level && html`<span class="level" title=${say(level)}>${say(`${level}-short`)}</span>`}
        ${message.reason && html`<span class="level" title=${say(`reason-${message.reason}`)}>${say("quiet")}</span>`}
        <time class="when">${ago(message.shown_at ?? message.at)}</time>
      </span>
      <${Picture} id=${small} kind="small" />
      <strong class="title">${message.title}</strong>
      ${message.sub_title && html`<span class="sub">${message.sub_title}</span>`}
      <span class=${`text ${long ? "long" : ""}`}>${message.content}</span>
      <${Picture} id=${notification.big_picture_id} kind="big" />
    </button>
    <button class="dismiss" aria-label=${say("dismiss-label", message.title ?? "")} title=${say("dismiss")} onClick=${dismiss}>✕</button>
  </div>`;
}

/** Where a notification would have been. */
export function Lost({ message }) {
  return html`<div class="lost">
    <p><strong class="red-text">${message.reason}</strong> · <time>${ago(message.at)}</time></p>
    <p>“${message.title}”: ${say(`reason-${message.reason}`, message.channel_id ?? "")}</p>
  </div>`;
}
