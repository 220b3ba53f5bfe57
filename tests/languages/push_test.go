package push

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

type object = map[string]any

type sandbox struct {
	*testing.T
	url string
	app object
}

func start(t *testing.T) *sandbox {
	ready := filepath.Join(t.TempDir(), "ready.json")
	opush := os.Getenv("OPUSH")
	if opush == "" {
		opush = "opush"
	}
	command := exec.Command(opush, "sandbox", "run", "--ephemeral", "--quiet",
		"--listen", "127.0.0.1:0", "--ready-file", ready)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(os.Interrupt)
		command.Wait()
	})
	s := &sandbox{T: t}
	for deadline := time.Now().Add(time.Minute); s.url == ""; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the sandbox is not ready")
		}
		if text, err := os.ReadFile(ready); err == nil {
			var found object
			if err := json.Unmarshal(text, &found); err != nil {
				t.Fatal(err)
			}
			s.url = found["url"].(string)
		}
	}
	s.app = s.call("/_sandbox/v1/setup",
		`{"user": "alice", "package": "com.example.shop", "click": {"activity": "com.example.shop.Order"}}`)
	return s
}

func (s *sandbox) call(path, body string) object {
	s.Helper()
	method := "GET"
	if body != "" {
		method = "POST"
	}
	request, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	var answer object
	if err := json.Unmarshal(text, &answer); err != nil {
		s.Fatalf("%v: %s", err, text)
	}
	return answer
}

// What your own server does, here with nothing but HTTP.
func (s *sandbox) send(notification object) object {
	s.Helper()
	key, now := s.app["app_key"].(string), fmt.Sprint(time.Now().UnixMilli())
	sign := fmt.Sprintf("%x", sha256.Sum256([]byte(key+now+s.app["master_secret"].(string))))
	auth := s.call("/server/v1/auth", url.Values{"app_key": {key}, "timestamp": {now}, "sign": {sign}}.Encode())
	token := auth["data"].(object)["auth_token"].(string)
	message, _ := json.Marshal(object{"target_type": 2, "target_value": s.app["reg_id"], "notification": notification})
	form := url.Values{"auth_token": {token}, "message": {string(message)}}
	return s.call("/server/v1/message/notification/unicast", form.Encode())
}

func (s *sandbox) equal(found, wanted any) {
	s.Helper()
	if !reflect.DeepEqual(found, wanted) {
		s.Errorf("found %v, wanted %v", found, wanted)
	}
}

func TestAnOrderOpensItsPage(t *testing.T) {
	s := start(t)
	answer := s.send(object{
		"title": "Shipped", "content": "Your order is on its way", "channel_id": s.app["channel_id"],
		"click_action_type": 4, "click_action_activity": "com.example.shop.Order",
		"action_parameters": `{"orderId":"42"}`,
	})
	s.equal(answer["code"], 0.0)
	message := s.call("/_sandbox/v1/messages/wait?user=alice&stage=shown&timeout_ms=5000", "")
	s.equal(message["title"], "Shipped")
	tap := message["tap"].(object)
	s.equal(tap["target"], "com.example.shop.Order")
	s.equal(tap["extras"], object{"orderId": "42"})
}

func TestAChannelThatTheAppNeverMadeShowsNothing(t *testing.T) {
	s := start(t)
	s.send(object{"title": "Lost", "content": "Nobody sees this", "channel_id": "no-such-channel"})
	message := s.call("/_sandbox/v1/messages/wait?title=Lost", "")
	s.equal([]any{message["stage"], message["reason"]}, []any{"dropped", "channel-missing"})
}
