//! Each reader alone, for the fuzz targets, and for the test that feeds it changed seeds.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::io::Write;

use super::{archive, binary, bundle, dex, gradle, manifest, source, strings};
use crate::app::model::{AppFile, Form};
use crate::app::read::tree::Element;

/// The readers, each with a folder of seeds in `tests/fixtures/app/corpus`.
#[cfg_attr(not(test), expect(dead_code, reason = "the fuzz targets name one each"))]
pub(crate) const READERS: [&str; 9] =
    ["source", "binary", "resources", "bundle", "bundle-resources", "archive", "dex", "values", "gradle"];

/// Hands the bytes to one reader. What it makes of them does not matter, only that it ends.
pub(crate) fn read(reader: &str, bytes: &[u8]) {
    match reader {
        "source" => model(source::read(bytes).ok(), Form::Source),
        "binary" => model(binary::read(bytes).ok(), Form::Apk),
        "resources" => drop(binary::Table::read(bytes).map(|table| table.values(some_ids()))),
        "bundle" => model(bundle::read(bytes).ok(), Form::Bundle),
        "bundle-resources" => drop(bundle::values(bytes, some_ids())),
        "archive" => drop(whole(bytes)),
        "dex" => {
            dex::each_class(bytes, |_| ());
            dex::each_string(bytes, |_| ());
        }
        "values" => strings::values_of(&String::from_utf8_lossy(bytes), &mut HashMap::new()),
        "gradle" => drop(gradle::build_of(&String::from_utf8_lossy(bytes))),
        other => panic!("there is no reader {other}"),
    }
}

fn some_ids() -> BTreeSet<u32> {
    (1..9).flat_map(|kind| (0..9).map(move |entry| 0x7f00_0000 | kind << 16 | entry)).collect()
}

fn model(root: Option<Element>, form: Form) {
    let Some(root) = root else { return };
    let origin = manifest::Origin {
        file: "AndroidManifest.xml".into(),
        form,
        namespace: None,
        application_id: None,
        resolve: &mut |_| None,
    };
    drop(manifest::model(&root, origin));
}

/// An archive is read from a file.
fn whole(bytes: &[u8]) -> Option<AppFile> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    let app = archive::read(file.path()).ok()?;
    drop(super::prefixes_in(&app, &["com/"]));
    drop(super::texts_in(&app, &["chat"]));
    drop(archive::asset(&app, "timpush-configs.json"));
    Some(app)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    fn seeds(reader: &str) -> Vec<Vec<u8>> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/app/corpus").join(reader);
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{reader} has no seeds");
        files.iter().map(|file| std::fs::read(file).unwrap()).collect()
    }

    /// Changes that find what random bytes do not: sizes and offsets at their limits, parts twice or in another place.
    struct Changes(u64);

    impl Changes {
        fn next(&mut self, below: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
        }

        fn changed(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
            const NUMBERS: [u32; 10] =
                [0, 1, 2, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, u32::MAX];
            let mut bytes = seeds[self.next(seeds.len())].clone();
            for _ in 0..=self.next(6) {
                if bytes.is_empty() {
                    return bytes;
                }
                let at = self.next(bytes.len());
                let end = (at + self.next(64)).min(bytes.len());
                match self.next(8) {
                    0 => bytes[at] ^= 1 << self.next(8),
                    1 => bytes[at] = u8::try_from(self.next(256)).unwrap(),
                    2 => {
                        let number = NUMBERS[self.next(NUMBERS.len())].to_le_bytes();
                        let at = at & !3;
                        for (byte, new) in bytes.iter_mut().skip(at).zip(number) {
                            *byte = new;
                        }
                    }
                    3 => bytes.truncate(at),
                    4 => drop(bytes.drain(at..end)),
                    5 => {
                        let part = bytes[at..end].to_vec();
                        let to = self.next(bytes.len());
                        drop(bytes.splice(to..to, part));
                    }
                    6 => {
                        let other = &seeds[self.next(seeds.len())];
                        let from = self.next(other.len());
                        let part = other[from..(from + self.next(64)).min(other.len())].to_vec();
                        drop(bytes.splice(at..end, part));
                    }
                    _ => bytes[at..end].fill(u8::try_from(self.next(256)).unwrap()),
                }
            }
            bytes
        }
    }

    /// `OPUSH_FUZZ_SECONDS` runs each reader so long, and says what it came to.
    #[test]
    fn every_reader_ends_on_its_seeds_and_on_changed_ones() {
        let seconds = std::env::var("OPUSH_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
        for (number, reader) in READERS.into_iter().enumerate() {
            let seeds = seeds(reader);
            seeds.iter().for_each(|seed| read(reader, seed));
            let seed = if seconds.is_some() { 0x9e37_79b9_7f4a_7c15 } else { 0x2545_f491_4f6c_dd1d };
            let mut changes = Changes(seed + u64::try_from(number).unwrap());
            let (begun, mut count, mut slowest) = (Instant::now(), 0_u64, Duration::ZERO);
            let more = |count: u64| match seconds {
                Some(seconds) => begun.elapsed() < Duration::from_secs(seconds),
                None => count < 400,
            };
            while more(count) {
                let bytes = changes.changed(&seeds);
                let start = Instant::now();
                let ended = std::panic::catch_unwind(|| read(reader, &bytes));
                assert!(ended.is_ok(), "{reader} panics on {bytes:?}");
                slowest = slowest.max(start.elapsed());
                count += 1;
            }
            if seconds.is_some() {
                println_to_test(&format!("{reader}: {count} inputs, the slowest took {slowest:?}"));
            }
        }
    }

    fn println_to_test(line: &str) {
        let mut out = std::io::stderr();
        writeln!(out, "{line}").unwrap();
    }
}
