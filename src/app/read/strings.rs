//! References of a source manifest such as `@string/scheme`, looked up in `res/values` of its module.
//! Other configurations and build types may have other values; a manifest without a module keeps its references.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::whole::whole;

const FILES: usize = 1_000;
const VALUES: usize = 200_000;
const LARGEST: u64 = 1024 * 1024;
/// A reference that leads to a reference; Android gives up at some depth too.
const CHAIN: usize = 20;

/// The values of a module, read when the first is needed.
pub(super) struct Strings {
    folder: Option<PathBuf>,
    /// By `string/scheme`.
    values: HashMap<String, String>,
}

impl Strings {
    pub(super) fn of(module: Option<&Path>) -> Strings {
        Strings { folder: module.map(|module| module.join("src/main/res/values")), values: HashMap::new() }
    }

    /// What `@string/scheme` means, through references to references.
    pub(super) fn resolve(&mut self, reference: &str) -> Option<String> {
        if let Some(folder) = self.folder.take() {
            self.values = values_in(&folder);
        }
        let mut text = reference;
        for _ in 0..CHAIN {
            let Some(name) = text.strip_prefix('@').filter(|name| name.contains('/')) else {
                return Some(text.to_owned());
            };
            text = self.values.get(name)?;
        }
        None
    }
}

/// A folder that can't be read has no values: the references stay open, which is said.
fn values_in(folder: &Path) -> HashMap<String, String> {
    let mut values = HashMap::new();
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).take(FILES);
    let mut files: Vec<PathBuf> = files
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "xml"))
        .collect();
    files.sort();
    for file in files {
        if let Ok(bytes) = whole(&file, "a file of values", LARGEST) {
            values_of(&String::from_utf8_lossy(&bytes), &mut values);
        }
    }
    values
}

/// Takes what can be read; a file with broken XML ends there.
pub(super) fn values_of(text: &str, values: &mut HashMap<String, String>) {
    let mut reader = Reader::from_str(text);
    // The value that is open: its key and its text so far.
    let mut open: Option<(String, String)> = None;
    let mut depth = 0_usize;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof | Event::DocType(_) => return,
            Event::Start(start) => {
                depth += 1;
                open = if depth == 2 { key(&start).map(|key| (key, String::new())) } else { None };
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let Some((key, text)) = open.take().filter(|_| values.len() < VALUES) {
                    values.insert(key, plain(&text));
                }
            }
            Event::Text(part) => {
                if let Some((_, text)) = &mut open {
                    text.push_str(&String::from_utf8_lossy(&part));
                }
            }
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", String::from_utf8_lossy(&entity));
                match (&mut open, unescape(&entity)) {
                    (Some((_, text)), Ok(character)) => text.push_str(&character),
                    _ => open = None,
                }
            }
            Event::CData(part) => {
                if let Some((_, text)) = &mut open {
                    text.push_str(&String::from_utf8_lossy(&part));
                }
            }
            _ => {}
        }
    }
}

/// `string/NAME` of `<string name="NAME">` and of `<item type="string" name="NAME">`.
fn key(start: &BytesStart<'_>) -> Option<String> {
    let attribute = |name: &str| {
        let found = start.try_get_attribute(name).ok().flatten()?;
        Some(String::from_utf8_lossy(&found.value).into_owned())
    };
    let element = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
    let kind = if element == "item" { attribute("type")? } else { element };
    Some(format!("{kind}/{}", attribute("name")?))
}

/// The value as the build keeps it: white space folded, quotes and backslashes of the resource file taken away.
fn plain(text: &str) -> String {
    let text = text.trim();
    if let Some(quoted) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        return quoted.replace('\\', "");
    }
    let folded: Vec<&str> = text.split_whitespace().collect();
    folded.join(" ").replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Strings {
        let mut values = HashMap::new();
        values_of(text, &mut values);
        Strings { folder: None, values }
    }

    #[test]
    fn strings_booleans_and_items_are_found_through_references() {
        let mut strings = strings(
            "<resources xmlns:x='urn:x'><!-- c --><string name='scheme'>shop</string>\n\
             <string name=\"host\" translatable='false'> a.example.com\n </string>\
             <string name='again'>@string/scheme</string><bool name='push'>true</bool>\
             <item type='string' name='item'>one &amp; two</item><string name='quote'>it\\'s</string>\
             <string name='mixed'>a <b>bold</b> word</string><string name='me'>@string/me</string></resources>",
        );
        for (reference, expected) in [
            ("@string/scheme", Some("shop")),
            ("@string/host", Some("a.example.com")),
            ("@string/again", Some("shop")),
            ("@bool/push", Some("true")),
            ("@string/item", Some("one & two")),
            ("@string/quote", Some("it's")),
            ("@string/mixed", None),
            ("@string/me", None),
            ("@string/other", None),
            ("@bool/scheme", None),
        ] {
            assert_eq!(strings.resolve(reference).as_deref(), expected, "{reference}");
        }
    }

    #[test]
    fn broken_files_give_what_is_before_the_break_and_nothing_is_expanded() {
        let mut broken = strings("<resources><string name='a'>x</string><string name='b'>y</wrong>");
        assert_eq!(broken.resolve("@string/a").as_deref(), Some("x"));
        assert_eq!(broken.resolve("@string/b"), None);
        let bomb = "<!DOCTYPE r [<!ENTITY a 'aaaa'>]><resources><string name='a'>&a;</string></resources>";
        assert_eq!(strings(bomb).resolve("@string/a"), None);
        let entity = "<resources><string name='a'>&other;</string></resources>";
        assert_eq!(strings(entity).resolve("@string/a"), None);
    }
}
