//! `opush explain CODE | CHECK | WORD`: what a code, a check or any word that opush prints means, and what to do about it.
//! The meanings are in the tables of codes, in the checks' pages, and at the words themselves.

mod source;
mod words;

use schemars::JsonSchema;
use serde::Serialize;
use strum::VariantArray;

use super::context::Ctx;
use crate::config::suggest;
use crate::diagnose::checks::CHAIN;
use crate::diagnose::{Check, Link, machine};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::im::codes::{self, ImCode};
use crate::output::{Page, Report};
use crate::push::{AppState, RULE, Step};
use crate::return_codes::{self, ReturnCode};
use source::Source;
use words::{GROUPS, Group, Word};

pub(super) use words::all_words;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  opush explain 16\n  opush explain 70001\n  opush explain certificate-missing\n  opush explain not_sent\n  opush explain --list"
)]
pub(crate) struct Args {
    /// A return code of OPPO, such as 16, 67, 10000 or -1, a code of the IM server, such as 70001, a check's id, such as
    /// no-report, or any other word that opush prints, such as push_arrive or not_sent
    #[arg(value_name = "CODE", allow_negative_numbers = true, required_unless_present = "list")]
    code: Option<String>,

    /// List every code and word, by group
    #[arg(long, conflicts_with_all = ["code", "source"])]
    list: bool,

    /// Only the one side's, for a number that both have [default: OPPO first, then the IM server]
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
}

pub(crate) fn run(args: Args, _: &Ctx) -> Result<Explained, Failure> {
    if args.list {
        return Ok(Explained::List { items: GROUPS.iter().map(GroupJson::from).collect() });
    }
    let code = args.code.unwrap_or_default();
    let asked = code.trim();
    let Ok(code) = asked.parse::<i64>() else { return word(asked, args.source) };
    let wanted = |source| args.source.is_none_or(|asked| asked == source);
    let of_oppo = i32::try_from(code).ok().and_then(return_codes::find);
    let of_oppo = of_oppo.filter(|_| wanted(Source::Oppo)).map(Row::of_oppo);
    let of_im = codes::find(code).filter(|_| wanted(Source::Im)).map(|found| Row::of_im(code, found));
    let mut rows = of_oppo.into_iter().chain(of_im);
    let first = rows.next().ok_or_else(|| unknown(asked))?;
    Ok(Explained::Code { first, also: rows.collect() })
}

/// A check's page, or what the word means in each group that has it.
fn word(asked: &str, source: Option<Source>) -> Result<Explained, Failure> {
    if source.is_some() {
        let message = format!("--source is for codes, and {asked} is a word");
        return Err(Problem::new(Kind::ConflictingFlags, message, "leave --source out")
            .at("--source")
            .into());
    }
    if let Some(page) = page_of(asked) {
        return Ok(Explained::Check(page));
    }
    let words: Vec<(&'static str, Word)> =
        GROUPS.iter().flat_map(|group| (group.words)().into_iter().map(|word| (group.title, word))).collect();
    let meant = |case: fn(&str) -> String| -> Vec<WordJson> {
        let is_meant = |(_, word): &&(&str, Word)| case(&word.word) == case(asked);
        words.iter().filter(is_meant).map(|(title, word)| WordJson::of(title, word)).collect()
    };
    // REST's Offline and the SDK's OFFLINE are two words; for others the case does not matter.
    let exact = meant(str::to_owned);
    let items = if exact.is_empty() { meant(|word| word.to_lowercase().replace('_', "-")) } else { exact };
    if items.is_empty() {
        let message = format!("{asked:?} is neither a code nor a word that opush prints");
        let near = suggest::nearest(asked, words.iter().map(|(_, word)| word.word.as_str()));
        let hint = match near {
            Some(near) => Remedy::from(format!("did you mean {near:?}?")),
            None => Remedy::run("see every word", "explain --list"),
        };
        return Err(Problem::new(Kind::UnknownCode, message, hint).at("CODE").into());
    }
    Ok(Explained::Words { word: asked.to_owned(), items })
}

fn page_of(id: &str) -> Option<CheckPage> {
    let of_push = CHAIN.iter().find(|check| check.id == id).map(|check| CheckPage::of(check));
    let of_machine = || machine::CHAIN.iter().find(|check| check.id == id).map(|check| CheckPage::of(check));
    // `online` and the like are states as well, so their groups tell.
    let is_state =
        |step: &&Step| !AppState::VARIANTS.iter().any(|state| state.as_str() == step.decision.name());
    let of_rule =
        || RULE.iter().filter(is_state).find(|step| step.decision.name() == id).map(CheckPage::of_step);
    of_push.or_else(of_machine).or_else(of_rule)
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
    Words {
        word: String,
        /// What it means in each group that has it.
        items: Vec<WordJson>,
    },
    List {
        items: Vec<GroupJson>,
    },
}

/// A word in one group.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WordJson {
    /// What such a word is, such as status of a push.
    group: String,
    word: String,
    meaning: String,
    /// What to do about it, where there is something to do.
    remedy: Option<Remedy>,
}

impl WordJson {
    fn of(group: &str, word: &Word) -> WordJson {
        let Word { word, meaning, remedy } = word.clone();
        WordJson { group: group.to_owned(), word, meaning, remedy }
    }
}

/// All words of one group.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct GroupJson {
    group: String,
    words: Vec<WordJson>,
}

impl From<&Group> for GroupJson {
    fn from(group: &Group) -> GroupJson {
        let words = (group.words)().iter().map(|word| WordJson::of(group.title, word)).collect();
        GroupJson { group: group.title.to_owned(), words }
    }
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
            Explained::Check(check) => return check.page.trim_end().lines().for_each(|line| page.line(line)),
            Explained::Words { items, .. } => return items.iter().for_each(|item| item.text(page)),
            Explained::List { items } => return list(items, page),
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

impl WordJson {
    fn text(&self, page: &mut Page) {
        page.line(format!("{}  {}", self.word, self.group));
        let remedy = self.remedy.as_ref().map(|remedy| ("remedy", page.remedy(remedy)));
        let pairs: Vec<_> = std::iter::once(("meaning", self.meaning.clone())).chain(remedy).collect();
        page.pairs(&pairs);
    }
}

fn list(groups: &[GroupJson], page: &mut Page) {
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            page.blank();
        }
        page.line(&group.group);
        let pairs: Vec<_> = group.words.iter().map(|word| (&word.word, &word.meaning)).collect();
        page.pairs(&pairs);
    }
}
