// A sender with OPPO's hosts as constants, and nothing but the standard library.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const push = "https://api.push.oppomobile.com/server/v1"

type object = map[string]any

func read(answer *http.Response, err error) object {
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	var found object
	if err := json.Unmarshal(body, &found); err != nil {
		log.Fatal(string(body))
	}
	return found
}

func main() {
	key, now := "sandbox-demo-app-key", fmt.Sprint(time.Now().UnixMilli())
	sign := fmt.Sprintf("%x", sha256.Sum256([]byte(key+now+"sandbox-demo-master-secret")))
	auth := read(http.PostForm(push+"/auth", url.Values{"app_key": {key}, "timestamp": {now}, "sign": {sign}}))
	message, _ := json.Marshal(object{"target_type": 2, "target_value": "REG_ID", "notification": object{
		"title": "from Go", "content": "hello", "channel_id": "tuikit"}})
	token := auth["data"].(object)["auth_token"].(string)
	sent := read(http.PostForm(push+"/message/notification/unicast",
		url.Values{"auth_token": {token}, "message": {string(message)}}))
	if sent["code"] != 0.0 {
		log.Fatal(sent)
	}
	im := read(http.Post("https://console.tim.qq.com/v4/openim/sendmsg", "application/json", strings.NewReader("{}")))
	if im["ActionStatus"] != "FAIL" {
		log.Fatal(im)
	}
	_, err := http.Get("https://example.com/")
	if err == nil {
		log.Fatal("another host was reached")
	}
	fmt.Println("another host:", err)
}
