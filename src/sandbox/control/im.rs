//! The control API's IM side: apps, certificates, muting, the record of pushes, and the sessions of phones.

use url::Url;

use super::super::app;
use super::super::im::{self, Certificate, ImApp, SessionChange, SessionError, webhook};
use super::super::moment::Moment;
use super::super::phone::{self, Flaw, Phone};
use super::super::receipts::masking;
use super::ask::Ask;
use super::refusal::{Answered, Refusal, done, items, ok};
use super::types::{Background, ImAppShown, Mute, PassingTime, ReportAgain, Webhook};
use super::with_session::with_session;

/// A year.
const MOST_ELAPSED_MS: i64 = 366 * 86_400_000;

pub(super) fn apps(_: &Ask<'_>, at: Moment<'_>) -> Answered {
    let shown = |app: ImApp| ImAppShown {
        signature_checked: app.signature_checked(),
        sdk_app_id: app.sdk_app_id,
        admin: app.admin,
    };
    items(im::apps(at.tx)?.into_iter().map(shown).collect())
}

pub(super) fn put_app(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let app: ImApp = ask.body()?;
    if app.sdk_app_id <= 0 || app.admin.is_empty() || app.secret_key.is_empty() {
        let message = "sdk_app_id: a positive number; admin and secret_key: not empty";
        return Err(Refusal::bad("bad-value", message));
    }
    im::register(at.tx, &app)?;
    done()
}

pub(super) fn certificates(_: &Ask<'_>, at: Moment<'_>) -> Answered {
    items(im::certificates(at.tx)?)
}

pub(super) fn put_certificate(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let certificate: Certificate = ask.body()?;
    if certificate.certificate_id <= 0 {
        return Err(Refusal::bad("bad-value", "certificate_id: a positive number"));
    }
    if im::apps(at.tx)?.iter().all(|app| app.sdk_app_id != certificate.sdk_app_id) {
        return Err(Refusal::no_im_app(certificate.sdk_app_id));
    }
    if app::by_id(at.tx, &certificate.app_id)?.is_none() {
        return Err(Refusal::no_app(&certificate.app_id));
    }
    im::save_certificate(at, &certificate)?;
    done()
}

pub(super) fn delete_certificate(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let number = |text: &String| {
        let wrong = || Refusal::bad("bad-path", format!("{text:?} is not a number"));
        text.parse::<i64>().map_err(|_| wrong())
    };
    let ids = ask.names.iter().map(number).collect::<Result<Vec<i64>, Refusal>>()?;
    let [sdk_app_id, id] = ids[..] else { return Err(Refusal::bad("bad-path", "two numbers belong here")) };
    if im::delete_certificate(at.tx, sdk_app_id, id)? {
        return done();
    }
    let message = format!("the IM app {sdk_app_id} has no certificate {id}");
    Err(Refusal::not_found("unknown-certificate", message))
}

pub(super) fn mute(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let Mute { sdk_app_id, user, from, muted } = ask.body()?;
    im::set_mute(at.tx, sdk_app_id, &user, &from, muted)?;
    done()
}

pub(super) fn webhook(_: &Ask<'_>, at: Moment<'_>) -> Answered {
    let url = webhook::address(at.tx)?.map(|url| masking::mask(&url));
    ok(Webhook { url })
}

pub(super) fn put_webhook(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let Webhook { url } = ask.body()?;
    let is_http = |url: &String| Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if url.as_ref().is_some_and(|url| !is_http(url)) {
        return Err(Refusal::bad("bad-value", "url: an http or https URL, or null"));
    }
    webhook::set_address(at.tx, url.as_deref())?;
    done()
}

pub(super) fn callbacks(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    items(webhook::list(at.tx, after, limit)?)
}

pub(super) fn pushes(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    items(im::pushes(at.tx, after, ask.text("user"), limit)?)
}

pub(super) fn login(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let login = ask.body()?;
    of_phone(ask, at, |phone| im::login(at, phone, &login))
}

pub(super) fn logout(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    ask.no_body()?;
    of_phone(ask, at, |phone| im::logout(at, phone))
}

pub(super) fn open(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    ask.no_body()?;
    of_phone(ask, at, |phone| im::open(at, phone))
}

pub(super) fn kill(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    ask.no_body()?;
    of_phone(ask, at, |phone| im::kill(at, phone))
}

pub(super) fn background(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let Background { do_background } = ask.body()?;
    of_phone(ask, at, |phone| im::background(at, phone, do_background))
}

pub(super) fn elapse(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let PassingTime { by_ms } = ask.body()?;
    if !(1..=MOST_ELAPSED_MS).contains(&by_ms) {
        let message = format!("1 to {MOST_ELAPSED_MS}");
        return Err(Refusal::flaw(Flaw { field: "by_ms".into(), message }));
    }
    of_phone(ask, at, |phone| im::elapse(at, phone, by_ms))
}

pub(super) fn report(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let ReportAgain { certificate_id } = ask.body()?;
    of_phone(ask, at, |phone| im::report(at, phone, certificate_id))
}

/// Does something to the session of the phone in the path, and answers the phone with it. A refusal may leave something
/// behind, such as a login that is refused only once.
fn of_phone(ask: &Ask<'_>, at: Moment<'_>, work: impl FnOnce(&Phone) -> SessionChange) -> Answered {
    let phone = ask.found(phone::find(at.tx, at.now, ask.name())?)?;
    work(&phone)?;
    ok(with_session(at, phone)?)
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Refusal {
        match error {
            SessionError::Refused { id: id @ "bad-value", message } => Refusal::bad(id, message),
            SessionError::Refused { id: id @ ("unknown-im-app" | "unknown-user"), message } => {
                Refusal::not_found(id, message)
            }
            SessionError::Refused { id, message } => Refusal::new(409, id, message),
            SessionError::Database(error) => Refusal::Database(error),
        }
    }
}
