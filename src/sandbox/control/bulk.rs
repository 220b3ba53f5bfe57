//! The control API's phones in bulk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::oppo::is_reg_id;
use super::super::phone::{self, Flaw};
use super::super::{app, phone::PhoneSpec};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, created};
use super::types::NewPhone;

/// Bytes of the body: a list of some 400,000 regIds.
pub(crate) const BODY_BYTES: usize = 16 << 20;

/// Phones that are added in one transaction.
const AT_ONCE: usize = 500;
const MOST: u32 = 10_000_000;
/// Where a pattern has the phone's number.
const NUMBER: &str = "{}";

/// Phones that differ in their regIds alone.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ManyPhones {
    /// What each of them is like.
    phone: NewPhone,
    /// Their regIds, where they are not made from the pattern.
    reg_ids: Option<Vec<String>>,
    /// `{}` is the phone's number from 1 on, in 32 hex digits.
    pattern: Option<String>,
    /// How many the pattern makes.
    count: Option<u32>,
}

/// How many were added, and how many were there already.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PhonesAdded")]
pub(super) struct Added {
    added: usize,
    known: usize,
}

/// Answers when all of them are there. Those that were added before it broke off stay.
pub(super) async fn add(ask: &Ask<'_>) -> Answered {
    let ManyPhones { phone, reg_ids, pattern, count } = ask.body()?;
    let like = ask.state.with(|tx| Ok(like(ask, tx, phone)))??;
    let (mut added, mut known) = (0, 0);
    let mut part = |reg_ids: &[String]| -> Result<(), Refusal> {
        let new = ask.state.with(|tx| phone::add_many(tx, &like, reg_ids))?;
        added += new;
        known += reg_ids.len() - new;
        Ok(())
    };
    match (reg_ids, pattern, count) {
        (Some(reg_ids), None, None) => {
            if let Some(wrong) = reg_ids.iter().find(|reg_id| !is_reg_id(reg_id)) {
                return Err(flaw("reg_ids", format!("{wrong:?} is not one of the forms of a regId")));
            }
            for some in reg_ids.chunks(AT_ONCE) {
                part(some)?;
                tokio::task::yield_now().await;
            }
        }
        (None, Some(pattern), Some(count)) => {
            if !(1..=MOST).contains(&count) {
                return Err(flaw("count", format!("{count}, not from 1 to {MOST}")));
            }
            let of = |number: u32| pattern.replacen(NUMBER, &format!("{number:032x}"), 1);
            if !pattern.contains(NUMBER) || !is_reg_id(&of(1)) {
                let message =
                    format!("{pattern:?} makes no regIds: it is such as CN_{NUMBER} or OPPO_CN_{NUMBER}");
                return Err(flaw("pattern", message));
            }
            for first in (1..=count).step_by(AT_ONCE) {
                let last = count.min(first + AT_ONCE as u32 - 1);
                part(&(first..=last).map(of).collect::<Vec<_>>())?;
                tokio::task::yield_now().await;
            }
        }
        _ => return Err(flaw("reg_ids", "either these, or pattern and count".into())),
    }
    created(Added { added, known })
}

fn like(ask: &Ask<'_>, tx: &rusqlite::Transaction<'_>, phone: NewPhone) -> Result<PhoneSpec, Refusal> {
    for (field, given) in [("phone.name", phone.name.is_some()), ("phone.alias", phone.alias.is_some())] {
        if given {
            return Err(flaw(field, "no two phones have the same".into()));
        }
    }
    let app = app::by_id(tx, &phone.app_id)?.ok_or_else(|| Refusal::no_app(&phone.app_id))?;
    let like = phone.of(&app, ask.state.rules.system_channels);
    Refusal::flaws(&like.flaws())?;
    Ok(like)
}

fn flaw(field: &'static str, message: String) -> Refusal {
    Refusal::flaw(Flaw { field: field.into(), message })
}
