//! The auth token: one call for however many sends, used for 20 hours, renewed once, checked afresh by verify.

use crate::setup::{
    AMPLE, MemoryCache, client, client_at, credentials, endpoints, now, push, reg_id, verify,
};
use crate::vendor::{Reply, Vendor, answer, json};
use opush::config::Secret;
use opush::failure::{Explain, Kind};
use opush::oppo::{CachedToken, Cause, Outcome, TokenCache, TokenKey, lock};
use std::sync::Barrier;
use std::time::Duration;

const ACCEPTED: &str = r#"{"code":0,"data":{"messageId":"30001-1-1-aa"}}"#;

/// Grants token-1, token-2, ... and takes only those that `valid` says.
fn vendor(valid: fn(&str) -> bool) -> Vendor {
    Vendor::start(move |request, before| {
        Reply::Keep(if request.is_auth() {
            json(&format!(
                r#"{{"code":0,"data":{{"auth_token":"token-{}","create_time":1700000000000}}}}"#,
                before + 1
            ))
        } else {
            let token = request.body.strip_prefix("auth_token=").and_then(|rest| rest.split('&').next());
            let valid = token.is_some_and(valid);
            json(if valid { ACCEPTED } else { r#"{"code":11,"message":"Invalid AuthToken"}"# })
        })
    })
}

fn cache_with(vendor: &Vendor, token: &str) -> MemoryCache {
    let cache = MemoryCache::empty();
    let cached = CachedToken { token: Secret::new(token), obtained_at: now() };
    cache.put(&TokenKey::new(&endpoints(&vendor.url()), &credentials()), &cached).expect("kept");
    cache
}

/// Twenty clients, each with a runtime, a connection and a lock file of its own, as processes would have.
fn twenty_at_once(vendor: &Vendor, cache: &MemoryCache) {
    let barrier = Barrier::new(20);
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                let client = client(&vendor.url(), AMPLE);
                barrier.wait();
                let sent = push(&client, cache, &reg_id()).expect("sent");
                assert!(matches!(sent.outcome, Outcome::Accepted { .. }), "{:?}", sent.outcome);
            });
        }
    });
}

#[test]
fn twenty_sends_with_an_empty_cache_make_one_auth_call() {
    let vendor = vendor(|token| token == "token-1");
    twenty_at_once(&vendor, &MemoryCache::empty());
    assert_eq!((vendor.auths(), vendor.unicasts().len()), (1, 20));
}

#[test]
fn twenty_sends_with_a_token_that_has_become_invalid_renew_it_once() {
    let vendor = vendor(|token| token == "token-1");
    let cache = cache_with(&vendor, "token-0");
    twenty_at_once(&vendor, &cache);
    assert_eq!(vendor.auths(), 1);
    assert_eq!(cache.holds(), ["token-1"]);
}

#[test]
fn a_token_is_used_for_twenty_hours_and_no_longer() {
    let vendor = vendor(|_| true);
    let cache = cache_with(&vendor, "token-0");
    let hour = Duration::from_secs(3600);
    push(&client_at(&vendor.url(), AMPLE, now() + 20 * hour - Duration::from_millis(1)), &cache, &reg_id())
        .expect("sent");
    assert_eq!(vendor.auths(), 0);
    push(&client_at(&vendor.url(), AMPLE, now() + 20 * hour), &cache, &reg_id()).expect("sent");
    assert_eq!(vendor.auths(), 1);
}

#[test]
fn a_token_that_is_never_taken_is_renewed_once_and_not_kept() {
    let vendor = vendor(|_| false);
    let cache = MemoryCache::empty();
    let sent = push(&client(&vendor.url(), AMPLE), &cache, &reg_id()).expect("an answer");
    assert!(matches!(&sent.outcome, Outcome::Refused(error) if error.code == 11), "{:?}", sent.outcome);
    assert_eq!((vendor.auths(), vendor.unicasts().len(), sent.tries), (2, 2, 2));
    assert_eq!(cache.holds(), [] as [&str; 0]);
}

#[test]
fn waiting_for_another_process_ends_with_the_deadline_and_sends_nothing() {
    let vendor = vendor(|_| true);
    let cache = MemoryCache::empty();
    let key = TokenKey::new(&endpoints(&vendor.url()), &credentials());
    let guard = lock::try_lock(cache.folder.path(), &key).expect("no error").expect("free");
    let short = client(&vendor.url(), Duration::from_millis(100));
    let error = push(&short, &cache, &reg_id()).expect_err("locked");
    assert!(matches!(error.cause, Cause::Timeout { .. }), "{error:?}");
    assert_eq!(error.explain().kind, Kind::Timeout);
    assert_eq!(vendor.connections(), 0);
    drop(guard);
    push(&client(&vendor.url(), AMPLE), &cache, &reg_id()).expect("sent");
}

#[test]
fn verify_asks_afresh_keeps_the_newer_token_and_compares_clocks() {
    let dated = |body: &str| {
        let whole = String::from_utf8(answer("200 OK", "application/json", body.as_bytes())).expect("UTF-8");
        whole.replacen("\r\n", "\r\nDate: Tue, 14 Nov 2023 22:13:27 GMT\r\n", 1).into_bytes()
    };
    let vendor = Vendor::start(move |_, _| {
        Reply::Keep(dated(r#"{"code":0,"data":{"auth_token":"token-1","create_time":1700000000123}}"#))
    });
    let cache = cache_with(&vendor, "token-0");
    let verified = verify(&client(&vendor.url(), AMPLE), &cache).expect("accepted");
    assert_eq!(verified.clock.map(|clock| clock.vendor_ahead_seconds), Some(7));
    assert_eq!(verified.created.map(|time| time.as_millisecond()), Some(1_700_000_000_123));
    assert_eq!((vendor.auths(), cache.holds()), (1, vec!["token-1".to_owned()]));
    assert!(!format!("{verified:?}").contains("token-1"));
}

#[test]
fn refused_credentials_are_reported_and_nothing_is_pushed() {
    let vendor = Vendor::start(|_, _| Reply::Keep(json(r#"{"code":16,"message":"Invalid Signature"}"#)));
    let client = client(&vendor.url(), AMPLE);
    let error = verify(&client, &MemoryCache::empty()).expect_err("refused");
    assert_eq!(error.explain().kind, Kind::CredentialsRefused);

    let sent = push(&client, &MemoryCache::empty(), &reg_id()).expect("an answer");
    let Outcome::Refused(refusal) = sent.outcome else { panic!("{:?}", sent.outcome) };
    let problem = refusal.explain();
    assert_eq!((problem.kind, problem.code), (Kind::CredentialsRefused, Some(16)));
    assert!(problem.hint.sentence().contains("MasterSecret"), "{}", problem.hint);
    assert_eq!((sent.tries, vendor.unicasts().len()), (0, 0));
}
