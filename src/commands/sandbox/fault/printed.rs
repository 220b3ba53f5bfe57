//! A fault that is set, as it is printed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::sandbox::faults::{self, Fault, Where};

/// A fault that is set.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FaultView {
    #[serde(flatten)]
    pub(crate) fault: Fault,
    /// Whether it has struck as often as it may.
    pub(crate) spent: bool,
}

impl From<Fault> for FaultView {
    fn from(fault: Fault) -> Self {
        FaultView { spent: fault.is_spent(), fault }
    }
}

impl FaultView {
    /// What it does, to whom, how often.
    pub(crate) fn sentence(&self) -> String {
        let mut text = format!("{}, for {}", self.fault.fault, self.whom());
        if self.fault.share < 100 {
            text.push_str(&format!(", {} %", self.fault.share));
        }
        if let Some(count) = self.fault.count {
            text.push_str(&format!(", {count} times"));
        }
        text
    }

    pub(crate) fn row(&self) -> Vec<String> {
        let most = self.fault.count.map(|count| format!("/{count}")).unwrap_or_default();
        vec![
            self.fault.id.to_string(),
            self.fault.fault.clone(),
            self.whom(),
            format!("{} %", self.fault.share),
            format!("{}{most}", self.fault.struck),
            self.fault.met.to_string(),
        ]
    }

    fn whom(&self) -> String {
        let mut words = Vec::new();
        let named = [
            ("", &self.fault.call),
            ("app ", &self.fault.app),
            ("regId ", &self.fault.reg_id),
            ("user ", &self.fault.user),
        ];
        for (word, value) in named {
            words.extend(value.iter().map(|value| format!("{word}{value}")));
        }
        if words.is_empty() { self.everyone() } else { words.join(", ") }
    }

    fn everyone(&self) -> String {
        match self.fault.effect().map(|effect| faults::row(effect.kind()).place) {
            Some(Where::Calls) => "every call of OPPO's".into(),
            Some(Where::Pushes) => "every push".into(),
            Some(Where::Users) => "every user".into(),
            None => "unknown: this opush does not know it".into(),
        }
    }
}
