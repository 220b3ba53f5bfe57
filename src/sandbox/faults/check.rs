//! A fault to be set, checked before it is kept; every flaw of it at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::phone::Flaw;
use super::table::{self, CALLS, Effect, PUSHES, Side, Where};

/// Words for several calls at once.
pub(super) const GROUPS: &[&str] = &["oppo", "im", "all"];

/// A fault to be set. What is not given is not looked at, so that it strikes everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFault {
    /// `KIND` or `KIND=VALUE`.
    pub fault: String,
    /// OPPO's AppID, or an SDKAppID where the call is the IM server's.
    pub app: Option<String>,
    /// A call of [`CALLS`], or `oppo`, `im`, `all`; OPPO's calls where a fault could be on either side's.
    pub call: Option<String>,
    pub reg_id: Option<String>,
    /// An IM UserID, where the call names one.
    pub user: Option<String>,
    /// Of a hundred calls, how many are struck: the first, and from there on evenly.
    #[serde(default = "whole")]
    pub share: i64,
    /// How often it strikes before it is spent; without end where not given.
    pub count: Option<i64>,
}

fn whole() -> i64 {
    100
}

impl NewFault {
    /// One that strikes everyone, always.
    pub fn of(fault: impl Into<String>) -> NewFault {
        NewFault {
            fault: fault.into(),
            app: None,
            call: None,
            reg_id: None,
            user: None,
            share: whole(),
            count: None,
        }
    }

    /// What is wrong with it; empty when it can be set.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut flaw = |field: &'static str, message| flaws.push(Flaw { field: field.into(), message });
        match Effect::parse(&self.fault) {
            Ok(effect) => self.scope(effect, &mut flaw),
            Err(message) => flaw("fault", message),
        }
        if !(1..=100).contains(&self.share) {
            flaw("share", format!("{} is not a percentage from 1 to 100", self.share));
        }
        if let Some(count) = self.count.filter(|count| *count < 1) {
            flaw("count", format!("{count} is not a number of times from 1 on"));
        }
        for (field, value) in [("app", &self.app), ("reg_id", &self.reg_id), ("user", &self.user)] {
            let usable = |text: &String| !text.trim().is_empty() && text.len() <= 200;
            if value.as_ref().is_some_and(|text| !usable(text)) {
                flaw(field, "empty, or longer than 200 bytes".into());
            }
        }
        flaws
    }

    /// Whether the fault can strike by what is given.
    fn scope(&self, effect: Effect, flaw: &mut impl FnMut(&'static str, String)) {
        let word = effect.kind().as_str();
        let place = table::row(effect.kind()).place;
        let call = self.call.as_deref();
        let side = CALLS.iter().find(|(known, _)| Some(*known) == call).map(|(_, side)| *side);
        let group = call.is_some_and(|call| GROUPS.contains(&call));
        if let Some(call) = call.filter(|_| side.is_none() && !group) {
            let known: Vec<&str> = CALLS.iter().map(|(call, _)| *call).collect();
            let (groups, calls) = (GROUPS.join(", "), known.join(", "));
            return flaw("call", format!("there is no call {call:?}; use {groups}, or one of: {calls}"));
        }
        match place {
            Where::Pushes if call.is_some_and(|call| !PUSHES.contains(&call)) => {
                let pushes = PUSHES.join(", ");
                flaw("call", format!("{word} strikes pushes: leave the call out, or name one of: {pushes}"));
            }
            Where::Users if call.is_some() => {
                flaw("call", format!("{word} strikes users: leave the call out"));
            }
            _ => {}
        }
        let of_oppo = matches!(place, Where::Pushes) || side == Some(Side::Oppo) || call == Some("oppo");
        if self.user.is_some() && (of_oppo || (place == Where::Calls && call.is_none())) {
            flaw("user", "OPPO's calls name no IM user: give a call of the IM server, or a regId".into());
        }
        if self.reg_id.is_some() && (place == Where::Users || side == Some(Side::Im) || call == Some("im")) {
            flaw("reg_id", "the IM server's calls name no regId: give a user".into());
        }
    }
}
