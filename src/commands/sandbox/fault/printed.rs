//! A fault that is set, in words.

use crate::sandbox::faults::{self, Fault, Where};

/// What it does, to whom, how often.
pub(crate) fn sentence(fault: &Fault) -> String {
    let mut text = format!("{}, for {}", fault.fault, whom(fault));
    if fault.share < 100 {
        text.push_str(&format!(", {} %", fault.share));
    }
    if let Some(count) = fault.count {
        text.push_str(&format!(", {count} times"));
    }
    text
}

pub(crate) fn row(fault: &Fault) -> Vec<String> {
    let most = fault.count.map(|count| format!("/{count}")).unwrap_or_default();
    vec![
        fault.id.to_string(),
        fault.fault.clone(),
        whom(fault),
        format!("{} %", fault.share),
        format!("{}{most}", fault.struck),
        fault.met.to_string(),
    ]
}

fn whom(fault: &Fault) -> String {
    let mut words = Vec::new();
    let named = [("", &fault.call), ("app ", &fault.app), ("regId ", &fault.reg_id), ("user ", &fault.user)];
    for (word, value) in named {
        words.extend(value.iter().map(|value| format!("{word}{value}")));
    }
    if words.is_empty() { everyone(fault) } else { words.join(", ") }
}

fn everyone(fault: &Fault) -> String {
    match fault.effect().map(|effect| faults::row(effect.kind()).place) {
        Some(Where::Calls) => "every call of OPPO's".into(),
        Some(Where::Pushes) => "every push".into(),
        Some(Where::Users) => "every user".into(),
        None => "unknown: this opush does not know it".into(),
    }
}
