//! What became of each row of a call, packed for the journal in the order of its rows.

use std::collections::BTreeMap;

use super::chunk::{Rest, damaged, packed, put_number, put_text, unpacked};
use crate::failure::Problem;
use crate::store::batch::CallEnd;

/// What became of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum RowResult {
    /// Not sent yet.
    #[default]
    Planned,
    Accepted {
        message_id: String,
    },
    Refused {
        code: i64,
    },
    /// It left, and what became of it is not known.
    Unknown,
    /// The row repeats an earlier one, which is sent.
    Repeat,
}

/// The results of a call's rows; without any yet, all are planned, or unknown where the call may have left.
pub(crate) fn unpack(
    results: Option<&[u8]>,
    rows: usize,
    may_have_left: bool,
) -> Result<Vec<RowResult>, Problem> {
    let mut read = match results {
        None => vec![RowResult::Planned; rows],
        Some(results) => {
            let raw = unpacked(results)?;
            let mut rest = Rest(&raw);
            let read: Vec<RowResult> = (0..rows).map(|_| one(&mut rest)).collect::<Result<_, _>>()?;
            if !rest.0.is_empty() {
                return Err(damaged());
            }
            read
        }
    };
    if may_have_left {
        read.iter_mut().filter(|one| **one == RowResult::Planned).for_each(|one| *one = RowResult::Unknown);
    }
    Ok(read)
}

fn one(rest: &mut Rest<'_>) -> Result<RowResult, Problem> {
    Ok(match rest.byte()? {
        0 => RowResult::Planned,
        1 => RowResult::Accepted { message_id: rest.text()?.to_owned() },
        2 => {
            let code = rest.number()?;
            RowResult::Refused { code: (code >> 1) as i64 ^ -((code & 1) as i64) }
        }
        3 => RowResult::Unknown,
        4 => RowResult::Repeat,
        _ => return Err(damaged()),
    })
}

pub(crate) fn pack(results: &[RowResult]) -> CallEnd {
    let mut raw = Vec::new();
    let (mut accepted, mut refused, mut unknown) = (0, 0, 0);
    for result in results {
        match result {
            RowResult::Planned => raw.push(0),
            RowResult::Accepted { message_id } => {
                accepted += 1;
                raw.push(1);
                put_text(&mut raw, message_id);
            }
            RowResult::Refused { code } => {
                refused += 1;
                raw.push(2);
                put_number(&mut raw, ((code << 1) ^ (code >> 63)) as u64);
            }
            RowResult::Unknown => {
                unknown += 1;
                raw.push(3);
            }
            RowResult::Repeat => raw.push(4),
        }
    }
    CallEnd { results: packed(&[&raw]), accepted, refused, unknown }
}

/// How many rows OPPO refused with each code.
pub(crate) fn count_codes(results: &[RowResult], codes: &mut BTreeMap<i64, u64>) {
    for result in results {
        if let RowResult::Refused { code } = result {
            *codes.entry(*code).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_result() -> impl Strategy<Value = RowResult> {
        prop_oneof![
            Just(RowResult::Planned),
            "\\PC{0,40}".prop_map(|message_id| RowResult::Accepted { message_id }),
            any::<i64>().prop_map(|code| RowResult::Refused { code }),
            Just(RowResult::Unknown),
            Just(RowResult::Repeat),
        ]
    }

    proptest! {
        #[test]
        fn results_come_out_as_they_went_in(results in proptest::collection::vec(any_result(), 0..50)) {
            let end = pack(&results);
            prop_assert_eq!(unpack(Some(&end.results), results.len(), false).unwrap(), results);
        }
    }

    #[test]
    fn what_may_have_left_is_unknown() {
        assert_eq!(unpack(None, 2, false).unwrap(), [RowResult::Planned, RowResult::Planned]);
        assert_eq!(unpack(None, 1, true).unwrap(), [RowResult::Unknown]);
        let end = pack(&[RowResult::Repeat, RowResult::Planned]);
        assert_eq!(unpack(Some(&end.results), 2, true).unwrap(), [RowResult::Repeat, RowResult::Unknown]);
        assert!(unpack(Some(&end.results), 3, true).is_err());
    }
}
