//! Every command there is, with what it is run with: once and more to succeed, once and more to fail.

/// One leaf of the tree of commands.
pub struct Row {
    /// Its words.
    pub command: &'static str,
    /// Lines of arguments that succeed, or end with the exit code after ` => `. ` < piped` gives that secret on stdin.
    pub good: &'static [&'static str],
    /// Lines of arguments that fail.
    pub bad: &'static [&'static str],
    /// It runs until it is told to stop: its good lines are started, asked something, and stopped.
    pub serves: bool,
}

const fn row(command: &'static str, good: &'static [&'static str], bad: &'static [&'static str]) -> Row {
    Row { command, good, bad, serves: false }
}

const fn serves(command: &'static str, good: &'static [&'static str], bad: &'static [&'static str]) -> Row {
    Row { command, good, bad, serves: true }
}

/// In the order in which they are run. `{message}` is one that the phone `p` shows, `{reg}` is the regId of the sandbox's phone `p`, on which bob is logged in;
/// alice has reported it too. `live` reaches the sandbox as a real server, `box` as the sandbox.
pub const ROWS: &[Row] = &[
    row(
        "demo",
        &["", "--break secret => 8", "--break presence => 8"],
        &["--break nonsense", "--sandbox http://127.0.0.1:9"],
    ),
    row("config check", &["", "--profile box"], &["--config missing.toml", "--config broken.toml"]),
    row("config path", &[""], &["--config a --config b"]),
    row("config schema", &[""], &["more"]),
    row("config trust", &["--yes"], &["--config missing.toml"]),
    row(
        "cert add",
        &[
            "--id 7101 --app-id 31001 --app-key k1 --channel-id c --master-secret-env CANARY_MASTER",
            "--id 7102 --app-id 31002 --app-key k2 --channel-id c --master-secret-stdin < piped",
            "--id 7103 --app-id 31003 --app-key k3 --channel-id c --master-secret-file master.secret --app-secret-stdin < piped",
        ],
        &[
            "--id 7005 --app-id 1 --app-key k --channel-id c --master-secret-stdin < piped",
            "--id 7104 --app-id 1 --app-key k --channel-id c --click url:x --master-secret-stdin < piped",
            "--id 7104 --app-id 1 --app-key k --channel-id c --master-secret-env NOT_SET --master-secret-stdin < piped",
        ],
    ),
    row(
        "cert edit",
        &[
            "7102 --app-secret-stdin < piped",
            "7102 --master-secret-stdin < piped",
            "7005 --name other --dry-run",
            "7005 --name other",
            "7103 --master-secret-env CANARY_MASTER --dry-run",
        ],
        &[
            "9999 --name x",
            "7005 --click url:x --master-secret-stdin < piped",
            "7005 --master-secret-stdin --app-secret-stdin < piped",
        ],
    ),
    row(
        "cert import",
        &[
            "timpush-configs.json --profile plugin --region cn --id 7106 --app-id 31006 --channel-id c --master-secret-stdin < piped",
        ],
        &[
            "timpush-configs.json --id 7107",
            "opush.toml --id 7107 --app-id 1 --channel-id c --master-secret-stdin < piped",
            "master.secret --id 7107 --app-id 1 --channel-id c --master-secret-env CANARY_MASTER",
        ],
    ),
    row(
        "cert export",
        &["7005 --to timpush", "7005 --to constants --lang kotlin", "7005 --to env", "7102 --to env"],
        &["9999 --to env", "7005", "7005 --to secret"],
    ),
    row("cert use", &["7101", "7005"], &["9999"]),
    row("cert list", &["", "--profile box"], &["--profile nobody"]),
    row("cert show", &["7005", "7005 --console", "7102", "7005 --profile box"], &["9999"]),
    row("cert verify", &["7005", "7005 --profile box"], &["7102", "7103", "--profile env"]),
    row("cert remove", &["7101 --yes"], &["9999 --yes", "7102"]),
    row(
        "profile add",
        &["other --region cn --package com.example.other --endpoint http://127.0.0.1:9"],
        &["live --region cn", "bad --region nowhere"],
    ),
    row(
        "profile edit",
        &[
            "live --im-secret-key-stdin --dry-run < piped",
            "other --im-sdk-app-id 1400000009 --im-admin a --im-secret-key-stdin < piped",
        ],
        &["nobody --package a.b", "live", "other --package x --im-secret-key-stdin < piped"],
    ),
    row("profile list", &[""], &["--config broken.toml"]),
    row("profile show", &["live", "box", "env", "sandbox"], &["nobody"]),
    row("profile use", &["box", "live"], &["nobody"]),
    row("profile remove", &["other --yes"], &["nobody --yes", "live"]),
    row(
        "click check",
        &["--click open-app", "--click activity:.Main", "--click activity:.Main --app AndroidManifest.xml"],
        &["--click url:nothing", "--click open-app --app missing.apk"],
    ),
    row(
        "click explain",
        &["--click activity:.Main --app AndroidManifest.xml"],
        &["--click open-app --app broken.toml"],
    ),
    row(
        "lint",
        &["AndroidManifest.xml => 4", "- < piped => 4"],
        &["missing.json", "--item 1 AndroidManifest.xml", "--fix AndroidManifest.xml"],
    ),
    row("click list", &["--app AndroidManifest.xml"], &["", "--app broken.toml"]),
    row(
        "token report",
        &["--user alice --reg-id {reg}", "--user alice --reg-id {reg} --profile box"],
        &["--user alice --reg-id nonsense", "--user alice --reg-id {reg} --certificate 9"],
    ),
    row(
        "token import",
        &["tokens.csv"],
        &["missing.csv", "bad.csv", "opush.toml", "master.secret --format jsonl"],
    ),
    row("token export", &["", "--format jsonl"], &["--format xml"]),
    // The home's adb is a script that says nothing but what a phone would.
    row(
        "device check",
        &[
            "--package com.example.chat --channel-id tuikit",
            "--package com.example.chat --app AndroidManifest.xml",
        ],
        &["--serial nobody", "--package com.example.chat --click url:nothing"],
    ),
    row(
        "device tap",
        &["--package com.example.chat --click activity:com.example.chat.A --ext {\"k\":\"v\"}"],
        &["--package com.example.chat --ext nonsense"],
    ),
    row("device log", &["--all --limit 1"], &["--limit 0"]),
    row("device kill", &["--no-send --package com.example.chat"], &["", "--reg-id nonsense"]),
    row("token list", &["", "--profile box"], &["--profile nobody"]),
    row("token show", &["--user alice"], &["--user"]),
    row("token check", &["{reg}"], &["nonsense"]),
    row(
        "presence set",
        &["--user alice killed", "--user alice killed --profile box", "--user alice killed --profile env"],
        &["--user alice flying"],
    ),
    row("presence clear", &["", "--user alice"], &["--device pad"]),
    row("presence show", &["", "--user alice"], &["--user"]),
    row(
        "presence explain",
        &["--user alice", "--user bob --profile box", "--user bob"],
        &["--user alice --certificate 0"],
    ),
    row(
        "send",
        &[
            "--reg-id {reg} --title Hello --content x",
            "--alias al --title Hello --content x",
            "--user alice --title Hello --content x",
            "--profile box --reg-id {reg} --message-file message.json",
            "--profile box --reg-id {reg} --title Hello --content x --wait 20s",
            "--reg-id {reg} --title Hello --content x --dry-run",
            "--reg-id {reg} --title Hello --content x --dry-run --curl",
            "--user alice --title Hello --content x --dry-run --curl",
            "--profile box --reg-id {reg} --title Hello --content x --message-file callback.secret",
            "--profile box --reg-id {reg} --title Hello --content x --message-file callback.secret --dry-run --curl",
            "--reg-id {reg} --title Hello --content x --message-file callback.secret",
        ],
        &[
            "--reg-id nonsense --title Hello --content x",
            "--reg-id {reg} --title Hello --content x --message-file opush.toml",
            "--reg-id {reg} --title Hello --content x --message-file master.secret",
            "--reg-id {reg} --title Hello --content x --ext-json @master.secret",
            "--alias al --title Hello --content x --message-file callback.secret",
            "--alias nobody-has-it --title Hello --content x",
            "--user nobody --title Hello --content x",
            "--user bob --title Hello --content x",
            "--certificate 7102 --reg-id {reg} --title Hello --content x",
            "--profile env --reg-id {reg} --title Hello --content x",
            "--reg-id {reg} --title Hello --content x --wait 1s",
        ],
    ),
    row(
        "snippet",
        &["all", "manifest", "all --lang kotlin", "all --out out", "check --app AndroidManifest.xml => 8"],
        &[
            "nonsense",
            "all --certificate 9",
            "check",
            "check --app broken.toml",
            "all --app AndroidManifest.xml",
        ],
    ),
    row("oppo token", &["", "--certificate 7005", "--profile box"], &["--certificate 9999", "--profile env"]),
    row(
        "oppo alias set",
        &["spare --reg-id {reg}", "spare --reg-id {reg} --profile box"],
        &["a;b --reg-id {reg}"],
    ),
    row("oppo alias delete", &["spare"], &["nobody-has-it", "spare --profile env"]),
    row("oppo tag add", &["sport --desc news"], &["a;b", "sport --profile env"]),
    row("oppo tag subscribe", &["sport news --reg-id {reg}"], &["sport --reg-id nonsense"]),
    row("oppo tag list", &["--reg-id {reg}", "--reg-id {reg} --profile box"], &["--reg-id nonsense"]),
    row("oppo tag unsubscribe", &["sport --reg-id {reg}"], &["sport --reg-id {reg} --certificate 9999"]),
    row("oppo invalid-reg-ids", &["", "--prune --yes"], &["--yes", "--profile env"]),
    row(
        "oppo picture upload",
        &["icon.png --kind small-picture", "icon.png --kind small-picture --profile box"],
        &[
            "master.secret --kind small-picture",
            "icon.png --kind big-picture",
            "missing.png --kind small-picture",
        ],
    ),
    row(
        "broadcast save",
        &[
            "--title Hello --content x",
            "--title Hello --content x --small-picture icon.png --profile box",
            "--title Hello --content x --message-file callback.secret",
            "--title Hello --content x --message-file callback.secret --dry-run --curl",
        ],
        &[
            "--title Hello",
            "--title Hello --content x --big-picture master.secret",
            "--title Hello --content x --profile env",
        ],
    ),
    row(
        "broadcast send",
        &[
            "1 --reg-ids phones.txt",
            "3 --reg-ids phones.txt",
            "1 --all --confirm com.example.demo",
            "1 --all --dry-run --curl",
        ],
        &[
            "1 --reg-ids master.secret",
            "1 --all --confirm nonsense",
            "3 --tags sport",
            "m-1 --tags sport --profile env",
        ],
    ),
    row("broadcast status", &["1"], &["nothing-saved", "m-1 --profile env"]),
    row("oppo quota", &["", "--profile box"], &["--profile env"]),
    row(
        "oppo statistics",
        &["{message}", "{message} --profile box"],
        &["no-such-message", "x --profile env"],
    ),
    row(
        "im usersig",
        &["--user bob", "--user bob --expire 1h"],
        &["--user bob --expire 0s", "--verify < piped", "--user bob --profile env"],
    ),
    row("im check", &["", "--profile box"], &["--profile env"]),
    row("im state", &["bob", "bob --profile box"], &[""]),
    row("im account", &["bob"], &["", "bob --profile env"]),
    row(
        "im send",
        &[
            "--to bob --text hi --title Alice",
            "--to bob --text hi --dry-run",
            "--to bob --text hi --profile box",
        ],
        &[
            "--to nobody --text hi",
            "--to bob --text hi --message-file master.secret",
            "--to bob --text hi --ext-json @opush.toml",
        ],
    ),
    row("im trace", &["p1"], &["p1 --profile env", ""]),
    row("im loss", &["--since 1h"], &["--since 30d"]),
    row("im kick", &["bob"], &["nobody", ""]),
    serves("im webhook listen", &["--listen {free}"], &["--listen nowhere", "--listen 0.0.0.0:0"]),
    serves(
        "token listen",
        &["--listen {free}", "--listen {free} --token-file bearer.secret"],
        &["--token-file nowhere", "--token-file message.json", "--token-file tokens.csv"],
    ),
    serves(
        "receipt listen",
        &[
            "--listen {free} --path-secret-env CANARY_PATH",
            "--listen {free} --path-secret-file path.secret --ready-file receipt-ready.json",
            "--listen {free} --path-secret-stdin < path",
        ],
        &[
            "--path-secret-env NOT_SET",
            "--path-secret-stdin < piped",
            "--path-secret-env CANARY_MASTER",
            "--path-secret-file master.secret",
            "--path-secret-env CANARY_PATH --listen nowhere",
        ],
    ),
    row("receipt list", &["", "--rejected", "--user alice"], &["--limit none"]),
    row("history list", &["", "--user alice", "--status refused"], &["--status nonsense"]),
    row("history show", &["1", "2", "3", "4", "5", "6", "7", "8"], &["9999", "nonsense"]),
    row("history resend", &["1 => 0 2", "1 --same-id => 0 2"], &["9999", "1 --profile env"]),
    row(
        "history export",
        &[" => 0 2", "--format csv => 0 2", "--out history.jsonl", "--out history.csv"],
        &["--format xml", "--out opush.toml/x.jsonl"],
    ),
    row(
        "diagnose",
        &[
            "--user alice => 0 8",
            "--user alice --markdown => 0 8",
            "--user alice --bundle alice.zip => 0 8",
            "--user alice --probe --wait 20s --profile box --markdown --bundle box.zip => 0 8",
            "--user bob --profile box => 0 8",
            "--reg-id {reg} --seen => 0 8",
            "--certificate 7102 => 8",
            "--message-id 1 => 0 8",
            "--push-id p1 => 0 8",
        ],
        &[
            "",
            "--user alice --bundle opush.toml/x.zip",
            "--user nobody",
            "--user alice --profile env --bundle env.zip",
        ],
    ),
    row(
        "doctor",
        &[" => 0 8", "--markdown => 0 8", "--profile box => 0 8", "--profile env => 0 8"],
        &["--config missing.toml", "--config broken.toml --markdown"],
    ),
    row("explain", &["16", "70001", "no-report", "secret-resolves => 0 2 4"], &["nonsense"]),
    row(
        "batch run",
        &["batch.csv --title t --content c --profile box", "batch.csv --title t --content c --dry-run"],
        &["bad.csv --title t --content c", "missing.csv", "batch.csv --profile nobody"],
    ),
    row("batch list", &["", "--profile box"], &["--config broken.toml"]),
    row("batch status", &["1"], &["99", "nonsense"]),
    row("batch report", &["1", "1 --jsonl"], &["99"]),
    row("batch resume", &["1"], &["99", "1 --profile nobody"]),
    row("batch cancel", &["1"], &["99"]),
    row(
        "smoke new",
        &["--profile box --out smoke.toml", "--out live.toml"],
        &["--profile box --out smoke.toml", "--profile nobody"],
    ),
    row(
        "smoke list",
        &["smoke.toml --profile box", "callback.toml --profile box"],
        &["missing.toml", "opush.toml", "stray.toml --profile box", "callback.toml --filter nothing"],
    ),
    row(
        "smoke run",
        &[
            "smoke.toml --profile box --junit junit.xml",
            "callback.toml --profile box --junit callback.xml => 0 8",
        ],
        &[
            "red.toml --profile box --junit red.xml",
            "red.toml --junit live.xml",
            "stray.toml --profile box --junit stray.xml",
            "smoke.toml --junit opush.toml/x.xml",
        ],
    ),
    row("sandbox play", &["story.toml --profile box"], &["missing.toml", "smoke.toml --profile box"]),
    row(
        "sandbox release",
        &["{message} --to live --reg-id {reg} --dry-run --profile box"],
        &[
            "nothing --to box --reg-id {reg} --profile box",
            "{message} --to nobody --user alice --profile box",
        ],
    ),
    row(
        "sandbox phone add",
        &["--name q --alias b --profile box", "--name r"],
        &["--name q --profile box", "--name s --android 99 --profile box"],
    ),
    row("sandbox phone list", &["", "--profile box"], &["--profile nobody"]),
    row("sandbox phone show", &["p --profile box"], &["nobody --profile box"]),
    row("sandbox phone set", &["q --do-not-disturb on --profile box"], &["nobody --alias x --profile box"]),
    row("sandbox phone login", &["q --user carol --profile box"], &["nobody --user carol --profile box"]),
    row("sandbox phone open", &["q --profile box"], &["nobody --profile box"]),
    row("sandbox phone background", &["q --profile box"], &["nobody --profile box"]),
    row("sandbox phone kill", &["q --profile box"], &["nobody --profile box"]),
    row("sandbox phone offline", &["q --profile box"], &["nobody --profile box"]),
    row("sandbox phone online", &["q --profile box"], &["nobody --profile box"]),
    row("sandbox phone elapse", &["q 8d --profile box"], &["nobody 1m --profile box"]),
    row("sandbox phone logout", &["q --profile box => 0 1"], &["nobody --profile box"]),
    row("sandbox phone tap", &["p --profile box", "q --profile box"], &["nobody --profile box"]),
    row("sandbox phone dismiss", &["p --profile box", "q --profile box"], &["nobody --profile box"]),
    row("sandbox phone remove", &["q --profile box"], &["nobody --profile box"]),
    row(
        "sandbox fault set",
        &["code=33 --count 1 --profile box", "delay=1ms --app 30001 --profile box"],
        &["nonsense --profile box", "code=33 --phone nobody --profile box"],
    ),
    row("sandbox fault list", &["--profile box", "--known"], &["--profile nobody"]),
    row("sandbox fault clear", &["--profile box"], &["9999 --profile box"]),
    row("sandbox clock show", &["--profile box"], &["--profile nobody"]),
    row("sandbox clock set", &["2026-01-01T00:00:00Z --profile box"], &["nonsense"]),
    row("sandbox clock advance", &["10m --profile box"], &["0s --profile box"]),
    row("sandbox clock follow", &["--profile box"], &["--profile nobody"]),
    row(
        "sandbox calls",
        &["--profile box", "--limit 3", "1 --profile box"],
        &["--limit none", "9999 --profile box"],
    ),
    serves(
        "sandbox run",
        &[
            "--listen {free} --ephemeral",
            "--listen {free} --ephemeral --profile box",
            "--listen {everywhere} --beyond-loopback --ephemeral",
        ],
        &["--listen nowhere", "--rule nonsense=1", "--listen {free} --config broken.toml"],
    ),
    row("completions", &["bash", "zsh", "fish", "elvish", "powershell"], &["tcsh"]),
    row("man", &["", "send", "receipt listen", "--dir man"], &["nonsense"]),
    row("token remove", &["--user carol"], &["--user"]),
    row("history prune", &["--older-than 90d", "--keep 5 --dry-run", "--keep 5"], &["--older-than nonsense"]),
    row("sandbox reset", &["--profile box"], &["--profile nobody"]),
];

/// What is run beside the tree: a shell's question at Tab, and following the history.
pub const BESIDE: &[&str] = &[
    "__complete fish 2 opush --profile ",
    "__complete bash 3 opush cert show ",
    "__complete zsh 4 opush send --user ",
    "__complete fish 4 opush send --reg-id ",
    "__complete fish 4 opush cert edit --master-secret-env ",
    "__complete fish 3 opush history show ",
    "__complete fish 4 opush sandbox phone show ",
    "__complete fish 1 opush ",
    "--help",
    "--version",
    "nonsense",
    "",
];
