//! Every word of a closed set that opush prints, in groups, with its meaning: made from the enums' own documentation and
//! from the tables that have a row for each word.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;
use strum::VariantArray;

use super::super::{cert, demo, history, im_presence, send};
use crate::click::Severity;
use crate::diagnose::checks::CHAIN;
use crate::diagnose::{CheckStatus, Verdict, machine};
use crate::failure::{Kind, Remedy};
use crate::im::codes;
use crate::im::user_sig::FlawKind;
use crate::push::{AppState, DecisionKind, RULE, StepResult};
use crate::sandbox::phone as phones;
use crate::{
    app, click, config, im, lint, notification, oppo, receipts, return_codes, sandbox, smoke, snippet, store,
};

/// A word and what it means in one group.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) word: String,
    pub(crate) meaning: String,
    pub(crate) remedy: Option<Remedy>,
}

impl Word {
    fn new(word: impl Into<String>, meaning: impl Into<String>) -> Word {
        let meaning: String = meaning.into();
        Word { word: word.into(), meaning: meaning.trim_end_matches('.').to_owned(), remedy: None }
    }

    fn with(self, remedy: impl Into<Remedy>) -> Word {
        Word { remedy: Some(remedy.into()).filter(|remedy| !remedy.is_empty()), ..self }
    }
}

/// The words of one closed set, or of several that say the same.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) words: fn() -> Vec<Word>,
}

macro_rules! groups {
    ($($title:literal: $($words:expr),+;)*) => {
        /// Every group, the most asked for first.
        pub(crate) const GROUPS: &[Group] = &[$(Group {
            title: $title,
            words: || {
                let mut all: Vec<Word> = Vec::new();
                for word in [$($words),+].into_iter().flatten() {
                    if !all.iter().any(|known| known.word == word.word) {
                        all.push(word);
                    }
                }
                all
            },
        },)*];
    };
}

groups! {
    "check of opush diagnose": checks(CHAIN);
    "check of opush doctor": checks(machine::CHAIN);
    "decision of the offline-push rule": decisions(), of::<DecisionKind>();
    "status of a push": of::<send::PushStatus>(), of::<store::deliveries::Status>(), of::<crate::push::CallStatus>();
    "state of a run": of::<store::batch::RunState>();
    "row of a run": of::<super::super::batch::RowStatus>();
    "encoding of a file": of::<crate::batch::Encoding>();
    "receipt of OPPO": events();
    "why a phone does not show a push, or opens nothing": reasons();
    "state of an app": of::<AppState>(), of::<phones::PresenceState>();
    "state of a user, in the words of the IM server's REST API": of::<phones::RestState>();
    "state of a user, in the words of the client SDK": of::<phones::SdkState>();
    "who said where an app is": of::<store::source::FactSource>(), of::<store::presence::PresenceSource>(),
        of::<im_presence::Used>();
    "state of a token report": of::<store::reports::ReportState>(), of::<crate::push::OutcomeKind>();
    "kind of error": kinds();
    "warning about a message": warnings();
    "rule about click targets and apps": targets();
    "part of an app": of::<app::Form>(), of::<app::ActivityKind>(), of::<app::LaunchMode>();
    "kind of payload": of::<lint::PayloadKind>();
    "what is around a payload": of::<lint::Layer>();
    "what a payload's code is of": of::<lint::CodeOf>();
    "how severe a finding is": of::<click::Severity>();
    "sender that a call looks like": senders();
    "return code of OPPO": oppo_codes();
    "error code of the IM server": im_codes();
    "what is wrong with a UserSig": flaws();
    "link of the IM server's trace of a push": of::<im::trace::TraceLink>();
    "when the push service lost a push": of::<im::trace::LossStage>();
    "result of a check": of::<CheckStatus>(), of::<Verdict>(), of::<demo::DemoVerdict>();
    "result of a step": of::<StepResult>(), of::<crate::demo::StepStatus>();
    "result of a smoke case": of::<smoke::CaseVerdict>();
    "result of a step of a story": of::<smoke::StepVerdict>();
    "part of the chain": of::<crate::diagnose::Link>();
    "fault of the sandbox": faults(), of::<sandbox::faults::Kind>();
    "what a fault strikes": of::<sandbox::faults::Where>();
    "rule of the sandbox": rules();
    "stage of a push on a phone": of::<phones::Stage>();
    "setting of a phone": of::<phones::Network>(), of::<phones::Importance>(), of::<phones::Brand>();
    "kind of picture": of::<sandbox::pictures::PictureKind>(), of::<oppo::PictureKind>();
    "what a tap on the phone opened": of::<crate::device::StartOutcome>();
    "setting of a phone on a cable": of::<crate::device::Importance>(), of::<crate::device::DoNotDisturb>();
    "kind of terminal": of::<store::presence::Platform>();
    "region": of::<config::Region>(), of::<oppo::Home>();
    "state of a certificate": of::<cert::CertificateState>();
    "link that opush demo breaks": of::<crate::demo::DemoLink>(), of::<crate::demo::Part>();
    "event of history list --follow": of::<history::What>();
    "piece of app-side code": of::<snippet::Snippet>(), of::<snippet::Language>(), of::<snippet::Sdk>(),
        of::<snippet::constants::ConstantsForm>();
    "what an app needs, of opush snippet check": of::<snippet::NeedKind>(), of::<snippet::NeedStatus>();
    "form of rows": of::<crate::push::bulk::Format>();
    "shell": of::<crate::completion::Shell>();
    "origin of a code": of::<super::source::Source>();
}

