// A call as a command: for curl as it came, for `opush send` by what it sent. What the log has masked becomes a variable.

const MASK = "***";

const quote = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Quoted for a shell; a masked value is a variable with the name of its field. */
function quoteMasked(text) {
  const named = (_, field, between) => `${field}${between}'"$${field.toUpperCase().replaceAll("-", "_")}"'`;
  return quote(text).replace(/([\w-]+)("?\s*[:=]\s*"?)\*\*\*/g, named);
}

/** The raw request in its parts. */
function read(call) {
  const [head, ...rest] = call.request.split("\r\n\r\n");
  const [line, ...lines] = head.split("\r\n");
  const [method, target] = line.split(" ");
  const headers = lines.map((text) => [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1).trim()]);
  return { method, target: target ?? call.path, headers, body: rest.join("\r\n\r\n") };
}

const isJson = (text) => /^\s*[[{]/.test(text);

/** Each field that the request carries, decoded: of the query, then of the body. */
export function parts(call) {
  const { target, headers, body } = read(call);
  const found = [...new URLSearchParams(target.split("?")[1] ?? "")];
  const token = headers.find(([name]) => name === "auth_token");
  if (token) found.push(token);
  if (isJson(body)) found.push(["body", body]);
  else found.push(...new URLSearchParams(body));
  return found;
}

/** Headers that curl makes by itself. */
const OWN = ["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "expect", "user-agent", "accept"];

export function asCurl(call) {
  const { method, target, headers, body } = read(call);
  const words = ["curl", "-X", method, quoteMasked(location.origin + target)];
  for (const [name, value] of headers) {
    if (!OWN.includes(name)) words.push("-H", quoteMasked(`${name}: ${value}`));
  }
  if (body) words.push("--data-raw", quoteMasked(body));
  return words.join(" ");
}

/** Fields that have a flag of `opush send`. */
const FLAGS = {
  title: "--title", content: "--content", sub_title: "--sub-title", channel_id: "--channel-id", category: "--category",
  notify_level: "--notify-level", action_parameters: "--ext-json", call_back_parameter: "--callback-parameter",
};
/** Fields that `--click` and `--ttl` speak for, or that belong to this one call. */
const SPOKEN_FOR = ["click_action_type", "click_action_activity", "click_action_url", "off_line_ttl", "off_line", "app_message_id", "style", "call_back_url", "call_back_parameter"];

function click(notification) {
  const { click_action_type: type, click_action_activity: activity, click_action_url: url } = notification;
  return { 1: `intent:${activity}`, 2: `url:${url}`, 4: `activity:${activity}`, 5: `scheme:${url}` }[type] ?? "open-app";
}

/** What a push sent: its notification, and its target as flags. */
function pushed(call) {
  const field = parts(call).find(([name]) => name === "message");
  let sent = {};
  try {
    sent = JSON.parse(field?.[1] ?? "{}");
  } catch {
    return null;
  }
  const notification = call.messages[0]?.notification ?? sent.notification;
  const regId = call.messages[0]?.reg_id ?? (Number(sent.target_type) === 2 ? sent.target_value : undefined);
  if (!notification || typeof notification !== "object" || !regId) return null;
  return { notification, regId: String(regId) };
}

/** The same push as `opush send` makes it; null where the call is no push to one phone. */
export function asSend(call) {
  if (!/\/unicast$/.test(call.path.split("?")[0])) return null;
  const push = pushed(call);
  if (!push) return null;
  const { notification, regId } = push;
  const words = ["opush", "send", "--profile", "sandbox", "--reg-id", regId];
  for (const [field, value] of Object.entries(notification)) {
    if (SPOKEN_FOR.includes(field) || value === null || value === MASK) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (field in FLAGS) words.push(FLAGS[field], text);
    else words.push("--set", `${field}=${JSON.stringify(value)}`);
  }
  words.push("--click", click(notification));
  if (Number(notification.style) === 2) words.push("--style", "long-text");
  if (notification.off_line_ttl) words.push("--ttl", `${Number(notification.off_line_ttl)}s`);
  return words.map(quote).join(" ");
}
