//! A manifest as people write it, or as the build has merged it: XML text.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::tree::{Builder, Element, Namespace};
use super::unreadable::Unreadable;

/// Reads XML. Nothing is expanded but the five entities of XML itself; a document type is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Element, Unreadable> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|_| Unreadable::damaged("the manifest is neither UTF-8 text nor binary XML"))?;
    let mut reader = Reader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut scopes = Scopes::default();
    let mut builder = Builder::default();
    loop {
        let before = reader.buffer_position();
        let event = reader.read_event().map_err(|error| {
            let line = Lines { text, at: 0, line: 1 }.of(reader.error_position());
            Unreadable::damaged(format!("line {line} is not XML: {error}"))
        })?;
        match event {
            Event::Start(start) => open(&start, lines.of(before), &mut scopes, &mut builder)?,
            Event::Empty(start) => {
                open(&start, lines.of(before), &mut scopes, &mut builder)?;
                scopes.close();
                builder.close()?;
            }
            Event::End(_) => {
                scopes.close();
                builder.close()?;
            }
            Event::DocType(_) => {
                let why = "the manifest has a document type; Android's manifests have none";
                return Err(Unreadable::damaged(why));
            }
            Event::Eof => return builder.finish(),
            _ => {}
        }
    }
}

fn open(
    start: &BytesStart<'_>,
    line: u32,
    scopes: &mut Scopes,
    builder: &mut Builder,
) -> Result<(), Unreadable> {
    let broken = |why: String| Unreadable::damaged(format!("line {line} is not XML: {why}"));
    builder.open(&String::from_utf8_lossy(start.local_name().as_ref()), Some(line))?;
    let mut given: Vec<(String, String)> = Vec::new();
    scopes.depth += 1;
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| broken(error.to_string()))?;
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| broken(error.to_string()))?;
        match name.strip_prefix("xmlns").map(|rest| rest.strip_prefix(':').unwrap_or(rest)) {
            Some(prefix) if name == "xmlns" || name.starts_with("xmlns:") => {
                scopes.declare(prefix, Namespace::of(&value))?;
            }
            _ => given.push((name, value.into_owned())),
        }
        if given.len() > MOST {
            return Err(Unreadable::beyond("attributes of one element in the manifest", MOST));
        }
    }
    for (at, (name, value)) in given.iter().enumerate() {
        if given[..at].iter().any(|(other, _)| other == name) {
            return Err(broken(format!("the attribute {name} is there twice")));
        }
        let (namespace, local) = match name.split_once(':') {
            None => (Namespace::None, name.as_str()),
            Some((prefix, local)) => {
                let known = scopes.find(prefix);
                (known.ok_or_else(|| broken(format!("the prefix {prefix}: is not declared")))?, local)
            }
        };
        builder.attribute(namespace, local, value)?;
    }
    Ok(())
}

/// Attributes that one element may have before they are compared with each other.
const MOST: usize = 500;

/// The namespaces that are declared where the reader is.
#[derive(Default)]
struct Scopes {
    declared: Vec<(usize, String, Namespace)>,
    depth: usize,
}

impl Scopes {
    fn declare(&mut self, prefix: &str, namespace: Namespace) -> Result<(), Unreadable> {
        const LIMIT: usize = 100;
        self.declared.push((self.depth, prefix.to_owned(), namespace));
        if self.declared.len() > LIMIT {
            return Err(Unreadable::beyond("namespaces in the manifest", LIMIT));
        }
        Ok(())
    }

    fn find(&self, prefix: &str) -> Option<Namespace> {
        let declared = self.declared.iter().rev().find(|(_, known, _)| known == prefix);
        declared.map(|(_, _, namespace)| *namespace).or((prefix == "xml").then_some(Namespace::Other))
    }

    fn close(&mut self) {
        let depth = self.depth;
        self.declared.retain(|(at, _, _)| *at < depth);
        self.depth = depth.saturating_sub(1);
    }
}

/// Counts lines while the reader goes on.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of this position, which is never before the last one.
    fn of(&mut self, position: u64) -> u32 {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.at..position).unwrap_or_default();
        self.line += u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
        self.at = position.max(self.at);
        self.line
    }
}
