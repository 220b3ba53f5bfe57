// A straightforward batch sender, 1,000 rows a call, with Go's standard client: go run sender.go URL APP_KEY MASTER_SECRET FILE.csv.
// It validates nothing and keeps nothing. Columns: reg_id,title,content. Prints one JSON object.
package main

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"
)

type notification struct {
	Title           string `json:"title"`
	Content         string `json:"content"`
	ChannelID       string `json:"channel_id"`
	ClickActionType int    `json:"click_action_type"`
}

type message struct {
	TargetType   int          `json:"target_type"`
	TargetValue  string       `json:"target_value"`
	Notification notification `json:"notification"`
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func post(address string, fields url.Values, into any) {
	answer, err := http.PostForm(address, fields)
	check(err)
	defer answer.Body.Close()
	check(json.NewDecoder(answer.Body).Decode(into))
	io.Copy(io.Discard, answer.Body)
}

func main() {
	base, key, secret, name := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	sum := sha256.Sum256([]byte(key + timestamp + secret))
	var auth struct {
		Data struct {
			Token string `json:"auth_token"`
		} `json:"data"`
	}
	post(base+"/server/v1/auth", url.Values{"app_key": {key}, "timestamp": {timestamp}, "sign": {hex.EncodeToString(sum[:])}}, &auth)
	accepted, refused := 0, 0
	send := func(messages []message) {
		text, err := json.Marshal(messages)
		check(err)
		var answer struct {
			Data []struct {
				ErrorCode int `json:"errorCode"`
			} `json:"data"`
		}
		post(base+"/server/v1/message/notification/unicast_batch", url.Values{"auth_token": {auth.Data.Token}, "messages": {string(text)}}, &answer)
		for _, item := range answer.Data {
			if item.ErrorCode != 0 {
				refused++
			} else {
				accepted++
			}
		}
	}
	start := time.Now()
	file, err := os.Open(name)
	check(err)
	rows := csv.NewReader(file)
	rows.ReuseRecord = true
	columns := map[string]int{}
	header, err := rows.Read()
	check(err)
	for at, column := range header {
		columns[column] = at
	}
	messages := make([]message, 0, 1000)
	for {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		check(err)
		messages = append(messages, message{2, row[columns["reg_id"]], notification{row[columns["title"]], row[columns["content"]], "tuikit", 0}})
		if len(messages) == 1000 {
			send(messages)
			messages = messages[:0]
		}
	}
	if len(messages) > 0 {
		send(messages)
	}
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	seconds := func(of syscall.Timeval) float64 { return float64(of.Sec) + float64(of.Usec)/1e6 }
	fmt.Printf("{\"accepted\": %d, \"refused\": %d, \"wall_s\": %f, \"cpu_s\": %f, \"rss_kb\": %d}\n",
		accepted, refused, time.Since(start).Seconds(), seconds(used.Utime)+seconds(used.Stime), used.Maxrss)
}
