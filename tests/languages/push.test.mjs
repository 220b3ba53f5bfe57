import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

let sandbox, url, control, app;

const call = async (address, body) =>
  (await fetch(address, body === undefined ? {} : { method: "POST", body })).json();

before(async () => {
  const ready = join(mkdtempSync(join(tmpdir(), "push-")), "ready.json");
  const args = ["sandbox", "run", "--ephemeral", "--quiet", "--listen", "127.0.0.1:0", "--ready-file", ready];
  sandbox = spawn(process.env.OPUSH ?? "opush", args, { stdio: "inherit" });
  while (!existsSync(ready)) {
    assert.equal(sandbox.exitCode, null, "the sandbox has ended");
    await sleep(10);
  }
  ({ url } = JSON.parse(readFileSync(ready, "utf8")));
  control = `${url}/_sandbox/v1`;
  const wanted = { user: "alice", package: "com.example.shop", click: { activity: "com.example.shop.Order" } };
  app = await call(`${control}/setup`, JSON.stringify(wanted));
});

after(() => sandbox.kill());

// What your own server does, here with nothing but HTTP.
async function send(notification) {
  const now = String(Date.now());
  const sign = createHash("sha256").update(app.app_key + now + app.master_secret).digest("hex");
  const auth = new URLSearchParams({ app_key: app.app_key, timestamp: now, sign });
  const { data } = await call(`${url}/server/v1/auth`, auth);
  const message = JSON.stringify({ target_type: 2, target_value: app.reg_id, notification });
  const form = new URLSearchParams({ auth_token: data.auth_token, message });
  return call(`${url}/server/v1/message/notification/unicast`, form);
}

test("an order opens its page", async () => {
  const answer = await send({
    title: "Shipped",
    content: "Your order is on its way",
    channel_id: app.channel_id,
    click_action_type: 4,
    click_action_activity: "com.example.shop.Order",
    action_parameters: JSON.stringify({ orderId: "42" }),
  });
  assert.equal(answer.code, 0);
  const message = await call(`${control}/messages/wait?user=alice&stage=shown&timeout_ms=5000`);
  assert.equal(message.title, "Shipped");
  assert.equal(message.tap.target, "com.example.shop.Order");
  assert.deepEqual(message.tap.extras, { orderId: "42" });
});

test("a channel that the app never made shows nothing", async () => {
  await send({ title: "Lost", content: "Nobody sees this", channel_id: "no-such-channel" });
  const message = await call(`${control}/messages/wait?title=Lost`);
  assert.deepEqual([message.stage, message.reason], ["dropped", "channel-missing"]);
});
