//! The bytes of a file as UTF-8: a byte order mark goes, GBK of Chinese Windows is read, anything else is named.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::{Decoder, GB18030};
use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::failure::{Kind, Problem};

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[derive(EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Encoding {
    /// By the file's first bytes.
    Auto,
    /// Every character; what opush itself writes.
    Utf8,
    /// What Excel writes in Chinese Windows; GB18030, which holds it, is read too.
    Gbk,
}

/// So much of a file decides which encoding it has.
const SAMPLE: usize = 64 * 1024;

/// The text of a file, and the encoding that it turned out to have.
pub(super) fn decoded(
    mut raw: Box<dyn Read>,
    asked: Encoding,
) -> Result<(Box<dyn BufRead>, Encoding), Problem> {
    let mut sample = Vec::with_capacity(SAMPLE);
    raw.by_ref().take(SAMPLE as u64).read_to_end(&mut sample).map_err(|error| unreadable(&error))?;
    if let Some(problem) = not_text(&sample) {
        return Err(problem);
    }
    let bom = sample.starts_with(b"\xef\xbb\xbf");
    let encoding = match asked {
        Encoding::Auto if bom || is_utf8(&sample) || !is_gbk(&sample) => Encoding::Utf8,
        Encoding::Auto => Encoding::Gbk,
        asked => asked,
    };
    let start = if bom { 3 } else { 0 };
    let rest = Cursor::new(sample.split_off(start)).chain(raw);
    Ok(match encoding {
        Encoding::Gbk => {
            let decoder = GB18030.new_decoder_without_bom_handling();
            let reader = Gbk { raw: Box::new(rest), decoder, text: String::new(), read: 0, over: false };
            (Box::new(BufReader::with_capacity(SAMPLE, reader)), encoding)
        }
        _ => (Box::new(BufReader::with_capacity(SAMPLE, rest)), encoding),
    })
}

pub(super) fn unreadable(error: &io::Error) -> Problem {
    Problem::new(Kind::UnreadableFile, format!("the file can't be read: {error}"), "name a readable file")
}

fn not_text(sample: &[u8]) -> Option<Problem> {
    let (what, hint) = match sample {
        [b'P', b'K', 3, 4, ..] => {
            ("a spreadsheet or zip file", "save the sheet as CSV UTF-8 (comma delimited) in Excel")
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            ("an old Excel file", "save the sheet as CSV UTF-8 (comma delimited) in Excel")
        }
        [0x1f, 0x8b, ..] => ("compressed by gzip", "unpack it: zcat FILE | opush batch run - --format csv"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            ("UTF-16, which Excel calls Unicode Text", "save it as CSV UTF-8 (comma delimited) in Excel")
        }
        sample if sample.contains(&0) => {
            ("not text: it holds zero bytes", "give a CSV file or lines of JSON")
        }
        _ => return None,
    };
    Some(Problem::new(Kind::BadRow, format!("the file is {what}"), hint))
}

/// A character that is cut at the end of the sample is not wrong.
fn is_utf8(sample: &[u8]) -> bool {
    match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && sample.len() == SAMPLE,
    }
}

fn is_gbk(sample: &[u8]) -> bool {
    // The sample may end inside a character.
    (0..4).any(|cut| {
        let sample = &sample[..sample.len().saturating_sub(cut)];
        GB18030.decode_without_bom_handling_and_without_replacement(sample).is_some()
    })
}

/// GBK as UTF-8. A byte that is wrong becomes U+FFFD, which a row's check finds.
struct Gbk {
    raw: Box<dyn Read>,
    decoder: Decoder,
    text: String,
    read: usize,
    over: bool,
}

impl Read for Gbk {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.read == self.text.len() && !self.over {
            let mut bytes = [0; 16 * 1024];
            let count = self.raw.read(&mut bytes)?;
            self.over = count == 0;
            self.text.clear();
            self.read = 0;
            let most = self.decoder.max_utf8_buffer_length(count).unwrap_or(0);
            self.text.reserve(most.max(64 * 1024));
            let _ = self.decoder.decode_to_string(&bytes[..count], &mut self.text, self.over);
        }
        let left = &self.text.as_bytes()[self.read..];
        let count = left.len().min(into.len());
        into[..count].copy_from_slice(&left[..count]);
        self.read += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Encoding) {
        let (mut reader, encoding) = decoded(Box::new(Cursor::new(bytes.to_vec())), Encoding::Auto).unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, encoding)
    }

    #[test]
    fn utf8_loses_its_mark_and_gbk_is_read() {
        assert_eq!(text("\u{feff}标题,a\n".as_bytes()), ("标题,a\n".to_owned(), Encoding::Utf8));
        let many = "标题;内容\n".repeat(40_000);
        let (gbk, _, _) = GB18030.encode(&many);
        assert_eq!(text(&gbk), (many, Encoding::Gbk));
        let utf8 = "é标题\n".repeat(40_000);
        assert_eq!(text(utf8.as_bytes()), (utf8, Encoding::Utf8));
    }

    #[test]
    fn what_is_not_text_is_named() {
        for (bytes, word) in [
            (&b"PK\x03\x04rest"[..], "spreadsheet"),
            (b"\x1f\x8brest", "gzip"),
            (b"\xff\xfea\0", "UTF-16"),
            (b"a,b\n\0", "zero bytes"),
        ] {
            let Err(problem) = decoded(Box::new(Cursor::new(bytes.to_vec())), Encoding::Auto) else {
                panic!("{word}")
            };
            assert!(problem.message.contains(word), "{}", problem.message);
        }
    }
}
