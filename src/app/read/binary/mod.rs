//! Android's binary forms: a manifest (AXML) and the resource table (resources.arsc).

mod chunk;
mod pool;
mod table;
mod value;

use super::super::read::unreadable::Unreadable;
use super::tree::{Builder, Element, Namespace};
use chunk::{Chunk, u16_at, u32_at};
use pool::Pool;

pub(super) use table::Table;

/// How a binary manifest begins.
pub(super) const MAGIC: [u8; 4] = [3, 0, 8, 0];

const XML: u16 = 0x0003;
const POOL: u16 = 0x0001;
const RESOURCE_MAP: u16 = 0x0180;
const START_ELEMENT: u16 = 0x0102;
const END_ELEMENT: u16 = 0x0103;
/// Means "none" where an index of a string is expected.
const NONE: u32 = u32::MAX;

/// Reads a binary manifest.
pub(super) fn read(bytes: &[u8]) -> Result<Element, Unreadable> {
    let (document, _) = Chunk::split(bytes).ok_or(Unreadable::truncated("the binary manifest"))?;
    if document.kind != XML {
        return Err(Unreadable::damaged("the manifest of the archive is not binary XML"));
    }
    let mut pool = Pool::default();
    let mut ids: &[u8] = &[];
    let mut builder = Builder::default();
    for chunk in document.children() {
        let chunk = chunk.ok_or(Unreadable::truncated("the binary manifest"))?;
        match chunk.kind {
            POOL => pool = Pool::read(&chunk)?,
            RESOURCE_MAP => ids = chunk.body,
            START_ELEMENT => start(&chunk, &pool, ids, &mut builder)?,
            END_ELEMENT => builder.close()?,
            // Namespaces, text, and what later versions may add.
            _ => {}
        }
    }
    builder.finish()
}

fn start(chunk: &Chunk<'_>, pool: &Pool<'_>, ids: &[u8], builder: &mut Builder) -> Result<(), Unreadable> {
    let cut = || Unreadable::truncated("an element of the binary manifest");
    let word = |at| u32_at(chunk.body, at).ok_or_else(cut);
    let half = |at| u16_at(chunk.body, at).map(usize::from).ok_or_else(cut);
    let name = pool.get(word(4)?).unwrap_or_default();
    builder.open(&name, u32_at(chunk.header, 8))?;
    let (first, size, count) = (half(8)?, half(10)?, half(12)?);
    if count > 0 && size < 20 {
        return Err(Unreadable::damaged("an element of the binary manifest has attributes of a wrong size"));
    }
    for at in (0..count).map(|number| first + number * size) {
        let attribute = chunk.body.get(at..at + 20).ok_or_else(cut)?;
        let word = |at| u32_at(attribute, at).ok_or_else(cut);
        let (namespace, name, raw, data) = (word(0)?, word(4)?, word(8)?, word(16)?);
        let kind = attribute.get(15).copied().unwrap_or_default();
        // Android looks attributes up by number. A file whose names were changed still means the same.
        let id = usize::try_from(name).ok().and_then(|name| u32_at(ids, name.checked_mul(4)?));
        let (namespace, name) = match id.filter(|id| *id != 0) {
            Some(id) => {
                let known = value::attribute_name(id).map(Into::into);
                (Namespace::Android, known.or_else(|| pool.get(name)))
            }
            None => {
                let uri = if namespace == NONE { None } else { pool.get(namespace) };
                (Namespace::of(&uri.unwrap_or_default()), pool.get(name))
            }
        };
        let text = value::text(kind, data, pool).or_else(|| pool.get(raw).map(Into::into));
        builder.attribute(namespace, &name.unwrap_or_default(), &text.unwrap_or_default())?;
    }
    Ok(())
}
