//! Gets the evidence, each piece once: from the state database, from OPPO, from the IM server. It changes nothing there.
//! What a piece means belongs to the checks.

mod app;
mod kept;
mod live_presence;
mod phone;
mod server;
#[cfg(test)]
mod tests;
mod vendor;

use crate::clock::Timestamp;
use crate::config::Profile;
use crate::failure::Problem;
use crate::store::{Store, StoreError};

use super::evidence::{Evidence, LiveAnswer, Question};

pub(crate) use app::app;
#[cfg(test)]
pub(crate) use live_presence::presence as overlay;
pub(crate) use phone::{PhoneAsked, phone, shell};
pub(crate) use server::im_server;
pub(crate) use vendor::oppo;

/// The evidence where not even the configuration can be used.
pub(crate) fn nothing(
    now: Timestamp,
    question: Question,
    configured_by: String,
    problems: Vec<Problem>,
) -> Evidence {
    fn not<T>() -> LiveAnswer<T> {
        LiveAnswer::NotAsked("the configuration can't be used".into())
    }
    Evidence {
        now,
        question,
        configuration: problems,
        configured_by,
        subject: None,
        app: LiveAnswer::NotAsked("no app file is named, by --app or by the profile".into()),
        secret: not(),
        credentials: not(),
        on_invalid_list: not(),
        account: not(),
        im_state: not(),
        losses: not(),
        trace: not(),
        device: LiveAnswer::NotAsked("no phone on a cable was looked at; --adb looks at one".into()),
        reports: Vec::new(),
        holder: None,
        deliveries: Vec::new(),
        same_id: None,
        receipts: Vec::new(),
        events: Vec::new(),
    }
}

/// Whom and what the question is about, and all that opush has kept of it. OPPO and the IM server are not asked yet.
///
/// # Errors
/// Where the state database can't be read.
pub(crate) fn kept(
    store: &Store,
    now: Timestamp,
    question: Question,
    configured_by: String,
    profile: &Profile,
) -> Result<Evidence, StoreError> {
    let subject = kept::subject(store, profile, &question)?;
    let mut evidence = nothing(now, question, configured_by, Vec::new());
    kept::rows(store, &subject, &mut evidence)?;
    evidence.subject = Some(subject);
    Ok(evidence)
}
