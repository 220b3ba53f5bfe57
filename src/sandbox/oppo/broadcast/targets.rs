//! Whom a broadcast is for: everyone, a list, or those with tags.

use super::super::super::http::context::Context;
use super::super::super::http::form::Form;
use super::super::super::http::notes::Stop;
use super::super::super::phone;
use super::super::super::rules::TagList;
use super::expression::Expression;

pub(super) enum Targets {
    All,
    RegIds(Vec<String>),
    Aliases(Vec<String>),
    Tags(Expression),
}

/// The words behind the numbers; the values are those that the newer clients send.
const ALL: i64 = 1;
const REG_ID: i64 = 2;
const ALIAS: i64 = 5;
const TAG: i64 = 6;

/// The target_type, an older one as the newer one that it means, and the target_value; empty where it says nothing.
pub(super) fn given(context: &mut Context<'_>, form: &Form) -> Result<(i64, String), Stop> {
    let Some(kind) = form.get("target_type") else {
        return Err(context.notes.refuse("target_type", 40, "missing"));
    };
    let kind = match kind.parse() {
        Ok(kind @ (ALL | REG_ID | ALIAS | TAG)) => kind,
        Ok(3) if context.rules.alias_target_type_3.accepts() => {
            context.notes.dialect("target-type-3");
            ALIAS
        }
        Ok(4) if context.rules.tag_target_type_4.accepts() => {
            context.notes.dialect("target-type-4");
            TAG
        }
        _ => {
            let detail = format!("`{kind}`, not 1 (all), 2 (regIds), 5 (aliases) or 6 (tags)");
            return Err(context.notes.refuse("target_type", 41, detail));
        }
    };
    let value = form.get("target_value").unwrap_or_default().to_owned();
    if kind == ALL {
        // Clients send `null`, nothing, or whatever they had.
        return Ok((kind, String::new()));
    }
    if value.trim_matches([';', ',', ' ']).is_empty() {
        return Err(context.notes.refuse("target_value", 40, "missing"));
    }
    Ok((kind, value))
}

impl Targets {
    /// Reads what [`given`] returned.
    pub(super) fn read(
        context: &mut Context<'_>,
        app_id: &str,
        kind: i64,
        text: &str,
    ) -> Result<Targets, Stop> {
        let targets = match kind {
            ALL => return Ok(Targets::All),
            ALIAS => Targets::Aliases(aliases(context, app_id, text)?),
            TAG => return tags(context, text).map(Targets::Tags),
            _ => Targets::RegIds(list(context, text)),
        };
        if let Targets::RegIds(list) | Targets::Aliases(list) = &targets {
            let most = context.rules.broadcast_targets.0 as usize;
            if list.len() > most {
                let detail = format!("{} targets, at most {most}", list.len());
                return Err(context.notes.refuse("target_value", 41, detail));
            }
        }
        Ok(targets)
    }
}

/// With semicolons between them, or as two clients send it, with commas (OPPO reference, section 4.4).
fn list(context: &mut Context<'_>, text: &str) -> Vec<String> {
    let commas = text.contains(',') && context.rules.comma_targets.accepts();
    if commas {
        context.notes.dialect("comma-separated-targets");
    }
    let parts = text.split(|c| c == ';' || commas && c == ',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// An alias may have a comma in it.
fn aliases(context: &mut Context<'_>, app_id: &str, text: &str) -> Result<Vec<String>, Stop> {
    if text.contains(',')
        && !text.contains(';')
        && phone::reg_id_of_alias(context.tx, app_id, text)?.is_some()
    {
        return Ok(vec![text.to_owned()]);
    }
    Ok(list(context, text))
}

/// An expression; of older clients, a list of tags.
fn tags(context: &mut Context<'_>, text: &str) -> Result<Expression, Stop> {
    if !text.trim_start().starts_with('{') {
        if !context.rules.tags_as_text.accepts() {
            return Err(context.notes.refuse("target_value", 41, "not a JSON object with an expression"));
        }
        context.notes.dialect("tags-as-text");
        let tags = list(context, text).into_iter().map(Expression::Tag).collect();
        return Ok(match context.rules.tag_list {
            TagList::Any => Expression::Or(tags),
            TagList::All => Expression::And(tags),
        });
    }
    Expression::read(text, context.rules.tag_operators)
        .map_err(|why| context.notes.refuse("target_value", 41, why))
}
