//! The reference's vectors, whole UserSigs of two other makers, and every flaw there is.
//! UserSigs made by the installed packages themselves are tested from outside.

use super::make::*;
use super::*;
use crate::clock::Timestamp;
use crate::config::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use hmac::Mac;
use proptest::prelude::*;
use serde_json::json;
use std::io::Write;
use std::time::Duration;

const KEY: &str = "opush-demo-secret-key-not-a-real-one-0000000000000000000000000000";
const PYTHON: &str = "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM-Myi0uKEkvyi2BKilOyEwsKMlOACgxNDCDAECqXWlGQWZQKlLEwA0pBBUsyc0FChuZQxTDx4sx0kCUmhuZeRmVOzkE5hhHuntkmhaZ5JS5BfrlGnjleHuYpIa6ZpgHJFgYlBqXltkq1ACECNHA_";
const NODE: &str = "eJw1yssKwjAUBNB-uWspSUhNCbjxgbaISO3CbTFRLm1iTGIVxH8Xmjq7OTMfaPanbNAeJLCMwGzsqLSNeMWRW2XQYoi*jXc-HYLqWudQgaScpNC0RDQaJBWTkqT67dBrkMWc-yngDSRwKio2LFd1T8-bsuOP3MZ1fTCs7KudUM0G8*OlIJE8Xwv4-gCP-zMQ";

fn key() -> Secret {
    Secret::new(KEY)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn order(user: &str, expire: u64) -> Order<'_> {
    Order {
        sdk_app_id: 1_400_000_001,
        user,
        issued_at: at(1_700_000_000),
        expire: Duration::from_secs(expire),
    }
}

fn signature_of(text: &str) -> String {
    read(text).0.unwrap().signature.unwrap().reveal().to_owned()
}

/// The ids of what is wrong with `text` for the first vector's app, one hour after it was made.
fn flaws(text: &str) -> Vec<&'static str> {
    let key = key();
    let expected = Expected {
        sdk_app_id: 1_400_000_001,
        user: Some("administrator"),
        key: &key,
        now: at(1_700_003_600),
    };
    let verdict = verify(text, &expected);
    for flaw in &verdict.flaws {
        assert!(!flaw.kind().hint().sentence().is_empty() && !flaw.to_string().ends_with('.'), "{flaw}");
    }
    verdict.flaws.iter().map(|flaw| <&str>::from(flaw.kind())).collect()
}

/// Any bytes as a UserSig would carry them.
fn packed(plain: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(plain).unwrap();
    to_alphabet(&STANDARD.encode(encoder.finish().unwrap()))
}

#[test]
fn the_references_vectors() {
    let signature = |user, expire| signature_of(make(&key(), &order(user, expire)).reveal());
    assert_eq!(signature("administrator", 86_400), "417J2vBCRl1XGIk4q5ntDRNm2IlJH7dTEi5Pc80t0uw=");
    assert_eq!(signature("用户_1", 604_800), "GwWlu6WYxw2ILV0JdZrAYQUDGx4A+9K6UO0MS4GpzDA=");
    let base =
        base_string("administrator", 1_400_000_001, 1_700_000_000, 86_400, Some(&STANDARD.encode("abc")));
    let with_buffer = STANDARD.encode(mac(&key(), &base).finalize().into_bytes());
    assert_eq!(with_buffer, "/dzcMCgfT61eUZOJjr7ENA40kR72HzJt+CoZTWTl8P0=");
}

#[test]
fn user_sigs_of_other_makers_are_valid_and_say_the_same() {
    let own = make(&key(), &order("administrator", 86_400));
    for text in [PYTHON, NODE, own.reveal()] {
        assert_eq!(flaws(text), [""; 0], "{text}");
        assert_eq!(flaws(&format!("  {text}\n")), [""; 0]);
        assert_eq!(flaws(&text.replace('*', "%2A").replace('_', "%5f")), [""; 0]);
        let claims = read(text).0.unwrap();
        assert_eq!(claims.identifier.as_deref(), Some("administrator"));
        assert_eq!(
            (claims.sdk_app_id, claims.time, claims.expire),
            (Some(1_400_000_001), Some(1_700_000_000), Some(86_400))
        );
        assert_eq!(claims.signature, read(PYTHON).0.unwrap().signature);
        assert!(!format!("{claims:?}").contains("417J2vBC"), "Debug shows no signature");
    }
}

