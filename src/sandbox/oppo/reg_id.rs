//! The forms of a regId and the region it belongs to (OPPO reference, section 1).

use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::phone::{self, Addressee, RegIdState};

/// Refuses a regId that is malformed, foreign or unknown (10000) or of a phone with push switched off (10001). Returns its
/// phone, if that was there before.
pub(crate) fn examine(
    context: &mut Context<'_>,
    app_id: &str,
    reg_id: &str,
) -> Result<Option<Addressee>, Stop> {
    let invalid = i32::try_from(context.rules.invalid_reg_id_code.0).unwrap_or(10000);
    match region(reg_id) {
        None => return Err(context.notes.refuse("reg_id", invalid, "not one of the forms of a regId")),
        Some(Region::Overseas) if !context.rules.foreign_region.accepts() => {
            return Err(context.notes.refuse("reg_id", invalid, "a regId of another region than China"));
        }
        Some(_) => {}
    }
    let (state, found) = phone::look_up(context.tx, context.now, app_id, reg_id)?;
    match state {
        RegIdState::Subscribed => context.notes.pass("reg_id", ""),
        RegIdState::Unsubscribed => {
            return Err(context.notes.refuse(
                "reg_id",
                10001,
                "its phone is unregistered or has push switched off",
            ));
        }
        RegIdState::Unknown
            if context.rules.accept_any && phone::accept(context.moment(), app_id, reg_id)? =>
        {
            context.notes.pass("reg_id", "nobody made it: a phone was made for it (--accept-any)");
        }
        RegIdState::Unknown => {
            return Err(context.notes.refuse("reg_id", invalid, "no phone of this app ever had this regId"));
        }
    }
    Ok(found)
}

/// Where a regId's phone is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    China,
    Overseas,
}

/// The region of a well-formed regId, `None` for anything else.
pub(crate) fn region(reg_id: &str) -> Option<Region> {
    let parts: Vec<&str> = reg_id.split('_').collect();
    match parts[..] {
        [id] if is_hex(id, 32) || is_hex(id, 24) => Some(Region::China),
        [region, id] if is_region(region) && is_hex(id, 32) => Some(of(region)),
        [brand, region, id] if is_brand(brand) && is_region(region) && is_hex(id, 32) => Some(of(region)),
        _ => None,
    }
}

fn of(region: &str) -> Region {
    if region == "CN" { Region::China } else { Region::Overseas }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_region(text: &str) -> bool {
    text == "EUEX" || text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_brand(text: &str) -> bool {
    (2..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_and_their_regions() {
        let hex = "0123456789abcdef0123456789ABCDEF";
        for (reg_id, expected) in [
            (hex.to_owned(), Some(Region::China)),
            (hex[..24].to_owned(), Some(Region::China)),
            (format!("CN_{hex}"), Some(Region::China)),
            (format!("OPPO_CN_{hex}"), Some(Region::China)),
            (format!("realme1234_CN_{hex}"), Some(Region::China)),
            (format!("IN_{hex}"), Some(Region::Overseas)),
            (format!("OPPO_EUEX_{hex}"), Some(Region::Overseas)),
            (format!("CN_IN_{hex}"), Some(Region::Overseas)),
            (format!("cn_{hex}"), None),
            (format!("_{hex}"), None),
            (format!("A_CN_{hex}"), None),
            (format!("tenplusone1_CN_{hex}"), None),
            (format!("A_B_CN_{hex}"), None),
            (format!("CN_{}", &hex[..24]), None),
            (hex[..31].to_owned(), None),
            (format!("{hex};{hex}"), None),
            (format!(" {hex}"), None),
            (String::new(), None),
        ] {
            assert_eq!(region(&reg_id), expected, "{reg_id}");
        }
    }
}
