//! Where a tap lands, or why nothing opens; swipes.

use proptest::prelude::*;

use super::*;
use crate::sandbox::phone::Filter;

const PAGE: &str = "com.example.demo.Page";

fn opens(test_phone: &mut TestPhone, push: Value, target: &str) -> Tap {
    let id = test_phone.push(push);
    let tap = test_phone.tap();
    assert_eq!((tap.opened, tap.target.as_deref(), &tap.reason), (true, Some(target), &None));
    assert_eq!(tap.message_id, Some(id.clone()));
    assert_eq!(test_phone.fate(&id).0, Stage::Opened);
    assert!(test_phone.shade().is_empty());
    tap
}

#[track_caller]
fn fails(test_phone: &mut TestPhone, push: Value, reason: &str) {
    let id = test_phone.push(push.clone());
    let tap = test_phone.tap();
    assert_eq!((tap.opened, tap.target, tap.reason.as_deref()), (false, None, Some(reason)), "{push}");
    assert!(tap.extras.is_empty() && tap.log.is_empty());
    assert_eq!(test_phone.shade().last(), Some(&id), "what does not open stays");
}

#[test]
fn opening_the_app_hands_over_the_extras_as_strings() {
    let mut test_phone = test_phone(|_| {});
    let parameters = r#"{"extKey":"ext content","n":1.50,"b":true,"z":null,"entity":{"a":[1,"二"]}}"#;
    let tap =
        opens(&mut test_phone, json!({"action_parameters": parameters}), "com.example.demo.MainActivity");
    let extras: Vec<(&str, &str)> = tap.extras.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        extras,
        [
            ("b", "true"),
            ("entity", r#"{"a":[1,"二"]}"#),
            ("extKey", "ext content"),
            ("n", "1.5"),
            ("z", "null")
        ]
    );
    assert_eq!(tap.log[2], "key = extKey :value = ext content");
    let tap = opens(&mut test_phone, json!({"click_action_type": 0}), "com.example.demo.MainActivity");
    assert!(tap.extras.is_empty() && tap.log.is_empty());
}

#[test]
fn an_app_without_a_launcher_does_not_open() {
    let mut test_phone = test_phone(|new| new.activities = vec![Activity::plain(PAGE, true)]);
    fails(&mut test_phone, json!({}), "no-launcher-activity");
    test_phone.set(Change {
        activities: Some(vec![Activity { exported: false, ..Activity::launcher(PAGE) }]),
        ..Change::default()
    });
    fails(&mut test_phone, json!({}), "activity-not-exported");
}

