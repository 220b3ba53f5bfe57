//! Finds a secret in bytes: as it is, URL-encoded, in base64, in hex, escaped as in JSON or XML, and inside a zip file.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

/// Shorter parts could stand somewhere by chance.
const SHORTEST: usize = 10;

/// Every form of every secret that is looked for.
#[derive(Default)]
pub struct Scanner {
    needles: Vec<Needle>,
    /// By their first two bytes, for a scan is over millions of bytes in a build without optimisation.
    starts: Vec<Vec<usize>>,
}

struct Needle {
    secret: String,
    form: &'static str,
    bytes: Vec<u8>,
}

/// A secret that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    pub secret: String,
    /// How it stood there, and in which file of a zip file.
    pub form: String,
}

impl Scanner {
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Scanner {
        let mut scanner = Scanner { needles: Vec::new(), starts: vec![Vec::new(); 1 << 16] };
        let secrets: BTreeSet<&str> = secrets.into_iter().collect();
        secrets.into_iter().for_each(|secret| scanner.add(secret));
        scanner
    }

    fn add(&mut self, secret: &str) {
        assert!(secret.len() >= SHORTEST, "{secret} is too short to be told from other text");
        let mut known = BTreeSet::new();
        // Its halves too: a beginning or an end that is shown is a leak as well.
        for part in parts(secret) {
            for (form, bytes) in forms(part) {
                if known.insert(bytes.clone()) {
                    self.starts[start(&bytes)].push(self.needles.len());
                    self.needles.push(Needle { secret: secret.to_owned(), form, bytes });
                }
            }
        }
    }

    /// Each secret once, with the first form in which it was seen.
    pub fn scan(&self, bytes: &[u8]) -> Vec<Leak> {
        let mut found: Vec<Leak> = Vec::new();
        for at in 0..bytes.len().saturating_sub(1) {
            for index in &self.starts[start(&bytes[at..])] {
                let needle = &self.needles[*index];
                let known = || found.iter().any(|leak| leak.secret == needle.secret);
                if bytes[at..].starts_with(&needle.bytes) && !known() {
                    found.push(Leak { secret: needle.secret.clone(), form: needle.form.to_owned() });
                }
            }
        }
        found.extend(self.scan_zip(bytes));
        found.sort();
        found
    }

    fn scan_zip(&self, bytes: &[u8]) -> Vec<Leak> {
        if !bytes.starts_with(b"PK") {
            return Vec::new();
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file is whole");
        let mut found = Vec::new();
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("a file");
            let leaks = self.scan(name.as_bytes()).into_iter().chain(self.scan(&content));
            found.extend(leaks.map(|leak| Leak { form: format!("{} in {name}", leak.form), ..leak }));
        }
        found
    }
}

fn start(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn parts(secret: &str) -> Vec<&str> {
    let middle =
        (secret.len() / 2..=secret.len()).find(|at| secret.is_char_boundary(*at)).unwrap_or_default();
    let (front, back) = secret.split_at(middle);
    [secret, front, back].into_iter().filter(|part| part.len() >= SHORTEST).collect()
}

fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = text.as_bytes();
    let each = |write: fn(u8) -> String| bytes.iter().map(|byte| write(*byte)).collect::<String>();
    let unit = |escape: fn(char) -> bool| -> String {
        text.encode_utf16()
            .map(|unit| match char::from_u32(unit.into()).filter(|c| !escape(*c)) {
                Some(c) => c.to_string(),
                None => format!("\\u{unit:04x}"),
            })
            .collect()
    };
    let json = serde_json::Value::from(text).to_string();
    let mut forms = vec![
        ("plain", text.to_owned()),
        ("URL-encoded", each(|byte| percent(byte, false))),
        ("URL-encoded", lower_escapes(&each(|byte| percent(byte, false)))),
        ("URL-encoded", url::form_urlencoded::byte_serialize(bytes).collect()),
        ("URL-encoded", each(|byte| percent(byte, true))),
        ("hex", each(|byte| format!("{byte:02x}"))),
        ("hex", each(|byte| format!("{byte:02X}"))),
        ("JSON", json[1..json.len() - 1].to_owned()),
        ("JSON", json[1..json.len() - 1].replace('/', "\\/")),
        ("JSON", unit(|c| !c.is_ascii_alphanumeric())),
        ("JSON", unit(|_| true)),
        ("XML", xml(text)),
        ("Rust", format!("{text:?}").trim_matches('"').to_owned()),
        ("shell", text.replace('\'', "'\\''")),
    ];
    // Where it does not begin a group of three bytes, the text before it decides how it looks.
    for before in 0..3 {
        let padded = [&vec![0; before], bytes].concat();
        // So does the text after it, for what is no whole group.
        let whole = padded.len() / 3 * 4;
        for text in [BASE64_STANDARD_NO_PAD.encode(&padded), BASE64_URL_SAFE_NO_PAD.encode(&padded)] {
            forms.push(("base64", text[[0, 2, 3][before]..whole].to_owned()));
        }
    }
    forms.into_iter().map(|(form, text)| (form, text.into_bytes())).collect()
}

