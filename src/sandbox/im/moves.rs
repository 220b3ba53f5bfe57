//! What the person and the network do to an app with a login: open, hide, kill, offline, online.

use super::super::faults::{self, About, Kind};
use super::super::moment::Moment;
use super::super::phone::{Network, Phone};
use super::refused::{SessionChange, SessionError, refused};
use super::session::{self, AppState, SessionEnd, StoredSession, TIMEOUT_MS};
use super::webhook::{self, Change};
use super::{login, report};

/// The app is opened, or comes back to the foreground. One that was killed, or away for seven days, logs its user in
/// again and reports again; one that was logged out or kicked shows its login page.
pub(crate) fn open(at: Moment<'_>, phone: &Phone) -> SessionChange {
    let Some(session) = session::of_phone(at.tx, &phone.name)? else { return Err(not_logged_in()) };
    let standing = session.state_at(at);
    let expired = standing.ended == Some(SessionEnd::Expired);
    let starts = session.app == AppState::Killed;
    if standing.ended.is_some() && !expired {
        // A login that fails with 6208 fails once.
        let refuse_once = session.refuse_once && !starts;
        StoredSession { app: AppState::Foreground, refuse_once, ..session }.save(at.tx)?;
        return Ok(());
    }
    if phone.network == Network::Off || !(starts || expired) {
        let connected = session.lost_at.is_none();
        let since = if connected { at.now } else { session.since };
        // doForeground, like doBackground, needs a connection.
        let background = session.background && !connected;
        StoredSession { app: AppState::Foreground, background, since, ..session }.save(at.tx)?;
        return Ok(());
    }
    again(at, phone, &session)?;
    Ok(())
}

/// The app logs the same user in once more, and reports what it reported before with the regId of now.
fn again(at: Moment<'_>, phone: &Phone, session: &StoredSession) -> rusqlite::Result<()> {
    let session = login::connect(at, session.sdk_app_id, &session.user, &phone.name)?;
    if let Some(old) = report::of_phone(at.tx, &phone.name)? {
        report::keep(at, phone, &session, old.certificate_id)?;
    }
    Ok(())
}

/// The app goes out of sight. With `do_background` it tells the server, which pushes from then on.
pub(crate) fn background(at: Moment<'_>, phone: &Phone, do_background: bool) -> SessionChange {
    let Some(session) = session::of_phone(at.tx, &phone.name)? else { return Err(not_logged_in()) };
    if session.app == AppState::Killed {
        let message = "the app is not running; open it first";
        return Err(refused("app-not-running", message));
    }
    let lives = session.state_at(at).ended.is_none();
    if do_background && phone.network == Network::Off {
        let message = "the phone is offline: doBackground does not reach the server";
        return Err(refused("phone-offline", message));
    }
    let heard = lives && session.lost_at.is_none();
    let since = if heard { at.now } else { session.since };
    let background = if heard { do_background } else { session.background };
    StoredSession { app: AppState::Hidden, background, since, ..session }.save(at.tx)?;
    Ok(())
}

/// The process ends: the server notices at once where there is a network, else when heartbeats fail.
pub(crate) fn kill(at: Moment<'_>, phone: &Phone) -> SessionChange {
    let Some(session) = session::of_phone(at.tx, &phone.name)? else { return Err(not_logged_in()) };
    let lives = session.state_at(at).ended.is_none();
    let about = About::user(session.sdk_app_id, &session.user);
    if lives && faults::strikes(at.tx, &about, Kind::SecondProcess)?.is_some() {
        // What is left of the app runs out of sight, with a connection.
        StoredSession { app: AppState::Hidden, since: at.now, ..session }.save(at.tx)?;
        return Ok(());
    }
    let mut killed = StoredSession { app: AppState::Killed, ..session };
    if lives && killed.lost_at.is_none() {
        (killed.lost_at, killed.gone_at, killed.since) = (Some(at.now), Some(at.now), at.now);
        webhook::state_changed(at, &killed, Change::LinkClose)?;
    }
    killed.save(at.tx)?;
    Ok(())
}

/// The phone's network went or came, which `phone` shows by now. A running app connects again by itself.
pub(crate) fn network(at: Moment<'_>, phone: &Phone) -> rusqlite::Result<()> {
    let Some(session) = session::of_phone(at.tx, &phone.name)? else { return Ok(()) };
    let standing = session.state_at(at);
    if phone.network == Network::Off {
        if standing.ended.is_none() && session.lost_at.is_none() {
            let gone_at = Some(at.now + TIMEOUT_MS);
            let lost = StoredSession { lost_at: Some(at.now), gone_at, since: at.now, ..session };
            lost.save(at.tx)?;
            webhook::state_changed(at, &lost, Change::TimeOut)?;
        }
        return Ok(());
    }
    if session.app == AppState::Killed || session.lost_at.is_none() {
        return Ok(());
    }
    match standing.ended {
        // The SDK finds its login void when it connects; opening the app logs in again.
        Some(SessionEnd::Expired) => {
            StoredSession { ended: Some(SessionEnd::Expired), since: standing.since, ..session }.save(at.tx)
        }
        Some(_) => Ok(()),
        None => {
            let (app, background) = (session.app, session.background && session.app == AppState::Hidden);
            again(at, phone, &session)?;
            match session::of_phone(at.tx, &phone.name)? {
                Some(connected) => StoredSession { app, background, ..connected }.save(at.tx),
                None => Ok(()),
            }
        }
    }
}

/// Lets so much time pass since the last event of the login: each of its times moves back.
pub(crate) fn elapse(at: Moment<'_>, phone: &Phone, by_ms: i64) -> SessionChange {
    let tx = at.tx;
    let Some(session) = session::of_phone(tx, &phone.name)? else { return Err(not_logged_in()) };
    let back = |at: Option<i64>| at.map(|at| at - by_ms);
    let (lost_at, gone_at) = (back(session.lost_at), back(session.gone_at));
    let (login_at, since) = (session.login_at - by_ms, session.since - by_ms);
    StoredSession { login_at, since, lost_at, gone_at, ..session }.save(tx)?;
    report::earlier(tx, &phone.name, by_ms)?;
    webhook::elapsed(at, &phone.name, by_ms)?;
    Ok(())
}

fn not_logged_in() -> SessionError {
    refused("not-logged-in", "no user has logged in on this phone")
}
