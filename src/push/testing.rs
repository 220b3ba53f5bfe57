//! A sender for tests: gives prepared answers, and remembers what it was given.
//! Nothing of the wire is imitated here; that is the sandbox's business.

use std::cell::RefCell;
use std::time::Duration;

use serde_json::{Map, Value};

use super::deliver::Sender;
use super::{Decision, Delivered};
use crate::clock::{Clock, Timestamp};
use crate::failure::Warning;
use crate::notification::Checked;
use crate::oppo::{Call, CallError, Cause, Exchange, Outcome, Sent, Target, Unknown, VendorError};
use crate::store::Store;

pub(super) const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// A store with a fixed clock.
pub(super) fn store() -> Store {
    Store::in_memory(Clock::fixed(now())).unwrap()
}

pub(super) fn now() -> Timestamp {
    Timestamp::from_millisecond(1_700_000_000_000).unwrap()
}

pub(super) fn notification() -> Checked {
    let wire = serde_json::json!({"title": "Hello", "content": "first push"});
    Checked { wire: wire.as_object().unwrap().clone(), warnings: Vec::new() }
}

pub(super) fn accepted() -> Option<Outcome> {
    let warnings = vec![Warning::new("odd app", "look")];
    Some(Outcome::Accepted { message_id: "30001-1-1-a".into(), warnings })
}

pub(super) fn refused() -> Option<Outcome> {
    let vendor_message = "notify_level invalid".into();
    Some(Outcome::Refused(VendorError { call: Call::Unicast, code: 67, vendor_message }))
}

pub(super) fn unknown() -> Option<Outcome> {
    Some(Outcome::Unknown(Unknown::TimedOut { after: Duration::from_secs(10) }))
}

fn answered(answer: &str) -> Exchange {
    Exchange {
        call: Call::Unicast,
        number: 1,
        method: "POST",
        url: String::new(),
        headers: Vec::new(),
        form: Vec::new(),
        status: Some(200),
        answer: Some(answer.into()),
        failure: None,
        clock: None,
        elapsed: Duration::ZERO,
    }
}

/// A regId, if the target was one, and the notification.
pub(super) type Given = (Option<String>, Map<String, Value>);

/// Looks at the store while the "request" is out.
pub(super) type Look<'a> = Box<dyn Fn() + 'a>;

pub(super) struct Fake<'a> {
    /// Nothing is pushed where it is none.
    pub(crate) outcome: Option<Outcome>,
    pub(crate) look: Look<'a>,
    /// Never answers.
    pub(crate) silent: bool,
    pub(crate) given: RefCell<Vec<Given>>,
}

impl<'a> Fake<'a> {
    pub(crate) fn new(outcome: Option<Outcome>) -> Fake<'a> {
        Fake { outcome, look: Box::new(|| ()), silent: false, given: RefCell::default() }
    }
}

impl Sender for Fake<'_> {
    fn masked_request(&self, _: &Target, notification: &Map<String, Value>) -> String {
        format!("auth_token=***&message={}", Value::Object(notification.clone()))
    }

    async fn unicast(&self, target: &Target, notification: &Map<String, Value>) -> Result<Sent, CallError> {
        self.given.borrow_mut().push((Some(target.value().to_owned()), notification.clone()));
        (self.look)();
        if self.silent {
            std::future::pending::<()>().await;
        }
        match self.outcome.clone() {
            Some(outcome) => Ok(Sent { outcome, tries: 2, exchanges: vec![answered("{\"code\":0}")] }),
            None => {
                let cause = Cause::Timeout { after: Duration::from_secs(10), doing: "connecting".to_owned() };
                Err(CallError { cause, exchanges: Vec::new() })
            }
        }
    }
}

impl<S: Sender> Sender for &S {
    fn masked_request(&self, target: &Target, notification: &Map<String, Value>) -> String {
        (**self).masked_request(target, notification)
    }

    fn unicast(
        &self,
        target: &Target,
        notification: &Map<String, Value>,
    ) -> impl Future<Output = Result<Sent, CallError>> {
        (**self).unicast(target, notification)
    }
}

/// A push that OPPO accepted.
pub(crate) fn delivered(message_id: &str, target: Target) -> Delivered {
    Delivered {
        id: None,
        certificate_id: None,
        user: None,
        device: None,
        target: Some(target),
        app_message_id: None,
        decision: Decision::direct(),
        outcome: Ok(Outcome::Accepted { message_id: message_id.into(), warnings: Vec::new() }),
        unrecorded: None,
        elapsed_ms: 0,
        exchanges: Vec::new(),
        refusal: None,
        warnings: Vec::new(),
    }
}
