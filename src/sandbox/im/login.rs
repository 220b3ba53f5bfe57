//! Logging in and out, and being kicked (IM reference, sections 4.2 and 4.3).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::faults::{self, About, Kind};
use super::super::moment::Moment;
use super::super::phone::{Brand, Network, Phone, RestState};
use super::super::rules::{KickCallback, MultiDevice, YesNo};
use super::refused::{SessionChange, refused};
use super::session::{self, AppState, SessionEnd, StoredSession};
use super::webhook::{self, Change};
use super::{app, certificate, report, user};

/// The user who logs in, and what the app reports then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Login {
    pub(crate) user: String,
    /// The IM app; by default the one with a certificate for the phone's OPPO app.
    pub(crate) sdk_app_id: Option<i64>,
    /// What is reported; by default the certificate for the phone's OPPO app.
    pub(crate) certificate_id: Option<i64>,
    /// Whether the app reports its regId after the login.
    #[serde(default = "yes")]
    pub(crate) report: bool,
}

fn yes() -> bool {
    true
}

/// The app comes to the foreground and logs the user in; whoever was logged in there before is logged out.
pub(crate) fn login(at: Moment<'_>, phone: &Phone, login: &Login) -> SessionChange {
    if let Some(flaw) = user::flaw(at.rules, &login.user) {
        return Err(refused("bad-value", format!("user: {flaw}")));
    }
    let fitting = certificate::of_oppo_app(at.tx, &phone.app_id, login.sdk_app_id)?;
    let sdk_app_id = login.sdk_app_id.or(fitting.as_ref().map(|certificate| certificate.sdk_app_id));
    let known = match sdk_app_id {
        Some(id) => app::by_id(at.tx, id)?.map(|app| app.sdk_app_id),
        None => None,
    };
    let Some(sdk_app_id) = known else {
        let message = format!("no IM app pushes to the app {} of this phone", phone.app_id);
        return Err(refused("unknown-im-app", message));
    };
    reachable(phone)?;
    if !user::exists(at.tx, sdk_app_id, &login.user)? {
        if at.rules.im_login_imports == YesNo::No {
            let message = format!("70107: {:?} is not imported", login.user);
            return Err(refused("unknown-user", message));
        }
        user::import(at.tx, sdk_app_id, &login.user, None)?;
    }
    let certificate_id =
        login.certificate_id.or(fitting.as_ref().map(|certificate| certificate.certificate_id));
    if login.report {
        report::check(at, sdk_app_id, certificate_id)?;
    }
    let before = session::of_phone(at.tx, &phone.name)?;
    let same = |kept: &StoredSession| kept.user == login.user && kept.sdk_app_id == sdk_app_id;
    if let Some(old) = before.as_ref().filter(|old| same(old) && old.refuse_once) {
        StoredSession { refuse_once: false, ..old.clone() }.save(at.tx)?;
        let message = "6208: kicked while it was away; logging in again works";
        return Err(refused("kicked-while-away", message));
    }
    if let Some(old) = before.filter(|old| !same(old)) {
        report::forget(at.tx, &phone.name)?;
        if old.state_at(at).ended.is_none() {
            webhook::state_changed(at, &old, Change::Logout)?;
        }
    }
    let session = connect(at, sdk_app_id, &login.user, &phone.name)?;
    let about = About::user(sdk_app_id, &login.user);
    if faults::strikes(at.tx, &about, Kind::SecondProcess)?.is_some() {
        webhook::state_changed(at, &session, Change::Login { kicked: 0 })?;
    }
    let unknown_brand =
        phone.brand != Brand::Oppo && faults::strikes(at.tx, &about, Kind::OppoBrandOnly)?.is_some();
    if login.report && !unknown_brand {
        report::keep(at, phone, &session, certificate_id)?;
    }
    Ok(())
}

/// A session that is not over, with the app in the foreground; the user's other phones are kicked.
pub(super) fn connect(
    at: Moment<'_>,
    sdk_app_id: i64,
    user: &str,
    phone: &str,
) -> rusqlite::Result<StoredSession> {
    let mut kicked = Vec::new();
    if at.rules.im_multi_device == MultiDevice::LastWins {
        for other in session::of_user(at.tx, sdk_app_id, user)? {
            if other.phone != phone && end(at, &other, SessionEnd::Kicked)? {
                kicked.push(other);
            }
        }
    }
    let session = StoredSession {
        phone: phone.to_owned(),
        sdk_app_id,
        user: user.to_owned(),
        app: AppState::Foreground,
        background: false,
        login_at: at.now,
        since: at.now,
        lost_at: None,
        gone_at: None,
        ended: None,
        refuse_once: false,
    };
    session.save(at.tx)?;
    webhook::reconnected(at, phone)?;
    webhook::state_changed(at, &session, Change::Login { kicked: kicked.len() })?;
    if at.rules.im_kicked_logout == YesNo::Yes {
        kicked.iter().try_for_each(|other| webhook::state_changed(at, other, Change::Logout))?;
    }
    Ok(session)
}

/// Ends a session, unless it is over; one kicked while away has its next login refused once.
fn end(at: Moment<'_>, session: &StoredSession, how: SessionEnd) -> rusqlite::Result<bool> {
    if session.state_at(at).ended.is_some() {
        return Ok(false);
    }
    let away = session.state_at(at).rest != RestState::Online || session.lost_at.is_some();
    StoredSession { ended: Some(how), since: at.now, refuse_once: away, ..session.clone() }.save(at.tx)?;
    webhook::reconnected(at, &session.phone)?;
    Ok(true)
}

/// The REST call's kick: every login of the user ends.
pub(super) fn kick(at: Moment<'_>, sdk_app_id: i64, user: &str) -> rusqlite::Result<()> {
    for session in session::of_user(at.tx, sdk_app_id, user)? {
        let ended = end(at, &session, SessionEnd::KickedByServer)?;
        if ended && at.rules.im_kick_callback == KickCallback::Logout {
            webhook::state_changed(at, &session, Change::KickedByRest)?;
        }
    }
    Ok(())
}

fn reachable(phone: &Phone) -> SessionChange {
    match phone.network {
        Network::Off => {
            Err(refused("phone-offline", "the phone is offline: a user can neither log in nor out"))
        }
        Network::Wifi | Network::Mobile => Ok(()),
    }
}

/// The user logs out in the app, which comes to the foreground for that.
pub(crate) fn logout(at: Moment<'_>, phone: &Phone) -> SessionChange {
    let Some(session) = session::of_phone(at.tx, &phone.name)? else {
        return Err(refused("not-logged-in", "no user is logged in on this phone"));
    };
    if let Some(ended) = session.state_at(at).ended {
        let message = format!("{} is not logged in on this phone any more: {}", session.user, ended.as_str());
        return Err(refused("not-logged-in", message));
    }
    reachable(phone)?;
    let gone = StoredSession {
        app: AppState::Foreground,
        ended: Some(SessionEnd::LoggedOut),
        since: at.now,
        lost_at: None,
        gone_at: None,
        ..session
    };
    gone.save(at.tx)?;
    webhook::reconnected(at, &phone.name)?;
    webhook::state_changed(at, &gone, Change::Logout)?;
    if at.rules.im_report_kept == YesNo::No {
        report::forget(at.tx, &phone.name)?;
    }
    Ok(())
}
