//! Whether a fault strikes a call, and what its answer becomes by it. Counted, never drawn: the same calls fare the same.

use std::time::Duration;

use rusqlite::{Transaction, params};

use super::keep::{self, Fault};
use super::table::{self, CALLS, Effect, Kind, Side, Where};
use crate::listen::Delivery;

/// What a call is about, as far as its request tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    /// The last part of its path.
    pub(crate) call: String,
    /// OPPO's AppID, or the SDKAppID.
    pub(crate) app: Option<String>,
    /// The regIds that it names.
    pub(crate) reg_ids: Vec<String>,
    /// The IM users that it names.
    pub(crate) users: Vec<String>,
    /// The token or UserSig that it carries, to be kept out of the log.
    pub(crate) secret: Option<String>,
}

impl About {
    /// A push to a regId, which OPPO is about to take or has taken by this call; empty where that is not known any more.
    pub(crate) fn push(call: &str, app_id: &str, reg_id: &str) -> About {
        About {
            call: call.into(),
            app: Some(app_id.into()),
            reg_ids: vec![reg_id.into()],
            ..About::default()
        }
    }
}

impl About {
    /// A user of an IM app.
    pub(crate) fn user(sdk_app_id: i64, user: &str) -> About {
        About { app: Some(sdk_app_id.to_string()), users: vec![user.to_owned()], ..About::default() }
    }
}

/// What the faults make of one call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Struck {
    /// The answer that is given without anything being done: a code, a status, a web page, or a cut connection.
    pub(crate) instead: Option<Effect>,
    /// The call is carried out, and not answered.
    pub(crate) drop: bool,
    pub(crate) delay_ms: i64,
    /// How far the server's clock is ahead.
    pub(crate) clock_ms: i64,
    /// A line of the log for each fault that struck.
    pub(crate) words: Vec<String>,
}

impl Struck {
    /// How the answer goes out.
    pub(crate) fn delivery(&self) -> Delivery {
        let reset = self.instead == Some(Effect::Reset);
        let delay = Duration::from_millis(self.delay_ms.unsigned_abs());
        Delivery { delay, cut: self.drop || reset, reset }
    }
}

/// What the faults on answers make of this call of OPPO's or of the IM server's.
///
/// What the call is about is looked for only where a fault is set.
pub(crate) fn answer(
    tx: &Transaction<'_>,
    side: Side,
    about: impl FnOnce() -> rusqlite::Result<About>,
) -> rusqlite::Result<Struck> {
    let mut struck = Struck::default();
    let faults = keep::list(tx)?;
    if faults.is_empty() {
        return Ok(struck);
    }
    let about = about()?;
    for fault in faults {
        let Some(effect) = fault.effect() else { continue };
        let on_call = table::row(effect.kind()).place == Where::Calls && named(&fault, side, &about.call);
        // What another fault has decided, this one can't: it was not met.
        let too_late = struck.instead.is_some() && decides(effect);
        if !on_call || too_late || !meant(&fault, &about) || !meet(tx, &fault)? {
            continue;
        }
        match effect {
            Effect::Delay(ms) => struck.delay_ms += ms,
            Effect::Clock(ms) => struck.clock_ms += ms,
            Effect::Drop => struck.drop = true,
            other => struck.instead = Some(other),
        }
        struck.words.push(words(&fault));
    }
    Ok(struck)
}

fn decides(effect: Effect) -> bool {
    matches!(effect, Effect::Code(_) | Effect::Status(_) | Effect::Garbage | Effect::Reset | Effect::Drop)
}

/// The fault of this kind that strikes here, if one does: the first that is set. Every fault that is meant is counted.
pub(crate) fn strikes(tx: &Transaction<'_>, about: &About, kind: Kind) -> rusqlite::Result<Option<Fault>> {
    let mut found = None;
    for fault in keep::list(tx)? {
        let wanted = fault.effect().is_some_and(|effect| effect.kind() == kind);
        let here = about.call.is_empty() || fault.call.as_ref().is_none_or(|call| *call == about.call);
        if wanted && here && meant(&fault, about) && meet(tx, &fault)? && found.is_none() {
            found = Some(fault);
        }
    }
    Ok(found)
}

/// Status, body and content type of what goes out in place of an envelope.
pub(crate) fn page(instead: Option<Effect>) -> (u16, String, &'static str) {
    match instead {
        Some(Effect::Status(status)) => (status, String::new(), "text/plain"),
        Some(Effect::Garbage) => {
            let page = "<html><head><title>Welcome</title></head><body>Sign in to this network</body></html>";
            (200, page.to_owned(), "text/html")
        }
        _ => (200, String::new(), "text/plain"),
    }
}

/// What the log of calls says of it.
pub(in crate::sandbox) fn words(fault: &Fault) -> String {
    format!("{} struck (fault {})", fault.fault, fault.id)
}

fn named(fault: &Fault, side: Side, call: &str) -> bool {
    match fault.call.as_deref() {
        Some("all") => true,
        None | Some("oppo") => side == Side::Oppo,
        Some("im") => side == Side::Im,
        Some(name) => name == call && CALLS.contains(&(name, side)),
    }
}

fn meant(fault: &Fault, about: &About) -> bool {
    let same = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
    let user = fault.user.as_ref();
    same(&fault.app, &about.app)
        && fault.reg_id.as_ref().is_none_or(|reg_id| about.reg_ids.contains(reg_id))
        && user.is_none_or(|user| about.users.contains(user))
}

/// Counts one call for a fault; whether it is struck. With a share the first is, and from there on evenly.
fn meet(tx: &Transaction<'_>, fault: &Fault) -> rusqlite::Result<bool> {
    if fault.spent {
        return Ok(false);
    }
    let struck = match fault.effect() {
        Some(Effect::Quota(left)) => fault.met >= left,
        _ => upwards((fault.met + 1) * fault.share) > upwards(fault.met * fault.share),
    };
    tx.prepare_cached("UPDATE fault SET met = met + 1, struck = struck + ?2 WHERE id = ?1")?
        .execute(params![fault.id, i64::from(struck)])?;
    Ok(struck)
}

/// Hundredths, in whole ones.
fn upwards(hundredths: i64) -> i64 {
    hundredths.saturating_add(99).div_euclid(100)
}
