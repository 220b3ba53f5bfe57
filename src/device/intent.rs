//! A click target as the words of `am start` and of `cmd package resolve-activity`.

use serde_json::{Map, Value};

use crate::app::BROWSABLE;
use crate::click::Target;
use crate::failure::{Kind, Problem};

const VIEW: &str = "android.intent.action.VIEW";

/// What the phone is told to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StartCommand {
    /// The intent without its extras. The same words resolve and start it.
    intent: Vec<String>,
    extras: Vec<String>,
    /// The package whose launcher is looked for first; only for the app itself.
    pub(super) launcher_of: Option<String>,
    /// The app may hand it to another one, such as the browser.
    pub(crate) may_leave: bool,
}

impl StartCommand {
    /// As OPPO's service opens it: its own page by class or action, a URL by whoever takes it (OPPO reference, section 5).
    pub(crate) fn new(target: &Target, package: &str, custom_content: &Map<String, Value>) -> StartCommand {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let mut launcher_of = None;
        let intent: Vec<String> = match target {
            Target::OpenApp => {
                launcher_of = Some(package.to_owned());
                launcher(package)
            }
            Target::Activity(class) => component(package, class),
            Target::Intent(action) => words(&["-a", action, "-p", package]),
            Target::Url(url) => {
                words(&["-a", VIEW, "-c", BROWSABLE, "-d", &with_parameters(url, custom_content)])
            }
            // Android reads the parts behind the mark by itself.
            Target::Scheme(url) if url.contains("#Intent;") => words(&[url]),
            Target::Scheme(url) => words(&["-a", VIEW, "-c", BROWSABLE, "-d", url]),
        };
        let is_url = matches!(target, Target::Url(_));
        let extras = if is_url { Vec::new() } else { extra_words(custom_content) };
        StartCommand { intent, extras, launcher_of, may_leave: is_url }
    }

    pub(super) fn resolving(&self) -> Vec<&str> {
        let words = ["cmd", "package", "resolve-activity"].into_iter();
        words.chain(self.intent.iter().map(String::as_str)).collect()
    }

    /// `instead` is the activity that was found for it.
    pub(super) fn starting(&self, instead: Option<&[String]>) -> Vec<String> {
        let intent = instead.unwrap_or(&self.intent);
        let words = ["am", "start", "-W"].map(str::to_owned).into_iter();
        // A URI that stands alone comes last.
        let (named, alone): (&[String], &[String]) =
            if intent.len() == 1 { (&[], intent) } else { (intent, &[]) };
        words
            .chain(named.iter().cloned())
            .chain(self.extras.iter().cloned())
            .chain(alone.iter().cloned())
            .collect()
    }
}

fn launcher(package: &str) -> Vec<String> {
    let words = ["-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER", "-p", package];
    words.map(str::to_owned).to_vec()
}

pub(super) fn component(package: &str, class: &str) -> Vec<String> {
    vec!["-n".to_owned(), format!("{package}/{class}")]
}

/// Each pair as an extra of its JSON type; what Android has no extra for, as JSON text.
fn extra_words(custom_content: &Map<String, Value>) -> Vec<String> {
    let mut words = Vec::new();
    for (key, value) in custom_content {
        let (flag, text) = match value {
            Value::String(text) => ("--es", Some(text.clone())),
            Value::Bool(value) => ("--ez", Some(value.to_string())),
            Value::Number(number) => (number_flag(number), Some(number.to_string())),
            Value::Null => ("--esn", None),
            other => ("--es", Some(other.to_string())),
        };
        words.extend([flag.to_owned(), key.clone()]);
        words.extend(text);
    }
    words
}

fn number_flag(number: &serde_json::Number) -> &'static str {
    match number.as_i64() {
        Some(small) if i32::try_from(small).is_ok() => "--ei",
        Some(_) => "--el",
        // Above the largest long Android has no number.
        None if number.is_u64() => "--es",
        None => "--ef",
    }
}

/// A web page gets the pairs as parameters of its query.
fn with_parameters(text: &str, custom_content: &Map<String, Value>) -> String {
    let Ok(mut url) = url::Url::parse(text) else { return text.to_owned() };
    if custom_content.is_empty() {
        return text.to_owned();
    }
    for (key, value) in custom_content {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        url.query_pairs_mut().append_pair(key, &value);
    }
    url.to_string()
}

/// The pairs of `--ext`: a JSON object.
pub(crate) fn extras(text: &str) -> Result<Map<String, Value>, Problem> {
    let hint = "give an object, such as '{\"extKey\": \"value\"}'";
    let map = match serde_json::from_str(text) {
        Ok(Value::Object(map)) => map,
        Ok(_) => {
            return Err(Problem::new(
                Kind::NotAnObject,
                "the custom content is JSON, but not an object",
                hint,
            ));
        }
        Err(error) => {
            return Err(Problem::new(
                Kind::NotJson,
                format!("the custom content is not JSON: {error}"),
                hint,
            ));
        }
    };
    let holds_nul = |text: &str| text.contains('\0');
    match map.iter().find(|(key, value)| holds_nul(key) || value.as_str().is_some_and(holds_nul)) {
        None => Ok(map),
        Some((key, _)) => {
            let message = format!("the pair {} has a NUL character", crate::click::quoted(key));
            Err(Problem::new(Kind::ControlCharacter, message, "no command line can hold it; remove it"))
        }
    }
}
