//! What runs, in which order, and when no further case begins: filter, fail-fast, jobs, the time of the run.

use std::io::{BufRead, BufReader};
use std::sync::{Mutex, mpsc};

use super::{NOBODY, PHONE, TO_REG_ID, home, home_at, run, verdicts};
use crate::processes::{start, with_enough_time};
use crate::vendor::{Reply, Vendor, json};

fn three() -> String {
    format!(
        "{PHONE}[[case]]\nname = \"first\"\n[[case]]\nname = \"a second one\"\ntarget = {{ reg_id = \"{NOBODY}\" }}\n[[case]]\nname = \"third\"\n"
    )
}

#[test]
fn a_filter_selects_cases_and_selecting_none_is_an_error() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    let names = |more: &[&str]| {
        let (_, ran) = run(&home, &three(), more);
        let items = ran["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&["--filter", "ir"]), ["first", "third"]);
    assert_eq!(names(&["--filter", "*ir?"]), ["third"]);
    let before = home.json(&["history", "list"]).1["items"].as_array().unwrap().len();
    for command in ["run", "list"] {
        let ran = home.run(&["smoke", command, "s.toml", "--filter", "fourth"]).expect(2);
        assert!(ran.stdout.is_empty() && ran.stderr.contains("a second one"), "{ran}");
        let (code, value) = home.json(&["smoke", command, "s.toml", "--filter", "fourth"]);
        assert_eq!((code, value["error"]["place"].as_str()), (2, Some("--filter")));
    }
    assert_eq!(home.json(&["history", "list"]).1["items"].as_array().unwrap().len(), before);
}

#[test]
fn after_a_failure_fail_fast_begins_nothing() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    let (code, ran) = run(&home, &three(), &["--fail-fast", "--jobs", "1"]);
    assert_eq!(code, 8);
    // Cases on one target stand in one lane, so that the third is run before the second.
    assert_eq!(verdicts(&ran), ["pass", "fail", "pass"], "{ran:#}");
    let late = three()
        .replace("name = \"third\"", &format!("name = \"third\"\ntarget = {{ reg_id = \"{NOBODY}\" }}"));
    let (code, ran) = run(&home, &late, &["--fail-fast", "--jobs", "1"]);
    assert_eq!((code, verdicts(&ran)), (8, vec!["pass", "fail", "skipped"]), "{ran:#}");
    assert_eq!(
        (ran["skipped"].as_i64(), ran["items"][2]["seen"].as_str()),
        (Some(1), Some("an earlier case failed"))
    );
    assert_eq!(verdicts(&run(&home, &late, &[]).1), ["pass", "fail", "fail"]);
}

#[test]
fn cases_on_one_target_come_in_their_order_whatever_the_jobs() {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => {
            Reply::Keep(json(r#"{"code":0,"message":"Success","data":{"auth_token":"t","create_time":1}}"#))
        }
        false => Reply::Keep(json(
            r#"{"code":0,"message":"Success","data":{"messageId":"30001-1-1-0123456789abcdef01234567"}}"#,
        )),
    });
    let home = home_at(&vendor.url());
    let scenario = format!(
        "{TO_REG_ID}[matrix]\nn = [1, 2, 3, 4, 5, 6]\n[[case]]\nname = \"case ${{matrix.n}}\"\nnotification = {{ title = \"title ${{matrix.n}}\" }}\n"
    );
    let (code, ran) = run(&home, &scenario, &["--jobs", "6"]);
    assert_eq!(code, 0, "{ran:#}");
    let order: Vec<String> = vendor
        .unicasts()
        .iter()
        .map(|request| {
            let form: std::collections::BTreeMap<_, _> =
                url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
            let message: serde_json::Value = serde_json::from_str(&form["message"]).unwrap();
            let notification = match &message["notification"] {
                serde_json::Value::String(text) => serde_json::from_str(text).unwrap(),
                other => other.clone(),
            };
            notification["title"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(order, ["title 1", "title 2", "title 3", "title 4", "title 5", "title 6"]);
    assert_eq!(vendor.auths(), 1, "one token for all");
}

#[test]
fn cases_left_when_the_time_is_over_are_not_called_passed() {
    let scenario = format!("{TO_REG_ID}[[case]]\nname = \"hangs\"\n[[case]]\nname = \"never begins\"\n");
    let (code, ran) = with_enough_time(|time| {
        let vendor = Vendor::start(|_, _| Reply::Hang(Vec::new()));
        let home = home_at(&vendor.url());
        let ran = run(&home, &scenario, &["--timeout", &format!("{}s", time.as_secs())]);
        (!vendor.received().is_empty()).then_some(ran)
    });
    assert_eq!(code, 8, "{ran:#}");
    assert_eq!(verdicts(&ran), ["unknown", "skipped"], "{ran:#}");
    assert_eq!((ran["passed"].as_i64(), ran["unknown"].as_i64()), (Some(0), Some(1)));
}

#[test]
fn a_verdict_is_printed_while_the_next_case_still_runs() {
    let (printed, first_is_printed) = mpsc::channel::<()>();
    let first_is_printed = Mutex::new(first_is_printed);
    let vendor = Vendor::start(move |request, before| match request.is_auth() {
        true => {
            Reply::Keep(json(r#"{"code":0,"message":"Success","data":{"auth_token":"t","create_time":1}}"#))
        }
        false => {
            if before > 0 {
                let _ = first_is_printed.lock().unwrap().recv();
            }
            Reply::Keep(json(
                r#"{"code":0,"message":"Success","data":{"messageId":"30001-1-1-0123456789abcdef01234567"}}"#,
            ))
        }
    });
    let home = home_at(&vendor.url());
    home.write("s.toml", format!("{TO_REG_ID}[[case]]\nname = \"first\"\n[[case]]\nname = \"second\"\n"));
    let mut child = start(&home, &["smoke", "run", "s.toml", "--verbose", "--retries", "0"]);
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.ends_with("pass  first")), "it is never printed");
    printed.send(()).unwrap();
    assert!(lines.any(|line| line.ends_with("pass  second")), "the second case got no answer in time");
    assert!(child.wait().unwrap().success());
}
