//! Opens a click target on the phone, and reads from `am start -W` what came of it.

use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

use super::error::DeviceError;
use super::intent::{StartCommand, component};
use super::resolved::{self, is_chooser};
use super::shell::{Said, Shell};

/// What a start came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) outcome: StartOutcome,
    /// The activity that Android started, as `package/class`.
    pub(crate) activity: Option<String>,
    /// What is in front of the screen afterwards, as `package/class`.
    pub(crate) in_front: Option<String>,
    /// Why nothing opened.
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(crate) enum StartOutcome {
    /// A page of the app opened.
    Opened,
    /// The app was there already and got the intent in onNewIntent.
    Delivered,
    /// Several activities fit, and the phone asks which.
    Chooser,
    /// Another app opened, such as the browser.
    OtherApp,
    /// Nothing opened.
    NotOpened,
}

/// Starts it, as the app `package`.
pub(crate) fn start(shell: &Shell, command: &StartCommand, package: &str) -> Result<Start, DeviceError> {
    let launcher = match &command.launcher_of {
        None => None,
        // Activities behind the icon need not have the category that a start without a name asks for.
        Some(_) => {
            let found = shell.ask(&command.resolving())?.as_deref().and_then(resolved::read);
            match found {
                Some(found) if !found.is_chooser() => Some(component(&found.package, &found.class)),
                _ => return Ok(not_opened("the phone finds no Activity behind the app's icon")),
            }
        }
    };
    let words = command.starting(launcher.as_deref());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = shell.run(&words)?;
    let mut start = read(&said, package);
    if start.outcome != StartOutcome::NotOpened {
        start.in_front = in_front(shell)?;
    }
    Ok(start)
}

fn not_opened(why: impl Into<String>) -> Start {
    Start { outcome: StartOutcome::NotOpened, activity: None, in_front: None, reason: Some(why.into()) }
}

fn read(said: &Said, package: &str) -> Start {
    let all = format!("{}\n{}", said.text, said.complaint);
    let lines = || all.lines().map(str::trim);
    if let Some(why) = lines().find_map(refusal) {
        return not_opened(why);
    }
    let after = |begins: &str| lines().find_map(|line| line.strip_prefix(begins).map(str::trim));
    let activity = after("Activity:").map(full);
    let delivered = lines().any(|line| {
        line.starts_with("Warning: Activity not started")
            && (line.contains("brought to the front") || line.contains("intent has been delivered"))
    });
    let outcome = match &activity {
        _ if after("Status:") == Some("timeout") && activity.is_none() => {
            return not_opened("the phone did not say in time that anything opened");
        }
        Some(name) if is_chooser(name) => StartOutcome::Chooser,
        Some(name) if name.split('/').next() != Some(package) => StartOutcome::OtherApp,
        _ if delivered => StartOutcome::Delivered,
        Some(_) => StartOutcome::Opened,
        None => {
            let last = lines().rfind(|line| !line.is_empty()).unwrap_or("it printed nothing");
            return not_opened(format!("am start said nothing of an Activity: {last}"));
        }
    };
    Start { outcome, activity, in_front: None, reason: None }
}

/// Android's refusal in plain words.
fn refusal(line: &str) -> Option<String> {
    let named = |from: &str, to: &str| {
        let rest = line.split_once(from)?.1;
        rest.split_once(to).map(|(name, _)| name.trim().to_owned())
    };
    if line.contains("does not exist") && line.contains("Activity class") {
        let class = named("Activity class {", "}").unwrap_or_default();
        return Some(format!("the app on the phone has no Activity {class}"));
    }
    if line.contains("SecurityException") || line.contains("Permission Denial") {
        if line.contains("not exported") {
            return Some("the Activity is not exported, so that OPPO's service can't start it".into());
        }
        if let Some((_, permission)) = line.rsplit_once(" requires ") {
            return Some(format!(
                "the Activity needs the permission {permission}, which OPPO's service lacks"
            ));
        }
        return Some(format!("Android refuses it: {line}"));
    }
    if line.contains("unable to resolve Intent") {
        return Some("no Activity on the phone takes this intent".into());
    }
    if line.starts_with("Error type") {
        return None;
    }
    line.strip_prefix("Error: ").map(|why| format!("Android refuses it: {why}"))
}

/// `com.example/.Page` with the class in full.
fn full(component: &str) -> String {
    match component.split_once("/.") {
        Some((package, class)) => format!("{package}/{package}.{class}"),
        None => component.to_owned(),
    }
}

