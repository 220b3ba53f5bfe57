//! One mistake at a time, and mistakes of all kinds at once: where each is reported and what is suggested.

use super::*;
use crate::config::Source;
use crate::config::testing::SAMPLE;
use proptest::prelude::*;

mod history;
mod im;

fn problems(text: &str) -> Vec<Problem> {
    read(&Text::new("opush.toml", text), Path::new("/w"), Some(Path::new("/h"))).1
}

/// Reads the sample with one part replaced; the only problem as "kind place | message | hint".
fn with(from: &str, to: &str) -> String {
    assert!(SAMPLE.contains(from), "{from}");
    let found = problems(&SAMPLE.replacen(from, to, 1));
    let lines: Vec<String> = found
        .iter()
        .map(|problem| {
            let place = problem.place.strip_prefix("opush.toml:").unwrap();
            format!("{} {place} | {} | {}", problem.kind.as_str(), problem.message, problem.hint)
        })
        .collect();
    lines.join("\n")
}

#[test]
fn the_sample_is_valid_and_every_value_knows_its_place() {
    let text = Text::new("opush.toml", SAMPLE);
    let (configuration, problems) = read(&text, Path::new("/w"), None);
    assert_eq!(problems, []);
    let profile = &configuration.profiles[0];
    let certificate = profile.certificate(None).unwrap();
    assert_eq!(certificate.id.get(), 7005);
    assert_eq!(certificate.click.to_string(), "activity:com.example.demo.SplashActivity");
    assert_eq!(certificate.saved_at.as_ref().unwrap().to_string(), "2026-01-01T00:00:00Z");
    assert_eq!(profile.package.as_ref().unwrap().source.to_string(), "opush.toml:5:11");
    assert_eq!(certificate.app_id.source.to_string(), "opush.toml:11:10");
}

#[test]
fn what_is_left_out_has_a_default() {
    let text = "[profile.a]\nregion = \"cn\"\n[[profile.a.certificate]]\nid = 0x10\napp_id = '1'\napp_key = 'k'\nmaster_secret = 's'\n";
    let (configuration, problems) = read(&Text::new("f", text), Path::new("/w"), None);
    assert_eq!(problems, []);
    let certificate = &configuration.profiles[0].certificates[0];
    assert_eq!(certificate.id.get(), 16);
    assert_eq!((certificate.name.as_str(), &certificate.name.source), ("certificate 16", &Source::Default));
    assert_eq!(certificate.click.to_string(), "open-app");
    assert_eq!(certificate.channel_id, None);
}

