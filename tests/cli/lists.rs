//! Lists at a terminal of 60, 80 and 120 columns, and in a pipe: what can be scanned and copied.

use super::harness::Home;
use super::prompts::Prompted;
use super::send::{accepted, demo, granted};
use super::vendor::Vendor;

const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// Pushes, reports and a presence, in the time zone of Shanghai.
fn filled() -> (Vendor, Home) {
    let vendor = Vendor::start(|request, _| if request.is_auth() { granted() } else { accepted() });
    let home = demo(&vendor.url()).variable("TZ", "CST-8");
    for title in ["Lunch with the whole team at noon", "Second"] {
        home.run(&["send", "--reg-id", REG_ID, "--title", title, "--content", "x"]).expect(0);
    }
    home.run(&["token", "report", "--user", "alice", "--reg-id", REG_ID]).expect(0);
    home.run(&["presence", "set", "--user", "alice", "killed"]).expect(0);
    (vendor, home)
}

const LISTS: [&[&str]; 6] = [
    &["history", "list"],
    &["token", "list"],
    &["presence", "show"],
    &["cert", "list"],
    &["profile", "list"],
    &["sandbox", "fault", "list", "--known", "--profile", "sandbox"],
];

/// What the terminal shows, without colours.
fn shown(home: &Home, columns: usize, args: &[&str]) -> Vec<String> {
    let (code, seen) = Prompted::start(home, columns, args).leave();
    assert_eq!(code, 0, "{seen}");
    console_text(&seen).lines().map(|line| line.trim_end().to_owned()).collect()
}

fn console_text(seen: &str) -> String {
    let mut text = String::new();
    let mut rest = seen;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        text.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    text + rest
}

#[test]
fn a_list_fits_the_terminal_and_cuts_no_word() {
    let (_vendor, home) = filled();
    for args in LISTS {
        let piped = home.run(args).expect(0);
        // What is said on stderr is on the terminal as well.
        let piped = format!("{}{}", piped.stdout, piped.stderr);
        let known: Vec<&str> = piped.split_whitespace().collect();
        for columns in [60, 80, 120] {
            let lines = shown(&home, columns, args);
            let wide = lines.iter().find(|line| line.chars().count() > columns);
            assert_eq!(wide, None, "{args:?} at {columns}: {lines:#?}");
            for word in lines.iter().flat_map(|line| line.split_whitespace()) {
                let is_time = word.contains(':') || word.starts_with("20") || word.contains("(+08");
                let short = word.split_once('…');
                let whole = known.iter().any(|known| match short {
                    Some((head, tail)) => known.starts_with(head) && known.ends_with(tail),
                    None => *known == word,
                });
                assert!(whole || is_time, "{args:?} at {columns}: {word} is no word of {piped}\n{lines:#?}");
            }
        }
    }
}

/// Reports of single things.
const REPORTS: [&[&str]; 14] = [
    &["cert", "show"],
    &["cert", "show", "--console"],
    &["cert", "verify"],
    &["profile", "show"],
    &["history", "show", "1"],
    &["token", "show", "--user", "alice"],
    &["token", "report", "--user", "bob", "--reg-id", REG_ID],
    &["presence", "explain", "--user", "alice"],
    &["click", "check", "https://example.com/a"],
    &["explain", "16"],
    &["explain", "certificate-missing"],
    &["config", "path"],
    &["sandbox", "phone", "add", "--profile", "sandbox"],
    &["sandbox", "phone", "show", "demo", "--profile", "sandbox"],
];

#[test]
fn a_report_at_60_columns_cuts_no_word_and_no_command() {
    let (_vendor, home) = filled();
    for args in REPORTS {
        let (_, seen) = Prompted::start(&home, 60, args).leave();
        for line in console_text(&seen).lines().map(str::trim_end) {
            let copied = line.trim_start().starts_with("opush ") || line.split_whitespace().count() == 1;
            assert!(line.chars().count() <= 60 || copied, "{args:?}: {line:?} is cut\n{seen}");
        }
    }
}

#[test]
fn a_list_is_newest_first_with_local_time_and_title_on_a_terminal_and_utc_in_a_pipe() {
    let (_vendor, home) = filled();
    let piped = home.run(&["history", "list"]).expect(0).stdout;
    let rows: Vec<&str> = piped.lines().collect();
    assert!(rows[0].contains("AT (UTC)") && rows[0].contains("TITLE"), "{piped}");
    assert!(rows[1].contains("Second") && rows[2].contains("Lunch with the whole team"), "{piped}");
    assert!(rows[1].contains(REG_ID) && rows[1].contains("30001-1-1-0123456789abcdef01234567"), "{piped}");
    let screen = shown(&home, 120, &["history", "list"]);
    assert!(screen[0].contains("AT (+08:00)"), "{screen:#?}");
    assert!(screen.iter().any(|line| line.contains("CN_01234") && line.contains('…')), "{screen:#?}");
    let one = shown(&home, 80, &["history", "show", "1"]).join("\n");
    assert!(one.contains(REG_ID) && one.contains(" +08:00"), "the whole id is in show: {one}");
    let (_, json) = home.json(&["history", "list"]);
    assert!(json["items"][0]["at"].as_str().unwrap().ends_with('Z'));
    assert_eq!((&json["items"][0]["title"], &json["items"][0]["reg_id"]), (&"Second".into(), &REG_ID.into()));
}
