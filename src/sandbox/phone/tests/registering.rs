//! Phones come and go: names, regIds, aliases, and how OPPO stands to each.
//! What reaches a phone is tested in `arriving`.

use super::*;

fn stands(desk: &Desk, app_id: &str, reg_id: &str) -> Standing {
    desk.state.with(|tx| standing(tx, app_id, reg_id)).unwrap()
}

#[test]
fn names_are_given_in_turn_and_are_unique() {
    let desk = desk(|_| {});
    let add = |new: &New| desk.state.with(|tx| add(tx, START, new));
    let named = New { name: Some("Anna's".into()), ..fitting(&Click::Url) };
    assert_eq!(named.flaws()[0].field, "name");
    assert_eq!(add(&New { name: Some("phone-2".into()), ..fitting(&Click::Url) }).unwrap().name, "phone-2");
    assert_eq!(add(&fitting(&Click::Url)).unwrap().name, "phone-3");
    assert!(add(&New { name: Some("phone-3".into()), ..fitting(&Click::Url) }).is_err());
    let names: Vec<String> =
        desk.state.with(|tx| list(tx, START)).unwrap().into_iter().map(|phone| phone.name).collect();
    assert_eq!(names, ["phone-1", "phone-2", "phone-3"]);
}

#[test]
fn a_reg_id_has_the_form_of_the_sdk_and_is_the_apps_alone() {
    let desk = desk(|_| {});
    let reg_id = desk.phone().reg_id;
    let hex = reg_id.strip_prefix("CN_").unwrap();
    assert!(
        hex.len() == 32 && hex.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)),
        "{reg_id}"
    );
    assert_eq!(stands(&desk, "30001", &reg_id), Standing::Subscribed);
    assert_eq!(stands(&desk, "30002", &reg_id), Standing::Unknown);
    assert_eq!(stands(&desk, "30001", hex), Standing::Unknown);
}

#[test]
fn unregistering_and_removing_unsubscribe_a_new_reg_id_does_not() {
    let mut desk = desk(|_| {});
    let old = desk.phone().reg_id;
    let anew = desk.state.with(|tx| register_anew(tx, START, PHONE)).unwrap().unwrap();
    assert_ne!(anew.reg_id, old);
    for (registered, expected) in [(false, Standing::Unsubscribed), (true, Standing::Subscribed)] {
        desk.set(Change { registered: Some(registered), ..Change::default() });
        assert_eq!(desk.phone().reg_id, anew.reg_id);
        assert_eq!(stands(&desk, "30001", &anew.reg_id), expected);
        assert_eq!(stands(&desk, "30001", &old), expected);
    }
    assert!(desk.state.with(|tx| remove(tx, 0, PHONE)).unwrap());
    assert!(!desk.state.with(|tx| remove(tx, 0, PHONE)).unwrap());
    assert_eq!(stands(&desk, "30001", &anew.reg_id), Standing::Unsubscribed);
    let push = Push {
        app_id: "30001",
        message_id: "m",
        reg_id: &anew.reg_id,
        verify_registration_id: true,
        notification: &Map::new(),
    };
    desk.state.with(|tx| arrive(tx, START, &push)).unwrap();
    assert_eq!(desk.state.with(|tx| messages(tx, START, &Wanted::default())).unwrap(), []);
}

#[test]
fn registering_anew_registers() {
    let mut desk = desk(|new| new.registered = false);
    assert_eq!(stands(&desk, "30001", &desk.phone().reg_id), Standing::Unsubscribed);
    let anew = desk.state.with(|tx| register_anew(tx, START, PHONE)).unwrap().unwrap();
    assert!(anew.registered);
    let id = desk.push(json!({}));
    assert_eq!(desk.shade(), [id]);
}

#[test]
fn an_alias_moves_to_the_newest_one_to_one() {
    let desk = desk(|new| new.alias = Some("anna".into()));
    let first = desk.phone().reg_id;
    let of = |alias: &str| desk.state.with(|tx| reg_id_of_alias(tx, "30001", alias)).unwrap();
    assert_eq!(of("anna").as_deref(), Some(first.as_str()));
    let second = desk.state.with(|tx| add(tx, START, &fitting(&Click::Url))).unwrap();
    desk.state.with(|tx| set_alias(tx, "30001", &second.reg_id, "anna")).unwrap();
    assert_eq!(of("anna"), Some(second.reg_id.clone()));
    assert_eq!(desk.phone().alias, None);
    desk.state.with(|tx| set_alias(tx, "30001", &second.reg_id, "bea")).unwrap();
    assert_eq!((of("anna"), of("bea")), (None, Some(second.reg_id)));
    assert_eq!(desk.state.with(|tx| reg_id_of_alias(tx, "30002", "bea")).unwrap(), None);
    assert!(desk.state.with(|tx| delete_alias(tx, "30001", "bea")).unwrap());
    assert!(!desk.state.with(|tx| delete_alias(tx, "30001", "bea")).unwrap());
}

#[test]
fn a_change_touches_only_what_it_names() {
    let mut desk = desk(|new| new.alias = Some("anna".into()));
    let before = desk.phone();
    desk.set(Change::default());
    assert_eq!(desk.phone(), before);
    desk.set(Change {
        alias: Some(None),
        android: Some(7),
        activities: Some(vec![Activity::plain(".Page", false)]),
        channels: Some(vec![]),
        ..Change::default()
    });
    let after = desk.phone();
    assert_eq!((after.alias, after.android, after.channels), (None, 7, vec![]));
    assert_eq!(after.activities, [Activity::plain("com.example.demo.Page", false)]);
    assert_eq!((after.reg_id, after.network), (before.reg_id, before.network));
    let nobody = desk.state.with(|tx| set(tx, START, "nobody", &Change::default())).unwrap();
    assert_eq!(nobody, None);
}

#[test]
fn every_flaw_of_a_phone_is_told_at_once() {
    let new = New {
        name: Some("../x".into()),
        android: 4,
        alias: Some("a;b".into()),
        model: Some(" ".into()),
        package: String::new(),
        channels: vec![Channel { id: "c".into(), importance: Importance::Low }; 2],
        activities: vec![Activity::plain("a\n", true)],
        ..fitting(&Click::OpenApp)
    };
    let fields: Vec<&str> = new.flaws().iter().map(|flaw| flaw.field).collect();
    assert_eq!(fields, ["name", "alias", "model", "package", "android", "channels", "activities"]);
    let change = Change { android: Some(17), alias: Some(Some(String::new())), ..Change::default() };
    assert_eq!(change.flaws().len(), 2);
}
