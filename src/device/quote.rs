//! Words for the phone's shell: adb joins what it is given with spaces, and `sh` on the phone takes the line apart again.

use super::error::DeviceError;

/// One command line, each word quoted so that the phone's shell gives it to the program as it is.
pub(super) fn line(words: &[&str]) -> Result<String, DeviceError> {
    let quoted = words.iter().map(|word| quoted(word)).collect::<Result<Vec<String>, _>>()?;
    Ok(quoted.join(" "))
}

fn quoted(word: &str) -> Result<String, DeviceError> {
    if word.contains('\0') {
        return Err(DeviceError::Nul(crate::click::quoted(word)));
    }
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | ':' | ',' | '@' | '%' | '+' | '-')
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        return Ok(word.to_owned());
    }
    // Nothing but the quote itself means anything between single quotes.
    Ok(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::process::Command;

    /// The words as a shell takes the line apart.
    fn taken_apart(line: &str) -> Vec<String> {
        let printed = Command::new("sh").args(["-c", &format!(r"printf '%s\0' {line}")]).output().unwrap();
        assert!(printed.status.success() && printed.stderr.is_empty(), "{line}");
        let text = String::from_utf8(printed.stdout).unwrap();
        text.split_terminator('\0').map(str::to_owned).collect()
    }

    #[test]
    fn hostile_words_come_through_a_real_shell() {
        let hostile = [
            "plain",
            "",
            " ",
            "a b",
            "'",
            "''",
            "it's",
            "\"",
            "`id`",
            "$(id)",
            "$HOME",
            "a;id",
            "a&id",
            "a|id",
            ">x",
            "*",
            "~",
            "~root",
            "#",
            "!",
            "\\",
            "\\'",
            "a\nid",
            "\t",
            "--es",
            "-",
            "(",
            "{a,b}",
            "a=b",
            "é你好😀",
            "\u{1b}[31m",
            "'; rm -rf /; '",
        ];
        assert_eq!(taken_apart(&line(&hostile).unwrap()), hostile);
        assert!(matches!(line(&["a\0b"]), Err(DeviceError::Nul(_))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("OPUSH_ALL_TESTS").is_some() { 512 } else { 32 }))]
        #[test]
        fn any_words_come_through_a_real_shell(words in proptest::collection::vec("[^\0]{0,12}", 1..6)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(taken_apart(&line(&words).unwrap()), words);
        }
    }
}
