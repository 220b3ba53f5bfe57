//! The control API's phones: added, listed, changed, tapped.

use super::super::phone::{self, Change, Detail};
use super::super::{app, im};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, created, done, ok};
use super::types::{Items, NewPhone, TappedMessage};
use super::with_session::{or_no_phone, with_session};

pub(super) fn list(ask: &Ask<'_>) -> Answered {
    let items = ask.state.with(|tx| {
        let phones = phone::list(tx, ask.state.now())?.into_iter();
        phones.map(|phone| with_session(tx, ask.state, phone)).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    ok(Items { items })
}

pub(super) fn add(ask: &Ask<'_>) -> Answered {
    let wanted: NewPhone = ask.body()?;
    // Checked and added in one transaction, so that two requests can't both find a name free.
    let added = ask.state.with(|tx| {
        let Some(app) = app::by_id(tx, &wanted.app_id)? else {
            return Ok(Err(Refusal::no_app(&wanted.app_id)));
        };
        let new = wanted.of(&app);
        if let Err(refusal) = Refusal::flaws(&new.flaws()) {
            return Ok(Err(refusal));
        }
        if let Some(name) = &new.name
            && phone::find(tx, ask.state.now(), name)?.is_some()
        {
            return Ok(Err(Refusal::new(409, "name-taken", format!("there is a phone {name:?} already"))));
        }
        phone::add(tx, ask.state.now(), &new).map(Ok)
    })?;
    created(added?)
}

pub(super) fn show(ask: &Ask<'_>) -> Answered {
    let shown = ask.state.with(|tx| match phone::show(tx, ask.state.now(), ask.name())? {
        None => Ok(None),
        Some(detail) => {
            let phone = with_session(tx, ask.state, detail.phone)?;
            Ok(Some(Detail { phone, ..detail }))
        }
    })?;
    or_no_phone(ask, shown)
}

pub(super) fn change(ask: &Ask<'_>) -> Answered {
    let change: Change = ask.body()?;
    Refusal::flaws(&change.flaws())?;
    let changed = ask.state.with(|tx| {
        let Some(phone) = phone::set(tx, ask.state.now(), ask.name(), &change)? else { return Ok(None) };
        im::network(tx, &ask.state.rules, ask.state.now(), &phone)?;
        with_session(tx, ask.state, phone).map(Some)
    })?;
    or_no_phone(ask, changed)
}

pub(super) fn remove(ask: &Ask<'_>) -> Answered {
    if ask.state.with(|tx| phone::remove(tx, ask.state.now(), ask.name()))? {
        done()
    } else {
        Err(Refusal::no_phone(ask.name()))
    }
}

pub(super) fn register(ask: &Ask<'_>) -> Answered {
    ask.no_body()?;
    let registered = ask.state.with(|tx| match phone::register_anew(tx, ask.state.now(), ask.name())? {
        Some(phone) => with_session(tx, ask.state, phone).map(Some),
        None => Ok(None),
    })?;
    or_no_phone(ask, registered)
}

pub(super) fn tap(ask: &Ask<'_>) -> Answered {
    let TappedMessage { message_id } = ask.body()?;
    let now = ask.state.now();
    or_no_phone(ask, ask.state.with(|tx| phone::tap(tx, now, ask.name(), message_id.as_deref()))?)
}

pub(super) fn dismiss(ask: &Ask<'_>) -> Answered {
    let TappedMessage { message_id } = ask.body()?;
    let now = ask.state.now();
    or_no_phone(ask, ask.state.with(|tx| phone::dismiss(tx, now, ask.name(), message_id.as_deref()))?)
}
