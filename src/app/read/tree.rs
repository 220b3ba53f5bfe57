//! One tree for every form of a manifest, made within limits that no hostile file can pass.

use super::unreadable::Unreadable;

pub(super) const ANDROID: &str = "http://schemas.android.com/apk/res/android";
pub(super) const TOOLS: &str = "http://schemas.android.com/tools";

/// Real manifests have a few thousand elements, of at most seven levels.
const ELEMENTS: usize = 50_000;
const ATTRIBUTES: usize = 200_000;
const ATTRIBUTES_OF_ONE: usize = 500;
const DEPTH: usize = 60;
/// Bytes of all names and values; a pool's string may be used many times.
const TEXT: usize = 8 * 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Namespace {
    None,
    Android,
    Tools,
    Other,
}

impl Namespace {
    pub(super) fn of(uri: &str) -> Namespace {
        match uri {
            "" => Namespace::None,
            ANDROID => Namespace::Android,
            TOOLS => Namespace::Tools,
            _ => Namespace::Other,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(in crate::app) struct Attribute {
    pub(in crate::app) namespace: Namespace,
    pub(in crate::app) name: String,
    /// As it is written in a source manifest; a reference of a binary one is `@0x7f0a0001`.
    pub(in crate::app) value: String,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Element {
    pub(in crate::app) name: String,
    /// The line in the source, also where a binary form has kept it.
    pub(in crate::app) line: Option<u32>,
    pub(in crate::app) attributes: Vec<Attribute>,
    pub(in crate::app) children: Vec<Element>,
}

impl Element {
    fn value(&self, namespace: Namespace, name: &str) -> Option<&str> {
        let wanted = |attribute: &&Attribute| attribute.namespace == namespace && attribute.name == name;
        self.attributes.iter().find(wanted).map(|attribute| attribute.value.as_str())
    }

    /// `android:NAME`.
    pub(in crate::app) fn android(&self, name: &str) -> Option<&str> {
        self.value(Namespace::Android, name)
    }

    /// An attribute without a namespace.
    pub(in crate::app) fn plain(&self, name: &str) -> Option<&str> {
        self.value(Namespace::None, name)
    }

    /// `tools:NAME`.
    pub(in crate::app) fn tools(&self, name: &str) -> Option<&str> {
        self.value(Namespace::Tools, name)
    }
}

/// Makes the tree from what a reader meets, and refuses what is beyond the limits.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
    attributes: usize,
    text: usize,
}

impl Builder {
    pub(super) fn open(&mut self, name: &str, line: Option<u32>) -> Result<(), Unreadable> {
        self.elements += 1;
        self.add_text(name)?;
        if self.elements > ELEMENTS {
            return Err(Unreadable::beyond("elements in the manifest", ELEMENTS));
        }
        if self.open.len() >= DEPTH {
            return Err(Unreadable::beyond("levels of elements in the manifest", DEPTH));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(Unreadable::damaged("the manifest has a second root element"));
        }
        self.open.push(Element { name: name.to_owned(), line, ..Element::default() });
        Ok(())
    }

    /// An attribute of the element that was opened last.
    pub(super) fn attribute(
        &mut self,
        namespace: Namespace,
        name: &str,
        value: &str,
    ) -> Result<(), Unreadable> {
        self.attributes += 1;
        self.add_text(name)?;
        self.add_text(value)?;
        let Some(element) = self.open.last_mut() else { return Ok(()) };
        if self.attributes > ATTRIBUTES || element.attributes.len() >= ATTRIBUTES_OF_ONE {
            return Err(Unreadable::beyond("attributes of one element in the manifest", ATTRIBUTES_OF_ONE));
        }
        let (name, value) = (name.to_owned(), value.to_owned());
        element.attributes.push(Attribute { namespace, name, value });
        Ok(())
    }

    pub(super) fn close(&mut self) -> Result<(), Unreadable> {
        let closed = self
            .open
            .pop()
            .ok_or(Unreadable::damaged("an element of the manifest ends that did not begin"))?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Element, Unreadable> {
        if let Some(element) = self.open.last() {
            return Err(Unreadable::damaged(format!("the manifest ends inside <{}>", element.name)));
        }
        self.root.ok_or(Unreadable::damaged("the manifest has no element"))
    }

    fn add_text(&mut self, text: &str) -> Result<(), Unreadable> {
        self.text += text.len();
        if self.text > TEXT {
            return Err(Unreadable::beyond("bytes of text in the manifest", TEXT));
        }
        Ok(())
    }
}
