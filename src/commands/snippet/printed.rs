//! What `opush snippet` prints: the code itself, or where it was written.
//! What the code says belongs to the room `snippet`.

use schemars::JsonSchema;
use serde::Serialize;

use super::out::Place;
use crate::failure::Warning;
use crate::output::{Page, Report};
use crate::snippet::{Language, Made, Sdk, Snippet};

/// What `snippet --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Written {
    pub(super) profile: String,
    /// The certificate's ID.
    pub(super) certificate: i64,
    pub(super) items: Vec<Item>,
    #[serde(skip)]
    pub(super) title: bool,
    #[serde(skip)]
    pub(super) warnings: Vec<Warning>,
}

/// One piece of code.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Item {
    /// channel, manifest, constants, token, receiver or sender.
    name: Snippet,
    /// The file's name, without a folder.
    file: String,
    /// java, kotlin or xml.
    language: Language,
    /// v2tim or legacy; null where both need the same.
    sdk: Option<Sdk>,
    text: String,
    /// With --out: where it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// With --out: the file was there with this content, and was left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<bool>,
}

impl Item {
    pub(super) fn from(made: Made, place: Option<Place>) -> Self {
        Item {
            name: made.snippet,
            file: made.file,
            language: made.language,
            sdk: made.sdk,
            text: made.text,
            unchanged: place.as_ref().map(|place| place.unchanged),
            path: place.map(|place| place.path.display().to_string()),
        }
    }
}

impl Report for Written {
    fn text(&self, page: &mut Page) {
        for (number, item) in self.items.iter().enumerate() {
            if let Some(path) = &item.path {
                let done = if item.unchanged == Some(true) { "unchanged" } else { "written  " };
                page.line(format!("{done}  {path}"));
                continue;
            }
            if self.title {
                if number > 0 {
                    page.blank();
                }
                page.line(format!("==> {} <==", item.file));
            }
            page.lines(&item.text);
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}
