//! A `[profile.NAME.im]` table.
//! The form of single values belongs to `rules`; which host a region means, to the room `im`.

use super::context::{Context, Entry};
use super::secret;
use crate::config::{ImRegion, ImSettings, Region, Source, Sourced, rules, suggest};
use crate::failure::Kind;
use toml::de::DeValue;

const KEYS: [&str; 5] = ["sdk_app_id", "admin", "secret_key", "region", "endpoint"];

/// `region` is the profile's own, if it could be read.
pub(super) fn read(context: &mut Context, entry: &Entry, region: Option<Region>) -> Option<ImSettings> {
    let table = entry.table(context, "the IM settings")?;
    table.only(context, &KEYS);
    let sdk_app_id =
        table.require(context, "sdk_app_id", "1400000001").and_then(|entry| sdk_app_id(context, &entry));
    let admin = table
        .require(context, "admin", "\"administrator\"")
        .and_then(|entry| entry.checked(context, |text| rules::user_id(text).map(|()| text.to_owned())));
    let secret_key = table
        .require(context, "secret_key", "{ env = \"OPUSH_IM_SECRET_KEY\" }")
        .and_then(|entry| secret::read(context, &entry));
    let written = table.get("region");
    let endpoint = table.get("endpoint");
    if let (Some(region), Some(endpoint)) = (&written, &endpoint) {
        let later = if region.key.start > endpoint.key.start { region } else { endpoint };
        let hint = "keep region for Tencent's hosts, or endpoint for one of your own";
        context.report(
            Kind::Contradiction,
            later.key.clone(),
            "region and endpoint exclude each other",
            hint,
        );
    }
    let endpoint = endpoint.and_then(|entry| entry.checked(context, rules::endpoint));
    let region = match written {
        Some(entry) => im_region(context, &entry),
        None => region.and_then(ImRegion::of).map(|region| Sourced::new(region, Source::Default)),
    };
    Some(ImSettings { sdk_app_id: sdk_app_id?, admin: admin?, secret_key: secret_key?, region, endpoint })
}

fn sdk_app_id(context: &mut Context, entry: &Entry) -> Option<Sourced<u32>> {
    const HINT: &str = "take the SDKAppID that the IM console shows, such as 1400000001";
    match entry.value.get_ref() {
        DeValue::Integer(number) => {
            let id = i64::from_str_radix(number.as_str(), number.radix()).ok();
            match id.and_then(|id| u32::try_from(id).ok()).filter(|id| *id > 0) {
                Some(id) => Some(Sourced::new(id, context.source(entry.span()))),
                None => {
                    let message = format!("{} must be from 1 to {}", entry.name, u32::MAX);
                    context.report(Kind::BadValue, entry.span(), message, HINT);
                    None
                }
            }
        }
        DeValue::String(text) if text.parse::<u32>().is_ok() => {
            entry.wrong_type(context, "an integer", "drop the quotes")
        }
        _ => entry.wrong_type(context, "an integer", HINT),
    }
}

fn im_region(context: &mut Context, entry: &Entry) -> Option<Sourced<ImRegion>> {
    let word = entry.text(context)?;
    match ImRegion::parse(&word.value) {
        Some(region) => Some(Sourced::new(region, word.source)),
        None => {
            let hint = suggest::hint(&word.value, ImRegion::ALL.map(ImRegion::as_str));
            let message = format!("the IM server has no region {:?}", word.value);
            context.report(Kind::BadValue, entry.span(), message, hint);
            None
        }
    }
}
