//! Whether the newest push carried custom content together with a URL: then no Activity receives it.
//! What the content itself must be belongs to `custom_content_not_strings`.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

/// `click_action_type` of a web page (OPPO reference, section 5).
const OPENS_URL: i64 = 2;

pub(super) const TITLE: &str = "custom content reaches the app";
pub(super) const REMEDY: Remedy =
    Remedy::say("open the app or a page of it: --click open-app, activity:CLASS or intent:ACTION");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let last = evidence.last_sent()?;
    let notification = sent::read(last)?;
    let name = sent::name(last);
    let Some(content) = sent::custom_content(&notification) else {
        return Err(Skipped(format!("{name} carried no custom content")));
    };
    if notification.get("click_action_type").and_then(serde_json::Value::as_i64) != Some(OPENS_URL) {
        return Ok(Finding::pass(format!("{name} carried custom content to the app")));
    }
    let keys = match &content {
        Ok(content) => content.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
        Err(_) => "not readable".to_owned(),
    };
    let url = sent::text(&notification, "click_action_url").unwrap_or("a URL");
    Ok(Finding::warn(
        format!("{name} carried custom content ({keys}) and opens {url}"),
        "a browser opens it and no Activity: OPPO appends the pairs to the URL as query parameters",
    ))
}
