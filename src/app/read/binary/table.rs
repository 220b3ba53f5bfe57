//! The resource table: what a reference means, in the default configuration where it has one.

use std::collections::{BTreeSet, HashMap};

use super::super::references::{self, Values};
use super::super::unreadable::Unreadable;
use super::chunk::{Chunk, u16_at, u32_at};
use super::pool::Pool;
use super::{POOL, value};

const TABLE: u16 = 0x0002;
const PACKAGE: u16 = 0x0200;
const TYPE: u16 = 0x0201;
/// Real tables have some thousands: each type in each configuration.
const MOST_TYPES: usize = 20_000;
/// References that lead to references.
const STEPS: usize = 16;
/// References of one manifest; real ones have some hundred.
const MOST_REFERENCES: usize = 1_000;

pub(in crate::app::read) struct Table<'a> {
    pool: Pool<'a>,
    /// By the upper half of a reference: package and type. The default configuration comes first.
    types: HashMap<u32, Vec<Entries<'a>>>,
}

/// The entries of one type in one configuration.
struct Entries<'a> {
    all: &'a [u8],
    offsets: &'a [u8],
    start: usize,
    count: u32,
    flags: u8,
}

impl<'a> Table<'a> {
    pub(in crate::app::read) fn read(bytes: &'a [u8]) -> Result<Table<'a>, Unreadable> {
        let cut = || Unreadable::truncated("resources.arsc");
        let (table, _) = Chunk::split(bytes).filter(|(table, _)| table.kind == TABLE).ok_or_else(cut)?;
        let mut made = Table { pool: Pool::default(), types: HashMap::new() };
        let mut left = MOST_TYPES;
        for chunk in table.children() {
            let chunk = chunk.ok_or_else(cut)?;
            match chunk.kind {
                POOL => made.pool = Pool::read(&chunk)?,
                PACKAGE => made.package(&chunk, &mut left)?,
                _ => {}
            }
        }
        Ok(made)
    }

    fn package(&mut self, package: &Chunk<'a>, left: &mut usize) -> Result<(), Unreadable> {
        let cut = || Unreadable::truncated("resources.arsc");
        let id = u32_at(package.header, 8).ok_or_else(cut)? & 0xff;
        for chunk in package.children() {
            let chunk = chunk.ok_or_else(cut)?;
            if chunk.kind != TYPE {
                continue;
            }
            *left = left.checked_sub(1).ok_or(Unreadable::beyond("types of resources", MOST_TYPES))?;
            let (Some(&type_id), Some(&flags)) = (chunk.header.get(8), chunk.header.get(9)) else {
                return Err(cut());
            };
            let entries = Entries {
                all: chunk.all,
                offsets: chunk.body,
                start: usize::try_from(u32_at(chunk.header, 16).ok_or_else(cut)?).unwrap_or(usize::MAX),
                count: u32_at(chunk.header, 12).ok_or_else(cut)?,
                flags,
            };
            let of_type = self.types.entry(id << 8 | u32::from(type_id)).or_default();
            // The default configuration has nothing but its own size.
            let is_default = chunk.header.get(24..).unwrap_or_default().iter().all(|byte| *byte == 0);
            if is_default { of_type.insert(0, entries) } else { of_type.push(entries) }
        }
        Ok(())
    }

    /// What these references mean; those that the table does not know are left out.
    pub(in crate::app::read) fn values(&self, wanted: BTreeSet<u32>) -> Values {
        let wanted = wanted.into_iter().take(MOST_REFERENCES);
        wanted.filter_map(|id| self.value(id).map(|value| (id, value))).collect()
    }

    fn value(&self, id: u32) -> Option<String> {
        let mut id = id;
        for _ in 0..STEPS {
            let of_type = self.types.get(&(id >> 16))?;
            let (kind, data) = of_type.iter().find_map(|entries| entries.get(id & 0xffff))?;
            let text = value::text(kind, data, &self.pool)?;
            match references::id(&text).filter(|_| kind != 0x03) {
                Some(next) => id = next,
                None => return Some(text),
            }
        }
        None
    }
}

impl Entries<'_> {
    /// Kind and data of an entry that has a single value.
    fn get(&self, entry: u32) -> Option<(u8, u32)> {
        const COMPLEX: u16 = 0x0001;
        const COMPACT: u16 = 0x0008;
        let at = self.start.checked_add(self.offset(entry)?)?;
        let flags = u16_at(self.all, at.checked_add(2)?)?;
        if flags & COMPACT != 0 {
            return Some((u8::try_from(flags >> 8).ok()?, u32_at(self.all, at + 4)?));
        }
        if flags & COMPLEX != 0 {
            return None;
        }
        let value = at.checked_add(usize::from(u16_at(self.all, at)?))?;
        Some((*self.all.get(value.checked_add(3)?)?, u32_at(self.all, value + 4)?))
    }

    fn offset(&self, entry: u32) -> Option<usize> {
        const SPARSE: u8 = 1;
        const SHORT: u8 = 2;
        if self.flags & SPARSE != 0 {
            // Sorted by the number of the entry.
            let length = usize::try_from(self.count).ok()?.checked_mul(4)?;
            let (pairs, _) = self.offsets.get(..length)?.as_chunks::<4>();
            let index = |pair: &[u8; 4]| u32::from(u16::from_le_bytes([pair[0], pair[1]]));
            let found = pairs.get(pairs.partition_point(|pair| index(pair) < entry))?;
            return (index(found) == entry)
                .then(|| usize::from(u16::from_le_bytes([found[2], found[3]])) * 4);
        }
        if entry >= self.count {
            return None;
        }
        let entry = usize::try_from(entry).ok()?;
        if self.flags & SHORT != 0 {
            let offset = u16_at(self.offsets, entry * 2)?;
            return (offset != u16::MAX).then(|| usize::from(offset) * 4);
        }
        let offset = u32_at(self.offsets, entry * 4)?;
        if offset == u32::MAX { None } else { usize::try_from(offset).ok() }
    }
}
