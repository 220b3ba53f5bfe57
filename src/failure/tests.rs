//! Kinds, problems and remedies.

use super::*;
use std::collections::BTreeSet;
use strum::VariantArray;

#[test]
fn names_of_kinds_are_unique_and_kebab_case() {
    let names: BTreeSet<_> = Kind::VARIANTS.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(names.len(), Kind::VARIANTS.len());
    for name in names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
    }
}

#[test]
fn the_place_is_said_once() {
    let problem = |message: &str| Problem::new(Kind::MissingFlag, message, "give it").at("--region");
    assert_eq!(problem("--region is required").to_string(), "--region is required");
    assert_eq!(problem("is required").to_string(), "--region: is required");
}

#[test]
fn the_first_problem_decides_the_exit_code() {
    let problems = vec![Problem::new(Kind::TooLong, "a", "b"), Problem::new(Kind::UnknownKey, "c", "d")];
    assert_eq!(Failure::all(problems).class().exit_code(), 4);
}

#[test]
fn a_command_has_its_values_quoted_and_its_gaps_named() {
    const TABLE: Remedy = Remedy::run("give it the console's id", "cert edit <ID> --id <NEW-ID>");
    assert_eq!(TABLE.to_string(), "give it the console's id: opush cert edit ID --id NEW-ID");
    let filled = TABLE.with("ID", 7005).flag("--device", Some("a phone")).flag("--user", None::<&str>);
    assert_eq!(filled.command_line().as_deref(), Some("cert edit 7005 --id NEW-ID --device 'a phone'"));
    let odd =
        Remedy::run("look", "send --user <USER> --click url:<URL>").with("USER", "-x").with("URL", "a&b");
    assert_eq!(odd.command_line().as_deref(), Some("send --user=-x --click url:'a&b'"));
    let home = Remedy::run("trust it", "config trust <FILE>").with("FILE", "~/my app/opush.toml");
    assert_eq!(home.command_line().as_deref(), Some("config trust ~/'my app/opush.toml'"));
    let stdin = Remedy::run("correct it", "lint --fix <FILE>").with("FILE", "-");
    assert_eq!(stdin.command_line().as_deref(), Some("lint --fix -"));
    assert_eq!(Remedy::say("wait a little").command_line(), None);
}
