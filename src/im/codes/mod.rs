//! The IM server's codes: number or range, where it comes from, meaning, cause, remedy (IM reference, sections 6, 10, 12).
//! What a call does about a code belongs to `error`; OPPO's own codes are in `return_codes`.

mod table;

pub(crate) use table::{Area, ImCode, TABLE};

/// The row of a code, if the table has one.
pub(crate) fn find(code: i64) -> Option<&'static ImCode> {
    let at = TABLE.partition_point(|row| row.last < code);
    TABLE.get(at).filter(|row| row.first <= code)
}

/// Codes that say: SDKAppID, administrator or UserSig are not accepted. None of them is about the request itself.
pub(crate) fn is_about_credentials(code: i64) -> bool {
    matches!(code, 60004..=60006 | 60010 | 60012 | 70020 | 70402..=70403)
        || find(code).is_some_and(|row| row.area == Area::UserSig)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_ascend_and_do_not_overlap_so_that_each_code_is_found() {
        assert!(TABLE.windows(2).all(|pair| pair[0].last < pair[1].first));
        for row in TABLE {
            assert!(row.first <= row.last);
            assert_eq!((find(row.first), find(row.last)), (Some(row), Some(row)));
        }
        assert_eq!((find(i64::MIN), find(60001), find(i64::MAX)), (None, None, None));
        assert_eq!(find(125_000).map(|row| row.area), Some(Area::Webhook));
    }

    /// Every number that the reference's section 12 names.
    #[test]
    fn the_table_has_every_code_of_the_reference() {
        let listed: [&[i64]; 12] = [
            &[
                60002, 60003, 60009, 60004, 60005, 60006, 60012, 60007, 60011, 60018, 60019, 60008, 60013,
                60014,
            ],
            &[60010, 60015, 60016, 60017, 60020, 60021],
            &[70001, 70002, 70003, 70005, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70052],
            &[70107, 70169, 70202, 70500, 70206, 70402, 70403, 70404, 70398],
            &[20001, 20002, 20003, 20004, 20005, 20006, 20007, 20009, 20010, 20011, 20012, 21005],
            &[22001, 22002, 22003, 22004, 22005, 22006, 30001, 30003, 30004, 30009],
            &[
                80001, 80002, 80003, 80004, 80005, 90001, 90002, 90003, 90005, 90006, 90007, 90008, 90009,
                90010,
            ],
            &[90011, 90012, 90018, 90020, 90022, 90024, 90030, 90032, 90033, 90034, 90039, 90040],
            &[
                90026, 90031, 90043, 90044, 90045, 90047, 90048, 90049, 90050, 90051, 90052, 90053, 90055,
                90056,
            ],
            &[93000, 90992, 90994, 90995, 91000, 120_001, 130_000, 130_001, 130_009, 130_012],
            &[6013, 6014, 6017, 6206, 6208, 7003, 7501, 7502, 9508, 9520, -1, -2, 1, 410],
            &[800_001, 800_002, 800_003, 800_005, 800_007, 800_008, 800_009, 800_010, 800_013, 800_016],
        ];
        for code in listed.into_iter().flatten() {
            assert!(find(*code).is_some(), "{code}");
        }
    }

    #[test]
    fn every_row_says_something_in_plain_words() {
        for row in TABLE {
            for text in [row.meaning, row.cause, row.remedy.0] {
                assert!(
                    !text.is_empty() && !text.ends_with('.') && !text.contains('!'),
                    "{}: {text}",
                    row.codes()
                );
            }
        }
    }

    #[test]
    fn codes_about_credentials_differ_from_those_about_the_request() {
        for code in [60004, 60006, 60010, 70001, 70003, 70009, 70013, 70020, 70052] {
            assert!(is_about_credentials(code), "{code}");
        }
        for code in [60002, 60007, 70107, 70169, 90001, 90043, 0] {
            assert!(!is_about_credentials(code), "{code}");
        }
    }

    #[test]
    fn the_page_of_codes_is_current() {
        let mut page = String::from(
            "# Codes of the IM server\n\nWhat `opush explain CODE` says, as one table. OPPO's own codes are in [codes.md](codes.md); \
             a number may be in both.\n\n| code | from | meaning | cause | what to do |\n| --- | --- | --- | --- | --- |\n",
        );
        for row in TABLE {
            page.push_str(&format!(
                "| {} | {} | {} | {} | {} |\n",
                row.codes(),
                row.area.as_str(),
                row.meaning,
                row.cause,
                crate::failure::Remedy::from(row.remedy)
            ));
        }
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/im-codes.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            #[allow(clippy::disallowed_methods)]
            std::fs::write(&file, &page).expect("docs can be written");
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(found == page, "docs/im-codes.md is not current: UPDATE_DOCS=1 cargo test");
    }
}
