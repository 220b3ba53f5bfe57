import hashlib
import json
import os
import subprocess
import tempfile
import time
import unittest
from urllib.parse import urlencode
from urllib.request import Request, urlopen


def call(url, body=None):
    with urlopen(Request(url, data=body, method="GET" if body is None else "POST")) as answer:
        return json.load(answer)


class PushTest(unittest.TestCase):
    def setUp(self):
        ready = os.path.join(tempfile.mkdtemp(), "ready.json")
        opush = os.environ.get("OPUSH", "opush")
        command = [opush, "sandbox", "run", "--ephemeral", "--quiet", "--listen", "127.0.0.1:0", "--ready-file", ready]
        self.sandbox = subprocess.Popen(command)
        self.addCleanup(self.sandbox.wait)
        self.addCleanup(self.sandbox.terminate)
        while not os.path.exists(ready):
            self.assertIsNone(self.sandbox.poll(), "the sandbox has ended")
            time.sleep(0.01)
        with open(ready) as file:
            self.url = json.load(file)["url"]
        self.control = self.url + "/_sandbox/v1"
        wanted = {"user": "alice", "package": "com.example.shop", "click": {"activity": "com.example.shop.Order"}}
        self.app = call(self.control + "/setup", json.dumps(wanted).encode())

    def send(self, notification):
        """What your own server does, here with nothing but HTTP."""
        key, secret, now = self.app["app_key"], self.app["master_secret"], str(int(time.time() * 1000))
        sign = hashlib.sha256((key + now + secret).encode()).hexdigest()
        auth = urlencode({"app_key": key, "timestamp": now, "sign": sign}).encode()
        token = call(self.url + "/server/v1/auth", auth)["data"]["auth_token"]
        message = {"target_type": 2, "target_value": self.app["reg_id"], "notification": notification}
        form = urlencode({"auth_token": token, "message": json.dumps(message)}).encode()
        return call(self.url + "/server/v1/message/notification/unicast", form)

    def test_an_order_opens_its_page(self):
        answer = self.send({
            "title": "Shipped",
            "content": "Your order is on its way",
            "channel_id": self.app["channel_id"],
            "click_action_type": 4,
            "click_action_activity": "com.example.shop.Order",
            "action_parameters": json.dumps({"orderId": "42"}),
        })
        self.assertEqual(answer["code"], 0, answer)
        message = call(self.control + "/messages/wait?user=alice&stage=shown&timeout_ms=5000")
        self.assertEqual(message["title"], "Shipped")
        self.assertEqual(message["tap"]["target"], "com.example.shop.Order")
        self.assertEqual(message["tap"]["extras"], {"orderId": "42"})

    def test_a_channel_that_the_app_never_made_shows_nothing(self):
        self.send({"title": "Lost", "content": "Nobody sees this", "channel_id": "no-such-channel"})
        message = call(self.control + "/messages/wait?title=Lost")
        self.assertEqual((message["stage"], message["reason"]), ("dropped", "channel-missing"))


if __name__ == "__main__":
    unittest.main()
