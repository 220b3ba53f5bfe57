// The page: its bar, the phones, the log, and what lies over them.

import { html, render } from "./library/preact.js";
import { start, state, set, signIn } from "./store.js";
import { say } from "./words.js";
import { Bar } from "./bar.js";
import { Phones } from "./phones.js";
import { Log } from "./log.js";
import { Keys, listen } from "./keys.js";

function Problem() {
  const problem = state.problem;
  if (!problem) return null;
  return html`<div class="problem" role="alert">
    <span>${problem.id === "unreachable" ? say("unreachable") : problem.message}</span>
    <button class="quiet" aria-label=${say("close")} onClick=${() => set({ problem: null })}>✕</button>
  </div>`;
}

function SignIn() {
  const submit = async (event) => {
    event.preventDefault();
    const token = new FormData(event.target).get("token").trim();
    if (!(await signIn(token))) set({ problem: { id: "token", message: say("token-wrong") } });
  };
  return html`<main class="sign-in">
    <h1>${say("token-title")}</h1>
    <p>${say("token-text")}</p>
    <form onSubmit=${submit}>
      <label>${say("token")} <input name="token" type="password" autocomplete="off" required /></label>
      <button class="main">${say("token-go")}</button>
    </form>
    <${Problem} />
  </main>`;
}

function Page() {
  if (state.connection === "token") return html`<${SignIn} />`;
  return html`
    <${Bar} />
    <${Problem} />
    <div class="panes">
      <main aria-label=${say("phones")}><${Phones} /></main>
      <aside class="log" aria-label=${say("log")}><${Log} /></aside>
    </div>
    <${Keys} />
  `;
}

listen();
start(() => render(html`<${Page} />`, document.getElementById("page")));
setInterval(() => state.connection === "live" && render(html`<${Page} />`, document.getElementById("page")), 1000);
