// Looks at the sandbox's page in a real browser: node page.mjs URL URL_WITH_TOKEN TOKEN. Ends with 1 and a reason where something is not as it should be.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [url, guarded, token] = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Three times what a push may take to show. */
const SOON = { timeout: 3000 };
const APP = { app_id: "30009", app_key: "page-key", master_secret: "page-secret", package: "com.example.chat" };

const json = (...args) => JSON.parse(execFileSync("curl", ["-sS", ...args], { encoding: "utf8" }));
const control = (method, path, body) => json("-X", method, `${url}/_sandbox/v1${path}`, "-d", JSON.stringify(body ?? {}));

function authToken() {
  const timestamp = String(Date.now());
  const sign = createHash("sha256").update(APP.app_key + timestamp + APP.master_secret).digest("hex");
  return json(`${url}/server/v1/auth`, "-d", `app_key=${APP.app_key}&timestamp=${timestamp}&sign=${sign}`).data.auth_token;
}

function push(regId, notification) {
  const message = { target_type: 2, target_value: regId, notification: { content: "hello", channel_id: "chat", ...notification } };
  const answer = json(`${url}/server/v1/message/notification/unicast`, "--data-urlencode", `auth_token=${authToken()}`, "--data-urlencode", `message=${JSON.stringify(message)}`);
  assert.equal(answer.code, 0, JSON.stringify(answer));
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("dialog", (dialog) => page.faults.push(`dialog ${dialog.message()}`));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(address).host) page.faults.push(`request to ${request.url()}`);
  });
  await page.goto(address);
  return page;
}

