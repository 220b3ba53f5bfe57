//! What `add` and `show` print for the IM console: its form, and the commands to run next.

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::{Certificate, Paths, Region, console};
use crate::failure::Remedy;
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
pub(crate) fn page(page: &mut Page, form: &[Entry], local: bool, next: &[Remedy]) {
    let button = if local { "Add a certificate" } else { "its certificate" };
    page.line(format!("In the IM console › your app › Android push › {button}:"));
    let pairs: Vec<(&str, String)> = form.iter().map(|entry| (entry.field, entry.value.clone())).collect();
    page.pairs(&pairs);
    page.line(if local {
        "The console then shows a certificate ID, and uses it from 10 minutes after saving it. Next:"
    } else {
        "Next:"
    });
    page.commands(next);
}

/// The two commands that follow. In the sandbox there is no console, and no regId before there is a phone.
pub(crate) fn next(id: i64, region: Region, local: bool, profile: Option<&String>) -> Vec<Remedy> {
    let commands = match (region, local) {
        (Region::Sandbox, _) => [
            "sandbox phone add --certificate <ID> --alias alice",
            "send --certificate <ID> --alias alice --title Hello --content \"first push\"",
        ],
        (_, true) => ["cert edit <ID> --id ID", "cert verify ID"],
        (_, false) => [
            "cert verify <ID>",
            "send --certificate <ID> --reg-id REGID --title Hello --content \"first push\"",
        ],
    };
    commands.map(|command| Remedy::only(command).with("ID", id).flag("--profile", profile)).into()
}
