//! The control API's IM side: apps, certificates, muting, the record of pushes, and the sessions of phones.

use rusqlite::Transaction;

use super::super::app;
use super::super::im::{self, Certificate, ImApp, SessionChange, SessionRefusal};
use super::super::phone::{self, Phone};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, done, ok};
use super::types::{Background, Elapse, ImAppShown, Items, Mute, ReportAgain};
use super::with_session::with_session;

/// A year.
const MOST_ELAPSED_MS: i64 = 366 * 86_400_000;

pub(super) fn apps(ask: &Ask<'_>) -> Answered {
    let shown = |app: ImApp| ImAppShown { sdk_app_id: app.sdk_app_id, admin: app.admin };
    ok(Items { items: ask.state.with(im::apps)?.into_iter().map(shown).collect() })
}

pub(super) fn put_app(ask: &Ask<'_>) -> Answered {
    let app: ImApp = ask.body()?;
    if app.sdk_app_id <= 0 || app.admin.is_empty() || app.secret_key.is_empty() {
        let message = "sdk_app_id: a positive number; admin and secret_key: not empty";
        return Err(Refusal::bad("bad-value", message));
    }
    ask.state.with(|tx| im::register(tx, &app))?;
    done()
}

pub(super) fn certificates(ask: &Ask<'_>) -> Answered {
    ok(Items { items: ask.state.with(im::certificates)? })
}

pub(super) fn put_certificate(ask: &Ask<'_>) -> Answered {
    let certificate: Certificate = ask.body()?;
    if certificate.certificate_id <= 0 {
        return Err(Refusal::bad("bad-value", "certificate_id: a positive number"));
    }
    ask.state.with(|tx| {
        if im::apps(tx)?.iter().all(|app| app.sdk_app_id != certificate.sdk_app_id) {
            return Ok(Err(Refusal::no_im_app(certificate.sdk_app_id)));
        }
        if app::by_id(tx, &certificate.app_id)?.is_none() {
            return Ok(Err(Refusal::no_app(&certificate.app_id)));
        }
        im::save_certificate(tx, &ask.state.rules, ask.state.now(), &certificate).map(Ok)
    })??;
    done()
}

pub(super) fn delete_certificate(ask: &Ask<'_>) -> Answered {
    let number = |text: &String| {
        let wrong = || Refusal::bad("bad-path", format!("{text:?} is not a number"));
        text.parse::<i64>().map_err(|_| wrong())
    };
    let ids = ask.names.iter().map(number).collect::<Result<Vec<i64>, Refusal>>()?;
    let [sdk_app_id, id] = ids[..] else { return Err(Refusal::bad("bad-path", "two numbers belong here")) };
    if ask.state.with(|tx| im::delete_certificate(tx, sdk_app_id, id))? {
        return done();
    }
    let message = format!("the IM app {sdk_app_id} has no certificate {id}");
    Err(Refusal::not_found("unknown-certificate", message))
}

pub(super) fn mute(ask: &Ask<'_>) -> Answered {
    let Mute { sdk_app_id, user, from, muted } = ask.body()?;
    ask.state.with(|tx| im::set_mute(tx, sdk_app_id, &user, &from, muted))?;
    done()
}

pub(super) fn pushes(ask: &Ask<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    ok(Items { items: ask.state.with(|tx| im::pushes(tx, after, ask.text("user"), limit))? })
}

pub(super) fn login(ask: &Ask<'_>) -> Answered {
    let login = ask.body()?;
    of_phone(ask, |tx, phone| im::login(tx, &ask.state.rules, ask.state.now(), phone, &login))
}

pub(super) fn logout(ask: &Ask<'_>) -> Answered {
    ask.no_body()?;
    of_phone(ask, |tx, phone| im::logout(tx, &ask.state.rules, ask.state.now(), phone))
}

pub(super) fn open(ask: &Ask<'_>) -> Answered {
    ask.no_body()?;
    of_phone(ask, |tx, phone| im::open(tx, &ask.state.rules, ask.state.now(), phone))
}

pub(super) fn kill(ask: &Ask<'_>) -> Answered {
    ask.no_body()?;
    of_phone(ask, |tx, phone| im::kill(tx, &ask.state.rules, ask.state.now(), phone))
}

pub(super) fn background(ask: &Ask<'_>) -> Answered {
    let Background { do_background } = ask.body()?;
    of_phone(ask, |tx, phone| im::background(tx, &ask.state.rules, ask.state.now(), phone, do_background))
}

pub(super) fn elapse(ask: &Ask<'_>) -> Answered {
    let Elapse { by_ms } = ask.body()?;
    if !(1..=MOST_ELAPSED_MS).contains(&by_ms) {
        return Err(Refusal::bad("bad-value", format!("by_ms: 1 to {MOST_ELAPSED_MS}")));
    }
    of_phone(ask, |tx, phone| im::elapse(tx, phone, by_ms))
}

pub(super) fn report(ask: &Ask<'_>) -> Answered {
    let ReportAgain { certificate_id } = ask.body()?;
    of_phone(ask, |tx, phone| im::report(tx, &ask.state.rules, ask.state.now(), phone, certificate_id))
}

/// Does something to the session of the phone in the path, and answers the phone with it.
fn of_phone(ask: &Ask<'_>, work: impl FnOnce(&Transaction<'_>, &Phone) -> SessionChange<()>) -> Answered {
    let moved = ask.state.with(|tx| {
        let Some(phone) = phone::find(tx, ask.state.now(), ask.name())? else {
            return Ok(Err(Refusal::no_phone(ask.name())));
        };
        // A refusal may leave something behind, such as a login that is refused only once.
        match work(tx, &phone)? {
            Ok(()) => with_session(tx, ask.state, phone).map(Ok),
            Err(refused) => Ok(Err(refused.into())),
        }
    })?;
    ok(moved?)
}

impl From<SessionRefusal> for Refusal {
    fn from(refused: SessionRefusal) -> Refusal {
        let status = match refused.id {
            "bad-value" => 400,
            "unknown-im-app" | "unknown-user" => 404,
            _ => 409,
        };
        Refusal::new(status, refused.id, refused.message)
    }
}
