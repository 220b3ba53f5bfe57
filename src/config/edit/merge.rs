//! Carries a change over to the original lines, so that line ends, byte for byte, stay what they were: the TOML
//! library knows only one kind. What the change is belongs to `draft`.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// `original` with the difference between `baseline` and `changed` made in it. `baseline` must be the original line for
/// line, but for white space, which the TOML library does not keep everywhere; `None` if it is not.
pub(super) fn merge(original: &str, baseline: &str, changed: &str) -> Option<String> {
    let originals: Vec<&str> = original.split_inclusive('\n').collect();
    let old: Vec<&str> = baseline.lines().collect();
    let new: Vec<&str> = changed.lines().collect();
    let black = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let faithful = originals.len() == old.len()
        && originals.iter().zip(&old).all(|(original, old)| black(original) == black(old));
    if !faithful {
        return None;
    }
    let windows = original.matches("\r\n").count() * 2 > original.matches('\n').count();
    let end = if windows { "\r\n" } else { "\n" };
    let mut merged = String::with_capacity(original.len() + changed.len());
    let put = |merged: &mut String, line: &str| {
        // The original's last line may have no end.
        if !merged.is_empty() && !merged.ends_with('\n') {
            merged.push_str(end);
        }
        merged.push_str(line);
    };
    let mut appended = false;
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        appended = matches!(op, DiffOp::Insert { .. });
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                originals[old_index..old_index + len].iter().for_each(|line| put(&mut merged, line));
            }
            DiffOp::Delete { .. } => {}
            DiffOp::Insert { new_index, new_len, .. } => {
                new[new_index..new_index + new_len]
                    .iter()
                    .for_each(|line| put(&mut merged, &format!("{line}{end}")));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                for (offset, line) in new[new_index..new_index + new_len].iter().enumerate() {
                    // A line that takes another's place ends as that did.
                    let replaced = originals[old_index..old_index + old_len].get(offset);
                    let end = match replaced {
                        Some(original) if original.ends_with("\r\n") => "\r\n",
                        Some(original) if original.ends_with('\n') => "\n",
                        _ => end,
                    };
                    put(&mut merged, &format!("{line}{end}"));
                }
            }
        }
    }
    // A file that ended without a line end still does, unless lines were added behind.
    if !appended && !original.is_empty() && !original.ends_with('\n') && merged.ends_with('\n') {
        merged.truncate(merged.trim_end_matches(['\r', '\n']).len());
    }
    Some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_lines_keep_their_ends() {
        let merged =
            merge("a = 1\r\nb = 2\nc = 3\r\n", "a = 1\nb = 2\nc = 3\n", "a = 1\nb = 2\nc = 4\nd = 5\n");
        assert_eq!(merged.unwrap(), "a = 1\r\nb = 2\nc = 4\r\nd = 5\r\n");
    }

    #[test]
    fn a_missing_last_line_end_stays_missing_unless_lines_follow() {
        assert_eq!(merge("a = 1", "a = 1\n", "a = 2\n").unwrap(), "a = 2");
        assert_eq!(merge("a = 1", "a = 1\n", "a = 1\nb = 2\n").unwrap(), "a = 1\nb = 2\n");
        assert_eq!(merge("a = 1\nb = 2", "a = 1\nb = 2\n", "a = 3\nb = 2\n").unwrap(), "a = 3\nb = 2");
        assert_eq!(merge("", "", "b = 2\n").unwrap(), "b = 2\n");
    }

    #[test]
    fn what_was_not_rendered_faithfully_is_refused() {
        assert_eq!(merge(" [ a ]\nb = 1\n", "[ a ]\nb = 1\n", "[ a ]\nb = 2\n").unwrap(), " [ a ]\nb = 2\n");
        assert_eq!(merge("a = 1\n", "b = 1\n", "b = 2\n"), None);
        assert_eq!(merge("a = 1\n", "a = 1\n\n", "a = 2\n"), None);
    }
}
