//! A zip file as Android reads it: the directory at its end, and single entries. Sizes are never believed.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::FileExt;

use super::super::unreadable::Unreadable;
use super::super::whole::whole_of;

/// Bytes of the directory of an archive with as many entries as a zip file can have, and long names.
const LARGEST_DIRECTORY: u64 = 16 * 1024 * 1024;
const END: [u8; 4] = *b"PK\x05\x06";
const LISTED: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

pub(super) struct Archive {
    window: Window,
    pub(super) entries: Vec<Entry>,
    /// Where the list of entries begins.
    directory: u64,
}

pub(super) struct Entry {
    pub(super) name: String,
    method: u16,
    compressed: u64,
    pub(super) size: u64,
    /// Where its own header begins.
    local: u64,
}

/// A part of a file.
struct Window {
    file: File,
    start: u64,
    length: u64,
}

impl Window {
    fn bytes(&self, at: u64, length: u64) -> Result<Vec<u8>, Unreadable> {
        let end = at.checked_add(length).filter(|end| *end <= self.length);
        if end.is_none() {
            return Err(Unreadable::truncated("the archive"));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        self.file.read_exact_at(&mut bytes, self.start + at)?;
        Ok(bytes)
    }
}

/// What is left of an entry's bytes.
struct Rest<'a> {
    window: &'a Window,
    at: u64,
    left: u64,
}

impl Read for Rest<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let read = self
            .window
            .file
            .read_at(into.get_mut(..most).unwrap_or_default(), self.window.start + self.at)?;
        let passed = u64::try_from(read).unwrap_or(0);
        self.at += passed;
        self.left -= passed;
        Ok(read)
    }
}

fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let bytes = bytes.get(at..at + length).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Archive {
    pub(super) fn open(file: File) -> Result<Archive, Unreadable> {
        let length = file.metadata()?.len();
        Archive::of(Window { file, start: 0, length })
    }

    fn of(window: Window) -> Result<Archive, Unreadable> {
        const RECORD: u64 = 22;
        let tail = window.length.min(RECORD + 0xffff);
        let bytes = window.bytes(window.length - tail, tail)?;
        let record = (0..bytes.len().saturating_sub(21)).rev().find(|at| {
            let comment = number(&bytes, at + 20, 2);
            bytes.get(*at..at + 4) == Some(&END) && u64::try_from(at + 22).unwrap_or(0) + comment <= tail
        });
        let record = record.ok_or(Unreadable::damaged("the archive is cut short: it has no directory"))?;
        let record = bytes.get(record..).unwrap_or_default();
        let (count, size, start) = (number(record, 10, 2), number(record, 12, 4), number(record, 16, 4));
        if size > LARGEST_DIRECTORY {
            let limit = LARGEST_DIRECTORY / 1024 / 1024;
            return Err(Unreadable::TooLarge { what: "the archive's directory".into(), limit });
        }
        let directory = window.bytes(start, size)?;
        let entries = entries(&directory, count)?;
        apart(&entries, start)?;
        Ok(Archive { window, entries, directory: start })
    }

    /// # Errors
    /// If the name is there twice: tools differ in which of the two they take.
    pub(super) fn find(&self, name: &str) -> Result<Option<&Entry>, Unreadable> {
        let mut found = self.entries.iter().filter(|entry| entry.name == name);
        let first = found.next();
        match found.next() {
            None => Ok(first),
            Some(_) => Err(Unreadable::damaged(format!("the archive holds {name} twice"))),
        }
    }

    fn rest(&self, entry: &Entry) -> Result<Rest<'_>, Unreadable> {
        const HEADER: u64 = 30;
        let header = self.window.bytes(entry.local, HEADER)?;
        if !header.starts_with(&LOCAL) {
            return Err(Unreadable::damaged(format!(
                "{} is not where the archive's directory says",
                entry.name
            )));
        }
        let at = entry.local + HEADER + number(&header, 26, 2) + number(&header, 28, 2);
        if at + entry.compressed > self.window.length {
            return Err(Unreadable::truncated(&entry.name));
        }
        Ok(Rest { window: &self.window, at, left: entry.compressed })
    }

    fn unpacked<'a>(&'a self, entry: &Entry) -> Result<Box<dyn Read + 'a>, Unreadable> {
        let rest = self.rest(entry)?;
        match entry.method {
            STORED => Ok(Box::new(rest)),
            DEFLATED => Ok(Box::new(flate2::read::DeflateDecoder::new(rest))),
            method => {
                let why = format!("{} is packed by method {method}, which Android does not know", entry.name);
                Err(Unreadable::damaged(why))
            }
        }
    }

    pub(super) fn read(&self, entry: &Entry, limit: u64) -> Result<Vec<u8>, Unreadable> {
        if entry.size > limit {
            return Err(Unreadable::TooLarge { what: entry.name.clone(), limit: limit / 1024 / 1024 });
        }
        let bytes = whole_of(self.unpacked(entry)?, &entry.name, entry.size, limit)?;
        if u64::try_from(bytes.len()).ok() != Some(entry.size) {
            return Err(Unreadable::damaged(format!(
                "{} has another size than the directory says",
                entry.name
            )));
        }
        Ok(bytes)
    }

    /// The bytes that end so many before the list of entries begins; none where the archive has fewer.
    pub(super) fn before_directory(&self, end: u64, length: u64) -> Result<Vec<u8>, Unreadable> {
        match self.directory.checked_sub(end).and_then(|end| end.checked_sub(length)) {
            Some(at) => self.window.bytes(at, length),
            None => Ok(Vec::new()),
        }
    }

    /// The archive inside of this one. A packed one is unpacked into a file without a name; APKs hardly shrink.
    pub(super) fn inner(&self, entry: &Entry) -> Result<Archive, Unreadable> {
        let rest = self.rest(entry)?;
        if entry.method == STORED {
            let (start, length) = (self.window.start + rest.at, rest.left);
            return Archive::of(Window { file: self.window.file.try_clone()?, start, length });
        }
        let limit = entry.compressed.saturating_mul(4);
        if entry.size > limit {
            return Err(Unreadable::damaged(format!("{} is packed far too well for an APK", entry.name)));
        }
        let mut file = tempfile::tempfile()?;
        io::copy(&mut self.unpacked(entry)?.take(limit), &mut file)?;
        file.flush()?;
        file.rewind()?;
        Archive::open(file)
    }
}

