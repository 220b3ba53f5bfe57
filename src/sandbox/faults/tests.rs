//! Tests of the faults: what can be set, which calls they strike, and how often.

use std::time::Duration;

use proptest::prelude::*;
use strum::VariantArray;

use super::*;
use crate::listen::Delivery;
use crate::sandbox::rules::Rules;
use crate::sandbox::state::{Clock, State};

fn state() -> State {
    State::open(None, Clock::new(|| 0), Rules::default()).unwrap()
}

fn about(call: &str) -> About {
    About {
        call: call.into(),
        app: Some("30001".into()),
        reg_ids: vec!["r1".into()],
        users: vec!["bob".into()],
        secret: None,
    }
}

fn flaws(new: &NewFault) -> Vec<String> {
    new.flaws().into_iter().map(|flaw| flaw.field.into_owned()).collect()
}

/// How `times` calls fare, `x` for one that is struck.
fn series(new: &NewFault, call: &str, times: usize) -> String {
    let state = state();
    state.with(|tx| set(tx, 0, new)).unwrap();
    let side = CALLS.iter().find(|(known, _)| *known == call).unwrap().1;
    let fared = (0..times).map(|_| state.with(|tx| answer(tx, side, || Ok(about(call)))).unwrap());
    fared.map(|struck| if struck.words.is_empty() { '.' } else { 'x' }).collect()
}

#[test]
fn every_kind_has_one_row_a_form_that_reads_and_words() {
    let rows: Vec<Kind> = TABLE.iter().map(|row| row.kind).collect();
    assert_eq!(rows, Kind::VARIANTS);
    for row in TABLE {
        let example = match row.kind {
            Kind::Code => "code=33",
            Kind::Delay => "delay=250ms",
            Kind::Status => "status=503",
            Kind::Clock => "clock=-15m",
            kind => kind.as_str(),
        };
        let effect = Effect::parse(example).unwrap();
        assert_eq!(effect.kind(), row.kind);
        assert_eq!(flaws(&NewFault::of(example)), [""; 0], "{example}");
        assert!(!row.does.ends_with('.') && !row.section.is_empty());
    }
    assert_eq!(Effect::parse("quota=3"), Ok(Effect::Quota(3)));
    assert_eq!(Effect::parse("clock=+15m"), Ok(Effect::Clock(900_000)));
}

