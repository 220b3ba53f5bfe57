//! The search for rows with one target, in flat memory however long the file: digests, sorted piece by piece in a file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// So many digests are sorted at once: 4 MB.
const PIECE: usize = 256 * 1024;

/// Bytes of a digest in the file.
const WIDTH: usize = 16;

/// Target, number of the row, content.
type Digest = (u64, u32, u32);

/// So many pairs with different contents are named.
const NAMED: usize = 1_000;

/// Digests of all rows.
pub(super) struct Repeats {
    folder: PathBuf,
    piece: Vec<Digest>,
    file: Option<File>,
    /// Where each piece in the file ends.
    ends: Vec<u64>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// A bit for each row that repeats an earlier one, content and all.
    pub(super) same: Vec<u8>,
    pub(super) same_count: u64,
    /// Rows with the target of an earlier one and another content.
    pub(super) other_count: u64,
    /// The first of them: the earlier row and the later one.
    pub(super) others: Vec<(u64, u64)>,
}

impl Found {
    pub(super) fn is_same(&self, row: u64) -> bool {
        let index = usize::try_from(row / 8).unwrap_or(usize::MAX);
        self.same.get(index).is_some_and(|bits| bits & (1 << (row % 8)) != 0)
    }
}

impl Repeats {
    /// `folder` holds the file, which has no name, if there is one.
    pub(super) fn new(folder: &Path) -> Self {
        Repeats { folder: folder.to_owned(), piece: Vec::new(), file: None, ends: Vec::new() }
    }

    pub(super) fn add(&mut self, target: u64, content: u64, row: u64) -> io::Result<()> {
        self.piece.push((target, u32::try_from(row).unwrap_or(u32::MAX), content as u32));
        if self.piece.len() >= PIECE { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.piece.sort_unstable();
        let mut bytes = Vec::with_capacity(self.piece.len() * WIDTH);
        for (target, row, content) in self.piece.drain(..) {
            bytes.extend_from_slice(&target.to_le_bytes());
            bytes.extend_from_slice(&row.to_le_bytes());
            bytes.extend_from_slice(&content.to_le_bytes());
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(tempfile::tempfile_in(&self.folder)?),
        };
        file.write_all(&bytes)?;
        self.ends.push(self.ends.last().unwrap_or(&0) + bytes.len() as u64);
        Ok(())
    }

    /// All rows are there: which of them repeat an earlier one.
    pub(super) fn find(mut self) -> io::Result<Found> {
        let mut found = Found::default();
        let mut group = Group::default();
        if self.file.is_none() {
            self.piece.sort_unstable();
            self.piece.iter().for_each(|digest| group.take(*digest, &mut found));
            return Ok(found);
        }
        self.spill()?;
        let mut pieces = Vec::new();
        let mut from = 0;
        for end in &self.ends {
            let mut file = tempfile_again(self.file.as_ref())?;
            file.seek(SeekFrom::Start(from))?;
            pieces.push(Piece { file, offset: from, end: *end, bytes: Vec::new(), at: 0, next: None });
            from = *end;
        }
        for piece in &mut pieces {
            piece.advance()?;
        }
        while let Some(index) = (0..pieces.len())
            .filter(|index| pieces[*index].next.is_some())
            .min_by_key(|index| pieces[*index].next)
        {
            if let Some(digest) = pieces[index].next {
                group.take(digest, &mut found);
            }
            pieces[index].advance()?;
        }
        Ok(found)
    }
}

fn tempfile_again(file: Option<&File>) -> io::Result<File> {
    file.map_or_else(|| Err(io::ErrorKind::NotFound.into()), File::try_clone)
}

/// A sorted piece of the file. The files share one position, so each read seeks first.
struct Piece {
    file: File,
    offset: u64,
    end: u64,
    bytes: Vec<u8>,
    at: usize,
    next: Option<Digest>,
}

impl Piece {
    fn advance(&mut self) -> io::Result<()> {
        if self.at == self.bytes.len() {
            let most = (self.end - self.offset).min((WIDTH * 4096) as u64);
            self.bytes.clear();
            self.at = 0;
            self.file.seek(SeekFrom::Start(self.offset))?;
            BufReader::with_capacity(1, &self.file).take(most).read_to_end(&mut self.bytes)?;
            self.offset += self.bytes.len() as u64;
        }
        let digest = self.bytes.get(self.at..self.at + WIDTH);
        self.next = digest.map(|bytes| {
            let number = |from: usize, to: usize| {
                bytes[from..to].iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
            };
            (number(0, 8), number(8, 12) as u32, number(12, 16) as u32)
        });
        self.at += WIDTH.min(self.bytes.len() - self.at);
        Ok(())
    }
}

/// The rows of one target, as they come.
#[derive(Default)]
struct Group {
    target: Option<u64>,
    /// The first row of each content.
    contents: Vec<(u32, u32)>,
}

impl Group {
    fn take(&mut self, (target, row, content): Digest, found: &mut Found) {
        if self.target != Some(target) {
            self.target = Some(target);
            self.contents.clear();
        } else if self.contents.iter().any(|(_, known)| *known == content) {
            let index = row as usize / 8;
            found.same.resize(found.same.len().max(index + 1), 0);
            found.same[index] |= 1 << (row % 8);
            found.same_count += 1;
            return;
        } else if let Some((first, _)) = self.contents.first() {
            found.other_count += 1;
            if found.others.len() < NAMED {
                found.others.push((u64::from(*first), u64::from(row)));
            }
        }
        self.contents.push((row, content));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: impl Iterator<Item = (u64, u64)>) -> Found {
        let folder = tempfile::tempdir().unwrap();
        let mut repeats = Repeats::new(folder.path());
        for (row, (target, content)) in (1..).zip(rows) {
            repeats.add(target, content, row).unwrap();
        }
        repeats.find().unwrap()
    }

    #[test]
    fn the_first_of_equal_rows_stays_and_another_content_is_named() {
        let found = found([(1, 1), (2, 1), (1, 1), (1, 2), (1, 2), (3, 1)].into_iter());
        assert_eq!((found.same_count, found.other_count), (2, 1));
        assert_eq!(found.others, [(1, 4)]);
        let same: Vec<u64> = (1..=6).filter(|row| found.is_same(*row)).collect();
        assert_eq!(same, [3, 5]);
    }

    #[test]
    fn a_long_file_is_searched_piece_by_piece() {
        let rows = PIECE as u64 * 2 + 7;
        // Each target once, in no order, and then the first hundred again.
        let targets = (0..rows).map(|row| (row.wrapping_mul(0x9e37_79b9_7f4a_7c15), 1));
        let again = (0..100_u64).map(|row| (row.wrapping_mul(0x9e37_79b9_7f4a_7c15), 1 + row % 2));
        let found = found(targets.chain(again));
        assert_eq!((found.same_count, found.other_count), (50, 50));
        assert!(found.is_same(rows + 1) && !found.is_same(rows + 2) && !found.is_same(1));
    }
}
