//! Click targets: what a tap on a notification opens. Parse and validate them, say what the app must declare for them.
//! Their wire form belongs to `notification`; where certificates keep them, to `config`.

use crate::failure::{Kind, Problem};
use std::fmt;

/// What a tap opens (tencent-im-push reference, section 3; OPPO reference, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    OpenApp,
    /// An absolute http or https URL, in its ASCII form.
    Url(String),
    /// A full Java class name.
    Activity(String),
    /// An intent action name.
    Intent(String),
}

impl Target {
    /// Reads the flag form: `open-app`, `url:U`, `activity:C` or `intent:A`.
    pub fn parse(text: &str, package: Option<&str>) -> Result<Target, Vec<Problem>> {
        let problem = |kind, message: String, hint: &str| vec![Problem::new(kind, message, hint)];
        match text.split_once(':') {
            None if text == "open-app" => Ok(Target::OpenApp),
            Some(("url", url)) if url.starts_with("http://") || url.starts_with("https://") => {
                Ok(Target::Url(url.to_owned()))
            }
            Some(("url", url)) => Err(problem(
                Kind::BadUrl,
                format!("{url:?} must begin with http:// or https://"),
                "give an absolute http or https URL",
            )),
            Some(("activity", class)) => match package {
                Some(package) if class.starts_with('.') => Ok(Target::Activity(format!("{package}{class}"))),
                _ if class.contains('.') && !class.contains(char::is_whitespace) => {
                    Ok(Target::Activity(class.to_owned()))
                }
                _ => Err(problem(
                    Kind::BadActivity,
                    format!("{class:?} is not a full class name"),
                    "write it with its package, such as com.example.chat.SplashActivity",
                )),
            },
            Some(("intent", action)) if !action.is_empty() && !action.contains(char::is_whitespace) => {
                Ok(Target::Intent(action.to_owned()))
            }
            Some(("intent", action)) => Err(problem(
                Kind::BadIntent,
                format!("{action:?} is not an intent action"),
                "write its full name, such as com.example.chat.OPEN",
            )),
            _ => Err(problem(
                Kind::MalformedFlag,
                format!("{text:?} is not a click target"),
                "write open-app, url:U, activity:C or intent:A",
            )),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::OpenApp => f.write_str("open-app"),
            Target::Url(url) => write!(f, "url:{url}"),
            Target::Activity(class) => write!(f, "activity:{class}"),
            Target::Intent(action) => write!(f, "intent:{action}"),
        }
    }
}
