"""A push client of its own, with nothing but Python's standard library, written from OPPO's documents and from what
clients in the field put on the wire (OPPO reference, sections 2 to 4 and 11). It knows nothing of opush."""

import hashlib
import json
import sys
import time
import urllib.parse
import urllib.request


def post(url, fields, headers=None):
    body = urllib.parse.urlencode(fields).encode("ascii")
    request = urllib.request.Request(url, data=body, headers=headers or {}, method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        return json.loads(answer.read().decode("utf-8"))


def auth(base, app_key, master_secret):
    timestamp = str(int(time.time() * 1000))
    sign = hashlib.sha256((app_key + timestamp + master_secret).encode("utf-8")).hexdigest()
    answer = post(base + "/server/v1/auth", {"app_key": app_key, "timestamp": timestamp, "sign": sign})
    assert answer["code"] == 0, answer
    assert isinstance(answer["data"]["create_time"], int), answer
    return answer["data"]["auth_token"]


UNICAST = "/server/v1/message/notification/unicast"


def messages(reg_id):
    """By name: the message, and whether the token goes as a header."""
    snake = {"title": "documented", "content": "héllo 你好 👋 & + %", "channel_id": "tuikit"}
    yield "documented", {"target_type": 2, "target_value": reg_id, "notification": snake}, False
    yield "header", {"target_type": 2, "target_value": reg_id, "notification": dict(snake, title="header")}, True
    camel = {
        "title": "camel",
        "content": "c",
        "clickActionType": 4,
        "clickActionActivity": "com.example.demo.SplashActivity",
        "actionParameters": json.dumps({"k": "v"}),
        "offLine": True,
        "offLineTtl": 3600,
        "channelId": "tuikit",
    }
    yield "camel", {"targetType": 2, "targetValue": reg_id, "notification": camel}, False
    strings = {
        "title": "strings",
        "content": "c",
        "click_action_type": "0",
        "off_line": "true",
        "off_line_ttl": "3600",
        "channel_id": "tuikit",
    }
    yield "strings", {"target_type": "2", "target_value": reg_id, "notification": strings}, True
    nested = json.dumps({"title": "stringified", "content": "c", "channel_id": "tuikit"})
    yield "stringified", {"target_type": 2, "target_value": reg_id, "notification": nested}, False
    odd = dict(snake, title="odd", app_message_id=12345, action_parameters={"a": "b"}, sound="ding")
    yield "odd", {"target_type": 2, "target_value": reg_id, "notification": odd, "unknown": 1}, False


def main():
    base, app_key, master_secret, reg_id = sys.argv[1:5]
    token = auth(base, app_key, master_secret)
    sent = {}
    for name, message, in_header in messages(reg_id):
        fields = {"message": json.dumps(message, ensure_ascii=False), "sdk_version": "JAVA_SDK_V1.1.0"}
        headers = {}
        if in_header:
            headers["auth_token"] = " " + token
        else:
            fields["auth_token"] = token
        answer = post(base + UNICAST, fields, headers)
        assert answer["code"] == 0, (name, answer)
        sent[name] = answer["data"]["messageId"]

    bad = post(base + "/server/v1/auth", {"app_key": app_key, "timestamp": str(int(time.time() * 1000)), "sign": "0" * 64})
    assert bad["code"] == 16, bad
    unknown = {"target_type": 2, "target_value": "CN_" + "0" * 32, "notification": {"title": "t", "content": "c"}}
    refused = post(base + UNICAST, {"auth_token": token, "message": json.dumps(unknown)})
    assert refused["code"] == 10000, refused
    print(json.dumps(sent))


main()
