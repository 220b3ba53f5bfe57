//! What an app's own code or the push plugin's configuration holds of an OPPO certificate: read from each form, and written
//! in each. No secret is taken from it or put into it.

mod code;
mod json;
mod lines;
mod names;
mod pair;
mod write;

pub(crate) use names::Meaning;
pub(crate) use pair::Pair;
pub(crate) use write::{ConstantsForm, export};

/// A value of OPPO's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Constant {
    pub(crate) meaning: Meaning,
    pub(crate) pair: Pair,
}

/// What a file holds of an OPPO certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Constants {
    /// In the order of the file; an empty value is none.
    pub(crate) found: Vec<Constant>,
    /// Secrets by their names, which are never taken. The values are not kept.
    pub(crate) secrets: Vec<Pair>,
}

impl Constants {
    /// Reads JSON, Java, Kotlin, properties or variables. `file` helps to tell which, by its ending.
    pub(crate) fn read(text: &str, file: &str) -> Constants {
        let text = text.trim_start_matches('\u{feff}');
        let pairs = match () {
            () if text.trim_start().starts_with('{') && json::is_json(text) => json::pairs(text),
            () if [".java", ".kt", ".kts"].iter().any(|end| file.ends_with(end)) => code::pairs(text),
            () => {
                // A class of constants has no line of the form NAME=VALUE that is not code too.
                let lines = Constants::of(lines::pairs(text));
                let code = Constants::of(code::pairs(text));
                return if code.found.len() > lines.found.len() { code } else { lines };
            }
        };
        Constants::of(pairs)
    }

    fn of(pairs: Vec<Pair>) -> Constants {
        let mut constants = Constants::default();
        for pair in pairs {
            match Meaning::of(&pair.name) {
                Some(meaning) if meaning.is_secret() => {
                    constants.secrets.push(Pair { value: String::new(), ..pair });
                }
                Some(meaning) if !pair.value.is_empty() => constants.found.push(Constant { meaning, pair }),
                _ => {}
            }
        }
        constants
    }

    /// The first value of this meaning.
    pub(crate) fn value(&self, meaning: Meaning) -> Option<&Pair> {
        self.found.iter().find(|constant| constant.meaning == meaning).map(|constant| &constant.pair)
    }

    /// A value of this meaning that differs from the first.
    pub(crate) fn other(&self, meaning: Meaning) -> Option<&Pair> {
        let first = self.value(meaning)?;
        let mut all = self.found.iter().filter(|constant| constant.meaning == meaning);
        all.find(|constant| constant.pair.value != first.value).map(|constant| &constant.pair)
    }
}

#[cfg(test)]
mod tests;
