-- Pushes for wrk: distinct messages to the phones of regIds CN_<number in 32 hex digits>.
-- Arguments: the auth token, how many phones, and how many milliseconds at most a connection rests after each answer.
local number, threads = 0, 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  token, phones, rest = args[1], tonumber(args[2]), tonumber(args[3])
  head = "POST /server/v1/message/notification/unicast HTTP/1.1\r\nHost: 127.0.0.1\r\n" ..
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
  front = "\r\n\r\nauth_token=" .. token .. "&message=%7B%22target_type%22%3A2%2C%22target_value%22%3A%22CN_"
  title = "%22%2C%22notification%22%3A%7B%22title%22%3A%22Alice%20"
  content = "%22%2C%22content%22%3A%22see%20you%20at%20"
  back = "%22%2C%22channel_id%22%3A%22bench%22%2C%22click_action_type%22%3A0%2C%22off_line%22%3Atrue" ..
    "%2C%22off_line_ttl%22%3A3600%7D%7D"
  length = #front - 4 + 32 + #title + #content + #back
  if rest == 0 then
    delay = nil
  end
end

function delay()
  return math.random(0, rest)
end

function request()
  number = number + 1
  local own = id .. "." .. number
  local phone = string.format("%032x", (number * 2 + id) % phones + 1)
  return head .. (length + 2 * #own) .. front .. phone .. title .. own .. content .. own .. back
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("%d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
