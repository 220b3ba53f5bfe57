//! What `add` and `show` print for the IM console: its form, and the commands to run next.

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::{Certificate, Paths, console};
use crate::output::Page;

/// One line of the form.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Entry {
    /// The console's own word.
    field: &'static str,
    /// What to type or choose; for MasterSecret, where it is.
    value: String,
}

pub(crate) fn entries(certificate: &Certificate, paths: &Paths) -> Vec<Entry> {
    console::form(certificate, paths).into_iter().map(|(field, value)| Entry { field, value }).collect()
}

/// The form below its heading, then the commands to run.
pub(crate) fn page(page: &mut Page, form: &[Entry], local: bool, next: &[String]) {
    let button = if local { "Add a certificate" } else { "its certificate" };
    page.line(format!("In the IM console › your app › Android push › {button}:"));
    let pairs: Vec<(&str, String)> = form.iter().map(|entry| (entry.field, entry.value.clone())).collect();
    page.wrapped_pairs(&pairs);
    page.sentences(if local {
        "The console then shows a certificate ID, and uses it from 10 minutes after saving it. Next:"
    } else {
        "Next:"
    });
    next.iter().for_each(|command| page.line(format!("  {command}")));
}

/// The two commands that follow.
pub(crate) fn next(id: i64, local: bool, again: &str) -> Vec<String> {
    if local {
        vec![format!("opush cert edit {id}{again} --id ID"), format!("opush cert verify ID{again}")]
    } else {
        vec![
            format!("opush cert verify {id}{again}"),
            format!(
                "opush send{again} --certificate {id} --reg-id REGID --title Hello --content \"first push\""
            ),
        ]
    }
}

/// The commands that follow in the sandbox: there is no regId there before there is a phone.
pub(crate) fn next_in_sandbox(id: i64, again: &str) -> Vec<String> {
    vec![
        format!("opush sandbox phone add{again} --certificate {id} --alias alice"),
        format!("opush send{again} --certificate {id} --alias alice --title Hello --content \"first push\""),
    ]
}
