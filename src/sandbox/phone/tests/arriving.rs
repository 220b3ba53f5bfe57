//! Every way in which a push is shown, held or lost.

use rusqlite::Transaction;

use super::*;

fn held(reason: &str) -> (Stage, Option<String>, i64) {
    (Stage::Held, Some(reason.to_owned()), 0)
}

#[test]
fn a_phone_that_fits_shows_the_push_as_it_is() {
    let mut test_phone = test_phone(|_| {});
    let id = test_phone
        .push(json!({"sub_title": "sub", "style": 2, "click_action_type": 4, "badge_message_count": 3}));
    let detail = test_phone.detail();
    let [message] = detail.notifications.as_slice() else { panic!("{detail:?}") };
    assert_eq!(
        (message.message_id.as_str(), message.stage, &message.reason),
        (id.as_str(), Stage::Shown, &None)
    );
    assert_eq!((message.title.as_deref(), message.content.as_deref()), (Some("Hi"), Some("hello")));
    assert_eq!((message.sub_title.as_deref(), message.channel_id.as_deref()), (Some("sub"), Some("tuikit")));
    assert_eq!((message.click_action_type, message.shown_at), (4, Some(START)));
    assert_eq!(message.notification["badge_message_count"], 3);
    assert_eq!(detail.phone.shown, 1);
    assert!(detail.held.is_empty() && detail.dropped.is_empty());
}

#[test]
fn channels_decide_from_android_8_on() {
    let importance = |importance| vec![Channel { id: "tuikit".into(), importance }];
    let without = json!({"channel_id": null});
    for (android, channels, more, lost) in [
        (14, vec![], json!({}), Some("channel-missing")),
        (8, vec![], json!({}), Some("channel-missing")),
        (7, vec![], json!({}), None),
        (14, importance(Importance::Default), without.clone(), Some("no-channel-id")),
        (8, importance(Importance::Default), json!({"channel_id": ""}), Some("no-channel-id")),
        (7, vec![], without, None),
        (14, importance(Importance::None), json!({}), Some("channel-disabled")),
        (7, importance(Importance::None), json!({}), None),
        (14, importance(Importance::Min), json!({}), None),
        (14, importance(Importance::High), json!({}), None),
        (14, importance(Importance::Default), json!({"channel_id": "TUIKit"}), Some("channel-missing")),
    ] {
        let mut test_phone = test_phone(|new| (new.android, new.channels) = (android, channels.clone()));
        let id = test_phone.push(more.clone());
        match lost {
            Some(reason) => test_phone.dropped(&id, reason),
            None => assert_eq!(test_phone.shade(), [id], "Android {android}, {channels:?}, {more}"),
        }
    }
}

/// It is in the shade all the same, but silent.
#[test]
fn what_is_shown_without_a_sound_says_why() {
    let importance = |importance| vec![Channel { id: "tuikit".into(), importance }];
    for (android, channels, do_not_disturb, why) in [
        (14, importance(Importance::Default), false, None),
        (14, importance(Importance::Low), false, Some("quiet-low-channel")),
        (14, importance(Importance::Min), false, Some("quiet-low-channel")),
        (7, importance(Importance::Min), false, None),
        (14, importance(Importance::High), true, Some("quiet-do-not-disturb")),
        (7, vec![], true, Some("quiet-do-not-disturb")),
    ] {
        let mut test_phone = test_phone(|new| {
            (new.android, new.channels, new.do_not_disturb) = (android, channels.clone(), do_not_disturb);
        });
        let id = test_phone.push(json!({}));
        let fate = (Stage::Shown, why.map(str::to_owned), 0);
        assert_eq!(test_phone.fate(&id), fate, "Android {android}, {channels:?}");
    }
    let mut test_phone = test_phone(|_| {});
    test_phone.set(Change { do_not_disturb: Some(true), ..Change::default() });
    assert!(test_phone.phone().do_not_disturb);
}

#[test]
fn the_switch_drops_on_every_android() {
    for android in [7, 14] {
        let mut test_phone = test_phone(|new| (new.android, new.notifications) = (android, false));
        let id = test_phone.push(json!({}));
        test_phone.dropped(&id, "notifications-off");
    }
}

#[test]
fn an_offline_phone_gets_it_when_it_is_back() {
    let mut test_phone = test_phone(|new| new.network = Network::Off);
    let id = test_phone.push(json!({"off_line_ttl": 60}));
    assert_eq!(test_phone.fate(&id), held("waits-for-network"));
    test_phone.later(59);
    assert_eq!(test_phone.detail().held.len(), 1);
    test_phone.online(Network::Mobile);
    assert_eq!(test_phone.fate(&id), (Stage::Shown, None, 59_000));
}

