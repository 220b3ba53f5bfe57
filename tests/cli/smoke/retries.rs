//! What is repeated and what never is, against a vendor of raw sockets.

use std::collections::BTreeSet;

use super::{TO_REG_ID, home_at, run, verdicts};
use crate::vendor::{Reply, Vendor, json};

const ACCEPTED: &str =
    r#"{"code":0,"message":"Success","data":{"messageId":"30001-1-1-0123456789abcdef01234567"}}"#;
const LIMITED: &str = r#"{"code":13,"message":"App Call Limited"}"#;
const REFUSED: &str = r#"{"code":67,"message":"no"}"#;

/// A vendor that gives a token, and this answer to each push; `before` pushes came before it.
fn vendor(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Vendor {
    Vendor::start(move |request, before| match request.is_auth() {
        true => {
            Reply::Keep(json(r#"{"code":0,"message":"Success","data":{"auth_token":"t","create_time":1}}"#))
        }
        false => answer(before),
    })
}

/// The de-duplication ids that were sent.
fn ids(vendor: &Vendor) -> BTreeSet<String> {
    let id = |body: &str| {
        let form = url::form_urlencoded::parse(body.as_bytes());
        let message = form.into_owned().find(|(name, _)| name == "message").unwrap().1;
        let from = message.find("opush-").unwrap();
        message[from..from + 32].to_owned()
    };
    vendor.unicasts().iter().map(|request| id(&request.body)).collect()
}

#[test]
fn throttling_is_repeated_with_the_same_id_and_a_refusal_is_not() {
    let throttled = vendor(|before| Reply::Keep(json(if before == 0 { LIMITED } else { ACCEPTED })));
    let (code, ran) = run(&home_at(&throttled.url()), TO_REG_ID, &[]);
    assert_eq!((code, verdicts(&ran)), (0, vec!["pass"]), "{ran:#}");
    assert_eq!(ran["items"][0]["repeats"], 1);
    assert_eq!((throttled.unicasts().len(), ids(&throttled).len()), (2, 1));

    let refusing = vendor(|_| Reply::Keep(json(REFUSED)));
    let (code, ran) = run(&home_at(&refusing.url()), TO_REG_ID, &[]);
    assert_eq!((code, verdicts(&ran), refusing.unicasts().len()), (8, vec!["fail"], 1), "{ran:#}");
}

#[test]
fn what_is_expected_is_not_repeated() {
    let throttled = vendor(|_| Reply::Keep(json(LIMITED)));
    let (code, ran) = run(&home_at(&throttled.url()), &format!("{TO_REG_ID}[expect]\ncode = 13\n"), &[]);
    assert_eq!((code, verdicts(&ran), throttled.unicasts().len()), (0, vec!["pass"], 1), "{ran:#}");
}

#[test]
fn the_case_and_the_run_each_have_a_limit() {
    let throttled = vendor(|_| Reply::Keep(json(LIMITED)));
    let home = home_at(&throttled.url());
    let (code, ran) = run(&home, &format!("retries = 0\n{TO_REG_ID}"), &[]);
    assert_eq!((code, verdicts(&ran), throttled.unicasts().len()), (8, vec!["fail"], 1), "{ran:#}");
    let two = format!("retries = 2\n{TO_REG_ID}[[case]]\nname = \"a\"\n[[case]]\nname = \"b\"\n");
    let (_, ran) = run(&home, &two, &["--retries", "1"]);
    assert_eq!(
        (ran["items"][0]["repeats"].as_i64(), ran["items"][1]["repeats"].as_i64()),
        (Some(1), Some(0))
    );
    assert_eq!(throttled.unicasts().len(), 1 + 3);
}

#[test]
fn a_missing_network_is_unknown_and_not_a_failure() {
    let nobody = Vendor::nobody();
    let home = home_at(&nobody.url());
    let (code, ran) = run(&home, TO_REG_ID, &["--retries", "0"]);
    assert_eq!((code, verdicts(&ran)), (8, vec!["unknown"]), "{ran:#}");
    assert_eq!(ran["unknown"], 1);
    let text = home.run(&["smoke", "run", "s.toml", "--retries", "0"]).expect(8);
    assert!(text.stdout.contains("UNKNOWN  s") && text.stdout.contains("0 passed, 1 unknown"), "{text}");
}

#[test]
fn after_a_lost_answer_nothing_is_repeated_to_an_alias() {
    let silent = vendor(|_| Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec()));
    let home = home_at(&silent.url());
    let to_alias = TO_REG_ID.replace("reg_id = \"CN_0123456789abcdef0123456789abcdef\"", "alias = \"alice\"");
    let (code, ran) = run(&home, &to_alias, &[]);
    assert_eq!((code, verdicts(&ran), silent.unicasts().len()), (8, vec!["unknown"], 1), "{ran:#}");
}

#[test]
fn a_duplicate_after_a_lost_answer_is_unknown() {
    // The client itself tries a push to a regId three times; the fourth is the case's own repeat.
    let lossy = vendor(|before| match before {
        0..=2 => Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec()),
        _ => Reply::Keep(json(r#"{"code":32,"message":"Data Duplicate"}"#)),
    });
    let (code, ran) = run(&home_at(&lossy.url()), TO_REG_ID, &[]);
    assert_eq!((code, verdicts(&ran)), (8, vec!["unknown"]), "{ran:#}");
    assert_eq!((ids(&lossy).len(), ran["items"][0]["repeats"].as_i64()), (1, Some(1)));
}
