//! "did you mean": the nearest of the words that would have been right.
//! What is done with the suggestion is up to who reports the problem.

/// The nearest candidate, if it is near enough to be what was meant.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
    let word = plain(word);
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let near = (candidate.chars().count() / 3).max(1);
            let plain = plain(candidate);
            // Words of very different lengths are not compared letter by letter: one may be the whole file.
            let comparable = plain.chars().count().abs_diff(length) <= near;
            let distance = comparable.then(|| strsim::damerau_levenshtein(&plain, &word))?;
            (distance <= near).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A hint that names the nearest candidate, or else all of them.
pub(crate) fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(word, candidates.clone()) {
        Some(candidate) => format!("did you mean {candidate:?}?"),
        None => format!("use one of {}", list(candidates)),
    }
}

/// The words of a closed set, in its order.
pub(crate) fn words<T: strum::VariantArray + Copy + Into<&'static str>>()
-> impl Iterator<Item = &'static str> + Clone {
    T::VARIANTS.iter().map(|value| (*value).into())
}

/// `a, b, c`
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let keys = ["channel_id", "app_id", "app_key", "master_secret"];
        assert_eq!(nearest("chanel_id", keys), Some("channel_id"));
        assert_eq!(nearest("appId", keys), Some("app_id"));
        assert_eq!(nearest("MasterSecret", keys), Some("master_secret"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(hint("colour", ["a", "b"]), "use one of a, b");
        assert_eq!(nearest("", ["cn"]), None);
    }
}
