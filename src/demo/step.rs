//! What the demo shows: its steps, each with what went over HTTP, and what they come to.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::link::DemoLink;
use super::setup::DemoSetup;
use crate::oppo::Exchange;
use crate::sandbox::control::PREFIX;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StepStatus {
    /// The step went as it should.
    Ok,
    /// The step shows the broken link.
    Broken,
}

/// The story's parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// Certificate, phone, and a push straight to its regId.
    #[default]
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
    pub(crate) id: &'static str,
    pub(crate) part: Part,
    pub(crate) status: StepStatus,
    pub(crate) detail: String,
    pub(crate) elapsed_ms: Option<u64>,
    /// What went over HTTP; sign, auth_token and UserSig are masked.
    pub(crate) exchanges: Vec<StepExchange>,
    /// The link that it shows to be broken.
    #[serde(skip)]
    pub(crate) link: Option<DemoLink>,
}

/// One request and its answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StepExchange {
    pub(crate) method: &'static str,
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

/// The whole demo as it went.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) steps: Vec<Step>,
    /// What a part comes to, in a sentence.
    pub(crate) headlines: Vec<(Part, String)>,
    /// The extras that the tap delivered; none if nothing opened.
    pub(crate) received: Option<Map<String, Value>>,
    /// The first link that is broken.
    pub(crate) broken: Option<DemoLink>,
    part: Part,
}

impl From<&Exchange> for StepExchange {
    fn from(exchange: &Exchange) -> Self {
        StepExchange {
            method: exchange.method,
            url: exchange.url.clone(),
            headers: exchange.headers.clone(),
            form: exchange.form.clone(),
            body: None,
            http_status: exchange.status,
            answer: exchange.answer.clone(),
        }
    }
}

impl StepExchange {
    /// A call with a JSON body or none, which was answered with success.
    pub(super) fn json(
        method: &'static str,
        url: String,
        body: Option<Value>,
        answer: &impl Serialize,
    ) -> StepExchange {
        let content_type = body.as_ref().map(|_| ("Content-Type".to_owned(), "application/json".to_owned()));
        StepExchange {
            method,
            url,
            headers: content_type.into_iter().collect(),
            form: Vec::new(),
            body,
            http_status: Some(200),
            answer: Some(json!(answer).to_string()),
        }
    }

    /// A call of the sandbox's control API.
    pub(super) fn control(
        setup: &DemoSetup,
        method: &'static str,
        path: &str,
        body: Option<Value>,
        answer: &impl Serialize,
    ) -> StepExchange {
        StepExchange::json(method, format!("{}{PREFIX}{path}", setup.url), body, answer)
    }
}

impl Step {
    pub(super) fn ok(id: &'static str, detail: String) -> Step {
        let (part, status) = (Part::Setup, StepStatus::Ok);
        Step { id, part, status, detail, elapsed_ms: None, exchanges: Vec::new(), link: None }
    }

    pub(super) fn broken(id: &'static str, detail: String, link: DemoLink) -> Step {
        Step { status: StepStatus::Broken, link: Some(link), ..Step::ok(id, detail) }
    }

    pub(super) fn took_ms(self, time: impl TryInto<u64>) -> Step {
        Step { elapsed_ms: time.try_into().ok(), ..self }
    }

    pub(super) fn exchanges(self, exchanges: &[Exchange]) -> Step {
        Step { exchanges: exchanges.iter().map(StepExchange::from).collect(), ..self }
    }

    pub(super) fn exchange(mut self, exchange: StepExchange) -> Step {
        self.exchanges.push(exchange);
        self
    }
}

impl Story {
    pub(super) fn push(&mut self, step: Step) {
        self.broken = self.broken.or(step.link);
        self.steps.push(Step { part: self.part, ..step });
    }

    /// The steps from here on belong to this part.
    pub(super) fn begins(&mut self, part: Part) {
        self.part = part;
    }

    /// What the part that was begun comes to.
    pub(super) fn headline(&mut self, text: String) {
        self.headlines.push((self.part, text));
    }
}

/// The custom content that the app is to receive: the document's own sample.
pub(crate) fn custom_content() -> Map<String, Value> {
    Map::from_iter([("extKey".to_owned(), Value::from("ext content"))])
}
