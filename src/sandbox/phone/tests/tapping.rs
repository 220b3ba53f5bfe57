//! Where a tap lands, or why nothing opens; swipes.
//! How a notification came to be shown is tested in `arriving`.

use proptest::prelude::*;

use super::*;
use crate::sandbox::phone::model::Filter;

const PAGE: &str = "com.example.demo.Page";

fn opens(desk: &mut Desk, push: Value, target: &str) -> Tap {
    let id = desk.push(push);
    let tap = desk.tap();
    assert_eq!((tap.opened, tap.target.as_deref(), &tap.reason), (true, Some(target), &None));
    assert_eq!(tap.message_id, Some(id.clone()));
    assert_eq!(desk.fate(&id).0, Stage::Opened);
    assert!(desk.shade().is_empty());
    tap
}

#[track_caller]
fn fails(desk: &mut Desk, push: Value, reason: &str) {
    let id = desk.push(push.clone());
    let tap = desk.tap();
    assert_eq!((tap.opened, tap.target, tap.reason.as_deref()), (false, None, Some(reason)), "{push}");
    assert!(tap.extras.is_empty() && tap.log.is_empty());
    assert_eq!(desk.shade().last(), Some(&id), "what does not open stays");
}

#[test]
fn opening_the_app_hands_over_the_extras_as_strings() {
    let mut desk = desk(|_| {});
    let parameters = r#"{"extKey":"ext content","n":1.50,"b":true,"z":null,"entity":{"a":[1,"二"]}}"#;
    let tap = opens(&mut desk, json!({"action_parameters": parameters}), "com.example.demo.MainActivity");
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
    let tap = opens(&mut desk, json!({"click_action_type": 0}), "com.example.demo.MainActivity");
    assert!(tap.extras.is_empty() && tap.log.is_empty());
}

#[test]
fn an_app_without_a_launcher_does_not_open() {
    let mut desk = desk(|new| new.activities = vec![Activity::plain(PAGE, true)]);
    fails(&mut desk, json!({}), "no-launcher-activity");
    desk.set(Change {
        activities: Some(vec![Activity { exported: false, ..Activity::launcher(PAGE) }]),
        ..Change::default()
    });
    fails(&mut desk, json!({}), "activity-not-exported");
}

