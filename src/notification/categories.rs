//! OPPO's message classes (OPPO reference, section 5).

use crate::click::quoted;

/// Of communication and service, then of content and marketing.
pub(crate) const CATEGORIES: [&str; 10] = [
    "IM",
    "ACCOUNT",
    "TODO",
    "DEVICE_REMINDER",
    "ORDER",
    "SUBSCRIPTION",
    "NEWS",
    "CONTENT",
    "MARKETING",
    "SOCIAL",
];

/// The hint for a category that is not in the list.
pub(crate) const UNUSUAL_HINT: &str = "OPPO answers 67 for a category that it does not know; known are IM, ACCOUNT, TODO, DEVICE_REMINDER, ORDER, SUBSCRIPTION, NEWS, CONTENT, MARKETING and SOCIAL";

/// Those of content and marketing; private templates do not hold for these.
pub(crate) fn is_marketing(category: &str) -> bool {
    CATEGORIES[6..].contains(&category)
}

/// The category that begins most alike, or that is nearly spelt so.
pub(crate) fn near(category: &str) -> Option<&'static str> {
    let typed = category.to_ascii_uppercase();
    let alike =
        |known: &&str| known.bytes().zip(typed.bytes()).take_while(|(one, other)| one == other).count();
    let spelt = |known: &str| strsim::damerau_levenshtein(known, &typed) <= known.len() / 4;
    let fits = |known: &&str| alike(known) >= 3 || *known == typed || spelt(known);
    CATEGORIES.into_iter().filter(fits).max_by_key(alike)
}

/// A category that is not in the list, in quotes, with the near one if there is one.
pub(crate) fn unusual(category: &str) -> Option<String> {
    if CATEGORIES.contains(&category) {
        return None;
    }
    Some(match near(category) {
        Some(near) => format!("{}; did you mean {near}?", quoted(category)),
        None => quoted(category),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_names_every_category() {
        let names: Vec<&str> = UNUSUAL_HINT.split([' ', ',', ';']).collect();
        for category in CATEGORIES {
            assert!(names.contains(&category), "{category}");
        }
    }
}
