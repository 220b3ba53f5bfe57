//! A `[profile.NAME.im]` table.

use super::context::{Context, Entry};
use super::secret;
use crate::config::{ImRegion, ImSettings, Region, Source, Sourced, keys, rules};

const APP_ID: &str = "take the SDKAppID that the IM console shows, such as 1400000001";
/// `region` is the profile's own, if it could be read.
pub(super) fn read(context: &mut Context, entry: &Entry, region: Option<Region>) -> Option<ImSettings> {
    let table = entry.keys(context, &keys::IM)?;
    let sdk_app_id = table.get("sdk_app_id").and_then(|entry| entry.count(context, u32::MAX, APP_ID));
    let admin = table.get("admin").and_then(|entry| entry.checked(context, rules::owned(rules::user_id)));
    let secret_key = table.get("secret_key").and_then(|entry| secret::read(context, &entry));
    let endpoint = table.get("endpoint").and_then(|entry| entry.checked(context, rules::endpoint));
    let region = match table.get("region") {
        Some(entry) => entry.word(context, "the IM server has no region"),
        None => region.and_then(ImRegion::of).map(|region| Sourced::new(region, Source::Default)),
    };
    Some(ImSettings { sdk_app_id: sdk_app_id?, admin: admin?, secret_key: secret_key?, region, endpoint })
}