#[test]
fn every_flaw_of_form() {
    for (text, expected) in [
        ("", vec!["empty"]),
        (" \n", vec!["empty"]),
        (&*"A".repeat(20_000), vec!["too-long"]),
        ("eJyr Vgr", vec!["foreign-character"]),
        ("eJyrVgr😀", vec!["foreign-character"]),
        (&PYTHON[..PYTHON.len() - 5], vec!["not-base64"]),
        (&PYTHON.replace('*', "+").replace('-', "/").replace('_', "="), vec!["standard-base64"]),
        (&to_alphabet(&STANDARD.encode("no zlib here")), vec!["not-zlib"]),
        (&packed(b"hello"), vec!["not-json"]),
        (&packed(b"[1]"), vec!["not-an-object"]),
        (&packed(&[b'['; 5000]), vec!["not-json"]),
        (&packed(b"{}"), vec!["missing-field"; 6]),
        (&packed(br#"{"TLS.sdk_appid":"1","TLS.version":"201512300000"}"#), vec!["elliptic-curve"]),
    ] {
        assert_eq!(flaws(text), expected, "{text:.40}");
    }
    let cut = STANDARD.decode(PYTHON.replace('*', "+").replace('-', "/").replace('_', "=")).unwrap();
    assert_eq!(flaws(&to_alphabet(&STANDARD.encode(&cut[..60]))), ["not-zlib"]);
    let longer = [cut.as_slice(), b"junk"].concat();
    assert_eq!(flaws(&to_alphabet(&STANDARD.encode(longer))), ["trailing-bytes"]);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&[b' '; 65_536]).unwrap();
    }
    let bomb = to_alphabet(&STANDARD.encode(encoder.finish().unwrap()));
    assert!(bomb.len() < 16_000, "{}", bomb.len());
    assert_eq!(flaws(&bomb), ["inflates-too-far"]);
}

#[test]
fn every_flaw_of_content_at_once() {
    let object = json!({
        "TLS.ver": "1.0", "TLS.identifier": "bob", "TLS.sdkappid": 1_400_000_002, "TLS.expire": 10,
        "TLS.time": 1_700_000_000, "TLS.userbuf": "YWJj", "TLS.sig": "AAAA",
    });
    let all = ["other-version", "other-app", "other-user", "expired", "user-buffer", "wrong-signature"];
    assert_eq!(flaws(&packed(object.to_string().as_bytes())), all);

    let mut one = json!({
        "TLS.ver": "2.0", "TLS.identifier": 7, "TLS.sdkappid": "1400000001", "TLS.expire": -1,
        "TLS.time": 1.5, "TLS.sig": "AAAA",
    });
    assert_eq!(flaws(&packed(one.to_string().as_bytes())), ["wrong-field-type"; 4]);
    one["TLS.sig"] = json!("***");
    assert!(flaws(&packed(one.to_string().as_bytes())).contains(&"signature-not-base64"));
}

#[test]
fn time_and_key_decide() {
    let key = key();
    let text = make(&key, &order("bob", 3_600));
    let at_second = |now: i64, key: &Secret| {
        let expected = Expected { sdk_app_id: 1_400_000_001, user: None, key, now: at(now) };
        verify(text.reveal(), &expected)
            .flaws
            .iter()
            .map(|flaw| <&str>::from(flaw.kind()))
            .collect::<Vec<_>>()
    };
    assert_eq!(at_second(1_700_003_600, &key), [""; 0], "the last second counts");
    assert_eq!(at_second(1_700_003_601, &key), ["expired"]);
    assert_eq!(at_second(1_699_999_940, &key), [""; 0]);
    assert_eq!(at_second(1_699_999_939, &key), ["from-the-future"]);
    assert_eq!(at_second(1_700_000_000, &Secret::new("another")), ["wrong-signature"]);
}

proptest! {
    #[test]
    fn what_is_made_verifies_and_is_safe_in_a_query(
        user in "\\PC{1,32}", key in "\\PC{1,70}", app in 1u32.., expire in 1u64..400_000_000, time in 0i64..4_000_000_000,
    ) {
        let key = Secret::new(key);
        let order = Order { sdk_app_id: app, user: &user, issued_at: at(time), expire: Duration::from_secs(expire) };
        let text = make(&key, &order);
        prop_assert!(text.reveal().chars().all(|c| c.is_ascii_alphanumeric() || "*-_".contains(c)));
        let expected = Expected { sdk_app_id: app, user: Some(&user), key: &key, now: at(time) };
        prop_assert_eq!(verify(text.reveal(), &expected).flaws, vec![]);
    }

    #[test]
    fn anything_is_taken_apart_without_panic(text in "\\PC{0,200}", flip in 0usize..200, to in "[A-Za-z0-9*_-]") {
        flaws(&text);
        let mut changed = NODE.to_owned();
        let at = flip % changed.len();
        changed.replace_range(at..=at, &to);
        // Between the last block and the checksum zlib has bits that mean nothing.
        let the_same = || read(&changed).0 == read(NODE).0;
        prop_assert!(!flaws(&changed).is_empty() || the_same());
    }
}

/// A change of bits that zlib ignores leaves the UserSig what it was, and it is accepted.
#[test]
fn bits_that_zlib_ignores_are_no_flaw() {
    let mut changed = NODE.to_owned();
    changed.replace_range(185..=185, "h");
    assert_ne!(changed, NODE);
    assert_eq!((flaws(&changed), read(&changed).0), (vec![], read(NODE).0));
}

#[test]
fn the_page_lists_every_flaw() {
    let page = include_str!("../../../docs/commands/im.md");
    for id in <FlawKind as strum::VariantArray>::VARIANTS.iter().map(<&str>::from) {
        assert!(page.contains(&format!("| `{id}` |")), "{id}");
    }
}