/// The activity that the user sees, from `dumpsys activity activities`; its names changed with Android 12.
fn in_front(shell: &Shell) -> Result<Option<String>, DeviceError> {
    let dump = shell.ask(&["dumpsys", "activity", "activities"])?.unwrap_or_default();
    Ok(resumed(&dump))
}

fn resumed(dump: &str) -> Option<String> {
    let begins = ["topResumedActivity=", "mResumedActivity: ", "ResumedActivity: "];
    let of = |begins: &str| dump.lines().find_map(|line| line.trim().strip_prefix(begins).map(str::to_owned));
    let record = begins.into_iter().find_map(of)?;
    // ActivityRecord{1a2b u0 com.example.chat/.OrderActivity t12}
    record.split_whitespace().find(|word| word.contains('/')).map(|name| full(name.trim_end_matches('}')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Start {
        let said = Said { text: text.to_owned(), ..Said::default() };
        read(&said, "com.example.chat")
    }

    #[test]
    fn what_opened_is_read_from_any_android() {
        for (text, outcome, activity) in [
            (
                "Starting: Intent { cmp=com.example.chat/.OrderActivity (has extras) }\nStatus: ok\nActivity: com.example.chat/.OrderActivity\nThisTime: 312\nTotalTime: 312\nWaitTime: 340\nComplete\n",
                StartOutcome::Opened,
                Some("com.example.chat/com.example.chat.OrderActivity"),
            ),
            (
                "Starting: Intent { }\nStatus: ok\nLaunchState: COLD\nActivity: com.example.chat/com.example.pay.Pay\nTotalTime: 1\nWaitTime: 2\nComplete\n",
                StartOutcome::Opened,
                Some("com.example.chat/com.example.pay.Pay"),
            ),
            (
                "Starting: Intent { }\nWarning: Activity not started, its current task has been brought to the front\nStatus: ok\nLaunchState: HOT\nActivity: com.example.chat/.Main\nComplete\n",
                StartOutcome::Delivered,
                Some("com.example.chat/com.example.chat.Main"),
            ),
            (
                "Starting: Intent { }\nWarning: Activity not started, intent has been delivered to currently running top-most instance.\nStatus: ok\nLaunchState: UNKNOWN (0)\nWaitTime: 3\nComplete\n",
                StartOutcome::Delivered,
                None,
            ),
            (
                "Status: ok\nActivity: android/com.android.internal.app.ResolverActivity\nComplete\n",
                StartOutcome::Chooser,
                Some("android/com.android.internal.app.ResolverActivity"),
            ),
            (
                "Status: ok\nActivity: com.heytap.browser/.Main\nComplete\n",
                StartOutcome::OtherApp,
                Some("com.heytap.browser/com.heytap.browser.Main"),
            ),
        ] {
            let start = read_text(text);
            assert_eq!((start.outcome, start.activity.as_deref()), (outcome, activity), "{text}");
        }
    }

    #[test]
    fn a_refusal_is_said_in_words() {
        for (text, words) in [
            (
                "Starting: Intent { }\nError type 3\nError: Activity class {com.example.chat/com.example.chat.Gone} does not exist.\n",
                "has no Activity com.example.chat/com.example.chat.Gone",
            ),
            (
                "Exception occurred while executing 'start':\njava.lang.SecurityException: Permission Denial: starting Intent { cmp=com.example.chat/.Inner } from null (pid=1, uid=2000) not exported from uid 10123\n\tat x\n",
                "is not exported",
            ),
            (
                "java.lang.SecurityException: Permission Denial: starting Intent { } from null (pid=1, uid=2000) requires com.example.P\n",
                "needs the permission com.example.P",
            ),
            ("Error: Activity not started, unable to resolve Intent { act=x }\n", "takes this intent"),
            ("Error: Unknown option: --bad\n", "Unknown option"),
            ("", "printed nothing"),
            ("Status: timeout\nComplete\n", "in time"),
        ] {
            let start = read_text(text);
            assert_eq!(start.outcome, StartOutcome::NotOpened, "{text}");
            assert!(start.reason.as_ref().unwrap().contains(words), "{text}: {:?}", start.reason);
        }
    }

    #[test]
    fn the_page_in_front_is_found_under_each_of_its_names() {
        for line in [
            "    mResumedActivity: ActivityRecord{1a2b u0 com.example.chat/.Main t12}",
            "  topResumedActivity=ActivityRecord{1a2b u0 com.example.chat/.Main t12}",
            "  ResumedActivity: ActivityRecord{1a2b u0 com.example.chat/.Main} t12}",
        ] {
            assert_eq!(resumed(line).as_deref(), Some("com.example.chat/com.example.chat.Main"), "{line}");
        }
        assert_eq!(resumed("ACTIVITY MANAGER"), None);
    }
}