#[test]
fn a_class_must_be_declared_and_exported() {
    let push = || json!({"click_action_type": 4, "click_action_activity": PAGE, "action_parameters": r#"{"k":"v"}"#});
    let mut desk = desk_for(&Click::Activity(PAGE.into()), |_| {});
    assert_eq!(opens(&mut desk, push(), PAGE).extras["k"], "v");
    fails(
        &mut desk,
        json!({"click_action_type": 4, "click_action_activity": "com.example.demo.Pages"}),
        "activity-missing",
    );
    fails(&mut desk, json!({"click_action_type": 4}), "activity-missing");
    desk.set(Change { activities: Some(vec![Activity::plain(PAGE, false)]), ..Change::default() });
    fails(&mut desk, push(), "activity-not-exported");
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
    let mut desk = desk_for(&Click::Intent(ACTION.into()), |_| {});
    opens(&mut desk, push(), "com.example.demo.PushActivity");
    let fits = desk.phone().activities[1].clone();
    let change = |desk: &mut Desk, breaks: &dyn Fn(&mut Activity)| {
        let mut broken = fits.clone();
        breaks(&mut broken);
        desk.set(Change { activities: Some(vec![broken]), ..Change::default() });
    };
    change(&mut desk, &|activity| activity.filters[0].actions = vec!["other".into()]);
    fails(&mut desk, push(), "no-activity-for-action");
    change(&mut desk, &|activity| activity.filters.clear());
    fails(&mut desk, push(), "no-activity-for-action");
    change(&mut desk, &|activity| activity.filters[0].categories.clear());
    fails(&mut desk, push(), "filter-lacks-default-category");
    change(&mut desk, &|activity| activity.filters[0].data_schemes.push("https".into()));
    fails(&mut desk, push(), "filter-has-data");
    change(&mut desk, &|activity| activity.exported = false);
    fails(&mut desk, push(), "activity-not-exported");
    // A filter that does not fit is no obstacle beside one that does.
    change(&mut desk, &|activity| {
        activity
            .filters
            .insert(0, Filter { data_schemes: vec!["https".into()], ..activity.filters[0].clone() });
    });
    let id = desk.push(push());
    assert!(desk.tap().opened, "{id}");
}

#[test]
fn a_url_opens_the_browser_and_no_activity_gets_extras() {
    let mut desk = desk(|_| {});
    let push = json!({
        "click_action_type": 2, "click_action_url": "https://example.com/p?x=1#f", "action_parameters": r#"{"k":"v w"}"#,
    });
    let tap = opens(&mut desk, push, "https://example.com/p?x=1&k=v%20w#f");
    assert!(tap.extras.is_empty());
    fails(
        &mut desk,
        json!({"click_action_type": 2, "click_action_url": "htp://example.com"}),
        "url-not-http",
    );
    fails(&mut desk, json!({"click_action_type": 2}), "url-not-http");
}

#[test]
fn intent_urls_go_by_component_or_by_filter() {
    let url = |url: &str| json!({"click_action_type": 5, "click_action_url": url});
    let mut desk = desk_for(&Click::Activity(PAGE.into()), |new| {
        new.activities.push(Activity::for_action("com.example.demo.A", "act"));
        let mut deep = Activity::for_action("com.example.demo.Deep", "deep");
        deep.filters[0].data_schemes.push("chat".into());
        new.activities.push(deep);
    });
    opens(&mut desk, url("intent:#Intent;component=com.example.demo/.Page;end"), PAGE);
    let tap = opens(&mut desk, url("intent:#Intent;action=act;S.k=v;end"), "com.example.demo.A");
    assert_eq!(tap.extras["k"], "v");
    opens(&mut desk, url("intent://r/7#Intent;scheme=chat;action=deep;end"), "com.example.demo.Deep");
    fails(&mut desk, url("intent://r/7#Intent;scheme=other;action=deep;end"), "filter-lacks-data-scheme");
    fails(&mut desk, url("intent:#Intent;action=deep;end"), "filter-has-data");
    fails(&mut desk, url("intent:#Intent;component=com.other/.Page;end"), "activity-missing");
    fails(&mut desk, url("intent:#Intent;end"), "unsupported-intent-url");
    fails(&mut desk, url("https://example.com"), "unsupported-intent-url");
}

#[test]
fn other_click_actions_do_not_exist() {
    let mut desk = desk(|_| {});
    for kind in [json!(3), json!(6), json!(-1), json!("x")] {
        fails(&mut desk, json!({"click_action_type": kind}), "unknown-click-action");
    }
}

#[test]
fn the_newest_is_tapped_unless_one_is_named() {
    let mut desk = desk(|_| {});
    let ids = [desk.push(json!({})), desk.push(json!({})), desk.later(1).push(json!({}))];
    let tap = |id: Option<&str>| desk.state.with(|tx| tap(tx, desk.now, PHONE, id)).unwrap().unwrap();
    assert_eq!(tap(Some(&ids[0])).message_id.as_deref(), Some(ids[0].as_str()));
    assert_eq!(tap(Some(&ids[0])).reason.as_deref(), Some("not-shown"));
    assert_eq!(tap(None).message_id.as_deref(), Some(ids[2].as_str()));
    assert_eq!(tap(None).message_id.as_deref(), Some(ids[1].as_str()));
    assert_eq!(tap(None).reason.as_deref(), Some("nothing-shown"));
    assert_eq!(desk.state.with(|tx| super::tap(tx, START, "nobody", None)).unwrap(), None);
}

#[test]
fn a_swipe_opens_nothing() {
    let mut desk = desk(|_| {});
    let id = desk.push(json!({}));
    let swipe = |id: Option<&str>| desk.state.with(|tx| dismiss(tx, desk.now, PHONE, id)).unwrap().unwrap();
    assert_eq!(swipe(Some("m9")).reason.as_deref(), Some("not-shown"));
    assert_eq!(swipe(None), Dismissal { dismissed: true, reason: None, message_id: Some(id.clone()) });
    assert_eq!(desk.fate(&id).0, Stage::Dismissed);
    assert_eq!(swipe(None).reason.as_deref(), Some("nothing-shown"));
}

proptest! {
    #[test]
    fn whatever_the_parameters_a_tap_answers(
        parameters in prop_oneof!["\\PC*", "\\{\"k\":[\\[\\]{}0-9e\",:a-z]{0,20}\\}"], kind in -1..7_i64, url in "\\PC{0,30}",
    ) {
        let phone = desk(|_| {}).phone();
        let notification = json!({
            "action_parameters": parameters, "click_action_type": kind, "click_action_url": url,
            "click_action_activity": url,
        });
        let landing = super::super::resolve::resolve(&phone, notification.as_object().unwrap());
        prop_assert!(kind != 0 || landing.is_ok());
    }
}
