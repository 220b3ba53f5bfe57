// What is true of a phone: its messages, what its screen shows, its state in a word.

import { state } from "./store.js";
import { say } from "./words.js";

export const isLocked = (phone) => state.screens.get(phone.name)?.kind === "lock";
export const messagesOf = (phone) => state.messages.get(phone.name) ?? [];
export const shownOn = (phone) => messagesOf(phone).filter((message) => message.stage === "shown");
export const level = (message) => Number(message.notification.notify_level ?? 0);

/** The phone's state in a word, and what the offline-push rule calls it. */
export function stateOf(phone) {
  if (phone.network === "off") return { tone: "red", text: say("offline"), why: say("offline-why") };
  if (!phone.registered) return { tone: "red", text: say("unregistered"), why: say("unregistered-why") };
  if (!phone.notifications_enabled) return { tone: "red", text: say("notifications-off"), why: say("reason-notifications-off") };
  const session = phone.session;
  if (!session) return { tone: "grey", text: say("no-user"), why: say("no-user-why") };
  const pushed = ["push-online", "online-background"].includes(session.state);
  const gone = ["logged-out", "kicked", "expired"].includes(session.state);
  const word = say(`state-${session.state}`);
  return {
    tone: pushed ? "green" : gone ? "grey" : "amber",
    text: gone ? word : `${session.user} · ${word}`,
    why: say(`why-${session.state}`),
  };
}
