"""A straightforward batch sender, 1,000 rows a call, with the requests library: sender.py URL APP_KEY MASTER_SECRET FILE.csv.

It validates nothing and keeps nothing. Columns: reg_id,title,content. Prints one JSON object.
"""

import csv
import hashlib
import json
import resource
import sys
import time

import requests


def main():
    url, app_key, master_secret, file = sys.argv[1:]
    session = requests.Session()
    timestamp = str(int(time.time() * 1000))
    sign = hashlib.sha256((app_key + timestamp + master_secret).encode()).hexdigest()
    answer = session.post(url + "/server/v1/auth", data={"app_key": app_key, "timestamp": timestamp, "sign": sign}).json()
    token = answer["data"]["auth_token"]
    accepted = refused = 0

    def send(messages):
        nonlocal accepted, refused
        body = {"auth_token": token, "messages": json.dumps(messages)}
        answer = session.post(url + "/server/v1/message/notification/unicast_batch", data=body).json()
        for item in answer["data"]:
            if item.get("errorCode"):
                refused += 1
            else:
                accepted += 1

    start = time.monotonic()
    messages = []
    with open(file, newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            notification = {"title": row["title"], "content": row["content"], "channel_id": "tuikit", "click_action_type": 0}
            messages.append({"target_type": 2, "target_value": row["reg_id"], "notification": notification})
            if len(messages) == 1000:
                send(messages)
                messages = []
    if messages:
        send(messages)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "accepted": accepted, "refused": refused, "wall_s": time.monotonic() - start,
        "cpu_s": used.ru_utime + used.ru_stime, "rss_kb": used.ru_maxrss,
    }))


main()
