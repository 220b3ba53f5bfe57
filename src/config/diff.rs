//! What an edit changes, as a unified diff with secrets masked.

use super::mask;
use similar::{ChangeTag, TextDiff};

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// The unified diff between two texts of a configuration file; empty if they are the same. A changed plain secret shows
/// as two masked lines.
pub(crate) fn diff(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    // Compared as they are, shown masked: line for line the same.
    let (masked_before, masked_after) = (mask::masked(before), mask::masked(after));
    let old: Vec<&str> = masked_before.split('\n').collect();
    let new: Vec<&str> = masked_after.split('\n').collect();
    let diff = TextDiff::from_lines(before, after);
    let mut drawn = format!("--- {name}\n+++ {name}\n");
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let olds = first.old_range().start..last.old_range().end;
        let news = first.new_range().start..last.new_range().end;
        drawn.push_str(&format!("@@ -{} +{} @@\n", range(olds), range(news)));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (sign, line) = match change.tag() {
                ChangeTag::Delete => ('-', change.old_index().and_then(|index| old.get(index))),
                ChangeTag::Insert => ('+', change.new_index().and_then(|index| new.get(index))),
                ChangeTag::Equal => (' ', change.new_index().and_then(|index| new.get(index))),
            };
            drawn.push(sign);
            drawn.push_str(line.copied().unwrap_or_default().trim_end_matches('\r'));
            drawn.push('\n');
        }
    }
    drawn
}

fn range(lines: std::ops::Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_unified_and_masked() {
        let before = "id = 1\nname = \"a\"\nmaster_secret = \"hunter2\"\n";
        let after = "id = 7005\nname = \"a\"\nmaster_secret = \"hunter3\"\n";
        insta::assert_snapshot!(diff("opush.toml", before, after), @r#"
        --- opush.toml
        +++ opush.toml
        @@ -1,3 +1,3 @@
        -id = 1
        +id = 7005
         name = "a"
        -master_secret = ********
        +master_secret = ********
        "#);
        assert_eq!(diff("f", before, before), "");
    }

    #[test]
    fn a_new_file_is_all_plus() {
        assert_eq!(diff("f", "", "a = 1\n"), "--- f\n+++ f\n@@ -0,0 +1 @@\n+a = 1\n");
    }
}
