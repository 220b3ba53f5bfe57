//! The rows of one call, packed for the journal: all that sending them again needs, compressed.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::skeleton::{Piece, Skeleton};
use crate::failure::{Kind, Problem};

/// One recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item<'r> {
    /// From 1, through the whole run: it is part of the app_message_id.
    pub(crate) number: u64,
    /// Its line and column in the file.
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) is_alias: bool,
    pub(crate) target: &'r str,
    /// Where a user led to the regId.
    pub(crate) user: Option<&'r str>,
    pub(crate) device: Option<&'r str>,
    pub(super) skeleton: usize,
    pub(super) title: Option<&'r str>,
    pub(super) content: Option<&'r str>,
}

/// Rows on their way into the journal.
#[derive(Debug, Default)]
pub(super) struct Packer {
    skeletons: Vec<Skeleton>,
    raw: Vec<u8>,
    pub(super) items: usize,
}

/// Rows out of the journal.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(super) skeletons: Vec<Skeleton>,
    raw: Vec<u8>,
}

const ALIAS: u8 = 1;
const USER: u8 = 2;
const DEVICE: u8 = 4;
const TITLE: u8 = 8;
const CONTENT: u8 = 16;

impl Packer {
    pub(super) fn push(&mut self, item: &Item<'_>, skeleton: &Skeleton) {
        let known = self.skeletons.iter().rposition(|known| known == skeleton);
        let index = known.unwrap_or_else(|| {
            self.skeletons.push(skeleton.clone());
            self.skeletons.len() - 1
        });
        let texts = [(USER, item.user), (DEVICE, item.device), (TITLE, item.title), (CONTENT, item.content)];
        let there = texts.iter().filter(|(_, text)| text.is_some());
        let flags = there.fold(if item.is_alias { ALIAS } else { 0 }, |flags, (flag, _)| flags | flag);
        self.raw.push(flags);
        for number in [item.number, item.line, item.column, index as u64] {
            put_number(&mut self.raw, number);
        }
        put_text(&mut self.raw, item.target);
        texts.iter().filter_map(|(_, text)| *text).for_each(|text| put_text(&mut self.raw, text));
        self.items += 1;
    }

    /// The packed rows; afterwards it is empty.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let mut head = Vec::new();
        put_number(&mut head, self.skeletons.len() as u64);
        for skeleton in self.skeletons.drain(..) {
            put_number(&mut head, skeleton.0.len() as u64);
            for piece in &skeleton.0 {
                match piece {
                    Piece::Json(json) => {
                        head.push(0);
                        put_text(&mut head, json);
                    }
                    Piece::Id => head.push(1),
                    Piece::Title => head.push(2),
                    Piece::Content => head.push(3),
                }
            }
        }
        self.items = 0;
        let packed = packed(&[&head, &self.raw]);
        self.raw.clear();
        packed
    }
}

impl Chunk {
    pub(crate) fn unpack(packed: &[u8]) -> Result<Chunk, Problem> {
        let mut raw = unpacked(packed)?;
        let mut rest = Rest(&raw);
        let mut skeletons = Vec::new();
        for _ in 0..rest.number()? {
            let mut pieces = Vec::new();
            for _ in 0..rest.number()? {
                pieces.push(match rest.byte()? {
                    0 => Piece::Json(rest.text()?.to_owned()),
                    1 => Piece::Id,
                    2 => Piece::Title,
                    3 => Piece::Content,
                    _ => return Err(damaged()),
                });
            }
            skeletons.push(Skeleton(pieces));
        }
        let head = raw.len() - rest.0.len();
        raw.drain(..head);
        Ok(Chunk { skeletons, raw })
    }

    pub(crate) fn items(&self) -> Result<Vec<Item<'_>>, Problem> {
        let mut rest = Rest(&self.raw);
        let mut items = Vec::new();
        while !rest.0.is_empty() {
            let flags = rest.byte()?;
            let [number, line, column] = [rest.number()?, rest.number()?, rest.number()?];
            let skeleton = usize::try_from(rest.number()?).map_err(|_| damaged())?;
            if skeleton >= self.skeletons.len() {
                return Err(damaged());
            }
            let target = rest.text()?;
            let mut text = |flag: u8| if flags & flag == 0 { Ok(None) } else { rest.text().map(Some) };
            let [user, device, title, content] = [text(USER)?, text(DEVICE)?, text(TITLE)?, text(CONTENT)?];
            let is_alias = flags & ALIAS != 0;
            items.push(Item {
                number,
                line,
                column,
                is_alias,
                target,
                user,
                device,
                skeleton,
                title,
                content,
            });
        }
        Ok(items)
    }
}

pub(super) fn packed(parts: &[&[u8]]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Memory takes everything.
    parts.iter().for_each(|part| drop(encoder.write_all(part)));
    encoder.finish().unwrap_or_default()
}

pub(super) fn unpacked(packed: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut raw = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut raw).map_err(|_| damaged())?;
    Ok(raw)
}

pub(super) fn put_number(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

pub(super) fn put_text(into: &mut Vec<u8>, text: &str) {
    put_number(into, text.len() as u64);
    into.extend_from_slice(text.as_bytes());
}

/// What is left to be read.
pub(super) struct Rest<'r>(pub(super) &'r [u8]);

impl<'r> Rest<'r> {
    pub(super) fn byte(&mut self) -> Result<u8, Problem> {
        let (first, rest) = self.0.split_first().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn number(&mut self) -> Result<u64, Problem> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(damaged())
    }

    pub(super) fn text(&mut self) -> Result<&'r str, Problem> {
        let length = usize::try_from(self.number()?).map_err(|_| damaged())?;
        let (text, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| damaged())
    }
}

pub(super) fn damaged() -> Problem {
    let hint = "the state database is damaged, or a newer opush wrote this run";
    Problem::new(Kind::StateDatabase, "the journal of this run can't be read", hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(rows in proptest::collection::vec(
            (any::<u64>(), any::<bool>(), "\\PC{0,40}", proptest::option::of("\\PC{0,9}"), proptest::option::of(".{0,9}")), 0..20)) {
            let skeletons = [Skeleton(vec![Piece::Id, Piece::Title]), Skeleton(vec![Piece::Json("{}".into()), Piece::Content])];
            let items: Vec<Item<'_>> = rows.iter().map(|(number, is_alias, target, user, title)| Item {
                number: *number, line: number / 2, column: 1, is_alias: *is_alias, target, user: user.as_deref(),
                device: None, skeleton: 0, title: title.as_deref(), content: None,
            }).collect();
            let mut packer = Packer::default();
            items.iter().for_each(|item| packer.push(item, &skeletons[usize::from(item.is_alias)]));
            let chunk = Chunk::unpack(&packer.take()).unwrap();
            let again = chunk.items().unwrap();
            prop_assert_eq!(again.len(), items.len());
            for (one, other) in again.iter().zip(&items) {
                prop_assert_eq!(&chunk.skeletons[one.skeleton], &skeletons[usize::from(other.is_alias)]);
                prop_assert_eq!(&Item { skeleton: 0, ..one.clone() }, other);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for packed in [packed(&[&bytes]), bytes] {
                if let Ok(chunk) = Chunk::unpack(&packed) {
                    let _ = chunk.items();
                }
            }
        }
    }
}
