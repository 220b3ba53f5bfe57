# A sender with OPPO's hosts as constants, and nothing but the standard library.
import hashlib, json, time, urllib.error, urllib.parse, urllib.request

def post(url, fields):
    return json.load(urllib.request.urlopen(url, urllib.parse.urlencode(fields).encode()))

now = str(int(time.time() * 1000))
key, secret = "sandbox-demo-app-key", "sandbox-demo-master-secret"
sign = hashlib.sha256((key + now + secret).encode()).hexdigest()
auth = post("https://api.push.oppomobile.com/server/v1/auth", {"app_key": key, "sign": sign, "timestamp": now})
message = {"target_type": 2, "target_value": "REG_ID", "notification": {"title": "from Python", "content": "hello", "channel_id": "tuikit"}}
sent = post(
    "https://api.push.oppomobile.com/server/v1/message/notification/unicast",
    {"auth_token": auth["data"]["auth_token"], "message": json.dumps(message)},
)
assert sent["code"] == 0, sent
im = json.load(urllib.request.urlopen("https://console.tim.qq.com/v4/openim/sendmsg", b"{}"))
assert im["ActionStatus"] == "FAIL", im
try:
    urllib.request.urlopen("https://example.com/")
    raise SystemExit("another host was reached")
except urllib.error.URLError as error:
    print("another host:", error)
