//! Phones come and go: names, regIds, aliases, and what OPPO knows of each.

use super::*;

fn reg_id_state_of(test_phone: &TestPhone, app_id: &str, reg_id: &str) -> RegIdState {
    test_phone.state.with(|tx| Ok(look_up(tx, START, app_id, reg_id)?.0)).unwrap()
}

#[test]
fn names_are_given_in_turn_and_are_unique() {
    let test_phone = test_phone(|_| {});
    let add = |new: &PhoneSpec| test_phone.state.with(|tx| add(tx, START, new));
    let named = PhoneSpec { name: Some("Anna's".into()), ..fitting(&Click::Url) };
    assert_eq!(named.flaws()[0].field, "name");
    assert_eq!(
        add(&PhoneSpec { name: Some("phone-2".into()), ..fitting(&Click::Url) }).unwrap().name,
        "phone-2"
    );
    assert_eq!(add(&fitting(&Click::Url)).unwrap().name, "phone-3");
    assert!(add(&PhoneSpec { name: Some("phone-3".into()), ..fitting(&Click::Url) }).is_err());
    let names: Vec<String> =
        test_phone.state.with(|tx| list(tx, START)).unwrap().into_iter().map(|phone| phone.name).collect();
    assert_eq!(names, ["phone-1", "phone-2", "phone-3"]);
}

#[test]
fn a_reg_id_has_the_form_of_the_sdk_and_is_the_apps_alone() {
    let test_phone = test_phone(|_| {});
    let reg_id = test_phone.phone().reg_id;
    let hex = reg_id.strip_prefix("CN_").unwrap();
    assert!(
        hex.len() == 32 && hex.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)),
        "{reg_id}"
    );
    assert_eq!(reg_id_state_of(&test_phone, "30001", &reg_id), RegIdState::Subscribed);
    assert_eq!(reg_id_state_of(&test_phone, "30002", &reg_id), RegIdState::Unknown);
    assert_eq!(reg_id_state_of(&test_phone, "30001", hex), RegIdState::Unknown);
}

#[test]
fn unregistering_and_removing_unsubscribe_a_new_reg_id_does_not() {
    let mut test_phone = test_phone(|_| {});
    let old = test_phone.phone().reg_id;
    let anew = test_phone.state.with(|tx| register_anew(tx, START, PHONE)).unwrap().unwrap();
    assert_ne!(anew.reg_id, old);
    for (registered, expected) in [(false, RegIdState::Unsubscribed), (true, RegIdState::Subscribed)] {
        test_phone.set(Change { registered: Some(registered), ..Change::default() });
        assert_eq!(test_phone.phone().reg_id, anew.reg_id);
        assert_eq!(reg_id_state_of(&test_phone, "30001", &anew.reg_id), expected);
        assert_eq!(reg_id_state_of(&test_phone, "30001", &old), expected);
    }
    assert!(test_phone.state.with(|tx| remove(tx, 0, PHONE)).unwrap());
    assert!(!test_phone.state.with(|tx| remove(tx, 0, PHONE)).unwrap());
    assert_eq!(reg_id_state_of(&test_phone, "30001", &anew.reg_id), RegIdState::Unsubscribed);
    let push = Push {
        app_id: "30001",
        message_id: "m",
        task_id: None,
        reg_id: &anew.reg_id,
        notification: &Map::new(),
    };
    test_phone.state.with(|tx| arrive(tx, START, &push, None)).unwrap();
    assert_eq!(test_phone.state.with(|tx| messages(tx, START, &Wanted::default())).unwrap(), []);
}

#[test]
fn registering_anew_registers() {
    let mut test_phone = test_phone(|new| new.registered = false);
    assert_eq!(reg_id_state_of(&test_phone, "30001", &test_phone.phone().reg_id), RegIdState::Unsubscribed);
    let anew = test_phone.state.with(|tx| register_anew(tx, START, PHONE)).unwrap().unwrap();
    assert!(anew.registered);
    let id = test_phone.push(json!({}));
    assert_eq!(test_phone.shade(), [id]);
}

#[test]
fn an_alias_moves_to_the_newest_one_to_one() {
    let test_phone = test_phone(|new| new.alias = Some("anna".into()));
    let first = test_phone.phone().reg_id;
    let of = |alias: &str| test_phone.state.with(|tx| reg_id_of_alias(tx, "30001", alias)).unwrap();
    assert_eq!(of("anna").as_deref(), Some(first.as_str()));
    let second = test_phone.state.with(|tx| add(tx, START, &fitting(&Click::Url))).unwrap();
    test_phone.state.with(|tx| set_alias(tx, "30001", &second.reg_id, "anna")).unwrap();
    assert_eq!(of("anna"), Some(second.reg_id.clone()));
    assert_eq!(test_phone.phone().alias, None);
    test_phone.state.with(|tx| set_alias(tx, "30001", &second.reg_id, "bea")).unwrap();
    assert_eq!((of("anna"), of("bea")), (None, Some(second.reg_id)));
    assert_eq!(test_phone.state.with(|tx| reg_id_of_alias(tx, "30002", "bea")).unwrap(), None);
    assert!(test_phone.state.with(|tx| delete_alias(tx, "30001", "bea")).unwrap());
    assert!(!test_phone.state.with(|tx| delete_alias(tx, "30001", "bea")).unwrap());
}

#[test]
fn a_change_touches_only_what_it_names() {
    let mut test_phone = test_phone(|new| new.alias = Some("anna".into()));
    let before = test_phone.phone();
    test_phone.set(Change::default());
    assert_eq!(test_phone.phone(), before);
    test_phone.set(Change {
        alias: Some(None),
        android: Some(7),
        activities: Some(vec![Activity::plain(".Page", false)]),
        channels: Some(vec![]),
        ..Change::default()
    });
    let after = test_phone.phone();
    assert_eq!((after.alias, after.android, after.channels), (None, 7, vec![]));
    assert_eq!(after.activities, [Activity::plain("com.example.demo.Page", false)]);
    assert_eq!((after.reg_id, after.network), (before.reg_id, before.network));
    let nobody = test_phone.state.with(|tx| set(tx, START, "nobody", &Change::default())).unwrap();
    assert_eq!(nobody, None);
}

#[test]
fn every_flaw_of_a_phone_is_reported_at_once() {
    let new = PhoneSpec {
        name: Some("../x".into()),
        android: 4,
        alias: Some("a;b".into()),
        model: Some(" ".into()),
        package: String::new(),
        channels: vec![Channel { id: "c".into(), importance: Importance::Low }; 2],
        activities: vec![Activity::plain("a\n", true)],
        ..fitting(&Click::OpenApp)
    };
    let flaws = new.flaws();
    let fields: Vec<&str> = flaws.iter().map(|flaw| flaw.field.as_ref()).collect();
    assert_eq!(fields, ["name", "alias", "model", "package", "android", "channels", "activities"]);
    let change = Change { android: Some(17), alias: Some(Some(String::new())), ..Change::default() };
    assert_eq!(change.flaws().len(), 2);
}
