//! Whether what was printed is what a document shows, but for what differs from run to run.
//! Lines left out are marked by `…`; regIds and message ids of the document stand for those of this run.

use std::collections::BTreeMap;

use crate::masks;

/// What the document's made-up words are called in this run.
#[derive(Default)]
pub struct Learned(BTreeMap<String, String>);

impl Learned {
    /// A word of the document as this run knows it.
    pub fn of(&self, word: &str) -> String {
        self.0.iter().fold(word.to_owned(), |word, (shown, real)| word.replace(shown, real))
    }

    /// Compares, and learns. The message says which line is not there.
    pub fn compare(&mut self, shown: &str, printed: &str) -> Result<(), String> {
        let printed: Vec<&str> = printed.lines().collect();
        let mut next = 0;
        let mut gap = false;
        for line in shown.lines() {
            if line.trim() == "…" {
                gap = true;
                continue;
            }
            let reach = if gap { printed.len() } else { printed.len().min(next + 1) };
            let found = (next..reach).find(|&at| same(line, printed[at]));
            let at =
                found.ok_or_else(|| format!("this line was not printed{}:\n{line}", place(gap, next)))?;
            self.learn(line, printed[at]);
            (next, gap) = (at + 1, false);
        }
        if next < printed.len() && !gap {
            return Err(format!("the document leaves out, without a mark:\n{}", printed[next]));
        }
        Ok(())
    }

    fn learn(&mut self, shown: &str, printed: &str) {
        for (ours, theirs) in shown.split_whitespace().zip(printed.split_whitespace()) {
            let (ours, theirs) = (bare(ours), bare(theirs));
            if ours != theirs && ours.len() > 20 && masks::text(ours) == masks::text(theirs) {
                self.0.insert(ours.to_owned(), theirs.to_owned());
            }
        }
    }
}

fn place(gap: bool, next: usize) -> String {
    if gap { " below the lines left out".into() } else { format!(" as line {}", next + 1) }
}

/// Columns move with what stands in them, so the number of spaces between two words does not count.
fn same(shown: &str, printed: &str) -> bool {
    spaced(shown) == spaced(printed)
}

fn spaced(line: &str) -> String {
    masks::text(line).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric())
}

#[test]
fn only_what_varies_may_differ() {
    let mut learned = Learned::default();
    let shown = "regId  CN_11111111111111111111111111111111\n…\nok  3 ms\n";
    let printed = "regId   CN_22222222222222222222222222222222\nalias  none\nok  12 ms\n";
    learned.compare(shown, printed).unwrap();
    assert_eq!(learned.of("CN_11111111111111111111111111111111"), "CN_22222222222222222222222222222222");
    for (shown, printed) in [
        ("ok\n", "broken\n"),
        ("ok\n", "ok\nmore\n"),
        ("ok\nmore\n", "ok\n"),
        ("…\nok\n", "more\n"),
        ("…\nok\n", "ok\nend\n"),
    ] {
        assert!(Learned::default().compare(shown, printed).is_err(), "{shown} {printed}");
    }
    assert!(Learned::default().compare("a\n…\n", "a\nb\nc\n").is_ok());
}
