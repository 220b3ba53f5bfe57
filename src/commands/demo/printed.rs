//! The story on paper: steps for a person, and for `--json` each with its raw requests and answers, secrets masked.
//! What happens in a step belongs to `story`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::link::Link;
use crate::failure::{Class, Kind, Problem};
use crate::oppo::Exchange;
use crate::output::{ErrorJson, Page, Report, Tone, error_json};

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Ok,
    Broken,
}

/// The story's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// Certificate, phone, and a push straight to its regId.
    Setup,
    /// The user is away, and gets a message.
    Away,
    /// The user has logged out, and gets the same message.
    LoggedOut,
}

/// One step of the story.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Step {
    /// certificate, click target, phone, direct push, login, report, kill, message, push, shown, tap, logout or no push;
    /// where a link is broken on purpose also reinstall or open.
    pub(crate) id: String,
    pub(crate) part: Part,
    pub(crate) status: Status,
    pub(crate) detail: String,
    pub(crate) elapsed_ms: Option<u64>,
    /// What went over HTTP; sign, auth_token and UserSig are masked.
    pub(crate) exchanges: Vec<ExchangeJson>,
    #[serde(skip)]
    link: Option<Link>,
}

/// One request and its answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExchangeJson {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    /// The form's fields before encoding.
    pub(crate) form: Vec<(String, String)>,
    /// The body, where it is JSON.
    pub(crate) body: Option<Value>,
    pub(crate) http_status: Option<u16>,
    /// The answer's text.
    pub(crate) answer: Option<String>,
}

impl From<&Exchange> for ExchangeJson {
    fn from(exchange: &Exchange) -> Self {
        ExchangeJson {
            method: exchange.method.into(),
            url: exchange.url.clone(),
            headers: exchange.headers.clone(),
            form: exchange.form.clone(),
            body: None,
            http_status: exchange.status,
            answer: exchange.answer.clone(),
        }
    }
}

impl ExchangeJson {
    /// A call with a JSON body or none, which was answered with success.
    pub(crate) fn json(
        method: &str,
        url: String,
        body: Option<Value>,
        answer: &impl Serialize,
    ) -> ExchangeJson {
        let content_type = body.as_ref().map(|_| ("Content-Type".to_owned(), "application/json".to_owned()));
        ExchangeJson {
            method: method.into(),
            url,
            headers: content_type.into_iter().collect(),
            form: Vec::new(),
            body,
            http_status: Some(200),
            answer: Some(serde_json::json!(answer).to_string()),
        }
    }
}

impl Step {
    pub(crate) fn ok(id: &str, detail: String) -> Step {
        Step {
            id: id.into(),
            part: Part::Setup,
            status: Status::Ok,
            detail,
            elapsed_ms: None,
            exchanges: Vec::new(),
            link: None,
        }
    }

    pub(crate) fn broken(id: &str, detail: String, link: Link) -> Step {
        Step { status: Status::Broken, link: Some(link), ..Step::ok(id, detail) }
    }

    pub(crate) fn took(self, time: Duration) -> Step {
        Step { elapsed_ms: u64::try_from(time.as_millis()).ok(), ..self }
    }

    pub(crate) fn took_ms(self, time: i64) -> Step {
        Step { elapsed_ms: u64::try_from(time).ok(), ..self }
    }

    pub(crate) fn exchanges(self, exchanges: &[Exchange]) -> Step {
        Step { exchanges: exchanges.iter().map(ExchangeJson::from).collect(), ..self }
    }

    pub(crate) fn exchange(mut self, exchange: ExchangeJson) -> Step {
        self.exchanges.push(exchange);
        self
    }
}