/// Each word of each group, with its meaning.
pub(crate) fn all_words() -> Vec<(String, String)> {
    GROUPS.iter().flat_map(|group| (group.words)()).map(|word| (word.word, word.meaning)).collect()
}

/// The words of an enum as its schema has them, with the documentation of each variant.
fn of<T: JsonSchema>() -> Vec<Word> {
    let mut generator = SchemaSettings::default().for_serialize().into_generator();
    of_schema(&T::json_schema(&mut generator).to_value())
}

/// The words that a schema allows, where it is that of a closed set.
fn of_schema(schema: &Value) -> Vec<Word> {
    let plain = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let plain = plain.filter_map(Value::as_str).map(|word| Word::new(word, ""));
    let documented = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten().flat_map(|one| {
        let meaning = one.get("description").and_then(Value::as_str).unwrap_or_default();
        let several = one.get("enum").and_then(Value::as_array).into_iter().flatten();
        let words = one.get("const").into_iter().chain(several).filter_map(Value::as_str);
        words.map(|word| Word::new(word, meaning.replace('\n', " "))).collect::<Vec<_>>()
    });
    plain.chain(documented).collect()
}

fn checks<E>(chain: &[&crate::diagnose::Check<E>]) -> Vec<Word> {
    chain
        .iter()
        .map(|check| Word::new(check.id, format!("holds where {}", check.title)).with(check.remedy.clone()))
        .collect()
}

fn decisions() -> Vec<Word> {
    RULE.iter().map(|step| Word::new(step.decision.name(), step.when).with(&step.remedy)).collect()
}

fn events() -> Vec<Word> {
    store::receipts::Event::VARIANTS
        .iter()
        .map(|event| Word::new(event.to_string(), receipts::meaning(&event.to_string()).unwrap_or_default()))
        .collect()
}

fn reasons() -> Vec<Word> {
    phones::MEANINGS.iter().map(|(word, meaning)| Word::new(*word, *meaning)).collect()
}

fn kinds() -> Vec<Word> {
    let exit = |kind: &Kind| format!("{}; exit code {}", kind.meaning(), kind.class().exit_code());
    Kind::VARIANTS.iter().map(|kind| Word::new(kind.as_str(), exit(kind))).collect()
}

