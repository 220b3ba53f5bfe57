// The language in use, and its words.

import { english } from "./english.js";
import { chinese } from "./chinese.js";
import { changed } from "./store.js";

const TABLES = { en: english, zh: chinese };

function preferred() {
  const kept = stored();
  if (kept in TABLES) return kept;
  const wanted = (navigator.languages ?? [navigator.language]).find((tag) => /^(zh|en)\b/i.test(tag)) ?? "en";
  return wanted.slice(0, 2).toLowerCase();
}

function stored() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

let current = preferred();
apply();

function apply() {
  document.documentElement.lang = current === "zh" ? "zh-Hans" : "en";
}

export const language = () => current;

export function choose(next) {
  current = next;
  try {
    localStorage.setItem("language", next);
  } catch {
    // Without storage it holds for this page.
  }
  apply();
  changed();
}

/** The words of a key, with values in place of {0}, {1} …; a key without words is its own. */
export function say(key, ...values) {
  const words = TABLES[current][key] ?? english[key] ?? key;
  return words.replace(/\{(\d)\}/g, (_, at) => String(values[at] ?? ""));
}

export const isKnown = (key) => key in english;
