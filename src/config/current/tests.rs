//! The precedence of profiles, and the built-in profile `env`.

use super::*;
use crate::config::testing::{SAMPLE, World};
use crate::config::{Region, load};
use std::os::unix::ffi::OsStringExt;

const COMPLETE: [(&str, &str); 8] = [
    ("OPUSH_APP_ID", "30002"),
    ("OPUSH_APP_KEY", "ci-key"),
    ("OPUSH_MASTER_SECRET", "ci-secret"),
    ("OPUSH_CHANNEL_ID", "tuikit"),
    ("OPUSH_REGION", "intl"),
    ("OPUSH_ENDPOINT", "http://127.0.0.1:1/"),
    ("OPUSH_PACKAGE", "com.example.ci"),
    ("OPUSH_CLICK", "activity:.Main"),
];

fn configuration(content: Option<&str>) -> Configuration {
    let world = World::new();
    let found = content.map(|content| world.opush_toml(content));
    load(&world.paths, found.as_ref()).unwrap()
}

fn asked(name: &str) -> Option<ProfileChoice> {
    ProfileChoice::new(Some(name), &Environment::default())
}

#[test]
fn named_before_default_before_only_before_env() {
    let two = SAMPLE.to_owned() + "[profile.other]\nregion = \"intl\"\n";
    let env = Environment::from_pairs(COMPLETE);
    let both = configuration(Some(&two));
    assert_eq!(both.current(asked("other").as_ref(), &env).unwrap().name, "other");
    assert_eq!(both.current(None, &env).unwrap().name, "demo");
    let only = configuration(Some("[profile.other]\nregion = \"intl\"\n"));
    assert_eq!(only.current(None, &env).unwrap().name, "other");
    assert_eq!(configuration(None).current(None, &env).unwrap().name, "env");
    assert_eq!(both.current(asked("env").as_ref(), &env).unwrap().name, "env");
    assert_eq!(both.current(asked("sandbox").as_ref(), &env).unwrap().name, "sandbox");
    let sandbox = configuration(Some("default_profile = \"sandbox\"\n"));
    assert_eq!(sandbox.current(None, &env).unwrap().name, "sandbox");
}

#[test]
fn the_flag_comes_before_the_variable() {
    let env = Environment::from_pairs([("OPUSH_PROFILE", "a")]);
    assert_eq!(ProfileChoice::new(Some("b"), &env).unwrap().name, "b");
    assert_eq!(ProfileChoice::new(None, &env).unwrap().source.to_string(), "OPUSH_PROFILE");
    assert_eq!(ProfileChoice::new(None, &Environment::default()), None);
}

#[test]
fn nothing_chosen_names_three_ways_out_and_never_the_sandbox_silently() {
    let none = Environment::default();
    let two = "[profile.a]\nregion = \"cn\"\n[profile.b]\nregion = \"cn\"\n";
    for (content, env) in [(None, &none), (Some(two), &none), (Some(""), &Environment::from_pairs(COMPLETE))]
    {
        let failure = configuration(content).current(None, env).unwrap_err();
        assert_eq!(failure.class().exit_code(), 3);
        let problem = &failure.problems()[0];
        assert_eq!(problem.kind, Kind::NoProfile);
        assert!(
            ["(1)", "(2)", "(3)"].iter().all(|way| problem.hint.sentence().contains(way)),
            "{}",
            problem.hint.sentence()
        );
    }
}

#[test]
fn an_unknown_profile_is_suggested_and_placed() {
    let failure =
        configuration(Some(SAMPLE)).current(asked("dmeo").as_ref(), &Environment::default()).unwrap_err();
    let problem = &failure.problems()[0];
    assert_eq!((problem.kind, problem.place.as_str()), (Kind::UnknownProfile, "--profile"));
    assert_eq!(problem.hint.sentence(), "did you mean \"demo\"?");
}

#[test]
fn a_complete_environment_is_a_profile_of_its_own() {
    let env = Environment::from_pairs(COMPLETE);
    let profile = configuration(None).current(None, &env).unwrap();
    let certificate = profile.certificate(None).unwrap();
    assert_eq!(profile.region.value, Region::Intl);
    assert_eq!(profile.endpoints.media.as_ref().unwrap().value, "http://127.0.0.1:1");
    assert_eq!(certificate.click.to_string(), "activity:com.example.ci.Main");
    assert_eq!(certificate.master_secret.describe(), "set (env OPUSH_MASTER_SECRET)");
    assert!(certificate.id.is_local());
    assert_eq!(certificate.app_key.source.to_string(), "OPUSH_APP_KEY");
    assert!(!format!("{profile:?}").contains("ci-secret"));
}

#[test]
fn an_incomplete_environment_lists_all_that_is_missing_or_wrong() {
    let env = Environment::from_pairs([
        ("OPUSH_APP_ID", "30002".into()),
        ("OPUSH_APP_KEY", std::ffi::OsString::from_vec(vec![0xff])),
        ("OPUSH_MASTER_SECRET", " hunter2".into()),
        ("OPUSH_CHANNEL_ID", "".into()),
        ("OPUSH_ENDPOINT", "http://example.com".into()),
        ("OPUSH_PACKAGE", "x".into()),
        ("OPUSH_CLICK", "url:htp://example.com".into()),
    ]);
    let failure = configuration(None).current(None, &env).unwrap_err();
    assert_eq!(failure.class().exit_code(), 3);
    let found: Vec<_> =
        failure.problems().iter().map(|problem| (problem.place.as_str(), problem.kind.as_str())).collect();
    assert_eq!(
        found,
        [
            ("OPUSH_APP_KEY", "not-utf8"),
            ("OPUSH_MASTER_SECRET", "bad-value"),
            ("OPUSH_CHANNEL_ID", "incomplete-environment"),
            ("OPUSH_REGION", "incomplete-environment"),
            ("OPUSH_ENDPOINT", "insecure-endpoint"),
            ("OPUSH_PACKAGE", "bad-value"),
            ("OPUSH_CLICK", "bad-value"),
        ]
    );
    assert!(!format!("{failure:?}").contains("hunter2"));
}
