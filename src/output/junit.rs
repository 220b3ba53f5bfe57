//! JUnit's XML, as CI systems read it, of cases that were run.
//! What a case is and how it ended belongs to the commands.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::failure::{Kind, Problem};

/// One case of a report.
#[derive(Clone, Debug)]
pub(crate) struct JunitCase<'a> {
    /// Cases of one suite are together, suites in the order of their first case.
    pub(crate) suite: &'a str,
    pub(crate) name: &'a str,
    pub(crate) time: Duration,
    pub(crate) end: JunitEnd<'a>,
    /// What else is worth keeping; may be empty.
    pub(crate) output: String,
}

/// How a case ended.
#[derive(Clone, Debug)]
pub(crate) enum JunitEnd<'a> {
    Passed,
    /// Another than the outcome expected.
    Failed {
        message: &'a str,
        text: String,
    },
    /// The outcome is not known.
    Error {
        message: &'a str,
        text: String,
    },
    Skipped {
        message: &'a str,
    },
}

/// The whole document. Characters that XML can't hold are left out.
pub(crate) fn junit(name: &str, time: Duration, cases: &[JunitCase]) -> Result<String, Problem> {
    let mut report = Report::new(plain(name));
    report.set_time(time);
    let mut suites: Vec<(&str, TestSuite)> = Vec::new();
    for case in cases {
        let at = suites.iter().position(|(name, _)| *name == case.suite).unwrap_or_else(|| {
            suites.push((case.suite, TestSuite::new(plain(case.suite))));
            suites.len() - 1
        });
        let suite = &mut suites[at].1;
        suite.set_time(suite.time.unwrap_or_default() + case.time);
        suite.add_test_case(of_case(case));
    }
    report.add_test_suites(suites.into_iter().map(|(_, suite)| suite));
    report.to_string().map_err(|error| {
        Problem::new(Kind::Disk, format!("the JUnit report can't be made: {error}"), "leave --junit out")
    })
}

fn of_case(case: &JunitCase) -> TestCase {
    let status = match &case.end {
        JunitEnd::Passed => TestCaseStatus::success(),
        JunitEnd::Failed { message, text } => ended(NonSuccessKind::Failure, "unexpected", message, text),
        JunitEnd::Error { message, text } => ended(NonSuccessKind::Error, "unknown", message, text),
        JunitEnd::Skipped { message } => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(plain(message));
            status
        }
    };
    let mut made = TestCase::new(plain(case.name), status);
    made.set_classname(plain(case.suite));
    made.set_time(case.time);
    if !case.output.is_empty() {
        made.set_system_out(plain(&case.output));
    }
    made
}

/// What XML 1.0 can't hold: the library leaves out control characters, but not these two.
fn plain(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "")
}

fn ended(kind: NonSuccessKind, kind_name: &str, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(kind_name).set_message(plain(message)).set_description(plain(text));
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn report(name: &str, message: &str) -> String {
        let case = |suite, end| JunitCase {
            suite,
            name,
            time: Duration::from_millis(180),
            end,
            output: message.to_owned(),
        };
        let text = || message.to_owned();
        let cases = [
            case("a.toml", JunitEnd::Passed),
            case("b.toml", JunitEnd::Failed { message, text: text() }),
            case("a.toml", JunitEnd::Error { message, text: text() }),
            case("b.toml", JunitEnd::Skipped { message }),
        ];
        junit("opush smoke", Duration::from_secs(1), &cases).unwrap()
    }

    fn counts(node: roxmltree::Node) -> Vec<usize> {
        ["tests", "failures", "errors", "skipped"]
            .map(|key| node.attribute(key).unwrap().parse().unwrap())
            .to_vec()
    }

    #[test]
    fn suites_count_their_own_cases() {
        let text = report("n", "m");
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(counts(root), [4, 1, 1, 1]);
        let suites: Vec<_> = root.children().filter(|node| node.has_tag_name("testsuite")).collect();
        assert_eq!(suites.len(), 2);
        assert_eq!(counts(suites[0]), [2, 0, 1, 0]);
        assert_eq!(counts(suites[1]), [2, 1, 0, 1]);
        assert_eq!(suites[0].attribute("time"), Some("0.360"));
    }

    proptest! {
        /// What a hostile title or answer holds stays inside its attribute and text, and the XML stays XML.
        #[test]
        fn any_text_gives_xml(name in r"[\PC\x00-\x1f\u{fffe}\u{ffff}]{0,20}", message in r"[\x00-\u{10ffff}]{0,20}") {
            let text = report(&name, &message);
            let holds = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            prop_assert!(text.chars().all(holds), "{text:?}");
            let document = roxmltree::Document::parse(&text).unwrap();
            prop_assert_eq!(document.descendants().filter(|node| node.has_tag_name("testcase")).count(), 4);
        }
    }
}
