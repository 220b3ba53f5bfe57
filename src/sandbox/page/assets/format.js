// Times, names and short forms, in the language in use.

import { language, say } from "./words.js";
import { state, now } from "./store.js";

const locale = () => (language() === "zh" ? "zh-CN" : "en-GB");
const two = (number) => String(number).padStart(2, "0");

export function clock(ms, seconds = false) {
  const time = new Date(ms);
  const text = `${two(time.getHours())}:${two(time.getMinutes())}`;
  return seconds ? `${text}:${two(time.getSeconds())}` : text;
}

export const day = (ms) =>
  new Date(ms).toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long" });

/** As a notification says when it came. */
export function ago(ms) {
  const past = now() - ms;
  if (past < 60_000 && past > -60_000) return say("now");
  const sameDay = new Date(ms).toDateString() === new Date(now()).toDateString();
  if (sameDay) return clock(ms);
  return new Date(ms).toLocaleDateString(locale(), { day: "numeric", month: "short" });
}

/** A length of time in its largest unit. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return say("seconds", seconds);
  if (seconds < 3600) return say("minutes", Math.round(seconds / 60));
  if (seconds < 172_800) return say("hours", Math.round(seconds / 3600));
  return say("days", Math.round(seconds / 86_400));
}

/** The beginning and the end of an id. */
export const short = (id) => (id.length > 14 ? `${id.slice(0, 7)}…${id.slice(-4)}` : id);

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the signatures of this app are checked; they are not where it was taken as it came. */
export const isChecked = (appId) => state.apps.find((known) => known.app_id === appId)?.signature_checked !== false;

/** What a person would call the app: the last part of its package. */
export function appName(appId) {
  const app = state.apps.find((known) => known.app_id === appId);
  // The package of an app that nobody registered is made of its id.
  return app && isChecked(appId) ? capital(app.package.split(".").at(-1)) : appId;
}

export const appLabel = (appId) => {
  const name = appName(appId);
  return name === appId ? appId : `${name} · ${appId}`;
};

export const initial = (appId) => Array.from(appName(appId))[0]?.toUpperCase() ?? "?";

/** The last part of a path; the IM server's calls say that they are its own. */
export function callName(path) {
  const bare = path.split("?")[0];
  const last = bare.split("/").filter(Boolean).at(-1) ?? bare;
  return bare.startsWith("/v4/") ? `IM ${last}` : last;
}

/** A class without its package. */
export const className = (name) => name.split(/[.$]/).at(-1);
