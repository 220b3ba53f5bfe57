//! The chunks that Android's binary files are made of: kind, size of the header, size of the whole.

/// One chunk, inside of its bounds.
pub(super) struct Chunk<'a> {
    pub(super) kind: u16,
    /// With the eight bytes that every chunk begins with.
    pub(super) header: &'a [u8],
    pub(super) body: &'a [u8],
    /// Header and body; offsets count from its beginning.
    pub(super) all: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The first chunk, and what follows it. `None`: it is cut short, or its sizes can't be.
    pub(super) fn split(bytes: &'a [u8]) -> Option<(Chunk<'a>, &'a [u8])> {
        let kind = u16_at(bytes, 0)?;
        let header = usize::from(u16_at(bytes, 2)?);
        let size = usize::try_from(u32_at(bytes, 4)?).ok()?;
        if header < 8 || size < header {
            return None;
        }
        let (all, rest) = bytes.split_at_checked(size)?;
        let (header, body) = all.split_at_checked(header)?;
        Some((Chunk { kind, header, body, all }, rest))
    }

    /// The chunks in the body; `None` for one that is cut short, which is the last.
    pub(super) fn children(&self) -> impl Iterator<Item = Option<Chunk<'a>>> {
        let mut rest = self.body;
        std::iter::from_fn(move || {
            if rest.len() < 8 {
                return None;
            }
            match Chunk::split(rest) {
                Some((chunk, after)) => {
                    rest = after;
                    Some(Some(chunk))
                }
                None => {
                    rest = &[];
                    Some(None)
                }
            }
        })
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}
