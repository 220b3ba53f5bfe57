//! How a run ended, and what that means for the exit code.

use std::collections::BTreeMap;

use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::return_codes;

/// Rows by what became of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    pub(crate) unknown: u64,
    /// Refused rows by code.
    pub(crate) codes: BTreeMap<i64, u64>,
    /// Why the first unknown answer was none.
    pub(crate) why_unknown: Option<String>,
}

/// Why a run's work ended.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    /// Every row had its turn.
    Finished,
    /// A person asked to stop.
    Interrupted,
    /// The next call would have failed alike.
    Stopped(Problem),
}

/// What went wrong; nothing if OPPO accepted every row.
pub(crate) fn failure(
    ending: &Ending,
    counts: &Counts,
    run: i64,
    left: u64,
    held_back: u64,
) -> Option<Failure> {
    let resume =
        |sentence: String| Remedy::from(sentence).command("batch resume <RUN>").fill("RUN", Some(run));
    match ending {
        Ending::Interrupted => {
            let message = format!("interrupted; {left} rows are left");
            let hint = resume("what was under way is settled; go on where it stopped".to_owned());
            Some(Problem::new(Kind::Interrupted, message, hint).into())
        }
        Ending::Stopped(why) => {
            let hint = resume(format!("{}; then go on where it stopped", why.hint.sentence()));
            let message = format!("the run stopped, {left} rows are left: {}", why.message);
            let kind = if counts.accepted > 0 { Kind::PartlyDone } else { why.kind };
            let problem = Problem::new(kind, message, hint);
            Some(Problem { code: why.code, ..problem }.into())
        }
        Ending::Finished => finished(counts, run, held_back).map(Failure::from),
    }
}

fn finished(counts: &Counts, run: i64, held_back: u64) -> Option<Problem> {
    let Counts { accepted, refused, unknown, codes, why_unknown } = counts;
    let report = |sentence: &'static str| Remedy::run(sentence, "batch report <RUN>").fill("RUN", Some(run));
    let all = accepted + refused + unknown;
    if refused + unknown == 0 {
        let hint = "the offline-push rule keeps each back for the reason named; opush explain REASON says what it means";
        let message = format!("nothing was sent: {held_back} devices are held back");
        return (all == 0 && held_back > 0).then(|| Problem::new(Kind::NotPushed, message, hint));
    }
    let mut failed = Vec::new();
    if *refused > 0 {
        failed.push(format!("{refused} refused"));
    }
    if *unknown > 0 {
        failed.push(format!("{unknown} unknown"));
    }
    let failed = failed.join(", ");
    if *accepted > 0 {
        let message = format!("{accepted} of {all} accepted; {failed}");
        let hint = report("the report has each row; those that OPPO accepted need no repeat");
        return Some(Problem::new(Kind::PartlyDone, message, hint));
    }
    if *unknown > 0 {
        let why = why_unknown.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let hint = Remedy::run(
            "within the profile's repeat_window they can be sent again without a second notification",
            "batch resume <RUN>",
        );
        let message = format!("what became of the rows is not known ({failed}){why}");
        return Some(Problem::new(Kind::OutcomeUnknown, message, hint.fill("RUN", Some(run))));
    }
    let code = codes.iter().max_by_key(|(_, count)| **count).map_or(0, |(code, _)| *code);
    let row = i32::try_from(code).ok().and_then(return_codes::find);
    let meaning = row.map(|row| format!(" ({})", row.meaning)).unwrap_or_default();
    let message = format!("OPPO refused every row, most with {code}{meaning}");
    let hint = row.map_or_else(|| report("the report has each row"), |row| row.remedy.into());
    Some(Problem::new(Kind::VendorRefused, message, hint).with_code(code))
}