async function scanned(page, what) {
  // The library is put in by the test: the page's own policy would not let it load.
  await page.evaluate(AXE);
  const result = await page.evaluate(() => globalThis.axe.run(document));
  const serious = result.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  const words = serious.map((one) => `${what}: ${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
  assert.deepEqual(words, []);
}

/** Takes the phone of the steps off the network or back, which the page shows: it was drawn again. */
async function drawAgain(page, network) {
  control("PATCH", "/phones/pixel", { network });
  await page.locator("#phone-2 .chip", { hasText: "offline" }).waitFor({ state: network === "off" ? "visible" : "detached", ...SOON });
}

const steps = {
  async "a push from curl shows, and a tap shows its extras"(page, phone) {
    push(phone.reg_id, {
      title: "Alice", click_action_type: 4, click_action_activity: "com.example.chat.ChatActivity",
      action_parameters: JSON.stringify({ conversation: "c2c_alice", seq: 7 }),
    });
    await page.locator("#phone-2 .card", { hasText: "Alice" }).waitFor(SOON);
    await page.locator(".line", { hasText: "shown on pixel" }).first().waitFor(SOON);
    await page.locator("#phone-2 .card .tap").first().click();
    await page.locator("#phone-2 .opened header", { hasText: "ChatActivity" }).waitFor(SOON);
    const table = await page.locator("#phone-2 .opened table").innerText();
    assert.match(table, /conversation\s+c2c_alice\s+seq\s+7/);
    await page.locator("#phone-2 .back").click();
    // Under the pointer nothing moves: a new card waits until it is clicked for.
    push(phone.reg_id, { title: "Under the pointer" });
    await page.locator("#phone-2 .news", { hasText: "1 new" }).waitFor(SOON);
    assert.equal(await page.locator("#phone-2 .card", { hasText: "Under the pointer" }).count(), 0);
    await page.mouse.move(2, 700);
    await page.locator("#phone-2 .card", { hasText: "Under the pointer" }).waitFor(SOON);
    await page.locator(".line", { hasText: "opened on pixel" }).first().waitFor(SOON);
  },

  async "hostile text stays text"(page, phone) {
    const hostile = `<img src=x onerror=alert(1)><script>x()</script>`;
    push(phone.reg_id, { title: hostile, sub_title: "</span>", action_parameters: JSON.stringify({ [hostile]: hostile }) });
    const card = page.locator("#phone-2 .card", { hasText: "<img src=x onerror=alert(1)>" }).first();
    await card.waitFor(SOON);
    assert.equal(await card.locator("img, script").count(), 0);
    await card.locator(".tap").click();
    await page.locator("#phone-2 .opened").waitFor(SOON);
    assert.equal(await page.locator("#phone-2 .opened").locator("img, script").count(), 0);
    await page.locator("#phone-2 .back").click();
    await page.mouse.move(2, 700);
  },

  async "what is dropped says why, and what waits says until when"(page, phone) {
    push(phone.reg_id, { title: "Lost", channel_id: "nowhere" });
    await page.locator("#phone-2 .lost", { hasText: "channel-missing" }).waitFor(SOON);
    await page.locator("#phone-2 .actions button", { hasText: "Go offline" }).click();
    await page.locator("#phone-2 .chip", { hasText: "offline" }).waitFor(SOON);
    push(phone.reg_id, { title: "Later", off_line_ttl: 3600 });
    await page.locator("#phone-2 .waits", { hasText: "1 waiting for the network" }).waitFor(SOON);
    await page.locator("#phone-2 .actions button", { hasText: "Come back" }).click();
    await page.locator("#phone-2 .card", { hasText: "Later" }).waitFor(SOON);
  },

  async "an open call shows checks, message, raw request and answer"(page) {
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.locator(".checks .passed").first().waitFor(SOON);
    await scanned(page, "an open call");
    await page.getByRole("tab", { name: "Message" }).click();
    await page.locator(".fields", { hasText: "off_line_ttl" }).waitFor(SOON);
    await page.getByRole("tab", { name: "Raw" }).click();
    await page.locator(".raw", { hasText: "POST /server/v1/message/notification/unicast" }).waitFor(SOON);
    await page.getByRole("tab", { name: "Answer" }).click();
    await page.locator(".raw", { hasText: "messageId" }).waitFor(SOON);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = async (name) => {
      await page.getByRole("button", { name, exact: true }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const curl = await copied("Copy as curl");
    assert.ok(curl.startsWith("curl -X POST") && curl.includes('"$AUTH_TOKEN"') && !curl.includes("***"), curl);
    const send = await copied("Copy as opush send");
    assert.match(send, /^opush send --profile sandbox --reg-id \S+ --title Later --content hello --channel-id chat/);
    await page.keyboard.press("Escape");
    await page.locator(".call").waitFor({ state: "detached", ...SOON });
  },

  async "the log is filtered, paused, followed and cleared"(page, phone) {
    await page.keyboard.press("/");
    await page.keyboard.type("code:16");
    await page.locator(".empty", { hasText: "No call matches" }).waitFor(SOON);
    await page.locator("#filter").fill("Lost");
    await page.locator(".lines li").first().waitFor(SOON);
    assert.equal(await page.locator(".lines li").count(), 1);
    await page.locator("#filter").fill("");
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    push(phone.reg_id, { title: "While paused" });
    await page.getByRole("button", { name: /Follow · \d new/ }).click();
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor(SOON);
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.locator(".empty", { hasText: "No call yet" }).waitFor(SOON);
  },

  async "faults and the clock are set, shown and taken back"(page) {
    await page.getByRole("button", { name: "No faults" }).click();
    await page.locator(".panel [name=value]").fill("33");
    await scanned(page, "the faults");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.locator(".bar .amber", { hasText: "1 fault" }).click(SOON);
    await page.getByRole("button", { name: "Clear code=33" }).click();
    await page.getByRole("button", { name: "No faults" }).click(SOON);
    await page.getByRole("button", { name: /machine's clock/ }).click();
    await page.getByRole("button", { name: "+ 1 h" }).click();
    await page.locator(".bar .amber", { hasText: "sandbox's clock" }).waitFor(SOON);
    await page.getByRole("button", { name: "Follow the machine's clock" }).click();
    await page.getByRole("button", { name: /machine's clock/ }).first().waitFor(SOON);
    await page.keyboard.press("Escape");
  },

  async "a phone is added, logged in, locked and removed"(page) {
    await page.getByRole("button", { name: "Add a phone" }).click();
    await page.locator(".add [name=name]").fill("added");
    await page.locator(".add [name=app_id]").selectOption(APP.app_id);
    await drawAgain(page, "off");
    assert.equal(await page.locator(".add [name=app_id]").inputValue(), APP.app_id, "what is chosen stays");
    // The other app has a certificate at the IM server.
    await page.locator(".add [name=app_id]").selectOption("30001");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const phone = page.locator(".phone", { hasText: "added" });
    await phone.getByRole("button", { name: "Log in" }).click(SOON);
    await phone.locator("[name=user]").fill("carol");
    await drawAgain(page, "wifi");
    assert.equal(await phone.locator("[name=user]").inputValue(), "carol", "what is typed stays");
    await phone.locator(".form .main").click();
    await phone.locator(".chip", { hasText: "carol · online" }).waitFor(SOON);
    await phone.getByRole("button", { name: "More for added" }).click();
    await scanned(page, "a menu");
    await phone.getByRole("button", { name: "Lock", exact: true }).click();
    await phone.locator(".lock-time").waitFor(SOON);
    await phone.getByRole("button", { name: "More for added" }).click();
    await phone.getByRole("button", { name: "Remove phone" }).click();
    await phone.waitFor({ state: "detached", ...SOON });
  },

  async "pictures are shown on the phone"(page, phone) {
    const token = authToken();
    const upload = async (kind, width, height) => {
      const painter = await browser.newPage({ viewport: { width, height } });
      const file = new Blob([await painter.screenshot()], { type: "image/png" });
      await painter.close();
      const form = new FormData();
      form.set("auth_token", token);
      form.set("picture_ttl", "86400");
      form.set("file", file, `${kind}.png`);
      const answer = await (await fetch(`${url}/server/v1/media/upload/${kind}_picture`, { method: "POST", body: form })).json();
      assert.equal(answer.code, 0, JSON.stringify(answer));
      return answer.data[`${kind}_picture_id`];
    };
    const message = (call, fields) =>
      json(`${url}/server/v1/message/notification/${call}`, ...Object.entries({ auth_token: token, ...fields }).flatMap(([key, value]) => ["--data-urlencode", `${key}=${value}`]));
    const saved = message("save_message_content", {
      title: "Autumn sale", content: "until Sunday", channel_id: "chat", style: 3,
      big_picture_id: await upload("big", 876, 324), small_picture_id: await upload("small", 144, 144),
    });
    assert.equal(saved.code, 0, JSON.stringify(saved));
    message("broadcast", { message_id: saved.data.message_id, target_type: 2, target_value: phone.reg_id });
    const card = page.locator("#phone-2 .card", { hasText: "Autumn sale" });
    await card.locator("img.big").waitFor(SOON);
    const sizes = await card.locator("img").evaluateAll((all) => Promise.all(all.map((one) => one.decode().then(() => [one.naturalWidth, one.naturalHeight]))));
    assert.deepEqual(sizes.sort(), [[144, 144], [876, 324]]);
    await scanned(page, "pictures");
  },

  async "level, Do Not Disturb, a channel that is off and another regId change what is seen"(page, phone) {
    const loud = { category: "IM", notify_level: 16 };
    push(phone.reg_id, { title: "Loud", ...loud });
    await page.locator("#phone-2 .banner", { hasText: "Loud" }).waitFor(SOON);
    const menu = async (button) => {
      await page.getByRole("button", { name: "More for pixel" }).click();
      await page.locator("#phone-2 .menu").getByText(button, { exact: true }).click();
    };
    await menu("Do Not Disturb");
    await page.locator("#phone-2 .status", { hasText: "☾" }).waitFor(SOON);
    push(phone.reg_id, { title: "Quiet", ...loud });
    await page.locator("#phone-2 .card", { hasText: "Quiet" }).waitFor(SOON);
    assert.equal(await page.locator("#phone-2 .banner", { hasText: "Quiet" }).count(), 0);
    await menu("Do Not Disturb off");
    await page.getByRole("button", { name: "More for pixel" }).click();
    await page.locator("#phone-2 .menu").getByLabel(/^chat/).click();
    await page.locator("#phone-2 .menu label", { hasText: "off" }).waitFor(SOON);
    push(phone.reg_id, { title: "Muted" });
    await page.locator("#phone-2 .lost", { hasText: "channel-disabled" }).waitFor(SOON);
    await page.locator("#phone-2 .menu").getByLabel(/^chat/).click();
    await page.locator("#phone-2 .menu label", { hasText: "default" }).waitFor(SOON);
    const before = await page.locator("#phone-2 .id").innerText();
    await page.locator("#phone-2 .menu").getByRole("button", { name: "New regId" }).click();
    await page.waitForFunction((old) => document.querySelector("#phone-2 .id").innerText !== old, before, SOON);
    phone.reg_id = control("GET", "/phones/pixel").reg_id;
  },

  async "what happens while the phones are read is not lost"(page) {
    let release, read;
    const held = new Promise((go) => (release = go));
    const reading = new Promise((begun) => (read = begun));
    const another = { app_id: APP.app_id, name: "another" };
    control("POST", "/phones", another);
    const phone = page.locator(".phone", { hasText: "another" });
    await phone.waitFor(SOON);
    // The list is read before the messages of each phone.
    await page.route("**/_sandbox/v1/messages?*", async (route) => {
      read();
      await held;
      await route.continue();
    });
    control("DELETE", "/phones/another");
    await reading;
    await drawAgain(page, "off");
    release();
    await phone.waitFor({ state: "detached", ...SOON });
    assert.equal(await page.locator("#phone-2 .chip", { hasText: "offline" }).count(), 1);
    await page.unroute("**/_sandbox/v1/messages?*");
    await drawAgain(page, "wifi");
  },

  async "a thousand calls make few lines"(page) {
    await page.evaluate(async () => {
      for (let at = 0; at < 1000; at += 50) {
        await Promise.all(Array.from({ length: 50 }, () => fetch("/server/v1/auth", { method: "POST" })));
      }
    });
    await page.reload();
    await page.locator(".lines li").nth(99).waitFor(SOON);
    assert.equal(await page.locator(".lines li").count(), 100);
    await page.locator(".lines").evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.locator(".lines li").nth(199).waitFor(SOON);
  },

  async "one of many phones is found"(page) {
    control("POST", "/phones/bulk", { pattern: "CN_{}", count: 100, phone: { app_id: APP.app_id, channel_id: "chat" } });
    const field = page.getByLabel("Find a phone");
    await field.fill(`${"0".repeat(30)}63`, SOON);
    await page.locator(".phones .phone").first().waitFor(SOON);
    await page.waitForFunction(() => document.querySelectorAll(".phones .phone").length === 1, null, SOON);
    await field.fill("nothing like this");
    await page.locator(".find", { hasText: "No phone matches" }).waitFor(SOON);
    await scanned(page, "no phone found");
    await field.fill("");
    await page.locator("#phone-24").waitFor(SOON);
    await page.locator(".find", { hasText: "the first 24" }).waitFor(SOON);
  },
};

try {
  control("PUT", "/apps", APP);
  const phone = control("POST", "/phones", { app_id: APP.app_id, name: "pixel", channel_id: "chat", click: { activity: "com.example.chat.ChatActivity" } });
  const page = await open(`${url}/`);
  await page.locator("#phone-2").waitFor();
  await page.locator("h2", { hasText: "No call yet" }).waitFor();
  await scanned(page, "no call yet");
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(page, phone);
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
    // A picture that is not there is the only error: none is asked for here.
    assert.deepEqual(page.faults, [], name);
  }

  for (const [width, colorScheme, locale, word] of [[1440, "dark", "zh-CN", "暂停"], [360, "light", "en-GB", "Pause"], [360, "dark", "zh-CN", "暂停"]]) {
    const other = await open(`${url}/`, { viewport: { width, height: 760 }, colorScheme, locale });
    await other.getByRole("button", { name: word, exact: true }).waitFor();
    await other.locator("#phone-2").waitFor();
    await scanned(other, `${width} ${colorScheme} ${locale}`);
    const wide = await other.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} of ${width} pixels`);
    assert.deepEqual(other.faults, []);
  }

  // Without the token nothing is shown; with it in the address a cookie takes its place.
  const closed = await open(`${guarded}/`);
  await closed.getByLabel("Control API token").waitFor();
  await scanned(closed, "sign in");
  const signed = await open(`${guarded}/#token=${token}`);
  await signed.locator("#phone-1").waitFor();
  assert.equal(signed.url(), `${guarded}/`);
  const [cookie] = await signed.context().cookies(`${guarded}/_sandbox/v1/info`);
  assert.ok(cookie.httpOnly && cookie.sameSite === "Strict" && cookie.value !== token);
  assert.equal(await signed.evaluate(() => document.cookie), "");
  await signed.locator("#phone-1 .actions button", { hasText: "Go offline" }).click();
  await signed.locator("#phone-1 .chip", { hasText: "offline" }).waitFor(SOON);
  assert.deepEqual(signed.faults, []);
  process.stdout.write("the page is as it should be\n");
} finally {
  await browser.close();
}