#[test]
fn a_class_must_be_declared_and_exported() {
    let push = || json!({"click_action_type": 4, "click_action_activity": PAGE, "action_parameters": r#"{"k":"v"}"#});
    let mut test_phone = test_phone_for(&Click::Activity(PAGE.into()), |_| {});
    assert_eq!(opens(&mut test_phone, push(), PAGE).extras["k"], "v");
    fails(
        &mut test_phone,
        json!({"click_action_type": 4, "click_action_activity": "com.example.demo.Pages"}),
        "activity-missing",
    );
    fails(&mut test_phone, json!({"click_action_type": 4}), "activity-missing");
    test_phone.set(Change { activities: Some(vec![Activity::plain(PAGE, false)]), ..Change::default() });
    fails(&mut test_phone, push(), "activity-not-exported");
}

#[test]
fn a_launcher_that_is_the_target_is_declared_once() {
    let new = fitting(&Click::Activity(".MainActivity".into()));
    assert_eq!(new.activities.len(), 1);
}

#[test]
fn an_action_needs_a_filter_with_default_and_without_data() {
    const ACTION: &str = "android.intent.action.VIEW";
    let push = || json!({"click_action_type": 1, "click_action_activity": ACTION});
    let mut test_phone = test_phone_for(&Click::Intent(ACTION.into()), |_| {});
    opens(&mut test_phone, push(), "com.example.demo.PushActivity");
    let fits = test_phone.phone().activities[1].clone();
    let change = |test_phone: &mut TestPhone, breaks: &dyn Fn(&mut Activity)| {
        let mut broken = fits.clone();
        breaks(&mut broken);
        test_phone.set(Change { activities: Some(vec![broken]), ..Change::default() });
    };
    change(&mut test_phone, &|activity| activity.filters[0].actions = vec!["other".into()]);
    fails(&mut test_phone, push(), "no-activity-for-action");
    change(&mut test_phone, &|activity| activity.filters.clear());
    fails(&mut test_phone, push(), "no-activity-for-action");
    change(&mut test_phone, &|activity| activity.filters[0].categories.clear());
    fails(&mut test_phone, push(), "filter-lacks-default-category");
    change(&mut test_phone, &|activity| activity.filters[0].data_schemes.push("https".into()));
    fails(&mut test_phone, push(), "filter-has-data");
    change(&mut test_phone, &|activity| activity.exported = false);
    fails(&mut test_phone, push(), "activity-not-exported");
    // A filter that does not fit is not an obstacle beside one that does.
    change(&mut test_phone, &|activity| {
        activity
            .filters
            .insert(0, Filter { data_schemes: vec!["https".into()], ..activity.filters[0].clone() });
    });
    let id = test_phone.push(push());
    assert!(test_phone.tap().opened, "{id}");
}

#[test]
fn a_url_opens_the_browser_and_no_activity_gets_extras() {
    let mut test_phone = test_phone(|_| {});
    let push = json!({
        "click_action_type": 2, "click_action_url": "https://example.com/p?x=1#f", "action_parameters": r#"{"k":"v w"}"#,
    });
    let tap = opens(&mut test_phone, push, "https://example.com/p?x=1&k=v%20w#f");
    assert!(tap.extras.is_empty());
    fails(
        &mut test_phone,
        json!({"click_action_type": 2, "click_action_url": "htp://example.com"}),
        "url-not-http",
    );
    fails(&mut test_phone, json!({"click_action_type": 2}), "url-not-http");
}

#[test]
fn intent_urls_go_by_component_or_by_filter() {
    let url = |url: &str| json!({"click_action_type": 5, "click_action_url": url});
    let mut test_phone = test_phone_for(&Click::Activity(PAGE.into()), |new| {
        new.activities.push(Activity::for_action("com.example.demo.A", "act"));
        let mut deep = Activity::for_action("com.example.demo.Deep", "deep");
        deep.filters[0].data_schemes.push("chat".into());
        new.activities.push(deep);
    });
    opens(&mut test_phone, url("intent:#Intent;component=com.example.demo/.Page;end"), PAGE);
    let tap = opens(&mut test_phone, url("intent:#Intent;action=act;S.k=v;end"), "com.example.demo.A");
    assert_eq!(tap.extras["k"], "v");
    opens(&mut test_phone, url("intent://r/7#Intent;scheme=chat;action=deep;end"), "com.example.demo.Deep");
    opens(&mut test_phone, url("https://example.com/a"), "https://example.com/a");
    fails(
        &mut test_phone,
        url("intent://r/7#Intent;scheme=other;action=deep;end"),
        "filter-lacks-data-scheme",
    );
    fails(&mut test_phone, url("intent:#Intent;action=deep;end"), "filter-has-data");
    fails(&mut test_phone, url("intent:#Intent;component=com.other/.Page;end"), "activity-missing");
    fails(&mut test_phone, url("intent:#Intent;package=com.other;action=act;end"), "activity-missing");
    fails(&mut test_phone, url("intent:#Intent;end"), "no-activity-for-action");
    fails(&mut test_phone, url("intent:#Intent;action=act"), "unsupported-intent-url");
}

#[test]
fn a_scheme_url_goes_by_view_its_categories_and_the_parts_of_its_data() {
    let url = |url: &str| json!({"click_action_type": 5, "click_action_url": url});
    let mut test_phone = test_phone_for(&Click::Scheme("command://test/a?key1=val1".into()), |_| {});
    let target = "com.example.demo.PushActivity";
    opens(&mut test_phone, url("command://test/a?key2=val2"), target);
    opens(&mut test_phone, url("command://TEST/a#Intent;launchFlags=0x24000000;end"), target);
    let tap = opens(&mut test_phone, url("intent://test/a?k=v#Intent;scheme=command;S.k=v;end"), target);
    assert_eq!(tap.extras["k"], "v");
    fails(&mut test_phone, url("other://test/a"), "filter-lacks-data-scheme");
    fails(&mut test_phone, url("command://other/a"), "filter-lacks-data-host");
    fails(&mut test_phone, url("command://test/b"), "filter-lacks-data-path");
    fails(&mut test_phone, url("SCHEME?query"), "filter-lacks-data-scheme");
    fails(&mut test_phone, url("intent:#Intent;action=android.intent.action.VIEW;end"), "filter-has-data");
    let fits = test_phone.phone().activities[1].clone();
    let mut change = |breaks: &dyn Fn(&mut Filter)| {
        let mut broken = fits.clone();
        breaks(&mut broken.filters[0]);
        test_phone.set(Change { activities: Some(vec![broken]), ..Change::default() });
    };
    change(&|filter| filter.categories.retain(|category| !category.ends_with("BROWSABLE")));
    fails(&mut test_phone, url("command://test/a"), "filter-lacks-browsable-category");
    let mut filter = Filter::read(
        "data=command://test/a*,category=DEFAULT,category=BROWSABLE,action=a.B,action=android.intent.action.VIEW",
    );
    filter.data_hosts = vec!["any".into()];
    let activities = vec![Activity { filters: vec![filter], ..Activity::plain(PAGE, true) }];
    test_phone.set(Change { activities: Some(activities), ..Change::default() });
    for of_any_host in ["command://any/abc", "intent://any/abc#Intent;scheme=command;action=a.B;end"] {
        test_phone.push(url(of_any_host));
        assert_eq!(test_phone.tap().target.as_deref(), Some(PAGE), "{of_any_host}");
    }
    fails(
        &mut test_phone,
        url("intent://any/abc#Intent;scheme=command;category=c.D;end"),
        "filter-lacks-category",
    );
}

#[test]
fn other_click_actions_do_not_exist() {
    let mut test_phone = test_phone(|_| {});
    for kind in [json!(3), json!(6), json!(-1), json!("x")] {
        fails(&mut test_phone, json!({"click_action_type": kind}), "unknown-click-action");
    }
}

#[test]
fn the_newest_is_tapped_unless_one_is_named() {
    let mut test_phone = test_phone(|_| {});
    let ids = [test_phone.push(json!({})), test_phone.push(json!({})), test_phone.later(1).push(json!({}))];
    let tap =
        |id: Option<&str>| test_phone.state.with(|tx| tap(tx, test_phone.now, PHONE, id)).unwrap().unwrap();
    assert_eq!(tap(Some(&ids[0])).message_id.as_deref(), Some(ids[0].as_str()));
    assert_eq!(tap(Some(&ids[0])).reason.as_deref(), Some("not-shown"));
    assert_eq!(tap(None).message_id.as_deref(), Some(ids[2].as_str()));
    assert_eq!(tap(None).message_id.as_deref(), Some(ids[1].as_str()));
    assert_eq!(tap(None).reason.as_deref(), Some("nothing-shown"));
    assert_eq!(test_phone.state.with(|tx| super::tap(tx, START, "nobody", None)).unwrap(), None);
}

#[test]
fn a_swipe_opens_nothing() {
    let mut test_phone = test_phone(|_| {});
    let id = test_phone.push(json!({}));
    let swipe = |id: Option<&str>| {
        test_phone.state.with(|tx| dismiss(tx, test_phone.now, PHONE, id)).unwrap().unwrap()
    };
    assert_eq!(swipe(Some("m9")).reason.as_deref(), Some("not-shown"));
    assert_eq!(swipe(None), Dismissal { dismissed: true, reason: None, message_id: Some(id.clone()) });
    assert_eq!(test_phone.fate(&id).0, Stage::Dismissed);
    assert_eq!(swipe(None).reason.as_deref(), Some("nothing-shown"));
}

proptest! {
    #[test]
    fn whatever_the_parameters_a_tap_answers(
        parameters in prop_oneof!["\\PC*", "\\{\"k\":[\\[\\]{}0-9e\",:a-z]{0,20}\\}"], kind in -1..7_i64, url in "\\PC{0,30}",
    ) {
        let phone = test_phone(|_| {}).phone();
        let notification = json!({
            "action_parameters": parameters, "click_action_type": kind, "click_action_url": url,
            "click_action_activity": url,
        });
        let landing = super::super::resolve::resolve(&phone, notification.as_object().unwrap());
        prop_assert!(kind != 0 || landing.is_ok());
    }
}
