//! Requests that no one would write: each is answered with an envelope, and a good client beside them is not held up.

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::harness::{FORM, Sandbox};
use super::wire;

const PATHS: &[&str] = &[
    "/server/v1/auth",
    "/server/v1/message/notification/unicast",
    "/server/v1/message/notification/unicast_batch",
    "/server/v1/message/notification/save_message_content",
    "/server/v1/message/notification/broadcast",
    "/server/v1/message/statistics",
    "/server/v1/device/set_alias",
    "/server/v1/device/delete_alias",
    "/server/v1/device/subscribe_tags",
    "/server/v1/device/unsubscribe_tags",
    "/server/v1/device/add_tags",
    "/server/v1/device/add_tag_group",
    "/server/v1/device/get_all_tags",
    "/server/v1/feedback/fetch_invalid_regidList",
    "/server/v1/feedback/fetch_push_permit",
    "/server/v1/media/upload/big_picture",
    "/server/v1/media/upload/small_picture",
    "/server/v2/auth",
    "/server",
    "/nothing",
];
const NAMES: &[&str] = &[
    "app_key",
    "timestamp",
    "sign",
    "auth_token",
    "message",
    "messages",
    "message_id",
    "target_type",
    "target_value",
    "notification",
    "title",
    "content",
    "alias",
    "registration_id",
    "%",
    "",
    "\u{0}",
    "日本",
];
const TYPES: &[&str] = &[
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=GBK",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "",
];

fn number() -> usize {
    if std::env::var_os("OPUSH_ALL_TESTS").is_some() { 10_000 } else { 1_000 }
}

/// Any JSON, not deep.
fn value(random: &mut StdRng, depth: u32) -> Value {
    match random.random_range(0..if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => random.random::<bool>().into(),
        2 => random.random::<i64>().into(),
        3 => random.random_range(-3..6).into(),
        4 => json!(random.random::<f64>()),
        5 => text(random).into(),
        6 => (0..random.random_range(0..4)).map(|_| value(random, depth - 1)).collect(),
        _ => {
            let member =
                |random: &mut StdRng| (NAMES.choose(random).unwrap().to_string(), value(random, depth - 1));
            Value::Object((0..random.random_range(0..6)).map(|_| member(random)).collect())
        }
    }
}

fn text(random: &mut StdRng) -> String {
    let length = random.random_range(0..40);
    (0..length).map(|_| random.random::<char>()).collect()
}

fn body(random: &mut StdRng, token: &str) -> Vec<u8> {
    let mut body = match random.random_range(0..3) {
        0 => value(random, 4).to_string().into_bytes(),
        1 => (0..random.random_range(0..300)).map(|_| random.random::<u8>()).collect(),
        _ => {
            let mut fields = vec![format!("auth_token={token}")];
            for _ in 0..random.random_range(0..4) {
                let given = if random.random() { value(random, 4).to_string() } else { text(random) };
                fields.push(format!("{}={given}", NAMES.choose(random).unwrap()));
            }
            wire::form(&fields).into_bytes()
        }
    };
    // Some are broken here and there.
    for _ in 0..random.random_range(0..3) {
        if !body.is_empty() {
            let at = random.random_range(0..body.len());
            body[at] = random.random();
        }
    }
    body
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[test]
#[allow(clippy::disallowed_macros)]
fn whatever_comes_gets_an_envelope_and_holds_up_no_good_client() {
    let seed: u64 =
        std::env::var("OPUSH_FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    println!("OPUSH_FUZZ_SEED={seed}");
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let good = || {
        let began = Instant::now();
        assert_eq!(sandbox.unicast(&token, &sandbox.message(json!({}))).code(), 0);
        began.elapsed()
    };
    let alone = median((0..50).map(|_| good()).collect());
    let beside = std::thread::scope(|scope| {
        let fuzzing = scope.spawn(|| {
            let mut random = StdRng::seed_from_u64(seed);
            for turn in 0..number() {
                let path = PATHS.choose(&mut random).unwrap();
                let method = *["POST", "POST", "POST", "GET", "PUT"].choose(&mut random).unwrap();
                let kind = TYPES.choose(&mut random).unwrap();
                let kind = if random.random() { FORM.to_owned() } else { format!("Content-Type: {kind}") };
                let reply = sandbox.send(method, path, &[kind], &body(&mut random, &token));
                let answer: Result<Value, _> = serde_json::from_slice(&reply.body);
                let envelope = answer
                    .as_ref()
                    .is_ok_and(|answer| answer["code"].is_i64() && answer["message"].is_string());
                assert!(envelope, "seed {seed}, request {turn}: {method} {path}: {reply:?}");
            }
        });
        let mut times = Vec::new();
        while !fuzzing.is_finished() {
            times.push(good());
        }
        median(times)
    });
    println!("{} requests; a good one takes {alone:?} alone, {beside:?} beside them", number());
    // What takes no time at all alone may take a little.
    let most = alone.max(Duration::from_millis(1)) * 10;
    assert!(beside <= most, "seed {seed}: {alone:?} alone, {beside:?} beside");
}
