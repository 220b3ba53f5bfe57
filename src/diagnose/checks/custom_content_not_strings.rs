//! Whether the custom content of the newest push is a JSON object, and its values strings, as extras of an Intent are.
//! That a URL as click target loses it belongs to `custom_content_lost`.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "custom content is a JSON object of strings";
pub(super) const REMEDY: Remedy = Remedy::say("send an object with strings as values: --ext key=value");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let last = evidence.last_sent()?;
    let notification = sent::read(last)?;
    let name = sent::name(last);
    let content = match sent::custom_content(&notification) {
        None => return Err(Skipped(format!("{name} carried no custom content"))),
        Some(Ok(content)) => content,
        Some(Err(what)) => {
            return Ok(Finding::fail(
                format!("the custom content of {name} is {what}"),
                "OPPO drops a push, or the app its extras, where it is not a JSON object",
            ));
        }
    };
    let others: Vec<&str> =
        content.iter().filter(|(_, value)| !value.is_string()).map(|(key, _)| key.as_str()).collect();
    if others.is_empty() {
        let keys: Vec<&str> = content.keys().map(String::as_str).collect();
        return Ok(Finding::pass(format!("{name} carried {}, all strings", keys.join(", "))));
    }
    Ok(Finding::warn(
        format!("{name} carried custom content with values that are not strings: {}", others.join(", ")),
        "the app may find these extras missing, or as text that holds JSON",
    ))
}