#[test]
fn what_is_no_fault_says_what_would_be_one() {
    for (text, part) in [
        ("reste", "the faults are: code=N, delay=DURATION, reset"),
        ("", "the faults are"),
        ("code", "code=13"),
        ("code=0", "other than 0"),
        ("code=soon", "such as code=13"),
        ("delay=1", "250ms"),
        ("delay=11m", "at most 10m"),
        ("delay=0s", "250ms"),
        ("status=200", "400 to 599"),
        ("clock=15m", "sign"),
        ("reset=now", "takes no value"),
        ("quota=-1", "whole number"),
    ] {
        let error = Effect::parse(text).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn a_scope_that_no_call_has_is_refused() {
    let on =
        |fault: &str, call: Option<&str>| NewFault { call: call.map(str::to_owned), ..NewFault::of(fault) };
    assert_eq!(flaws(&on("code=13", Some("recall"))), ["call"]);
    assert_eq!(flaws(&on("lost-push", Some("auth"))), ["call"]);
    assert_eq!(flaws(&on("not-imported", Some("sendmsg"))), ["call"]);
    assert_eq!(flaws(&on("lost-push", Some("unicast"))), [""; 0]);
    let user = |new: NewFault| NewFault { user: Some("bob".into()), ..new };
    assert_eq!(flaws(&user(on("code=13", None))), ["user"]);
    assert_eq!(flaws(&user(on("code=13", Some("unicast")))), ["user"]);
    assert_eq!(flaws(&user(on("lost-push", None))), ["user"]);
    assert_eq!(flaws(&user(on("code=70107", Some("im")))), [""; 0]);
    assert_eq!(flaws(&user(on("not-imported", None))), [""; 0]);
    let reg_id = |new: NewFault| NewFault { reg_id: Some("r1".into()), ..new };
    assert_eq!(flaws(&reg_id(on("code=70107", Some("sendmsg")))), ["reg_id"]);
    let all = NewFault { share: 0, count: Some(0), app: Some(" ".into()), ..NewFault::of("nothing") };
    assert_eq!(flaws(&all), ["fault", "share", "count", "app"]);
}

#[test]
fn it_strikes_the_calls_it_is_put_on() {
    let struck = |new: &NewFault, side, about: &About| {
        let state = state();
        state.with(|tx| set(tx, 0, new)).unwrap();
        !state.with(|tx| answer(tx, side, || Ok(about.clone()))).unwrap().words.is_empty()
    };
    let on = |call: &str| NewFault { call: Some(call.into()), ..NewFault::of("reset") };
    for (new, oppo, im) in [
        (NewFault::of("reset"), true, false),
        (on("oppo"), true, false),
        (on("im"), false, true),
        (on("all"), true, true),
        (on("unicast"), true, false),
        (on("sendmsg"), false, true),
        (on("auth"), false, false),
        (NewFault { app: Some("30002".into()), ..on("all") }, false, false),
        (NewFault { app: Some("30001".into()), ..on("all") }, true, true),
        (NewFault { reg_id: Some("r2".into()), ..on("unicast") }, false, false),
        (NewFault { reg_id: Some("r1".into()), ..on("unicast") }, true, false),
        (NewFault { user: Some("bob".into()), ..on("im") }, false, true),
        (NewFault { user: Some("eve".into()), ..on("im") }, false, false),
        (NewFault::of("lost-push"), false, false),
    ] {
        assert_eq!(struck(&new, Side::Oppo, &about("unicast")), oppo, "{new:?}");
        assert_eq!(struck(&new, Side::Im, &about("sendmsg")), im, "{new:?}");
    }
}

#[test]
fn share_and_count_are_counted() {
    let some = |share, count| NewFault { share, count, ..NewFault::of("code=33") };
    assert_eq!(series(&some(100, None), "unicast", 6), "xxxxxx");
    assert_eq!(series(&some(100, Some(2)), "unicast", 6), "xx....");
    assert_eq!(series(&some(50, None), "unicast", 6), "x.x.x.");
    assert_eq!(series(&some(25, Some(2)), "unicast", 9), "x...x....");
    assert_eq!(series(&some(75, None), "unicast", 8), "xxx.xxx.");
}

#[test]
fn several_faults_add_up_and_the_first_that_decides_does() {
    let state = state();
    let struck = state.with(|tx| {
        for fault in ["delay=1s", "code=13", "delay=2s", "reset", "clock=+1m"] {
            set(tx, 0, &NewFault::of(fault))?;
        }
        answer(tx, Side::Oppo, || Ok(about("auth")))
    });
    let struck = struck.unwrap();
    assert_eq!((struck.instead, struck.delay_ms, struck.clock_ms), (Some(Effect::Code(13)), 3000, 60_000));
    let delivery = Delivery { delay: Duration::from_secs(3), cut: false, reset: false };
    assert_eq!(struck.delivery(), delivery);
    let met: Vec<i64> = state.with(list).unwrap().into_iter().map(|fault| fault.met).collect();
    assert_eq!(met, [1, 1, 1, 0, 1]);
}

#[test]
fn a_device_has_its_share_of_pushes_each_day() {
    const DAY: i64 = 86_400_000;
    let state = state();
    state.with(|tx| set(tx, 0, &NewFault::of("daily-limit=2"))).unwrap();
    let push = |now, reg_id: &str| {
        let about = About::push("unicast", "30001", reg_id);
        let fate = state.with(|tx| of_push(tx, now, &about, &format!("m-{now}-{reg_id}"))).unwrap();
        fate.map(|(fate, _)| fate)
    };
    assert_eq!([push(1, "r1"), push(2, "r1"), push(3, "r1")], [None, None, Some(PushLoss::DailyLimit)]);
    assert_eq!([push(4, "r2"), push(DAY, "r1")], [None, None]);
    let fault = state.with(list).unwrap().remove(0);
    assert_eq!((fault.met, fault.struck), (5, 1));
    assert_eq!(state.with(|tx| of_message(tx, "m-3-r1")).unwrap(), Some(PushLoss::DailyLimit));
    assert_eq!(state.with(|tx| of_message(tx, "m-1-r1")).unwrap(), None);
}

#[test]
fn a_quota_is_used_up_and_clearing_gives_it_back() {
    let state = state();
    let id = state.with(|tx| set(tx, 0, &NewFault::of("quota=2"))).unwrap().id;
    let refused = || {
        let struck = state.with(|tx| strikes(tx, &About::push("unicast", "30001", "r1"), Kind::Quota));
        struck.unwrap().is_some()
    };
    assert_eq!([refused(), refused(), refused(), refused()], [false, false, true, true]);
    assert_eq!(state.with(|tx| clear(tx, Some(id + 1))).unwrap(), 0);
    assert_eq!(state.with(|tx| clear(tx, Some(id))).unwrap(), 1);
    assert!(!refused());
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,40}") {
        let _ = Effect::parse(&text);
        let _ = Effect::parse(&format!("delay={text}"));
    }

    #[test]
    fn of_a_hundred_calls_the_share_is_struck(share in 1_i64..=100) {
        let fared = series(&NewFault { share, ..NewFault::of("drop") }, "unicast", 100);
        prop_assert!(fared.starts_with('x'));
        prop_assert_eq!(fared.matches('x').count() as i64, share);
    }
}
