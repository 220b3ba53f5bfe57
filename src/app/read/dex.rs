//! The names of the classes that a dex file defines.

use super::super::model::AppFile;
use super::archive;
use super::unreadable::Unreadable;

/// Which of these prefixes, such as `com/example/push/`, begin the name of a class that the app defines. `None`: the app
/// file holds no code.
pub(crate) fn prefixes_in<'p>(
    app: &AppFile,
    prefixes: &[&'p str],
) -> Result<Option<Vec<&'p str>>, Unreadable> {
    let Some(path) = &app.archive else { return Ok(None) };
    let mut found = vec![false; prefixes.len()];
    archive::each_dex(path, |dex| {
        each_class(dex, |name| {
            for (prefix, found) in prefixes.iter().zip(&mut found) {
                *found |= name.strip_prefix(b"L").is_some_and(|name| name.starts_with(prefix.as_bytes()));
            }
        });
    })?;
    Ok(Some(prefixes.iter().zip(found).filter(|(_, found)| *found).map(|(prefix, _)| *prefix).collect()))
}

/// Hands each defined class to `look`, as `Lcom/example/Name;`. What lies outside of the file is left out.
pub(super) fn each_class(dex: &[u8], mut look: impl FnMut(&[u8])) {
    let word = |at: usize| {
        let bytes = dex.get(at..at.checked_add(4)?)?;
        usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
    };
    let entry = |table: usize, index: usize| word(word(table)?.checked_add(index.checked_mul(4)?)?);
    let (strings, types) = (0x3c, 0x44);
    let (count, classes) = (word(0x60).unwrap_or(0), word(0x64).unwrap_or(0));
    for class in (0..count.min(dex.len() / 32)).map(|number| classes.saturating_add(number * 32)) {
        let name = word(class).and_then(|class| entry(types, class)).and_then(|name| entry(strings, name));
        look(name.map(|name| string(dex, name)).unwrap_or_default());
    }
}

/// Hands each string to `look`, of long ones the beginning.
pub(super) fn each_string(dex: &[u8], mut look: impl FnMut(&[u8])) {
    let word = |at: usize| {
        let bytes = dex.get(at..at.checked_add(4)?)?;
        usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
    };
    let (count, strings) = (word(0x38).unwrap_or(0), word(0x3c).unwrap_or(0));
    for at in (0..count.min(dex.len() / 4)).filter_map(|number| word(strings.checked_add(number * 4)?)) {
        look(string(dex, at));
    }
}

/// The string there: its length in characters, of one to five bytes, and its bytes up to a zero.
fn string(dex: &[u8], at: usize) -> &[u8] {
    let text = dex.get(at..).unwrap_or_default();
    let length = text.iter().take(5).position(|byte| byte & 0x80 == 0);
    let text = length.and_then(|last| text.get(last + 1..)).unwrap_or_default();
    let longest = text.get(..300).unwrap_or(text);
    longest.split(|byte| *byte == 0).next().unwrap_or_default()
}
