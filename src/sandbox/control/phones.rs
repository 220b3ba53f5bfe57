//! The control API's phones: added, listed, changed, tapped.

use super::super::app::{self, App};
use super::super::im;
use super::super::moment::Moment;
use super::super::phone::{self, Change, Detail, Phone};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, created, done, items, ok};
use super::types::{NewPhone, TappedMessage};
use super::with_session::with_session;

pub(super) const PARAMETERS: &[&str] = &["app_id", "text", "limit"];

/// How many a text finds where no limit is given: it also looks among a million that were added in bulk.
const FOUND: usize = 100;

/// All that were added one by one; where a text or a limit is given, the first of all.
pub(super) fn list(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (app, text) = (ask.text("app_id"), ask.text("text"));
    let mut phones = match (ask.count("limit")?, text) {
        (None, None) => phone::list(at.tx, at.now)?,
        (limit, text) => phone::first(at.tx, at.now, app, text, limit.unwrap_or(FOUND))?,
    };
    phones.retain(|phone| app.is_none_or(|app| phone.app_id == app));
    let phones = phones.into_iter();
    items(phones.map(|phone| with_session(at, phone)).collect::<rusqlite::Result<Vec<_>>>()?)
}

pub(super) fn add(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let wanted: NewPhone = ask.body()?;
    let app = app::by_id(at.tx, &wanted.app_id)?.ok_or_else(|| Refusal::no_app(&wanted.app_id))?;
    created(make(at, &app, wanted)?)
}

pub(super) fn make(at: Moment<'_>, app: &App, wanted: NewPhone) -> Result<Phone, Refusal> {
    let new = wanted.of(app, at.rules.system_channels);
    Refusal::flaws(&new.flaws())?;
    // Looked for in the transaction that adds it, so that two requests can't both find a name free.
    if let Some(name) = &new.name
        && phone::find(at.tx, at.now, name)?.is_some()
    {
        return Err(Refusal::new(409, "name-taken", format!("there is a phone {name:?} already")));
    }
    Ok(phone::add(at.tx, at.now, &new)?)
}

pub(super) fn show(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let detail = ask.found(phone::show(at.tx, at.now, ask.name())?)?;
    ok(Detail { phone: with_session(at, detail.phone)?, ..detail })
}

pub(super) fn change(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let mut change: Change = ask.body()?;
    Refusal::flaws(&change.flaws())?;
    let makes = |android| at.rules.system_channels.is_some_and(|from| u32::from(android) >= from);
    change.system_channels = change.android.map(makes);
    let phone = ask.found(phone::set(at.tx, at.now, ask.name(), &change)?)?;
    im::network(at, &phone)?;
    ok(with_session(at, phone)?)
}

pub(super) fn remove(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    if phone::remove(at.tx, at.now, ask.name())? { done() } else { Err(Refusal::no_phone(ask.name())) }
}

pub(super) fn register(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    ask.no_body()?;
    let phone = ask.found(phone::register_anew(at.tx, at.now, ask.name())?)?;
    ok(with_session(at, phone)?)
}

pub(super) fn tap(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let TappedMessage { message_id } = ask.body()?;
    ok(ask.found(phone::tap(at.tx, at.now, ask.name(), message_id.as_deref())?)?)
}

pub(super) fn dismiss(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let TappedMessage { message_id } = ask.body()?;
    ok(ask.found(phone::dismiss(at.tx, at.now, ask.name(), message_id.as_deref())?)?)
}