/// What `demo --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Told {
    /// sound or broken.
    verdict: String,
    /// The word of `--break` for it.
    first_broken: Option<String>,
    /// Where the sandbox answers.
    sandbox: String,
    steps: Vec<Step>,
    /// The custom content that was sent.
    sent: Map<String, Value>,
    /// The extras that the tap delivered; none if nothing opened.
    received: Option<Map<String, Value>>,
    error: Option<ErrorJson>,
    #[serde(skip)]
    headlines: Vec<(Part, String)>,
    #[serde(skip)]
    part: Part,
    #[serde(skip)]
    link: Option<Link>,
    #[serde(skip)]
    on_purpose: Option<Link>,
}

impl Told {
    pub(crate) fn begin(sandbox: &str, sent: Map<String, Value>, on_purpose: Option<Link>) -> Told {
        Told {
            verdict: "sound".into(),
            first_broken: None,
            sandbox: sandbox.into(),
            steps: Vec::new(),
            sent,
            received: None,
            error: None,
            headlines: Vec::new(),
            part: Part::Setup,
            link: None,
            on_purpose,
        }
    }

    pub(crate) fn push(&mut self, step: Step) {
        self.link = self.link.or(step.link);
        self.steps.push(Step { part: self.part, ..step });
    }

    /// The steps from here on belong to this part.
    pub(crate) fn begins(&mut self, part: Part) {
        self.part = part;
    }

    /// What the part that was begun comes to.
    pub(crate) fn headline(&mut self, text: String) {
        self.headlines.push((self.part, text));
    }

    pub(crate) fn received(&mut self, extras: Map<String, Value>) {
        self.received = Some(extras);
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.link.is_some()
    }

    /// Without credentials nothing more can be tried; other broken links let the story go on to what a user sees.
    pub(crate) fn stops(&self) -> bool {
        self.link == Some(Link::Secret)
    }

    pub(crate) fn end(mut self) -> Told {
        if let Some(link) = self.link {
            self.verdict = "broken".into();
            self.first_broken = Some(link.as_str().into());
            self.error = Some(error_json(&problem(link).into()));
        }
        self
    }
}

fn problem(link: Link) -> Problem {
    Problem::new(Kind::BrokenLink, link.sentence(), link.remedy()).at(link.as_str())
}

impl Report for Told {
    fn text(&self, page: &mut Page) {
        page.line("A chat app's user closes the app. A message for her comes in. Will her phone show it?");
        let place = self.sandbox.trim_start_matches("http://");
        page.line(format!(
            "Everything below is real HTTP against sandboxes of OPPO PUSH and the IM server on {place}; nothing leaves this machine."
        ));
        if let Some(link) = self.on_purpose {
            page.line(format!("One link is broken on purpose: {}.", link.as_str()));
        }
        page.blank();
        let label = self.steps.iter().map(|step| step.id.len()).max().unwrap_or(0);
        let longest = self.steps.iter().map(|step| step.detail.chars().count()).max().unwrap_or(0);
        let mut part = Part::Setup;
        for step in &self.steps {
            if step.part != part {
                part = step.part;
                page.blank();
                for (_, text) in self.headlines.iter().filter(|(of, _)| *of == part) {
                    page.line(text);
                }
            }
            let (tone, word) = match step.status {
                Status::Ok => (Tone::Ok, "ok"),
                Status::Broken => (Tone::Broken, "broken"),
            };
            let took = step.elapsed_ms.map(|time| format!("{time:>6} ms")).unwrap_or_default();
            let gap = " ".repeat(longest - step.detail.chars().count());
            let word = page.tone(tone, word);
            page.line(format!("  {:<label$}   {}{gap}   {word}{took}", step.id, step.detail));
        }
        page.blank();
        match self.link {
            None => {
                page.line("Every link holds. Next:");
                page.line("  opush demo --break channel     see what one broken link looks like");
                page.line("  opush cert add                 use your own certificate");
            }
            Some(link) => {
                page.line(format!("The first broken link is {}: {}.", link.as_str(), link.sentence()));
                page.line(format!("To fix it: {}.", link.remedy()));
            }
        }
    }

    fn class(&self) -> Option<Class> {
        self.link.map(|_| Class::Broken)
    }
}
