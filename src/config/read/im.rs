//! A `[profile.NAME.im]` table.

use super::context::{Context, Entry};
use super::secret;
use crate::config::{ImRegion, ImSettings, Region, Source, Sourced, keys, rules};
use crate::failure::Kind;

const APP_ID: &str = "take the SDKAppID that the IM console shows, such as 1400000001";
/// `region` is the profile's own, if it could be read.
pub(super) fn read(context: &mut Context, entry: &Entry, region: Option<Region>) -> Option<ImSettings> {
    let table = entry.table(context, "the IM settings")?;
    table.only(context, &keys::IM.names());
    let sdk_app_id = table
        .require(context, "sdk_app_id", "1400000001")
        .and_then(|entry| entry.count(context, u32::MAX, APP_ID));
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
        Some(entry) => entry.word(context, "the IM server has no region"),
        None => region.and_then(ImRegion::of).map(|region| Sourced::new(region, Source::Default)),
    };
    Some(ImSettings { sdk_app_id: sdk_app_id?, admin: admin?, secret_key: secret_key?, region, endpoint })
}
