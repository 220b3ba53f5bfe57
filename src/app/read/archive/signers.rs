//! The certificates of an APK, from the block before the archive's directory (APK signature schemes 2 and later).
//! Whether a signature is right is for the phone to say; only who signed is read.

use super::super::unreadable::Unreadable;
use super::entries::Archive;

const MAGIC: &[u8] = b"APK Sig Block 42";
/// Schemes 2, 3 and 3.1; the last is for keys that were rotated.
const SCHEMES: [u32; 3] = [0x7109_871a, 0xf053_68c0, 0x1b93_ad61];
/// Real blocks have some kilobytes, and with padding at most 64 KiB.
const LARGEST: u64 = 4 * 1024 * 1024;

pub(super) fn certificates(archive: &Archive) -> Result<Vec<Vec<u8>>, Unreadable> {
    const FOOTER: u64 = 24;
    let footer = archive.before_directory(0, FOOTER)?;
    if !footer.ends_with(MAGIC) {
        return Ok(Vec::new());
    }
    let cut = || Unreadable::truncated("the signature block");
    let size = Parts(&footer).long().ok_or_else(cut)?;
    let pairs = size.checked_sub(FOOTER).ok_or_else(cut)?;
    if pairs > LARGEST {
        return Err(Unreadable::TooLarge {
            what: "the signature block".into(),
            limit: LARGEST / 1024 / 1024,
        });
    }
    let block = archive.before_directory(FOOTER, pairs)?;
    of_block(&block).ok_or_else(cut)
}

/// The first certificate of each signer, each once.
fn of_block(block: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut pairs = Parts(block);
    while !pairs.0.is_empty() {
        let length = pairs.long()?;
        let mut pair = Parts(pairs.take(usize::try_from(length).ok()?)?);
        if !SCHEMES.contains(&pair.int()?) {
            continue;
        }
        let mut signers = Parts(pair.counted()?);
        while !signers.0.is_empty() {
            let mut signed = Parts(Parts(signers.counted()?).counted()?);
            let _digests = signed.counted()?;
            let certificate = Parts(signed.counted()?).counted()?.to_vec();
            if !found.contains(&certificate) {
                found.push(certificate);
            }
        }
    }
    Some(found)
}

/// Bytes from the front, numbers little-endian.
struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(front)
    }

    fn int(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn long(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    /// A part with its length before it.
    fn counted(&mut self) -> Option<&'a [u8]> {
        let length = self.int()?;
        self.take(usize::try_from(length).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(bytes: &[u8]) -> Vec<u8> {
        [&u32::try_from(bytes.len()).unwrap().to_le_bytes(), bytes].concat()
    }

    fn pair(id: u32, value: &[u8]) -> Vec<u8> {
        let length = u64::try_from(value.len() + 4).unwrap().to_le_bytes();
        [&length[..], &id.to_le_bytes(), value].concat()
    }

    fn signed_by(id: u32, certificate: &[u8]) -> Vec<u8> {
        let signed = [counted(b"digests"), counted(&counted(certificate)), counted(b"")].concat();
        let signer = [counted(&signed), counted(b"signatures"), counted(b"key")].concat();
        pair(id, &counted(&counted(&signer)))
    }

    #[test]
    fn each_scheme_names_its_signer_once_and_other_pairs_are_passed_over() {
        let block = [
            pair(0x4272_6577, b"padding"),
            signed_by(SCHEMES[0], b"old"),
            signed_by(SCHEMES[1], b"old"),
            signed_by(SCHEMES[2], b"new"),
        ];
        assert_eq!(of_block(&block.concat()).unwrap(), [b"old".to_vec(), b"new".to_vec()]);
        assert_eq!(of_block(&[]).unwrap(), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn a_block_that_is_cut_short_is_refused_wherever_it_is_cut() {
        let whole = signed_by(SCHEMES[0], b"certificate");
        for length in 1..whole.len() {
            assert_eq!(of_block(&whole[..length]), None, "{length}");
        }
    }
}
