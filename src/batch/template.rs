//! A text with gaps: `{{column}}` is filled with the value of that column.

use std::borrow::Cow;

use crate::failure::{Kind, Problem};

/// A text, and the columns that fill its gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Column(String),
}

impl Template {
    /// `None` if the text has no gap.
    pub(crate) fn parse(text: &str) -> Result<Option<Template>, Problem> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                let message = "a gap that begins with {{ does not end with }}";
                return Err(Problem::new(Kind::MalformedFlag, message, "write {{column}}"));
            };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Column(name.trim().to_owned()));
            rest = behind;
        }
        if pieces.is_empty() {
            return Ok(None);
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        Ok(Some(Template(pieces)))
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text of one row; the name of the column that it lacks, if one is missing.
    pub(super) fn fill<'r>(&self, value: impl Fn(&str) -> Option<Cow<'r, str>>) -> Result<String, String> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(fixed) => text.push_str(fixed),
                Piece::Column(name) => text.push_str(&value(name).ok_or_else(|| name.clone())?),
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_with_the_values_of_a_row() {
        let template = Template::parse("{{ name }}, {{城市}}!").unwrap().unwrap();
        assert_eq!(template.columns().collect::<Vec<_>>(), ["name", "城市"]);
        let value = |name: &str| (name != "x").then(|| Cow::Owned(format!("<{name}>")));
        assert_eq!(template.fill(value).unwrap(), "<name>, <城市>!");
        assert_eq!(Template::parse("{{x}}").unwrap().unwrap().fill(value), Err("x".to_owned()));
        assert_eq!(Template::parse("plain {").unwrap(), None);
        assert!(Template::parse("{{open").is_err());
    }
}
