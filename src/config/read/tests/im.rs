//! The `[profile.NAME.im]` table: its defaults, and where each mistake is reported.
//! Profiles and certificates are tested in the file above.

use super::*;
use crate::config::{ImRegion, ImSettings, SecretRef};

const IM: &str = "[profile.a]\nregion = \"cn\"\n[profile.a.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nsecret_key = { env = \"K\" }\n";

fn settings(text: &str) -> ImSettings {
    let (configuration, problems) = read(&Text::new("f", text), Path::new("/w"), None);
    assert_eq!(problems, []);
    configuration.profiles[0].im.clone().unwrap()
}

fn change(from: &str, to: &str) -> String {
    let text = IM.replacen(from, to, 1);
    assert_ne!(text, IM, "{from}");
    let line = |problem: Problem| {
        format!("{} {} | {} | {}", problem.kind.as_str(), problem.place, problem.message, problem.hint)
    };
    problems(&text).into_iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_profile_of_china_has_its_data_in_china() {
    let im = settings(IM);
    assert_eq!((im.sdk_app_id.value, im.admin.value.as_str()), (1_400_000_001, "administrator"));
    assert_eq!(im.secret_key.value, SecretRef::Env("K".into()));
    let region = im.region.unwrap();
    assert_eq!((region.value, region.source), (ImRegion::China, Source::Default));
    assert!(settings(&IM.replace("\"cn\"", "\"cn-legacy\"")).region.is_some());
    assert!(settings(&IM.replace("\"cn\"", "\"intl\"")).region.is_none());
    for &region in <ImRegion as strum::VariantArray>::VARIANTS {
        let written = settings(&format!("{IM}region = \"{region}\"\n")).region.unwrap();
        assert_eq!((written.value, written.source.to_string().as_str()), (region, "f:7:10"));
    }
    let other = settings(&format!("{IM}endpoint = \"http://127.0.0.1:9/\"\n"));
    assert_eq!(other.endpoint.unwrap().value, "http://127.0.0.1:9");
}

#[test]
fn mistakes() {
    let table = [
        change("sdk_app_id", "sdkappid"),
        change("sdk_app_id = 1400000001\n", ""),
        change("1400000001", "0"),
        change("1400000001", "4294967296"),
        change("1400000001", "\"1400000001\""),
        change("1400000001", "true"),
        change("admin = \"administrator\"\n", ""),
        change("\"administrator\"", "\"\""),
        change("\"administrator\"", &format!("\"{}\"", "a".repeat(33))),
        change("{ env = \"K\" }", "{ env = \"0123456789abcdef0123456789abcdef\" }"),
        change("{ env = \"K\" }", "7"),
        change("{ env = \"K\" }", "{ env = \"K\" }\nregion = \"seol\""),
        change("{ env = \"K\" }", "{ env = \"K\" }\nregion = \"seoul\"\nendpoint = \"https://h\""),
        change("{ env = \"K\" }", "{ env = \"K\" }\nendpoint = \"http://example.com\""),
        change("[profile.a.im]", "[profile.a.imm]"),
    ];
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn no_message_shows_the_key() {
    for key in ["'hunter2\u{7}'", "'hunter2", "{ evn = 'hunter2' }", "{ env = 'hunter2-' }", "['hunter2']"] {
        let text = IM.replacen("{ env = \"K\" }", key, 1);
        let found = problems(&text);
        assert!(!found.is_empty(), "{key}");
        assert!(!format!("{found:?}").contains("hunter2"), "{key}: {found:?}");
    }
}
