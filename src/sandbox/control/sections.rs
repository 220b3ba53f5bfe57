//! Where the reference states what a check looks at: of OPPO by the number of a section, of the IM server by `IM` and its number.

use super::super::http::calls::LoggedCall;
use super::super::im;

/// Adds to each check where the reference states it.
pub(super) fn name_sections(call: &mut LoggedCall) {
    for check in &mut call.checks {
        check.section = section(&call.path, &check.name).to_owned();
    }
}

/// The section for a check of this name in a call at this path; empty where the check is the sandbox's own.
fn section(path: &str, check: &str) -> &'static str {
    if check == "fault" || check == "sandbox" {
        return "";
    }
    if path.starts_with(im::PREFIX) { of_im(check) } else { of_oppo(path, check) }
}

fn of_oppo(path: &str, check: &str) -> &'static str {
    // A check of a field inside a message names the message as well.
    let check = check.rsplit(['.', '/']).next().unwrap_or(check);
    match check {
        "path" | "method" | "content-type" | "encoding" | "body" | "body-length" | "query" | "fields"
        | "repeats" => "3",
        "app_key" | "timestamp" | "sign" | "auth_token" => "2",
        "call-rate" | "daily-quota" => "9",
        "alias" | "list" => "7",
        "message" | "push" | "reg_id" | "target_type" | "target_value" | "app_message_id" => "4",
        _ if path.contains("/notification/") => "5",
        _ if path.contains("/auth") => "2",
        _ => "7",
    }
}

fn of_im(check: &str) -> &'static str {
    match check {
        "path" | "method" | "content-type" | "contenttype" | "body" | "body-length" | "sdkappid"
        | "identifier" | "random" | "call-rate" => "IM 5",
        "usersig" => "IM 6",
        "PushID" | "StartTime" => "IM 10",
        name if name.starts_with("OfflinePushInfo") || name.starts_with("OPPO") => "IM 7",
        _ => "IM 8",
    }
}
