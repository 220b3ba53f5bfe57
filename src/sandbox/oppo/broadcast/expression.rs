//! A tag expression such as `{"and":["tag"]}` (OPPO reference, section 4.4): read, and turned into a condition in SQL.

use serde_json::Value;

use super::super::super::rules::TagOperators;

pub(super) enum Expression {
    Tag(String),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    /// None of them.
    Not(Vec<Expression>),
}

/// More parts than anyone writes by hand.
const MOST: usize = 200;

impl Expression {
    /// The error says what is wrong.
    pub(super) fn read(text: &str, operators: TagOperators) -> Result<Expression, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        let mut left = MOST;
        Expression::of(&value, operators, &mut left)
    }

    fn of(value: &Value, operators: TagOperators, left: &mut usize) -> Result<Expression, String> {
        *left = left.checked_sub(1).ok_or_else(|| format!("more than {MOST} parts"))?;
        let members = match value {
            Value::String(tag) if !tag.trim().is_empty() => {
                return Ok(Expression::Tag(tag.trim().to_owned()));
            }
            Value::Object(members) if !members.is_empty() => members,
            _ => return Err("neither a tag nor an object with an operator".into()),
        };
        let mut parts = Vec::new();
        for (operator, listed) in members {
            let Value::Array(listed) = listed else { return Err(format!("`{operator}` has no array")) };
            if listed.is_empty() {
                return Err(format!("`{operator}` has no tag"));
            }
            let of = listed
                .iter()
                .map(|part| Expression::of(part, operators, left))
                .collect::<Result<Vec<_>, _>>()?;
            parts.push(match operator.as_str() {
                "and" => Expression::And(of),
                "or" if operators == TagOperators::AndOrNot => Expression::Or(of),
                "not" if operators == TagOperators::AndOrNot => Expression::Not(of),
                other => return Err(format!("there is no operator `{other}`")),
            });
        }
        Ok(Expression::And(parts))
    }

    /// A condition on a phone `p`; the tags that it names become parameters.
    pub(super) fn condition(&self, tags: &mut Vec<String>) -> String {
        let mut joined = |parts: &[Expression], with: &str| {
            let parts: Vec<String> = parts.iter().map(|part| part.condition(tags)).collect();
            format!("({})", parts.join(with))
        };
        match self {
            Expression::And(parts) => joined(parts, " AND "),
            Expression::Or(parts) => joined(parts, " OR "),
            Expression::Not(parts) => format!("NOT {}", joined(parts, " OR ")),
            Expression::Tag(tag) => {
                tags.push(tag.clone());
                "EXISTS (SELECT 1 FROM tagged t WHERE t.app_id = p.app_id AND t.reg_id = p.reg_id AND t.tag = ?)"
                    .to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_expression_says_why() {
        for (text, why) in [
            (r#"{"and":[]}"#, "has no tag"),
            (r#"{"and":"a"}"#, "no array"),
            (r#"{"xor":["a"]}"#, "no operator `xor`"),
            (r#"{}"#, "neither"),
            (r#"{"and":[1]}"#, "neither"),
            (r#"{"and":[" "]}"#, "neither"),
            ("{", "not JSON"),
        ] {
            let error = Expression::read(text, TagOperators::AndOrNot).err().unwrap();
            assert!(error.contains(why), "{text}: {error}");
        }
        let many = format!(r#"{{"and":[{}"a"]}}"#, r#""a","#.repeat(MOST));
        assert!(Expression::read(&many, TagOperators::And).is_err());
        assert!(Expression::read(r#"{"or":["a"]}"#, TagOperators::And).is_err());
    }

    #[test]
    fn spaces_and_nesting_are_read() {
        let text = r#" { "and" : [ "a", { "or": ["b", " c "], "not": ["d"] } ] } "#;
        let mut tags = Vec::new();
        let condition = Expression::read(text, TagOperators::AndOrNot).unwrap().condition(&mut tags);
        assert_eq!(tags, ["a", "b", "c", "d"]);
        let shape = condition.replace(
            "EXISTS (SELECT 1 FROM tagged t WHERE t.app_id = p.app_id AND t.reg_id = p.reg_id AND t.tag = ?)",
            "T",
        );
        assert_eq!(shape, "((T AND ((T OR T) AND NOT (T))))");
    }
}
