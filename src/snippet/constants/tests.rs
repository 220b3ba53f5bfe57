//! Each form as people have it, what is never taken, and that what is written is read again.

use super::*;
use crate::click::Target;
use crate::snippet::{Language, Values};
use proptest::prelude::*;

fn values(constants: &Constants) -> Vec<(Meaning, &str)> {
    constants.found.iter().map(|one| (one.meaning, one.pair.value.as_str())).collect()
}

#[test]
fn the_plugins_json_gives_id_and_app_key_and_no_secret() {
    let text = include_str!("../../../tests/fixtures/constants/timpush-configs.json");
    let constants = Constants::read(text, "timpush-configs.json");
    assert_eq!(
        values(&constants),
        [
            (Meaning::Package, "com.example.flutter.chat"),
            (Meaning::CertificateId, "24937"),
            (Meaning::AppKey, "00000000000000000000000000000001"),
        ]
    );
    assert_eq!(constants.secrets.len(), 1);
    let older = r#"{"oppoPushBussinessId": 24937, "oppoPushAppKey": "k", "oppoPushAppSecret": "hidden"}"#;
    let older = Constants::read(older, "-");
    assert_eq!(values(&older), [(Meaning::CertificateId, "24937"), (Meaning::AppKey, "k")]);
    assert!(!format!("{older:?}").contains("hidden"));
}

#[test]
fn constants_of_java_and_kotlin_are_read_with_their_lines() {
    let java = "package a;\n/* OPPO_PUSH_APPKEY = \"comment\"; */\npublic class C {\n  // OPPO_PUSH_BUZID = 1;\n\
                  public static final long OPPO_PUSH_BUZID = 7_005L;\n  static final String OPPO_PUSH_APPKEY =\n\
                \"key \\\"1\\\"\";\n  static final String OPPO_PUSH_APPSECRET = BuildConfig.X;\n\
                  static final String OPPO_PUSH_APPID = \"3\" + 1;\n boolean same = OPPO_APP_KEY == \"x\"; }";
    let constants = Constants::read(java, "C.java");
    assert_eq!(values(&constants), [(Meaning::CertificateId, "7005"), (Meaning::AppKey, "key \"1\"")]);
    assert_eq!(constants.value(Meaning::CertificateId).unwrap().line, 5);
    let kotlin = "object C {\n const val OPPO_PUSH_BUZID: Long = 7005\n val OPPO_APP_KEY: String? = \"\"\"k\"\"\"\n\
                  const val OPPO_CHANNEL_ID = \"chat\"\n val c = '\"'\n const val OPPO_PUSH_APPID = \"30001\"\n}";
    assert_eq!(
        values(&Constants::read(kotlin, "C.kt")),
        [
            (Meaning::CertificateId, "7005"),
            (Meaning::AppKey, "k"),
            (Meaning::ChannelId, "chat"),
            (Meaning::AppId, "30001")
        ]
    );
    // Without the ending of a file, such as from a pipe.
    assert_eq!(values(&Constants::read(kotlin, "-")).len(), 4);
}

#[test]
fn properties_and_variables_are_read() {
    let text = "# oppo.push.app-key=comment\noppo.push.app-key = k\r\noppoPushBussinessId:7005\n\
                export OPUSH_CHANNEL_ID='my chat'\noppo_app_secret=hidden\nOPUSH_REGION=\"cn\"\nother=1\n";
    let constants = Constants::read(text, "a.properties");
    assert_eq!(
        values(&constants),
        [
            (Meaning::AppKey, "k"),
            (Meaning::CertificateId, "7005"),
            (Meaning::ChannelId, "my chat"),
            (Meaning::Region, "cn")
        ]
    );
    assert!(!format!("{constants:?}").contains("hidden"));
}

#[test]
fn two_values_of_one_thing_are_told_apart_from_one_that_is_there_twice() {
    let of = |second: &str| Constants::read(&format!("oppo_app_key=a\noppoPushAppKey={second}\n"), "-");
    assert_eq!(of("a").other(Meaning::AppKey), None);
    assert_eq!(of("b").other(Meaning::AppKey).unwrap().line, 2);
}

fn example() -> Values {
    Values {
        profile: "chat".into(),
        package: Some("com.example.chat".into()),
        certificate_id: 7005,
        certificate_is_local: false,
        app_key: "8c1d \"$'\\ key".into(),
        channel_id: Some("my chat".into()),
        click: Target::OpenApp,
    }
}

#[test]
fn what_is_exported_is_read_again() {
    let values = example();
    for (form, language) in [
        (ConstantsForm::Timpush, Language::Java),
        (ConstantsForm::Constants, Language::Java),
        (ConstantsForm::Constants, Language::Kotlin),
    ] {
        let text = export(form, language, &values, ("30001", "cn"), str::to_owned);
        let file = if language == Language::Kotlin { "C.kt" } else { "C.java" };
        let read = Constants::read(&text, if form == ConstantsForm::Timpush { "t.json" } else { file });
        assert_eq!(
            read.value(Meaning::CertificateId).map(|pair| pair.value.as_str()),
            Some("7005"),
            "{text}"
        );
        assert_eq!(
            read.value(Meaning::AppKey).map(|pair| pair.value.as_str()),
            Some(&*values.app_key),
            "{text}"
        );
    }
    let plain = Values { app_key: "8c1d".into(), ..values };
    let quote = |text: &str| format!("'{text}'");
    let text = export(ConstantsForm::Env, Language::Java, &plain, ("30001", "cn"), quote);
    let read = Constants::read(&text, ".env");
    assert_eq!(
        self::values(&read),
        [
            (Meaning::AppId, "30001"),
            (Meaning::AppKey, "8c1d"),
            (Meaning::ChannelId, "my chat"),
            (Meaning::Region, "cn"),
            (Meaning::Package, "com.example.chat"),
            (Meaning::Click, "open-app"),
        ]
    );
    assert!(read.secrets.is_empty());
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,80}", file in "[a-z.]{0,8}") {
        Constants::read(&text, &file);
    }

    #[test]
    fn code_cut_anywhere_is_read_without_a_panic(at in 0usize..400, end in ".java|.kt|") {
        let text = export(ConstantsForm::Constants, Language::Kotlin, &example(), ("1", "cn"), str::to_owned);
        Constants::read(&text.chars().take(at).collect::<String>(), &format!("C{end}"));
    }
}
