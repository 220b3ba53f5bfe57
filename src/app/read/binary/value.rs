//! Typed values as text, and the numbers of Android's attributes.

use super::super::references;
use super::pool::Pool;

/// The value as a source manifest would have it. `None`: there is none, or it is of a kind that no manifest needs.
pub(super) fn text(kind: u8, data: u32, pool: &Pool<'_>) -> Option<String> {
    match kind {
        // A reference, or one to a library's resource.
        0x01 | 0x07 if data != 0 => Some(references::text(data)),
        0x03 => pool.get(data).map(Into::into),
        0x10 => Some(data.cast_signed().to_string()),
        0x11 => Some(format!("0x{data:x}")),
        0x12 => Some((data != 0).to_string()),
        _ => None,
    }
}

/// The attributes that opush asks for. Their numbers are part of Android's public interface.
const NAMES: &[(u32, &str)] = &[
    (0x0101_0003, "name"),
    (0x0101_0006, "permission"),
    (0x0101_000e, "enabled"),
    (0x0101_0010, "exported"),
    (0x0101_001c, "priority"),
    (0x0101_001d, "launchMode"),
    (0x0101_0026, "mimeType"),
    (0x0101_0027, "scheme"),
    (0x0101_0028, "host"),
    (0x0101_0029, "port"),
    (0x0101_002a, "path"),
    (0x0101_002b, "pathPrefix"),
    (0x0101_002c, "pathPattern"),
    (0x0101_0202, "targetActivity"),
    (0x0101_020c, "minSdkVersion"),
    (0x0101_021b, "versionCode"),
    (0x0101_021c, "versionName"),
    (0x0101_0270, "targetSdkVersion"),
    (0x0101_04ee, "autoVerify"),
];

pub(super) fn attribute_name(id: u32) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == id).map(|(_, name)| *name)
}