fn percent(byte: u8, all: bool) -> String {
    match byte {
        _ if all => format!("%{byte:02X}"),
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// `%2F` as `%2f`, all else as it is.
fn lower_escapes(text: &str) -> String {
    let mut pieces = text.split('%');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + "%" + &piece[..2].to_lowercase() + &piece[2..])
}

fn xml(text: &str) -> String {
    let pairs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&apos;")];
    pairs.into_iter().fold(text.to_owned(), |text, (plain, escaped)| text.replace(plain, escaped))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const SECRET: &str = "Planted0Secret+/=\"'&<\\%Planted1End";

    #[track_caller]
    fn assert_found(bytes: &[u8], form: &str) {
        let scanner = Scanner::new([SECRET, "another-secret-altogether"]);
        let found = scanner.scan(bytes);
        let text = String::from_utf8_lossy(bytes);
        assert!(found.len() == 1 && found[0].secret == SECRET, "{form}: {found:?} in {text}");
        assert!(found[0].form.starts_with(form), "{found:?} in {text}");
    }

    #[test]
    fn a_planted_leak_is_found_in_each_encoding() {
        let hex: String = SECRET.bytes().map(|byte| format!("{byte:02x}")).collect();
        let all: String = SECRET.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let units: String = SECRET.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("sign", SECRET).finish();
        for (form, text) in [
            ("plain", format!("the secret is {SECRET}, keep it")),
            ("URL-encoded", query),
            ("hex", hex.clone()),
            ("hex", hex.to_uppercase()),
            ("URL-encoded", all.to_uppercase()),
            ("JSON", format!("{{\"x\":\"{units}\"}}")),
            ("JSON", serde_json::json!({ "x": SECRET }).to_string()),
            ("JSON", format!("{:?}", Some(SECRET))),
            ("XML", xml(SECRET)),
            // Cut anywhere, one half is still whole.
            ("plain", SECRET[..SECRET.len() / 2].to_owned()),
            ("plain", SECRET[SECRET.len() / 2..].to_owned()),
        ] {
            assert_found(format!("before {text} after").as_bytes(), form);
        }
        for before in ["", "a", "ab", "user:", "{\"k\":\"", "日本"] {
            for after in ["", "z", "zz", "\"}"] {
                let text = format!("{before}{SECRET}{after}");
                assert_found(format!("Basic {}", BASE64_STANDARD_NO_PAD.encode(&text)).as_bytes(), "base64");
                assert_found(BASE64_URL_SAFE_NO_PAD.encode(&text).as_bytes(), "base64");
            }
        }
    }

    /// Where every byte needs escaping, nothing of it is left as it is.
    #[test]
    fn a_secret_of_punctuation_alone_is_found_too() {
        let signs = "+/=\"&<+/=\"&<\\//\\";
        let scanner = Scanner::new([signs]);
        let lower = url::form_urlencoded::byte_serialize(signs.as_bytes()).collect::<String>().to_lowercase();
        for text in [
            url::form_urlencoded::byte_serialize(signs.as_bytes()).collect(),
            lower,
            serde_json::json!([signs]).to_string(),
            serde_json::json!([signs]).to_string().replace('/', "\\/"),
            xml(signs),
        ] {
            assert_eq!(scanner.scan(text.as_bytes()).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_planted_leak_is_found_in_a_zip_file_and_in_the_names_in_it() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        let lines = format!("{}\nkey = {SECRET}\n", "a line like many others\n".repeat(50));
        for (name, content) in [("a.txt", "nothing"), ("folder/b.txt", &lines)] {
            zip.start_file(name, options).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        // Compressed, it can't be seen from outside.
        assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
        assert_found(&bytes, "plain in folder/b.txt");

        let mut named = zip::ZipWriter::new(Cursor::new(Vec::new()));
        named.start_file("Planted0Secret+/", options).unwrap();
        let bytes = named.finish().unwrap().into_inner();
        assert!(!Scanner::new(["Planted0Secret+/"]).scan(&bytes).is_empty());
    }

    #[test]
    fn text_without_a_secret_is_clean() {
        let scanner = Scanner::new([SECRET]);
        assert_eq!(scanner.scan(b""), []);
        assert_eq!(scanner.scan(b"P"), []);
        assert_eq!(scanner.scan(b"Planted0Secre, Planted, ********, [54 68]"), []);
    }
}
