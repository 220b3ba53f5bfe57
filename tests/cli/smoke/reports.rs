//! The summary, JUnit and annotations of a run.

use super::{NOBODY, PHONE, home};
use crate::harness::{Home, Ran};

/// A pass, a failure and, with fail-fast, a case that is skipped.
fn scenario(title: &str) -> String {
    let title = toml::Value::from(title);
    format!(
        "{PHONE}[[case]]\nname = \"a plain text reaches the vendor\"\n[[case]]\nname = {title}\nnotification = {{ title = \"x\" }}\n\
         target = {{ reg_id = \"{NOBODY}\" }}\n[case.expect]\nstatus = \"accepted\"\n[[case]]\nname = \"last\"\ntarget = {{ reg_id = \"{NOBODY}\" }}\n"
    )
}

const RUN: [&str; 6] = ["smoke", "run", "smoke/order.toml", "--fail-fast", "--jobs", "1"];

fn run(home: &Home, title: &str, more: &[&str]) -> Ran {
    home.write("smoke/order.toml", scenario(title));
    let args: Vec<&str> = RUN.iter().chain(more).copied().collect();
    home.run(&args)
}

/// Times vary.
fn settled(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_inclusive([' ', '\n']) {
        let digits = word.trim_end().chars().all(|c| c.is_ascii_digit() || c == '.');
        let next_is_time = digits && !word.trim().is_empty() && word.ends_with(' ');
        out.push(if next_is_time { "N ".into() } else { word.to_owned() });
    }
    out.concat().replace("N passed, N failed, N skipped in N s", "1 passed, 1 failed, 1 skipped in N s")
}

#[test]
fn the_summary_reads_as_the_storyboard_has_it() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    let ran = run(&home, "order page opens by activity", &[]).expect(8);
    assert!(ran.stderr.is_empty(), "{ran}");
    insta::assert_snapshot!(settled(&ran.stdout), @r"
    profile sandbox (sandbox), N cases
      pass     a plain text reaches the vendor  accepted, N ms
      FAIL     order page opens by activity     refused by OPPO: 10000, Invalid Registration_id
               smoke/order.toml:12 expects accepted
               10000: the regId is malformed or not valid; let the app register again on that phone and report the new regId: opush snippet token
      skipped  last                             an earlier case failed
    1 passed, 1 failed, 1 skipped in N s
    ");
}

fn counts(node: roxmltree::Node) -> Vec<usize> {
    ["tests", "failures", "errors", "skipped"]
        .map(|key| node.attribute(key).unwrap().parse().unwrap())
        .to_vec()
}

/// What the common JUnit schema asks for: required attributes, known elements, numbers that agree.
fn assert_is_junit(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name("testsuites") && root.attribute("name").is_some());
    let mut sum = vec![0; 4];
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert!(suite.has_tag_name("testsuite") && suite.attribute("name").is_some(), "{text}");
        assert!(suite.attribute("time").unwrap().parse::<f64>().is_ok());
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let with = |name: &str| {
            cases.iter().filter(|case| case.children().any(|child| child.has_tag_name(name))).count()
        };
        assert_eq!(counts(suite), [cases.len(), with("failure"), with("error"), with("skipped")], "{text}");
        for case in &cases {
            assert!(case.has_tag_name("testcase"), "{text}");
            for required in ["name", "classname"] {
                assert!(case.attribute(required).is_some(), "{text}");
            }
            assert!(case.attribute("time").unwrap().parse::<f64>().is_ok());
            for child in case.children().filter(roxmltree::Node::is_element) {
                let known = ["failure", "error", "skipped", "system-out"].contains(&child.tag_name().name());
                assert!(known, "{text}");
                if ["failure", "error"].contains(&child.tag_name().name()) {
                    assert!(child.attribute("type").is_some() && child.attribute("message").is_some());
                }
            }
        }
        sum.iter_mut().zip(counts(suite)).for_each(|(sum, count)| *sum += count);
    }
    assert_eq!(counts(root), sum, "{text}");
}

#[test]
fn junit_is_valid_whatever_a_case_is_called() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    for title in ["plain", "<b>&\"'</b> ]]> <!--", "zwölf 你好 😀 \u{fffe}\u{ffff}\u{202e}"] {
        run(&home, title, &["--junit", "out/push.xml"]).expect(8);
        let text = home.read("out/push.xml");
        assert_is_junit(&text);
        let document = roxmltree::Document::parse(&text).unwrap();
        let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
        let kept: String = title.chars().filter(|c| !['\u{fffe}', '\u{ffff}'].contains(c)).collect();
        assert_eq!(cases[1].attribute("name"), Some(kept.as_str()));
        let failure = cases[1].children().find(|node| node.has_tag_name("failure")).unwrap();
        assert!(failure.attribute("message").unwrap().contains("10000"), "{text}");
        assert!(failure.text().unwrap().contains("smoke/order.toml:12 expects accepted"), "{text}");
    }
}

#[test]
fn a_junit_file_is_replaced_whole_and_a_folder_is_noticed_before() {
    let home = home();
    home.write("push.xml", "x".repeat(100_000));
    home.write("s.toml", PHONE);
    home.run(&["smoke", "run", "s.toml", "--junit", "push.xml"]).expect(0);
    assert_is_junit(&home.read("push.xml"));
    std::fs::create_dir(home.file("folder")).unwrap();
    let (code, value) = home.json(&["smoke", "run", "s.toml", "--junit", "folder"]);
    assert_eq!((code, value["error"]["place"].as_str()), (1, Some("--junit")));
    assert_eq!(home.json(&["history", "list"]).1["items"].as_array().unwrap().len(), 1);
}

#[test]
fn github_gets_annotations_after_the_summary_and_only_there() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    let title = "100% sure: a, b";
    assert!(!run(&home, title, &[]).expect(8).stdout.contains("::error"));
    let workspace = home.path().to_str().unwrap().to_owned();
    let home = home.variable("GITHUB_ACTIONS", "true").variable("GITHUB_WORKSPACE", &workspace);
    let ran = run(&home, title, &[]).expect(8);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let summary = lines.iter().position(|line| line.contains(" passed, ")).unwrap();
    let annotations = &lines[summary + 1..];
    assert_eq!(annotations.len(), 1, "{ran}");
    let start =
        "::error file=work/smoke/order.toml,line=12,title=100%25 sure%3A a%2C b::refused by OPPO: 10000, ";
    assert!(
        annotations[0].starts_with(start) && annotations[0].contains("%0Asmoke/order.toml:12 expects"),
        "{ran}"
    );
    let json = run(&home, title, &["--json"]).expect(8);
    assert!(!json.stdout.contains("::error"), "{json}");
}
