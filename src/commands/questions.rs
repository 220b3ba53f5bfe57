//! Questions for the fields of a profile or a certificate, one at a time, with a way back, and the summary before saving.
//! What a good answer is belongs to `config` and `click`; how a question looks, to `output`.

use strum::{VariantArray, VariantNames};

use crate::click::{self, Target};
use crate::clock::Timestamp;
use crate::config::{
    Field, Input, NewSecret, Paths, Region, Secret, SecretRef, Sourced, Value, Values, credentials, rules,
};
use crate::failure::{Failure, Kind, Problem};
use crate::oppo::{Endpoints, Overrides};
use crate::output::{Answer, Page, Prompt};

/// Which fields are asked for, and what is known before.
pub(crate) struct Questions<'a> {
    pub(crate) prompt: &'a Prompt,
    pub(crate) paths: &'a Paths,
    /// In the order in which they are asked.
    pub(crate) fields: Vec<Field>,
    /// An empty answer is none.
    pub(crate) optional: &'a [Field],
    /// Of the profile, where it has one already.
    pub(crate) package: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// What the file holds already.
    pub(crate) known: &'a dyn Fn(Field) -> Option<Sourced<Value<SecretRef>>>,
    /// Why a value can't be taken although its form is right.
    pub(crate) refusal: &'a dyn Fn(Field, &Value<NewSecret>) -> Option<String>,
}