fn warnings() -> Vec<Word> {
    let all = notification::WARNINGS.iter().chain(im::message::WARNINGS).chain(lint::WARNINGS);
    all.map(|kind| {
        let unknown = "something of the message is unusual, or sources disagree about it";
        Word::new(kind.id, if kind.when.is_empty() { unknown } else { kind.when }).with(&kind.hint)
    })
    .collect()
}

fn flaws() -> Vec<Word> {
    let words = of::<FlawKind>().into_iter().zip(FlawKind::VARIANTS);
    words.map(|(word, kind)| word.with(kind.hint())).collect()
}

fn targets() -> Vec<Word> {
    click::RULES
        .iter()
        .chain(click::IN_APP_RULES)
        .chain(snippet::RULES)
        .map(|rule| {
            // Only an error makes a target unusable.
            let meaning = match rule.severity {
                Severity::Error => rule.kind.meaning(),
                Severity::Warning => "it can be used, and probably does not do what is meant",
                Severity::Note => "it can be used; this is worth knowing",
            };
            Word::new(rule.id, meaning).with(rule.remedy)
        })
        .collect()
}

fn oppo_codes() -> Vec<Word> {
    let word = |row: &return_codes::ReturnCode| Word::new(row.code.to_string(), row.meaning).with(row.remedy);
    return_codes::TABLE.iter().map(word).collect()
}

fn im_codes() -> Vec<Word> {
    let number = |row: &codes::ImCode| match row.first == row.last {
        true => row.first.to_string(),
        false => format!("{}-{}", row.first, row.last),
    };
    codes::TABLE.iter().map(|row| Word::new(number(row), row.meaning).with(row.remedy)).collect()
}

fn senders() -> Vec<Word> {
    sandbox::DIALECTS
        .iter()
        .map(|(sender, mark)| Word::new(sender.as_str(), format!("known by {mark}")))
        .collect()
}

fn faults() -> Vec<Word> {
    sandbox::faults::TABLE.iter().map(|row| Word::new(row.kind.as_str(), row.does)).collect()
}

fn rules() -> Vec<Word> {
    sandbox::rules::TABLE.iter().map(|rule| Word::new(rule.id, rule.question)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The closed sets in a schema, by the name of their type.
    fn sets(schema: &Value, name: &str, found: &mut BTreeMap<String, Vec<Word>>) {
        let words = of_schema(schema);
        if !words.is_empty() {
            found.entry(name.to_owned()).or_default().extend(words);
        }
        match schema {
            Value::Object(object) => object.iter().for_each(|(key, below)| sets(below, key, found)),
            Value::Array(items) => items.iter().for_each(|below| sets(below, name, found)),
            _ => {}
        }
    }

    #[test]
    fn every_word_of_a_printed_set_is_explained() {
        let known: BTreeSet<String> = GROUPS
            .iter()
            .flat_map(|group| (group.words)())
            .filter(|word| !word.meaning.is_empty())
            .map(|word| word.word)
            .collect();
        let mut printed = BTreeMap::new();
        for (_, schema) in super::super::super::schemas() {
            sets(&schema.to_value(), "", &mut printed);
        }
        assert!(printed.len() > 25, "{:?}", printed.keys());
        for (name, words) in printed {
            let lost: BTreeSet<&str> =
                words.iter().map(|word| word.word.as_str()).filter(|word| !known.contains(*word)).collect();
            assert!(lost.is_empty(), "{name}: {lost:?} are printed and not explained");
        }
    }

    #[test]
    fn a_word_has_one_meaning_in_a_group() {
        let mut titles = BTreeSet::new();
        for group in GROUPS {
            assert!(titles.insert(group.title), "{} is there twice", group.title);
            for word in (group.words)() {
                assert!(!word.meaning.is_empty(), "{} of {:?} says nothing", word.word, group.title);
            }
        }
    }
}
