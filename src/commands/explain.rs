//! `opush explain CODE | CHECK`: what a code of OPPO or of the IM server means, or what a check of diagnose or doctor looks at.
//! The words are in the two tables of codes, and in the checks' pages.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::config::suggest;
use crate::diagnose::checks::CHAIN;
use crate::diagnose::{Check, Link, machine};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::im::codes::{self, ImCode};
use crate::output::{Page, Report};
use crate::push::{RULE, Step};
use crate::return_codes::{self, ReturnCode};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  opush explain 16\n  opush explain 70001\n  opush explain certificate-missing\n  opush explain --json 10000"
)]
pub(crate) struct Args {
    /// A return code of OPPO, such as 16, 67, 10000 or -1, a code of the IM server, such as 70001, or a check's id, such
    /// as no-report
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    code: String,

    /// Only the one side's, for a number that both have [default: OPPO first, then the IM server]
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
}

/// The origin of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    Oppo,
    Im,
}

pub(crate) fn run(args: Args, _: &Ctx) -> Result<Explained, Failure> {
    let asked = args.code.trim();
    let Ok(code) = asked.parse::<i64>() else { return check(asked, args.source) };
    let wanted = |source| args.source.is_none_or(|asked| asked == source);
    let of_oppo = i32::try_from(code).ok().and_then(return_codes::find);
    let of_oppo = of_oppo.filter(|_| wanted(Source::Oppo)).map(Row::of_oppo);
    let of_im = codes::find(code).filter(|_| wanted(Source::Im)).map(|found| Row::of_im(code, found));
    let mut rows = of_oppo.into_iter().chain(of_im);
    let first = rows.next().ok_or_else(|| unknown(asked))?;
    Ok(Explained::Code { first, also: rows.collect() })
}

fn check(id: &str, source: Option<Source>) -> Result<Explained, Failure> {
    let of_push = CHAIN.iter().find(|check| check.id == id).map(|check| CheckPage::of(check));
    let of_machine = || machine::CHAIN.iter().find(|check| check.id == id).map(|check| CheckPage::of(check));
    let of_rule = || RULE.iter().find(|step| step.decision.name() == id).map(CheckPage::of_step);
    let Some(page) = of_push.or_else(of_machine).or_else(of_rule) else {
        let ids: Vec<&str> = ids().collect();
        let message = format!("{id:?} is neither a code nor the id of a check");
        return Err(Problem::new(Kind::UnknownCode, message, suggest::hint(id, ids)).at("CODE").into());
    };
    if source.is_some() {
        let message = format!("--source is for codes, and {id} is a check");
        return Err(Problem::new(Kind::ConflictingFlags, message, "leave --source out")
            .at("--source")
            .into());
    }
    Ok(Explained::Check(page))
}

/// The ids of all checks, those of a push first, and last the answers of the offline-push rule that are not checks.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    let is_check = |name: &&str| CHAIN.iter().any(|check| check.id == *name);
    let answers = RULE.iter().map(|step| step.decision.name()).filter(move |name| !is_check(name));
    CHAIN.iter().map(|check| check.id).chain(machine::CHAIN.iter().map(|check| check.id)).chain(answers)
}

fn unknown(code: &str) -> Failure {
    let known: Vec<String> = return_codes::TABLE.iter().map(|row| row.code.to_string()).collect();
    let message = format!("OPPO's table has no code {code}, and neither has the IM server's");
    let hint = format!("known codes: {}; the IM server's are in docs/im-codes.md", known.join(", "));
    Problem::new(Kind::UnknownCode, message, hint).at("CODE").into()
}

/// What is known of the code or of the check.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Explained {
    Code {
        #[serde(flatten)]
        first: Row,
        /// The other side's row, where both have this number.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        also: Vec<Row>,
    },
    Check(CheckPage),
}

/// A check of `opush diagnose` or `opush doctor`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckPage {
    /// Stable; used in the checks of a diagnosis.
    id: String,
    /// What holds when it passes.
    title: String,
    /// The part of the chain it belongs to.
    link: Link,
    /// What fixes it, where a diagnosis knows no better.
    remedy: Remedy,
    /// The whole page, as Markdown.
    page: String,
}

impl CheckPage {
    fn of<E>(check: &Check<E>) -> Self {
        CheckPage {
            id: check.id.into(),
            title: check.title.into(),
            link: check.link,
            remedy: check.remedy.clone(),
            page: check.page.into(),
        }
    }

    /// An answer of the rule that no check can see, because only the IM server knows.
    fn of_step(step: &Step) -> Self {
        let id = step.decision.name();
        CheckPage {
            id: id.into(),
            title: "the offline-push rule does not say no".into(),
            link: Link::Presence,
            remedy: (&step.remedy).into(),
            page: format!(
                "# {id}\n\nAn answer of the offline-push rule: {}.\n\n## How to fix it\n\n{}.\n\n\
                 All answers: opush presence explain --user USER, docs/offline-push.md.\n",
                step.when, step.remedy
            ),
        }
    }
}

/// One row of a table of codes.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Row {
    /// The number in `vendor.code`, or the IM server's ErrorCode.
    code: i64,
    source: Source,
    /// OPPO's own message; for the IM server, where the code comes from.
    name: String,
    meaning: String,
    cause: String,
    remedy: Remedy,
}

impl Row {
    fn of_oppo(row: &'static ReturnCode) -> Self {
        Row {
            code: row.code.into(),
            source: Source::Oppo,
            name: row.name.into(),
            meaning: row.meaning.into(),
            cause: row.cause.into(),
            remedy: row.remedy.into(),
        }
    }

    fn of_im(code: i64, row: &'static ImCode) -> Self {
        Row {
            code,
            source: Source::Im,
            name: row.area.as_str().into(),
            meaning: row.meaning.into(),
            cause: row.cause.into(),
            remedy: row.remedy.into(),
        }
    }
}

impl Report for Explained {
    fn text(&self, page: &mut Page) {
        let (first, also) = match self {
            Explained::Code { first, also } => (first, also),
            Explained::Check(check) => return page.lines(&check.page),
        };
        for row in std::iter::once(first).chain(also) {
            let side = match row.source {
                Source::Oppo if also.is_empty() => "",
                Source::Oppo => "  (OPPO)",
                Source::Im => "  (IM server)",
            };
            page.line(format!("{}  {}{side}", row.code, row.name));
            let remedy = page.remedy(&row.remedy);
            page.pairs(&[("meaning", &row.meaning), ("cause", &row.cause), ("remedy", &remedy)]);
        }
    }
}