impl Questions<'_> {
    /// Asks for each, then shows all that will be saved, until a person says yes.
    pub(crate) fn ask(&self, values: &mut Values<NewSecret>, title: &str) -> Result<(), Failure> {
        self.prompt.remark("To go back a question, answer < (in a list: Esc).");
        let mut at = 0;
        while let Some(field) = self.fields.get(at) {
            at = match self.answer(*field, values)? {
                Answer::Given(()) => at + 1,
                Answer::Back => at.saturating_sub(1),
            };
        }
        while !self.confirmed(values, title)? {
            let words = self.fields.iter().map(|field| field.row().word.to_owned());
            let choices: Vec<String> = words.chain(["Stop, and save nothing".to_owned()]).collect();
            match self.prompt.choose("What is to be changed?", &choices, 0)? {
                Answer::Given(chosen) if chosen == self.fields.len() => return Err(declined()),
                Answer::Given(chosen) => {
                    self.answer(self.fields[chosen], values)?;
                }
                Answer::Back => {}
            }
        }
        Ok(())
    }

    fn confirmed(&self, values: &Values<NewSecret>, title: &str) -> Result<bool, Failure> {
        let mut page = Page::new(Some(self.prompt.width()), false);
        page.blank();
        if !title.is_empty() {
            page.line(title);
        }
        // As they were asked, then what flags gave.
        let given = Field::VARIANTS.iter().filter(|field| !self.fields.contains(field));
        let shown: Vec<(&str, String)> = self
            .fields
            .iter()
            .chain(given)
            .filter_map(|field| Some((field.row().word, self.summary(*field, values)?)))
            .collect();
        page.pairs(&shown);
        self.prompt.page(page);
        self.prompt.confirm("Save it?", Some(true))
    }

    /// What the summary says of a field.
    fn summary(&self, field: Field, values: &Values<NewSecret>) -> Option<String> {
        let before = (self.known)(field).map(|value| value.value.in_console(self.paths));
        match (values.get(field).map(|value| value.in_summary(self.paths)), before) {
            (Some(new), Some(before)) if field.is_secret() || new != before => {
                Some(if field.is_secret() { new } else { format!("{new}, {before} before") })
            }
            (Some(new), None) => Some(new),
            (None, None) if self.fields.contains(&field) => {
                Some(if field == Field::Id { "none yet; opush gives a local one" } else { "none" }.to_owned())
            }
            _ => None,
        }
    }

    /// Asks for one value until it is good, and keeps it.
    fn answer(&self, field: Field, values: &mut Values<NewSecret>) -> Result<Answer<()>, Failure> {
        let about = field.row().about;
        if !about.is_empty() {
            self.prompt.remark(about);
        }
        loop {
            let answer = match field {
                Field::Click => self.click(values)?,
                _ if !field.words().is_empty() => self.word(field, values)?,
                _ if field.is_secret() => self.secret(field, values)?,
                _ => self.text(field, values)?,
            };
            let value = match answer {
                Answer::Given(Some(value)) => value,
                Answer::Given(None) => return Ok(Answer::Given(())),
                Answer::Back => return Ok(Answer::Back),
            };
            let before = values.get(field).cloned();
            values.insert(field, value);
            let known = |field| (self.known)(field)?.value.typed();
            let Some(oddity) = credentials::oddity_among(field, values, &known) else {
                return Ok(Answer::Given(()));
            };
            self.prompt.remark(&format!("{oddity}."));
            if self.prompt.confirm("  Use it all the same?", Some(false))? {
                return Ok(Answer::Given(()));
            }
            match before {
                Some(before) => values.insert(field, before),
                None => values.remove(field),
            }
        }
    }

    fn check(
        &self,
        field: Field,
        answer: &str,
        values: &Values<NewSecret>,
    ) -> Result<Value<NewSecret>, String> {
        let package = values.text(Field::Package).or(self.package);
        let value =
            field.read(answer, &Input { package, now: self.now, paths: self.paths }).map_err(reasons)?;
        match (self.refusal)(field, &value) {
            Some(refusal) => Err(refusal),
            None => Ok(value),
        }
    }

    /// The answer given before, else what the file holds.
    fn default(&self, field: Field, values: &Values<NewSecret>) -> Option<String> {
        let given = values.get(field).and_then(Value::typed);
        given.or_else(|| (self.known)(field).map(|value| value.value.shown()))
    }

    fn text(
        &self,
        field: Field,
        values: &Values<NewSecret>,
    ) -> Result<Answer<Option<Value<NewSecret>>>, Failure> {
        let optional = self.optional.contains(&field);
        let first = (field == Field::ProfileName).then(|| FIRST.to_owned());
        let default = self.default(field, values).or(first);
        let check = |answer: &str| match answer {
            "" if optional => Ok(()),
            answer => self.check(field, answer, values).map(drop),
        };
        let word = field.row().word;
        Ok(match self.prompt.ask(word, default.as_deref(), &check)? {
            Answer::Back => Answer::Back,
            Answer::Given(answer) => Answer::Given(self.check(field, &answer, values).ok()),
        })
    }

    fn secret(
        &self,
        field: Field,
        values: &Values<NewSecret>,
    ) -> Result<Answer<Option<Value<NewSecret>>>, Failure> {
        let there = values.has(field) || (self.known)(field).is_some();
        let check = |answer: &str| match answer {
            "" if there => Ok(()),
            answer => self.check(field, answer, values).map(drop),
        };
        let how = if there { "not shown; empty keeps it" } else { "not shown" };
        let question = format!("{} ({how})", field.row().word);
        Ok(match self.prompt.ask_secret(&question, &check)? {
            Answer::Back => Answer::Back,
            Answer::Given(answer) => Answer::Given(self.check(field, &answer, values).ok()),
        })
    }

    fn word(
        &self,
        field: Field,
        values: &Values<NewSecret>,
    ) -> Result<Answer<Option<Value<NewSecret>>>, Failure> {
        let words = field.words();
        let default = self.default(field, values);
        let at = words.iter().position(|word| Some(*word) == default.as_deref()).unwrap_or(0);
        let choices: Vec<String> = words.iter().map(|word| choice(word)).collect();
        Ok(match self.prompt.choose(field.row().word, &choices, at)? {
            Answer::Back => Answer::Back,
            Answer::Given(chosen) => {
                Answer::Given(words.get(chosen).map(|word| Value::Text((*word).to_owned())))
            }
        })
    }

    fn click(&self, values: &Values<NewSecret>) -> Result<Answer<Option<Value<NewSecret>>>, Failure> {
        let known = (self.known)(Field::Click).map(|value| value.value);
        let before = match (values.get(Field::Click), &known) {
            (Some(Value::Click(target)), _) | (None, Some(Value::Click(target))) => Some(target.clone()),
            _ => None,
        };
        let actions = Target::VARIANTS;
        let at = before.as_ref().and_then(|target| actions.iter().position(|one| *one == target.action()));
        let choices: Vec<String> = actions.iter().map(|action| click_kind(action).0.to_owned()).collect();
        loop {
            let Answer::Given(chosen) =
                self.prompt.choose(Field::Click.row().word, &choices, at.unwrap_or(0))?
            else {
                return Ok(Answer::Back);
            };
            let action = actions[chosen];
            let word = click_kind(action).1;
            if word.is_empty() {
                return Ok(Answer::Given(Some(Value::Click(Target::OpenApp))));
            }
            let default = before.as_ref().filter(|target| target.action() == action).and_then(Target::value);
            let read = |answer: &str| target(action, answer, values.text(Field::Package).or(self.package));
            let check = |answer: &str| read(answer).map(drop).map_err(reasons);
            // From here the way back is the list of kinds.
            if let Answer::Given(answer) = self.prompt.ask(word, default, &check)? {
                let target = read(&answer).map_err(Failure::all)?;
                if target.action() != action {
                    self.prompt.remark(&format!("That is not of this kind; it is taken as {target}."));
                }
                return Ok(Answer::Given(Some(Value::Click(target))));
            }
        }
    }
}

