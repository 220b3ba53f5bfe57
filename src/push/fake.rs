//! A sender for tests: answers what it is told to, and remembers what it was given.
//! Nothing of the wire is imitated here; that is the sandbox's business.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::sender::{SendOutcome, Sender, Sent};
use crate::clock::{Clock, Timestamp};
use crate::failure::{Kind, Problem, Warning};
use crate::notification::Checked;
use crate::oppo::Target;
use crate::store::Store;

pub(super) const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// A store whose clock stands still.
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

pub(super) fn accepted() -> SendOutcome {
    SendOutcome::Accepted {
        message_id: "30001-1-1-a".into(),
        warnings: vec![Warning::new("odd app", "look")],
    }
}

pub(super) fn refused() -> SendOutcome {
    let problem = Problem::new(Kind::VendorRefused, "refused by OPPO: 67", "apply for it").with_code(67);
    SendOutcome::Refused { code: 67, message: "notify_level invalid".into(), problem }
}

pub(super) fn unknown() -> SendOutcome {
    SendOutcome::Unknown(Problem::new(Kind::Timeout, "no answer within 10 s", "look at the history"))
}

pub(super) fn failed() -> SendOutcome {
    SendOutcome::Failed(Problem::new(Kind::Unreachable, "no connection", "look at the network"))
}

/// A regId, if the target was one, and the notification.
pub(super) type Given = (Option<String>, Map<String, Value>);

/// Looks at the store while the "request" is out.
pub(super) type Look<'a> = Box<dyn Fn() + 'a>;

pub(super) struct Fake<'a> {
    pub(crate) outcome: SendOutcome,
    pub(crate) look: Look<'a>,
    /// Never answers.
    pub(crate) silent: bool,
    pub(crate) given: RefCell<Vec<Given>>,
}

impl<'a> Fake<'a> {
    pub(crate) fn new(outcome: SendOutcome) -> Fake<'a> {
        Fake { outcome, look: Box::new(|| ()), silent: false, given: RefCell::default() }
    }
}

impl Sender for Fake<'_> {
    fn masked_request(&self, _: &Target, notification: &Map<String, Value>) -> String {
        format!("auth_token=***&message={}", Value::Object(notification.clone()))
    }

    async fn unicast(&self, target: &Target, notification: &Map<String, Value>) -> Sent {
        self.given.borrow_mut().push((Some(target.value().to_owned()), notification.clone()));
        (self.look)();
        if self.silent {
            std::future::pending::<()>().await;
        }
        Sent {
            outcome: self.outcome.clone(),
            tries: 2,
            masked_answer: Some("{\"code\":0}".into()),
            exchanges: vec![],
        }
    }
}