#[test]
fn keys() {
    let table = [
        with("channel_id", "chanel_id"),
        with("default_profile", "defualt_profile"),
        with("package", "colour"),
        with("region", "regoin"),
        with("region = \"cn\"", ""),
        with("id = 7005 ", ""),
        with("app_key = \"demo-app-key\"", ""),
        with("channel_id = \"tuikit\"", "channel_id = \"tuikit\"\nchannel_id = \"b\""),
        with("[profile.demo]\nregion", "[profile.demo]\n[profile.demo]\nregion"),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn values() {
    let table = [
        with("\"cn\"", "\"chin\""),
        with("\"cn\"", "\"intk\""),
        with("\"cn\"", "cn"),
        with("\"cn\"", "7"),
        with("com.example.demo\"\nd", "demo\"\nd"),
        with("[profile.demo]", "[profile.\"a b\"]"),
        with("default_certificate = 7005", "default_certificate = 7006"),
        with("default_certificate = 7005", "default_certificate = \"7005\""),
        with("default_certificate = 7005", "multi_device = \"per-platfrom\""),
        with("default_certificate = 7005", "multi_device = 1"),
        with("id = 7005 ", "id = 0 "),
        with("id = 7005 ", "id = 9223372036854775808 "),
        with("id = 7005 ", "id = 7005.0 "),
        with("\"demo-app-key\"", "\"\""),
        with("\"demo-app-key\"", "\" demo-app-key\""),
        with("\"demo-app-key\"", "\"demo\\tapp-key\""),
        with("\"demo-app-key\"", "[\"x\"]"),
        with("\"demo\"\n", "\"dmeo\"\n"),
        with("\"demo\"\n", "\"env\"\n"),
        with("[[profile.demo.certificate]]", "[profile.demo.certificate]"),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn endpoints() {
    let region = "region = \"cn\" ";
    let table = [
        with(region, "region = \"cn\"\nendpoint = \"http://example.com\" "),
        with(region, "region = \"cn\"\nendpoint = \"https://me:hunter2@example.com\" "),
        with(region, "region = \"cn\"\nendpoints = { psuh = \"https://a\" } "),
        with(region, "region = \"cn\"\nendpoint = \"https://a\"\nendpoints = { push = \"https://a\" } "),
        with(region, "region = \"cn\"\nendpoints = \"https://a\" "),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn secrets() {
    let secret = "{ env = \"OPUSH_DEMO_MASTER_SECRET\" }";
    let table = [
        with(secret, "12345678"),
        with(secret, "{}"),
        with(secret, "{ evn = \"A\" }"),
        with(secret, "{ env = \"A\", file = \"b\" }"),
        with(secret, "{ env = \"0123456789abcdef0123456789abcdef\" }"),
        with(secret, "{ file = 1 }"),
        with(secret, "{ command = \"pass show x\" }"),
        with(secret, "{ command = [] }"),
        with(secret, "{ command = [\"pass\", 1] }"),
        with(secret, "\" hunter2\""),
        with("master_secret =", "master_secert ="),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn click_targets() {
    let click = "{ action = \"activity\", activity = \"com.example.demo.SplashActivity\" }";
    let table = [
        with(click, "{ action = \"url\", activity = \"com.example.demo.SplashActivity\" }"),
        with(click, "{ action = \"open-app\", url = \"https://a\" }"),
        with(click, "{ action = \"url\" }"),
        with(click, "{ action = \"actvity\", activity = \"a.B\" }"),
        with(click, "{ activity = \"a.B\" }"),
        with(click, "{ action = \"url\", url = \"htp://example.com\" }"),
        with(click, "{ action = \"url\", url = 7 }"),
        with(click, "{ action = \"open-app\", color = 1 }"),
        with(click, "\"open-app\""),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn times() {
    let time = "2026-01-01T00:00:00Z";
    let table = [
        with(time, "\"2026-01-01T00:00:00Z\""),
        with(time, "2026-01-01T00:00:00"),
        with(time, "2026-01-01"),
        with(time, "12:00:00"),
        with(time, "1767225600"),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn syntax() {
    let table = [
        with("\"demo-oppo\"", "\"demo-oppo"),
        with("\"demo-oppo\"", "\"\\q\""),
        with("name =", "name"),
        with("[profile.demo]", "[profile.demo"),
        with("saved_at = 2026-01-01T00:00:00Z", "saved_at ="),
        with("[[profile.demo.certificate]]", "[[profile.demo.certificate]]\n]"),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn certificate_ids_are_unique_within_a_profile() {
    let certificate = &SAMPLE[SAMPLE.find("[[profile").unwrap()..];
    let twice = problems(&format!("{SAMPLE}\n{certificate}"));
    assert_eq!(twice.len(), 1);
    assert_eq!((twice[0].kind, twice[0].place.as_str()), (Kind::DuplicateCertificate, "opush.toml:20:6"));
    assert!(twice[0].hint.sentence().contains("opush.toml:9:6"));
    let other = certificate.replace("profile.demo", "profile.other");
    assert_eq!(problems(&format!("{SAMPLE}[profile.other]\nregion = \"cn\"\n{other}")), []);
}

#[test]
fn names_of_built_in_profiles_are_reserved() {
    for name in ["env", "sandbox"] {
        let found = problems(&format!("[profile.{name}]\nregion = \"cn\"\n"));
        assert_eq!(found.len(), 1);
        assert!(
            found[0].message.contains("built-in") && found[0].hint.sentence().contains("--profile"),
            "{found:?}"
        );
    }
}

#[test]
fn everything_is_reported_at_once_in_the_order_of_the_file() {
    let text = SAMPLE
        .replace("\"cn\"", "\"china\"")
        .replace("channel_id", "chanel_id")
        .replace("name = \"demo-oppo\"", "name = \"demo-oppo")
        .replace("saved_at = 2026-01-01T00:00:00Z", "saved_at = true");
    let found = problems(&text);
    let kinds: Vec<_> = found.iter().map(|problem| problem.kind.as_str()).collect();
    assert_eq!(kinds, ["bad-value", "toml-syntax", "unknown-key", "wrong-type"]);
}

#[test]
fn other_ways_to_write_the_same_are_read_alike() {
    for text in [
        "profile = { a = { region = \"cn\", certificate = [{ id = 1, app_id = \"1\", app_key = \"k\", master_secret = { env = \"A\" } }] } }\n",
        "profile.a.region = \"cn\"\nprofile.a.certificate = [{ id = 1, app_id = \"1\", app_key = \"k\", master_secret.env = \"A\" }]\n",
        "[profile]\n[profile.\"a\"]\nregion = 'cn'\n[[profile.a.certificate]]\nid = +1\napp_id = \"\"\"1\"\"\"\napp_key = \"\\u006B\"\n[profile.a.certificate.master_secret]\nenv = \"A\"\n",
    ] {
        let (configuration, problems) = read(&Text::new("f", text), Path::new("/w"), None);
        assert_eq!(problems, [], "{text}");
        let certificate = configuration.profiles[0].certificate(None).unwrap();
        assert_eq!((certificate.id.get(), certificate.app_key.as_str()), (1, "k"));
        assert_eq!(certificate.master_secret.describe(), "set (env A)");
    }
}

#[test]
fn profiles_keep_the_order_of_the_file() {
    let (configuration, _) = read(
        &Text::new("f", "[profile.z]\nregion=\"cn\"\n[profile.a]\nregion=\"cn\"\n"),
        Path::new("/w"),
        None,
    );
    let names: Vec<_> = configuration.profiles.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, ["z", "a"]);
}

/// Every place lies inside the file, every problem has hint and excerpt, and no secret is shown.
fn assert_sound(text: &str) {
    for problem in problems(text) {
        let mut parts = problem.place.rsplitn(3, ':').map(str::to_owned);
        let column: usize = parts.next().unwrap().parse().unwrap();
        let line: usize = parts.next().unwrap().parse().unwrap();
        let shown = text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').nth(line - 1);
        let length = shown.unwrap_or_else(|| panic!("no line {line} in {text:?}")).chars().count();
        assert!(line >= 1 && (1..=length + 1).contains(&column), "{} in {text:?}", problem.place);
        assert!(!problem.hint.is_empty() && problem.excerpt.contains('^'));
        assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,80}|[\\[\\]{}=\"'.,a-c\n\r\t #1-9]{0,80}") {
        assert_sound(&text);
    }

    #[test]
    fn a_mutated_file_is_read_without_panic_and_shows_no_secret(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[\\[\\]{}=\"'.,a#\n\r\t 你1]{0,4}"), 1..4)
    ) {
        let mut text = SAMPLE.replace("{ env = \"OPUSH_DEMO_MASTER_SECRET\" }", "\"hunter2\"");
        for (at, length, put) in cuts {
            let characters: Vec<char> = text.chars().collect();
            let at = at.index(characters.len() + 1);
            let end = (at + length).min(characters.len());
            let secret = text.find("hunter2").map(|byte| text[..byte].chars().count());
            // The key itself must be left readable: a secret under any other name is not one.
            if secret.is_some_and(|secret| at < secret + 9 && end + 20 > secret) {
                continue;
            }
            text = characters[..at].iter().collect::<String>() + &put + &characters[end..].iter().collect::<String>();
        }
        assert_sound(&text);
    }
}