/// The name offered for a first profile.
const FIRST: &str = "demo";

/// The target of this kind, or of the kind that the answer is of without doubt: `demo://page` is no web page.
fn target(action: &str, answer: &str, package: Option<&str>) -> Result<Target, Vec<Problem>> {
    Target::from_parts(action, Some(answer), package)
        .or_else(|problems| click::check_any(answer, package).target.ok_or(problems))
}

/// A kind of click target as an answer to choose, and the word for its value.
fn click_kind(action: &'static str) -> (&'static str, &'static str) {
    match action {
        "open-app" => ("Open the app", ""),
        "url" => ("Open a URL", "URL"),
        "activity" => ("Open an Activity of the app", "Activity"),
        "intent" => ("Open what has an intent action", "Intent action"),
        "scheme" => ("Open a URL of the app's own scheme", "Scheme URL"),
        other => (other, other),
    }
}

fn reasons(problems: Vec<Problem>) -> String {
    let said: Vec<String> = problems.iter().map(|one| format!("{}; {}", one.message, one.hint)).collect();
    said.join(". ")
}

/// A secret alone, masked.
pub(crate) fn secret(prompt: &Prompt, field: Field) -> Result<NewSecret, Failure> {
    let check =
        |text: &str| rules::opaque(text).map_err(|flaw| format!("{} {}", field.row().word, flaw.reply()));
    let question = format!("{} (not shown)", field.row().word);
    Ok(NewSecret::Typed(Secret::new(prompt.secret(&question, &check)?)))
}

/// A word as an answer to choose: a region with its host.
fn choice(word: &str) -> String {
    let Ok(region) = word.parse::<Region>() else { return word.to_owned() };
    let hosts = Endpoints::resolve(region, &Overrides::default()).ok();
    let host = hosts.as_ref().and_then(|hosts| hosts.push.host_str()).unwrap_or_default();
    match region {
        Region::Cn => format!("China ({host})"),
        Region::CnLegacy => format!("China, the older host ({host})"),
        Region::Intl => format!("Outside China ({host})"),
        Region::Sandbox => "Sandbox (the simulator on this machine)".to_owned(),
    }
}

fn declined() -> Failure {
    Problem::new(Kind::Declined, "not saved", "run the command again when you are ready").into()
}
