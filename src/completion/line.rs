//! The words of a bash command line as opush would be given them: bash hands them over quoted, and split at `=` and `:` too.
//! What they may become belongs to `answer`.

/// The words up to the one under the cursor, and the part of that word before what bash replaces.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) words: Vec<String>,
    pub(crate) before: String,
    /// The part that bash replaces begins with a quotation mark, which then also protects what it becomes.
    pub(crate) quoted: bool,
}

/// Joins what bash has split: two words between which the line has no space are one.
pub(crate) fn read(line: &str, split: &[String]) -> Typed {
    let mut words: Vec<String> = Vec::new();
    let mut before = String::new();
    let mut rest = line;
    for part in split {
        let found = rest.trim_start();
        let apart = found.len() < rest.len() || words.is_empty();
        // Where the line does not go on with the word, as after history expansion, each stays a word of its own.
        let (apart, after) = match found.strip_prefix(part.as_str()) {
            Some(after) => (apart, after),
            None => (true, rest),
        };
        rest = after;
        match words.last_mut() {
            Some(last) if !apart => {
                before = last.clone();
                last.push_str(part);
            }
            _ => {
                before = String::new();
                words.push(part.clone());
            }
        }
    }
    // bash replaces what follows a separator, not the separator.
    if split.last().is_some_and(|last| !last.is_empty() && last.bytes().all(|byte| b"=:".contains(&byte))) {
        before = words.last().cloned().unwrap_or_default();
    }
    let quoted = split.last().is_some_and(|last| last.starts_with(['"', '\'']));
    Typed { words: words.iter().map(|word| plain(word)).collect(), before: plain(&before), quoted }
}

/// The word without its quoting, which may not be closed yet.
pub(crate) fn plain(word: &str) -> String {
    let mut text = String::new();
    let mut within = None;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        match (letter, within) {
            ('\\', None) => text.extend(letters.next()),
            ('\\', Some('"')) => match letters.next() {
                Some(next @ ('"' | '\\' | '$' | '`')) => text.push(next),
                next => text.extend(std::iter::once('\\').chain(next)),
            },
            ('"' | '\'', None) => within = Some(letter),
            (mark, Some(open)) if mark == open => within = None,
            _ => text.push(letter),
        }
    }
    text
}

/// The text as bash reads it back as one word.
pub(crate) fn escaped(text: &str) -> String {
    let harmless = |letter: char| letter.is_alphanumeric() || "-_./=:@%+,~^".contains(letter);
    let mut whole = String::new();
    for letter in text.chars() {
        if !harmless(letter) {
            whole.push('\\');
        }
        whole.push(letter);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(line: &str, split: &[&str]) -> (Vec<String>, String) {
        let split: Vec<String> = split.iter().map(ToString::to_string).collect();
        let typed = read(line, &split);
        (typed.words, typed.before)
    }

    #[test]
    fn what_bash_split_is_one_word_again() {
        let (words, before) = typed("opush send --profile=ch", &["opush", "send", "--profile", "=", "ch"]);
        assert_eq!((words[2].as_str(), before.as_str()), ("--profile=ch", "--profile="));
        let (words, before) = typed("opush send --profile=", &["opush", "send", "--profile", "="]);
        assert_eq!((words[2].as_str(), before.as_str()), ("--profile=", "--profile="));
        let (words, before) = typed("opush im kick a:b:c", &["opush", "im", "kick", "a", ":", "b", ":", "c"]);
        assert_eq!((words[3].as_str(), before.as_str()), ("a:b:c", "a:b:"));
    }

    #[test]
    fn words_apart_stay_apart() {
        let (words, before) = typed("opush  profile use ", &["opush", "profile", "use", ""]);
        assert_eq!((words, before.as_str()), (["opush", "profile", "use", ""].map(String::from).into(), ""));
        let (words, _) = typed("something else", &["opush", "profile", "ad"]);
        assert_eq!(words, ["opush", "profile", "ad"]);
    }

    #[test]
    fn quoting_is_taken_off() {
        for (quoted, text) in
            [("'a b", "a b"), ("\"a \\\"b\\n", "a \"b\\n"), ("a\\ b", "a b"), ("a'b\"c'd", "ab\"cd")]
        {
            assert_eq!(plain(quoted), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_reads_back_as_it_was(text in "[^\n\\p{Cc}]*") {
            prop_assert_eq!(plain(&escaped(&text)), text);
        }

        #[test]
        fn any_line_and_words_are_read(line in ".*", split in proptest::collection::vec(".*", 0..5)) {
            read(&line, &split);
        }
    }
}
