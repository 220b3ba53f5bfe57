//! Whether the code of an app holds a text: as a string of its dex files, or as a literal in the sources of its module.

use std::fs;
use std::path::Path;

use super::super::model::AppFile;
use super::unreadable::Unreadable;
use super::whole::whole;
use super::{archive, dex};

/// Files of a module that are looked at before the search gives up.
const FILES: usize = 20_000;
const DEPTH: usize = 24;
const LARGEST_SOURCE: u64 = 1024 * 1024;
const SOURCES: [&str; 5] = ["java", "kt", "xml", "json", "properties"];

/// For each of these texts, whether the code holds it. `None`: the app file comes without code.
///
/// # Errors
/// If the code can't be read.
pub(crate) fn texts_in(app: &AppFile, texts: &[&str]) -> Result<Option<Vec<bool>>, Unreadable> {
    let mut found = vec![false; texts.len()];
    if let Some(path) = &app.archive {
        archive::each_dex(path, |code| {
            dex::each_string(code, |string| {
                for (text, found) in texts.iter().zip(&mut found) {
                    *found |= string == text.as_bytes();
                }
            });
        })?;
        return Ok(Some(found));
    }
    let Some(module) = with_sources(app) else { return Ok(None) };
    each_source(module, &mut |source| {
        for (text, found) in texts.iter().zip(&mut found) {
            *found |= holds_literal(source, text);
        }
    })?;
    Ok(Some(found))
}

/// Whether the sources of the module hold this number. `None`: there are no sources; compiled code keeps numbers too
/// many ways to tell.
///
/// # Errors
/// If a folder can't be read.
pub(crate) fn number_in(app: &AppFile, number: i64) -> Result<Option<bool>, Unreadable> {
    let Some(module) = with_sources(app) else { return Ok(None) };
    let (text, mut found) = (number.to_string(), false);
    each_source(module, &mut |source| found |= holds_number(source, &text))?;
    Ok(Some(found))
}

/// The module, where its sources are there: a merged manifest may have been copied away from them.
fn with_sources(app: &AppFile) -> Option<&Path> {
    app.module.as_deref().filter(|module| module.join("src").is_dir())
}

/// Links are not followed: what they name is not of this folder.
fn each_source(module: &Path, look: &mut impl FnMut(&str)) -> Result<(), Unreadable> {
    let mut open = vec![(module.join("src"), 0)];
    let mut left = FILES;
    while let Some((folder, depth)) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry?;
            left = left.checked_sub(1).ok_or(Unreadable::beyond("files in its sources", FILES))?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() && depth < DEPTH {
                open.push((path, depth + 1));
            } else if kind.is_file()
                && path.extension().is_some_and(|end| SOURCES.iter().any(|known| end == *known))
                // A larger one is no source that a person wrote.
                && let Ok(bytes) = whole(&path, "a source file", LARGEST_SOURCE)
            {
                look(&without_comments(&String::from_utf8_lossy(&bytes)));
            }
        }
    }
    Ok(())
}

/// The lines without those that are a comment, and without a comment at the end of a line.
fn without_comments(source: &str) -> String {
    const BEGINS: [&str; 5] = ["//", "/*", "*", "<!--", "#"];
    let lines =
        source.lines().filter(|line| !BEGINS.iter().any(|begin| line.trim_start().starts_with(begin)));
    let code = lines.map(|line| line.split_once(" //").map_or(line, |(code, _)| code));
    code.collect::<Vec<_>>().join("\n")
}

/// The text between quotes, or as the text of an XML element.
fn holds_literal(source: &str, text: &str) -> bool {
    source.match_indices(text).any(|(at, _)| {
        let before = source.get(..at).and_then(|before| before.chars().next_back());
        let after = source.get(at + text.len()..).and_then(|after| after.chars().next());
        matches!((before, after), (Some('"'), Some('"')) | (Some('\''), Some('\'')) | (Some('>'), Some('<')))
    })
}

/// The number as a word of its own; `L` may follow it.
fn holds_number(source: &str, number: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    source.match_indices(number).any(|(at, _)| {
        let before = source.get(..at).and_then(|before| before.chars().next_back());
        let after = source.get(at + number.len()..).unwrap_or_default();
        let after = after.strip_prefix(['L', 'l']).unwrap_or(after).chars().next();
        !before.is_some_and(is_of_word) && !after.is_some_and(is_of_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_the_whole_text_between_quotes_or_tags() {
        assert!(holds_literal(r#"NotificationChannel("chat", "Chat", 3)"#, "chat"));
        assert!(holds_literal("<string name=\"channel\">chat</string>", "chat"));
        assert!(holds_literal("a = 'chat'", "chat"));
        for other in [r#""chats""#, r#""my chat""#, "chat", "// chat\n", r#"'chat""#] {
            assert!(!holds_literal(other, "chat"), "{other}");
        }
    }

    #[test]
    fn a_comment_is_no_code() {
        let source =
            "// \"chat\"\n * certificate 7005\nval id = 1 // 7005\n<!-- 7005 -->\nval url = \"https://a\"";
        let code = without_comments(source);
        assert!(!holds_literal(&code, "chat") && !holds_number(&code, "7005"), "{code}");
        assert!(holds_literal(&code, "https://a") && holds_number(&code, "1"), "{code}");
    }

    #[test]
    fn a_number_is_a_word_of_its_own() {
        for source in ["long OPPO_PUSH_BUZID = 7005;", "7005L", "(7005)", "\"7005\""] {
            assert!(holds_number(source, "7005"), "{source}");
        }
        for source in ["17005", "70051", "7005.5", "X7005", "7005_0", "7005La"] {
            assert!(!holds_number(source, "7005"), "{source}");
        }
    }
}