#[test]
fn off_line_ttl_runs_out_on_the_second_whether_or_not_anybody_looks() {
    let mut test_phone = test_phone(|new| new.network = Network::Off);
    let id = test_phone.push(json!({"off_line_ttl": 60}));
    test_phone.later(60).online(Network::Wifi);
    test_phone.dropped(&id, "ttl-over-while-offline");
    assert_eq!(test_phone.fate(&id).2, 60_000);
}

#[test]
fn off_line_ttl_is_a_day_unless_given_and_ten_days_at_most() {
    for (given, seconds) in [(json!({}), 86_400), (json!({"off_line_ttl": 999_999_999}), 864_000)] {
        let mut test_phone = test_phone(|new| new.network = Network::Off);
        let id = test_phone.push(given);
        test_phone.later(seconds - 1);
        assert_eq!(test_phone.fate(&id).0, Stage::Held);
        test_phone.later(1);
        test_phone.dropped(&id, "ttl-over-while-offline");
    }
}

#[test]
fn off_line_false_is_not_kept() {
    let mut test_phone = test_phone(|new| new.network = Network::Off);
    let id = test_phone.push(json!({"off_line": false}));
    test_phone.online(Network::Wifi);
    test_phone.dropped(&id, "phone-offline");
}

#[test]
fn wifi_only_waits_on_a_mobile_network() {
    let mut test_phone = test_phone(|new| new.network = Network::Mobile);
    let both = [test_phone.push(json!({"network_type": 1})), test_phone.push(json!({"network_type": 0}))];
    assert_eq!(test_phone.fate(&both[0]), held("waits-for-wifi"));
    assert_eq!(test_phone.shade(), [both[1].clone()]);
    test_phone.online(Network::Wifi);
    assert_eq!(test_phone.shade(), both);

    let mut test_phone = super::test_phone(|new| new.network = Network::Mobile);
    let id = test_phone.push(json!({"network_type": 1, "off_line_ttl": 5}));
    test_phone.later(5);
    test_phone.dropped(&id, "ttl-over-without-wifi");
}

#[test]
fn a_replaced_reg_id_leads_nowhere() {
    let mut test_phone = test_phone(|_| {});
    let old = test_phone.phone().reg_id;
    test_phone.state.with(|tx| register_anew(tx, START, PHONE)).unwrap().unwrap();
    let id = test_phone.push_to(&old, json!({}));
    test_phone.dropped(&id, "stale-reg-id");
}

#[test]
fn an_app_that_unregistered_meanwhile_gets_nothing() {
    let mut test_phone = test_phone(|new| new.network = Network::Off);
    let id = test_phone.push(json!({}));
    test_phone.set(Change { registered: Some(false), ..Change::default() }).online(Network::Wifi);
    test_phone.dropped(&id, "unregistered");
}

#[test]
fn a_show_window_holds_shows_and_ends() {
    let window = |start: i64, end: i64| json!({"show_time_type": 1, "show_start_time": START + start * 1000, "show_end_time": START + end * 1000});
    let mut test_phone = test_phone(|_| {});
    let id = test_phone.push(window(10, 20));
    assert_eq!(test_phone.fate(&id), held("waits-for-show-window"));
    // It is on the phone by now: going offline makes no difference, and no look in time is needed.
    test_phone.online(Network::Off).later(30);
    assert_eq!(test_phone.fate(&id), (Stage::Shown, None, 10_000));

    let mut test_phone = super::test_phone(|_| {});
    let id = test_phone.later(21).push(window(10, 20));
    test_phone.dropped(&id, "show-window-over");
    let id = test_phone.push(json!({"show_time_type": 0, "show_start_time": START + 90_000}));
    assert_eq!(test_phone.shade(), [id]);
}

#[test]
fn what_waits_for_its_window_meets_the_switch_as_it_is_then() {
    let mut test_phone = test_phone(|_| {});
    let id = test_phone
        .push(json!({"show_time_type": 1, "show_start_time": START + 5000, "show_end_time": START + 9000}));
    test_phone.set(Change { notifications: Some(false), ..Change::default() }).later(6);
    test_phone.dropped(&id, "notifications-off");
}

#[test]
fn show_ttl_hides() {
    let mut test_phone = test_phone(|_| {});
    let id = test_phone.push(json!({"show_ttl": 30}));
    test_phone.later(29);
    assert_eq!(test_phone.shade().len(), 1);
    test_phone.later(1);
    assert_eq!(test_phone.fate(&id), (Stage::Hidden, None, 30_000));
    assert!(test_phone.shade().is_empty());
    assert_eq!(test_phone.phone().shown, 0);
}

