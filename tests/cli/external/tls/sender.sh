# A sender with OPPO's hosts as constants, by curl.
set -eu
key=sandbox-demo-app-key
now=$(date +%s)000
sign=$(printf %s "$key$now"sandbox-demo-master-secret | sha256sum | cut -d' ' -f1)
token=$(curl -sS https://api.push.oppomobile.com/server/v1/auth -d app_key=$key -d timestamp=$now -d sign=$sign | sed 's/.*"auth_token":"\([^"]*\)".*/\1/')
curl -sSf https://api.push.oppomobile.com/server/v1/message/notification/unicast --data-urlencode "auth_token=$token" \
  --data-urlencode 'message={"target_type":2,"target_value":"REG_ID","notification":{"title":"from curl","content":"hello","channel_id":"tuikit"}}' | grep '"code":0'
curl -sSf https://console.tim.qq.com/v4/openim/sendmsg -d '{}' | grep FAIL
if curl -sS https://example.com/ 2>&1; then exit 1; fi
