//! Faults as they are printed: one that is set, and one there is.
//! What they mean belongs to `sandbox/faults`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::sandbox::faults::{self, Row, Where};

/// A fault that is set.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Fault {
    pub id: i64,
    /// The word and its value, such as `code=33`.
    fault: String,
    /// Only this AppID or SDKAppID.
    app: Option<String>,
    /// Only this call, or oppo, im, all.
    call: Option<String>,
    reg_id: Option<String>,
    user: Option<String>,
    /// Of a hundred, how many are struck.
    share: i64,
    /// How often it strikes; null is without end.
    count: Option<i64>,
    /// How many calls it was meant for.
    met: i64,
    /// How many of them it struck.
    struck: i64,
    /// Whether it has struck as often as it may.
    pub(crate) spent: bool,
    /// Milliseconds since 1970-01-01 UTC.
    set_at: i64,
}

impl From<faults::Fault> for Fault {
    fn from(fault: faults::Fault) -> Self {
        let spent = fault.is_spent();
        Fault {
            id: fault.id,
            fault: fault.fault,
            app: fault.app,
            call: fault.call,
            reg_id: fault.reg_id,
            user: fault.user,
            share: fault.share,
            count: fault.count,
            met: fault.met,
            struck: fault.struck,
            spent,
            set_at: fault.set_at,
        }
    }
}

impl Fault {
    /// What it does, to whom, how often.
    pub(crate) fn sentence(&self) -> String {
        let mut text = format!("{}, for {}", self.fault, self.whom());
        if self.share < 100 {
            text.push_str(&format!(", {} %", self.share));
        }
        if let Some(count) = self.count {
            text.push_str(&format!(", {count} times"));
        }
        text
    }

    pub(crate) fn row(&self) -> Vec<String> {
        let most = self.count.map(|count| format!("/{count}")).unwrap_or_default();
        vec![
            self.id.to_string(),
            self.fault.clone(),
            self.whom(),
            format!("{} %", self.share),
            format!("{}{most}", self.struck),
            self.met.to_string(),
        ]
    }

    fn whom(&self) -> String {
        let mut words = Vec::new();
        let named = [("", &self.call), ("app ", &self.app), ("regId ", &self.reg_id), ("user ", &self.user)];
        for (word, value) in named {
            words.extend(value.iter().map(|value| format!("{word}{value}")));
        }
        if words.is_empty() { self.everyone() } else { words.join(", ") }
    }

    fn everyone(&self) -> String {
        let effect = faults::Effect::parse(&self.fault).ok();
        match effect.map(|effect| faults::row(effect.kind()).place) {
            Some(Where::Calls) => "every call of OPPO's".into(),
            Some(Where::Pushes) => "every push".into(),
            Some(Where::Users) => "every user".into(),
            None => "nobody: this opush does not know it".into(),
        }
    }
}

/// A fault there is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Known {
    fault: String,
    /// What follows the word; empty where nothing does.
    value: String,
    /// calls, pushes or users.
    strikes: String,
    does: String,
    /// The sections of the OPPO reference it plays; with IM those of the tencent-im-push reference.
    section: String,
}

impl From<&Row> for Known {
    fn from(row: &Row) -> Self {
        let strikes = match row.place {
            Where::Calls => "calls",
            Where::Pushes => "pushes",
            Where::Users => "users",
        };
        Known {
            fault: row.kind.as_str().into(),
            value: row.value.into(),
            strikes: strikes.into(),
            does: row.does.into(),
            section: row.section.into(),
        }
    }
}

impl Known {
    pub(crate) fn row(&self) -> Vec<String> {
        vec![format!("{}{}", self.fault, self.value), self.strikes.clone(), self.does.clone()]
    }
}