#[test]
fn the_same_notify_id_replaces() {
    let mut test_phone = test_phone(|_| {});
    let first = test_phone.push(json!({"notify_id": 7}));
    let other = test_phone.push(json!({"notify_id": 8}));
    let without = test_phone.push(json!({}));
    let second = test_phone.later(1).push(json!({"notify_id": 7}));
    assert_eq!(test_phone.fate(&first), (Stage::Replaced, None, 1000));
    assert_eq!(test_phone.shade(), [other, without, second]);
}

#[test]
fn held_pushes_replace_in_the_order_in_which_they_are_shown() {
    let mut test_phone = test_phone(|_| {});
    let window = |start: i64| json!({"notify_id": 1, "show_time_type": 1, "show_start_time": START + start, "show_end_time": START + 99_000});
    let (late, early) = (test_phone.push(window(9000)), test_phone.push(window(5000)));
    test_phone.later(10);
    assert_eq!(test_phone.fate(&early), (Stage::Replaced, None, 9000));
    assert_eq!(test_phone.shade(), [late]);
}

#[test]
fn a_phone_forgets_beyond_a_thousand() {
    let mut test_phone = test_phone(|new| new.notifications = false);
    let reg_id = test_phone.phone().reg_id;
    let most = forget::KEPT + forget::OFTEN;
    // It is looked at every so many, of which this is no multiple.
    for _ in 0..most - most % forget::OFTEN {
        test_phone.push_to(&reg_id, json!({}));
    }
    let dropped = test_phone.detail().dropped;
    assert_eq!(dropped.len(), 1000);
    assert_eq!(dropped[0].message_id, "m25");
    let forgotten = "SELECT stage, pushes FROM forgotten";
    let numbers = |tx: &Transaction<'_>| tx.query_row(forgotten, [], |row| Ok((row.get(0)?, row.get(1)?)));
    assert_eq!(test_phone.state.with(numbers).unwrap(), (Stage::Dropped, 24));
}

#[test]
fn messages_match_what_is_given() {
    let mut test_phone = test_phone(|_| {});
    let (one, two) = (
        test_phone.push(json!({"title": "a", "content": "x"})),
        test_phone.push(json!({"title": "b", "content": "x"})),
    );
    let found = |wanted: Wanted| -> Vec<String> {
        let found = test_phone.state.with(|tx| messages(tx, test_phone.now, &wanted)).unwrap();
        found.into_iter().map(|message| message.message_id).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(found(Wanted::default()), [one.clone(), two.clone()]);
    assert_eq!(found(Wanted { content: some("x"), phone: some(PHONE), ..Wanted::default() }).len(), 2);
    assert_eq!(found(Wanted { title: some("b"), ..Wanted::default() }), [two]);
    assert_eq!(found(Wanted { title: some("a"), stage: Some(Stage::Dropped), ..Wanted::default() }).len(), 0);
    assert_eq!(found(Wanted { phone: some("other"), ..Wanted::default() }).len(), 0);
}

#[test]
fn channels_that_the_system_makes_need_no_app() {
    for (system_channels, stage) in [(true, Stage::Shown), (false, Stage::Dropped)] {
        let mut test_phone = test_phone(|new| new.system_channels = system_channels);
        for channel in ["push_oplus_category_service", "push_oplus_category_content"] {
            let id = test_phone.push(json!({"channel_id": channel, "category": "IM", "notify_level": 2}));
            assert_eq!(test_phone.fate(&id).0, stage, "{channel}");
        }
        let id = test_phone.push(json!({"channel_id": "push_oplus_category_other"}));
        assert_eq!(test_phone.fate(&id).1.as_deref(), Some("channel-missing"));
    }
    let mut test_phone = test_phone(|new| {
        new.channels.push(Channel { id: "push_oplus_category_service".into(), importance: Importance::None });
    });
    let id = test_phone.push(json!({"channel_id": "push_oplus_category_service"}));
    test_phone.dropped(&id, "channel-disabled");
}

#[test]
fn a_phone_shows_fifty_characters_of_a_standard_content() {
    let mut test_phone = test_phone(|_| {});
    let shown = |test_phone: &TestPhone| test_phone.detail().notifications.pop().unwrap().content.unwrap();
    test_phone.push(json!({"content": "你".repeat(50)}));
    assert_eq!(shown(&test_phone), "你".repeat(50));
    test_phone.push(json!({"content": "你".repeat(51)}));
    assert_eq!(shown(&test_phone), "你".repeat(50) + "…");
    let whole = test_phone.detail().notifications.pop().unwrap().notification["content"].clone();
    assert_eq!(whole, "你".repeat(51));
    test_phone.push(json!({"content": "x".repeat(128), "style": 2}));
    assert_eq!(shown(&test_phone), "x".repeat(128));
}
