//! Every reader against files that were cut or changed at any place, and the patterns of paths.

use super::pattern::{advanced, simple};
use super::read;
use proptest::prelude::*;

const FILES: [&[u8]; 4] = [
    include_bytes!("../../tests/fixtures/app/shop.apk"),
    include_bytes!("../../tests/fixtures/app/shop-aapt.apk"),
    include_bytes!("../../tests/fixtures/app/shop.aab"),
    include_bytes!("../../tests/fixtures/app/AndroidManifest.xml"),
];

/// It is read or refused; a panic fails the test.
fn read_bytes(bytes: &[u8]) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::OpenOptions::new()
        .write(true)
        .open(file.path())
        .map(|mut open| std::io::Write::write_all(&mut open, bytes))
        .unwrap()
        .unwrap();
    if let Ok(app) = read(file.path()) {
        let _ = super::prefixes_in(&app, &["a/"]);
        for activity in &app.activities {
            crate::click::opening(&app, activity);
        }
    }
}

#[test]
fn a_file_that_is_cut_anywhere_is_read_or_refused() {
    for bytes in FILES {
        (0..bytes.len()).step_by(13).for_each(|length| read_bytes(&bytes[..length]));
    }
}

proptest! {
    #[test]
    fn a_file_with_changed_bytes_is_read_or_refused(
        file in 0..FILES.len(), changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = FILES[file].to_vec();
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at.index(length)] = byte;
        }
        read_bytes(&bytes);
    }

    #[test]
    fn a_pattern_never_hangs_or_panics(pattern in "[ab.*\\\\\\[\\]{}0-9,^+-]{0,20}", text in "[ab]{0,20}") {
        simple(&pattern, &text);
        advanced(&pattern, &text);
    }

    #[test]
    fn a_pattern_of_plain_letters_takes_itself_alone(text in "[a-z/]{0,10}", other in "[a-z/]{0,10}") {
        prop_assert!(simple(&text, &text) && advanced(&text, &text));
        prop_assert_eq!(simple(&text, &other), text == other);
    }
}

#[test]
fn patterns_are_matched_without_going_back() {
    for (pattern, text, expected) in [
        (".*", "/anything", true),
        ("/.*", "/anything", true),
        ("/v1/.*/x", "/v1/a/x", true),
        (".*\\.pdf", "/a.pdf", true),
        (".*\\.pdf", "/a.b.pdf", false),
        ("/a*b", "/aaab", true),
        ("/a*b", "/b", true),
        ("/.", "/x", true),
        ("/a", "/ab", false),
        ("", "", true),
    ] {
        assert_eq!(simple(pattern, text), expected, "{pattern} on {text}");
    }
    for (pattern, text, expected) in [
        ("/[a-c]+", "/abc", true),
        ("/[^0-9]+", "/abc", true),
        ("/[^0-9]+", "/a1", false),
        ("/[0-9]{2,3}", "/123", true),
        ("/[0-9]{2,3}", "/1", false),
        (".*x", "/x", false),
        ("/a{2}", "/aa", true),
    ] {
        assert_eq!(advanced(pattern, text), expected, "{pattern} on {text}");
    }
}