fn entries(directory: &[u8], count: u64) -> Result<Vec<Entry>, Unreadable> {
    const HEADER: usize = 46;
    let mut entries = Vec::new();
    let mut rest = directory;
    for _ in 0..count {
        let cut = || Unreadable::truncated("the archive's directory");
        if rest.len() < HEADER || !rest.starts_with(&LISTED) {
            return Err(cut());
        }
        let length = |at| usize::try_from(number(rest, at, 2)).unwrap_or(0);
        let name = rest.get(HEADER..HEADER + length(28)).ok_or_else(cut)?;
        entries.push(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            method: u16::try_from(number(rest, 10, 2)).unwrap_or(u16::MAX),
            compressed: number(rest, 20, 4),
            size: number(rest, 24, 4),
            local: number(rest, 42, 4),
        });
        rest = rest.get(HEADER + length(28) + length(30) + length(32)..).ok_or_else(cut)?;
    }
    Ok(entries)
}

/// Entries that share bytes are how a small file unpacks into a huge one.
fn apart(entries: &[Entry], directory: u64) -> Result<(), Unreadable> {
    let name = |entry: &Entry| u64::try_from(entry.name.len()).unwrap_or(0);
    let mut ranges: Vec<(u64, u64)> = entries
        .iter()
        .map(|entry| (entry.local, entry.local + 30 + name(entry).min(1) + entry.compressed))
        .collect();
    ranges.sort_unstable();
    let ends = ranges.iter().skip(1).map(|(start, _)| *start).chain([directory]);
    if ranges.iter().zip(ends).any(|((_, end), next)| *end > next) {
        return Err(Unreadable::damaged("entries of the archive overlap"));
    }
    Ok(())
}
