//! Presence by the clock, and what a phone can't do.
//! What it means for pushes is in `deciding`.

use super::*;

#[test]
fn presence_follows_the_app_the_network_and_the_clock() {
    let away = |story: Story| story.moved("a", "kill");
    for (story, state) in [
        (story().login("a", "bob"), "online-foreground Online"),
        (story().login("a", "bob").moved("a", "hide"), "online-hidden Online"),
        (story().login("a", "bob").moved("a", "doBackground"), "online-background Online"),
        (away(story().login("a", "bob")), "push-online PushOnline"),
        (story().login("a", "bob").moved("a", "offline").later(399_999), "online-unreachable Online"),
        (story().login("a", "bob").moved("a", "offline").later(400_000), "push-online PushOnline"),
        (story().login("a", "bob").moved("a", "offline").moved("a", "kill"), "online-unreachable Online"),
        (story().login("a", "bob").moved("a", "doBackground").moved("a", "open"), "online-foreground Online"),
        (story().login("a", "bob").moved("a", "doBackground").moved("a", "hide"), "online-hidden Online"),
        (
            story().login("a", "bob").moved("a", "doBackground").moved("a", "offline").moved("a", "kill"),
            "online-background Online",
        ),
        (
            story().login("a", "bob").moved("a", "doBackground").moved("a", "offline").moved("a", "online"),
            "online-background Online",
        ),
        (
            story().login("a", "bob").moved("a", "offline").later(DAY).moved("a", "online"),
            "online-foreground Online",
        ),
        (
            story()
                .login("a", "bob")
                .moved("a", "offline")
                .moved("a", "kill")
                .later(DAY)
                .moved("a", "online"),
            "push-online PushOnline",
        ),
        (away(story().login("a", "bob")).later(7 * DAY - 1), "push-online PushOnline"),
        (away(story().login("a", "bob")).later(7 * DAY), "expired Offline"),
        (away(story().login("a", "bob")).later(7 * DAY).moved("a", "open"), "online-foreground Online"),
        (
            story().login("a", "bob").moved("a", "offline").later(8 * DAY).moved("a", "online"),
            "expired Offline",
        ),
        (away(story().login("a", "bob")).moved("a", "open"), "online-foreground Online"),
        (story().login("a", "bob").moved("a", "logout"), "logged-out Offline"),
        (story().login("a", "bob").moved("a", "logout").moved("a", "open"), "logged-out Offline"),
        (story().login("a", "bob").login("b", "bob"), "kicked Offline"),
        (story(), "nobody"),
    ] {
        assert_eq!(story.state_of("a"), state);
    }
}

#[test]
fn the_seven_days_begin_where_the_rule_says() {
    let at = |rule: &str, after: i64| {
        let story = with_rules(&[rule]).login("a", "bob").later(DAY).moved("a", "offline");
        story.later(after).state_of("a")
    };
    for (rule, at_last) in [
        ("im-expiry-from=disconnect", 7 * DAY),
        ("im-expiry-from=push-online", 7 * DAY + 400_000),
        ("im-expiry-from=last-login", 6 * DAY),
    ] {
        assert_eq!(at(rule, at_last - 1), "push-online PushOnline", "{rule}");
        assert_eq!(at(rule, at_last), "expired Offline", "{rule}");
    }
}

#[test]
fn one_kicked_while_away_is_refused_once() {
    let story = story().login("a", "bob").moved("a", "kill").login("b", "bob");
    let Err(SessionError::Refused { id, message }) = story.login_with("a", "bob", None, true) else {
        panic!()
    };
    assert_eq!(id, "kicked-while-away");
    assert!(message.contains("6208"));
    let story = story.login("a", "bob");
    assert_eq!(story.state_of("a"), "online-foreground Online");
    // The one kicked while online may come back at once.
    assert_eq!(story.login("b", "bob").state_of("a"), "kicked Offline");
}

#[test]
fn what_a_phone_cannot_do_is_refused_by_name() {
    for (story, how, id) in [
        (story(), "kill", "not-logged-in"),
        (story(), "logout", "not-logged-in"),
        (story().login("a", "bob").moved("a", "logout"), "logout", "not-logged-in"),
        (story().login("a", "bob").moved("a", "kill"), "hide", "app-not-running"),
        (story().login("a", "bob").moved("a", "offline"), "logout", "phone-offline"),
        (story().login("a", "bob").moved("a", "offline"), "doBackground", "phone-offline"),
    ] {
        assert_eq!(refusal(story.try_move("a", how)), id, "{how}");
    }
    let long = "a".repeat(33);
    for (story, user, id) in [
        (story().moved("a", "offline"), "bob", "phone-offline"),
        (story(), long.as_str(), "bad-value"),
        (story(), "bob\u{1F600}", "bad-value"),
        (with_rules(&["im-login-imports=no"]), "bob", "unknown-user"),
    ] {
        assert_eq!(refusal(story.login_with("a", user, None, true)), id, "{user}");
    }
    let story = with_rules(&["im-report-unknown-certificate=refuse"]);
    assert_eq!(refusal(story.login_with("a", "bob", Some(8), true)), "report-refused");
    story.login_with("a", "bob", Some(7), true).unwrap();
}
