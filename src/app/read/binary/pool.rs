//! A pool of strings, UTF-8 or UTF-16. A string is decoded when it is asked for.

use std::borrow::Cow;

use super::super::unreadable::Unreadable;
use super::chunk::{Chunk, u16_at, u32_at};

#[derive(Default)]
pub(super) struct Pool<'a> {
    utf8: bool,
    /// Four bytes each, from the beginning of `data`.
    offsets: &'a [u8],
    data: &'a [u8],
}

impl<'a> Pool<'a> {
    pub(super) fn read(chunk: &Chunk<'a>) -> Result<Pool<'a>, Unreadable> {
        const UTF8: u32 = 1 << 8;
        let cut = || Unreadable::truncated("a pool of strings");
        let word = |at| u32_at(chunk.header, at).ok_or_else(cut);
        let size = |at| word(at).map(|word| usize::try_from(word).unwrap_or(usize::MAX));
        let (count, flags, start) = (size(8)?, word(16)?, size(20)?);
        let offsets = count.checked_mul(4).and_then(|length| chunk.body.get(..length)).ok_or_else(cut)?;
        // A pool without strings may say anything of where they begin.
        let data = if count == 0 { &[] } else { chunk.all.get(start..).ok_or_else(cut)? };
        Ok(Pool { utf8: flags & UTF8 != 0, offsets, data })
    }

    /// `None`: there is no such string, or it lies outside of the pool.
    pub(super) fn get(&self, index: u32) -> Option<Cow<'a, str>> {
        let at = usize::try_from(index).ok()?.checked_mul(4)?;
        let text = self.data.get(usize::try_from(u32_at(self.offsets, at)?).ok()?..)?;
        if self.utf8 { utf8(text) } else { utf16(text) }
    }
}

/// Two lengths, in characters and in bytes, of one byte each or of two.
fn utf8(text: &[u8]) -> Option<Cow<'_, str>> {
    let length = |at: usize| {
        let first = usize::from(*text.get(at)?);
        match first & 0x80 {
            0 => Some((first, at + 1)),
            _ => Some(((first & 0x7f) << 8 | usize::from(*text.get(at + 1)?), at + 2)),
        }
    };
    let (_, at) = length(0)?;
    let (bytes, at) = length(at)?;
    Some(String::from_utf8_lossy(text.get(at..at.checked_add(bytes)?)?))
}

fn utf16(text: &[u8]) -> Option<Cow<'_, str>> {
    let first = usize::from(u16_at(text, 0)?);
    let (units, at) = match first & 0x8000 {
        0 => (first, 2_usize),
        _ => ((first & 0x7fff) << 16 | usize::from(u16_at(text, 2)?), 4),
    };
    let bytes = text.get(at..at.checked_add(units.checked_mul(2)?)?)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units).into())
}
