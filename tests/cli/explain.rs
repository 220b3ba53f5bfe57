//! `opush explain`: a return code's meaning, cause and remedy; a check's page.
//! The table is compared with the reference in `return_codes`, the pages with the chain in `diagnose`.

use serde_json::json;

use super::harness::Home;
use super::masks::plain;

#[test]
fn a_code_is_explained() {
    let home = Home::new();
    let ran = home.run(&["explain", "16"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush explain 16
    16  Invalid Signature
      meaning  the signature does not fit the AppKey
      cause    the secret is AppSecret instead of MasterSecret, or it was renewed in the console
      remedy   copy the MasterSecret, not the AppSecret, from OPPO's push console, then check it: opush cert verify
    exit code 0
    "#);
    let (code, result) = home.json(&["explain", "10000"]);
    assert_eq!(
        (code, &result["code"], &result["name"]),
        (0, &json!(10000), &json!("Invalid Registration_id"))
    );
    for key in ["meaning", "cause", "remedy"] {
        assert!(result[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
}

#[test]
fn negative_codes_are_codes() {
    let home = Home::new();
    for code in ["-1", "-2", "0"] {
        home.run(&["explain", code]).expect(0);
    }
    let ran = home.run(&["explain", "-3"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush explain -3
    stderr: error: CODE: OPPO's table has no code -3, and neither has the IM server's
    stderr:   known codes: -2, -1, 0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 40, 41, 51, 54, 55, 59, 67, 10000, 10001, 10002, 10003, 10004, 10005; the IM server's are in docs/im-codes.md
    exit code 4
    "#);
}

/// Whatever code a push is refused with, its explanation says the same remedy.
#[test]
fn a_refused_push_has_the_remedy_that_explain_gives() {
    let home = Home::new();
    let args = ["send", "--profile", "sandbox", "--alias", "nobody", "--title", "a", "--content", "b"];
    let (_, push) = home.json(&args);
    let code = push["vendor"]["code"].to_string();
    let (_, explained) = home.json(&["explain", &code]);
    assert_eq!(push["error"]["hint"], explained["remedy"]);
}

#[test]
fn a_check_shows_its_page() {
    let home = Home::new();
    let ran = home.run(&["explain", "certificate-missing"]).expect(0);
    let page = std::fs::read_to_string("docs/checks/certificate-missing.md").unwrap();
    assert_eq!(ran.stdout, page);
    let (code, result) = home.json(&["explain", "certificate-missing"]);
    assert_eq!((code, &result["id"], &result["page"]), (0, &json!("certificate-missing"), &json!(page)));
    for key in ["title", "link", "remedy"] {
        assert!(result[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
}

#[test]
fn an_unknown_check_is_a_suggestion() {
    let home = Home::new();
    let ran = home.run(&["explain", "no-reprot"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush explain no-reprot
    stderr: error: CODE: "no-reprot" is neither a code nor a word that opush prints
    stderr:   did you mean "no-report"?
    exit code 4
    "#);
    let (code, result) = home.json(&["explain", "weather"]);
    assert_eq!((code, &result["error"]["kind"]), (4, &json!("unknown-code")));
    assert!(result["error"]["hint"].as_str().unwrap().contains("opush explain --list"));
    home.run(&["explain", "no-report", "--source", "im"]).expect(2);
}

/// `muted` is an answer of the rule that no check sees; every name that a result shows is explained.
#[test]
fn every_answer_of_the_offline_push_rule_is_explained() {
    let home = Home::new();
    for step in opush::push::RULE {
        let name = step.decision.name();
        let (code, page) = home.json(&["explain", name]);
        assert_eq!((code, page["id"].as_str()), (0, Some(name)), "{page}");
    }
}

#[test]
fn any_word_is_explained_with_the_groups_that_have_it() {
    let home = Home::new();
    for (word, meaning) in [
        ("push_arrive", "reached OPPO's client on the phone"),
        ("not_sent", "Nothing reached OPPO"),
        ("not-sent", "Nothing reached OPPO"),
        ("stale-reg-id", "the phone's app has another regId by now"),
        ("content-limit", "content"),
        ("lost-push", "loses it on the way"),
        ("bad-reg-id", "exit code 4"),
        ("length-disputed", "sources disagree"),
        ("target-empty", "click"),
        ("category-unusual", "a category that is none of OPPO's"),
        ("ext-nested", "an object or a list in it"),
        ("url-plain-http", "it can be used; this is worth knowing"),
        ("url-local-host", "it can be used"),
        ("url-host-missing", "not usable"),
        ("PushOnline", "still logged in"),
        ("inconclusive", "not known"),
    ] {
        let ran = home.run(&["explain", word]).expect(0);
        assert!(ran.stdout.contains(meaning), "{ran}");
        let (_, told) = home.json(&["explain", word]);
        assert!(told["items"].as_array().is_some_and(|items| !items.is_empty()), "{told}");
    }
    let ran = home.run(&["explain", "unknown"]).expect(0);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn the_list_has_every_group_and_code() {
    let home = Home::new();
    let ran = home.run(&["explain", "--list"]).expect(0).stdout;
    for text in [
        "return code of OPPO\n",
        "\n  10000 ",
        "error code of the IM server\n",
        "\n  70001",
        "kind of error\n",
        "\n  no-report",
    ] {
        assert!(ran.contains(text), "{text:?} in {ran}");
    }
    let (_, list) = home.json(&["explain", "--list"]);
    let groups = list["items"].as_array().unwrap();
    assert!(
        groups.len() > 25 && groups.iter().all(|group| group["words"].as_array().unwrap().len() > 1),
        "{list}"
    );
    home.run(&["explain"]).expect(2);
}
