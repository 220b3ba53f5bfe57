//! An app bundle's manifest and resource table: protobuf, as aapt2's Resources.proto has it. Read field by field, so
//! that nothing is made of what is not needed.

use std::collections::BTreeSet;

use super::references::{self, Values};
use super::tree::{Builder, Element, Namespace};
use super::unreadable::Unreadable;

#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    fn bytes(self) -> &'a [u8] {
        if let Value::Bytes(bytes) = self { bytes } else { &[] }
    }

    fn number(self) -> u32 {
        if let Value::Number(number) = self { u32::try_from(number).unwrap_or(0) } else { 0 }
    }

    fn text(self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }
}

/// The fields of a message in their order; `None` for one that is cut short, which is the last.
fn fields(message: &[u8]) -> impl Iterator<Item = Option<(u64, Value<'_>)>> {
    let mut rest = message;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let field = field(&mut rest);
        if field.is_none() {
            rest = &[];
        }
        Some(field)
    })
}

fn field<'a>(rest: &mut &'a [u8]) -> Option<(u64, Value<'a>)> {
    let tag = varint(rest)?;
    let value = match tag & 7 {
        0 => Value::Number(varint(rest)?),
        1 => Value::Bytes(taken(rest, 8)?),
        2 => {
            let length = usize::try_from(varint(rest)?).ok()?;
            Value::Bytes(taken(rest, length)?)
        }
        5 => Value::Bytes(taken(rest, 4)?),
        _ => return None,
    };
    Some((tag >> 3, value))
}

fn taken<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn cut() -> Unreadable {
    Unreadable::truncated("the bundle's manifest or resource table")
}

/// The last value of a field, which is the one that counts.
fn last(message: &[u8], wanted: u64) -> Result<Option<Value<'_>>, Unreadable> {
    let mut found = None;
    for field in fields(message) {
        let (number, value) = field.ok_or_else(cut)?;
        if number == wanted {
            found = Some(value);
        }
    }
    Ok(found)
}

fn bytes(message: &[u8], wanted: u64) -> Result<&[u8], Unreadable> {
    Ok(last(message, wanted)?.map_or(&[], Value::bytes))
}

/// Reads the manifest: an `XmlNode`.
pub(super) fn read(message: &[u8]) -> Result<Element, Unreadable> {
    let mut builder = Builder::default();
    node(message, &mut builder)?;
    builder.finish()
}

/// An `XmlNode`: an element with its line, or text. The builder ends what is nested too deep.
fn node(message: &[u8], builder: &mut Builder) -> Result<(), Unreadable> {
    let element = bytes(message, 1)?;
    if element.is_empty() {
        return Ok(());
    }
    let line = last(bytes(message, 3)?, 1)?.map(Value::number);
    let name = last(element, 3)?.map_or(String::new(), Value::text);
    builder.open(&name, line)?;
    for field in fields(element) {
        match field.ok_or_else(cut)? {
            (4, value) => attribute(value.bytes(), builder)?,
            (5, value) => node(value.bytes(), builder)?,
            _ => {}
        }
    }
    builder.close()
}

/// An `XmlAttribute`: its text, and the compiled value where the text was replaced by one.
fn attribute(message: &[u8], builder: &mut Builder) -> Result<(), Unreadable> {
    let text = |field| Ok::<_, Unreadable>(last(message, field)?.map_or(String::new(), Value::text));
    let compiled = bytes(message, 6)?;
    let value = match item(compiled)? {
        Some(value) if value.starts_with('@') || text(3)?.is_empty() => value,
        _ => text(3)?,
    };
    builder.attribute(Namespace::of(&text(1)?), &text(2)?, &value)
}

/// An `Item`: a reference, a string, or a number or boolean. `None`: it is of another kind.
fn item(message: &[u8]) -> Result<Option<String>, Unreadable> {
    let mut found = None;
    for field in fields(message) {
        match field.ok_or_else(cut)? {
            (1, reference) => {
                let reference = reference.bytes();
                let id = last(reference, 2)?.map_or(0, Value::number);
                let name = last(reference, 3)?.map_or(String::new(), Value::text);
                found = Some(if id == 0 { format!("@{name}") } else { references::text(id) });
            }
            // String, RawString and StyledString hold their text in the first field.
            (2..=4, string) => found = last(string.bytes(), 1)?.map(Value::text),
            (7, primitive) => found = number(primitive.bytes())?,
            _ => {}
        }
    }
    Ok(found)
}

/// A `Primitive`, as far as a manifest needs it.
fn number(message: &[u8]) -> Result<Option<String>, Unreadable> {
    let mut found = None;
    for field in fields(message) {
        let (kind, value) = field.ok_or_else(cut)?;
        found = match kind {
            6 | 7 => Some(value.number().cast_signed().to_string()),
            8 => Some((value.number() != 0).to_string()),
            _ => found,
        };
    }
    Ok(found)
}

/// What these references mean, by the `ResourceTable`. References that lead to others take another pass.
pub(super) fn values(table: &[u8], wanted: BTreeSet<u32>) -> Result<Values, Unreadable> {
    const PASSES: usize = 4;
    let mut open = wanted;
    let mut known = Values::new();
    for _ in 0..PASSES {
        scan(table, &open, &mut known)?;
        open = known.values().filter_map(|value| references::id(value)).collect();
        open.retain(|id| !known.contains_key(id));
        if open.is_empty() {
            break;
        }
    }
    let followed = |id: &u32| {
        let mut value = known.get(id)?;
        for _ in 0..PASSES {
            match references::id(value) {
                Some(next) => value = known.get(&next)?,
                None => return Some((*id, value.clone())),
            }
        }
        None
    };
    Ok(known.keys().filter_map(followed).collect())
}

/// `ResourceTable` › `Package` › `Type` › `Entry` › `ConfigValue`.
fn scan(table: &[u8], wanted: &BTreeSet<u32>, known: &mut Values) -> Result<(), Unreadable> {
    let id = |message| Ok::<_, Unreadable>(last(bytes(message, 1)?, 1)?.map_or(0, Value::number));
    let each = |message, wanted| {
        let all = fields(message).map(|field| field.ok_or_else(cut));
        all.filter(move |field| field.as_ref().is_ok_and(|(number, _)| *number == wanted) || field.is_err())
            .map(|field| field.map(|(_, value)| value.bytes()))
    };
    for package in each(table, 2) {
        let package = package?;
        let of_package = id(package)? << 24;
        for of_type in each(package, 3) {
            let of_type = of_type?;
            let of_type_id = of_package | (id(of_type)? & 0xff) << 16;
            for entry in each(of_type, 3) {
                let entry = entry?;
                let id = of_type_id | (id(entry)? & 0xffff);
                if wanted.contains(&id)
                    && let Some(value) = value_of(entry)?
                {
                    known.insert(id, value);
                }
            }
        }
    }
    Ok(())
}

/// The value of an entry: that without a configuration, else the first.
fn value_of(entry: &[u8]) -> Result<Option<String>, Unreadable> {
    let mut first = None;
    for field in fields(entry) {
        let (6, configured) = field.ok_or_else(cut)? else { continue };
        let value = item(bytes(bytes(configured.bytes(), 2)?, 4)?)?;
        if bytes(configured.bytes(), 1)?.is_empty() {
            return Ok(value);
        }
        first = first.or(value);
    }
    Ok(first)
}
