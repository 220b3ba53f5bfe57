//! The whole of a file or an entry, where it is not larger than any real one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::unreadable::Unreadable;

/// The largest real manifests have about 1 MiB.
pub(super) const LARGEST_MANIFEST: u64 = 4 * 1024 * 1024;

/// The bytes of a file that may not be larger than this.
pub(super) fn whole(path: &Path, what: &str, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    whole_of(file, what, size, limit)
}

/// All that can be read, where it is not more than this. `size` is what it should be.
pub(super) fn whole_of(from: impl Read, what: &str, size: u64, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let too_large = || Unreadable::TooLarge { what: what.to_owned(), limit: limit / 1024 / 1024 };
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let read = from.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| Unreadable::damaged(format!("{what} can't be unpacked: {error}")))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit { Err(too_large()) } else { Ok(bytes) }
}
