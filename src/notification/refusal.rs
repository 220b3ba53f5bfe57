//! What a code of OPPO's means for the notification that it refused, where the table of codes says less than is known.

use serde_json::{Map, Value};

use super::categories::{CATEGORIES, near};
use crate::failure::Remedy;

/// `private_msg_template_id is null`, and the error of category and notify level (OPPO reference, section 8).
const TEMPLATE: i64 = 54;
const CATEGORY: i64 = 67;

/// Why this notification was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) cause: String,
    pub(crate) remedy: Remedy,
}

/// What the code means for what was given; none where the table of codes says all.
pub(crate) fn refusal(code: i64, given: &Map<String, Value>) -> Option<Refusal> {
    let text = |field: &str| given.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
    let category = text("category");
    match code {
        TEMPLATE => {
            let template = text("private_msg_template_id")?;
            let category = category.map(|category| format!(" {category}")).unwrap_or_default();
            Some(Refusal {
                cause: format!("template {template} is not approved for this app or category{category}"),
                remedy: Remedy::say(
                    "name a template that OPPO's console shows as approved for this app and category; its parameters are those of the template itself",
                ),
            })
        }
        CATEGORY => {
            let category = category.filter(|category| !CATEGORIES.contains(category))?;
            let near = near(category).map(|near| format!("; {near} is near it")).unwrap_or_default();
            Some(Refusal {
                cause: format!("there is no category {category}{near}"),
                remedy: Remedy::from(format!("name one of OPPO's categories: {}", CATEGORIES.join(", "))),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn cause(code: i64, given: &Value) -> Option<String> {
        refusal(code, given.as_object().expect("an object")).map(|refusal| refusal.cause)
    }

    #[test]
    fn a_template_that_was_given_is_not_approved() {
        let given = json!({"private_msg_template_id": "T1", "category": "IM"});
        let said = "template T1 is not approved for this app or category IM";
        assert_eq!(cause(54, &given).as_deref(), Some(said));
        assert_eq!(cause(67, &given), None);
        for none in [json!({}), json!({"private_msg_template_id": ""}), json!({"category": "IM"})] {
            assert_eq!(cause(54, &none), None, "{none}");
        }
    }

    #[test]
    fn a_category_that_does_not_exist_is_named_with_the_near_one() {
        for (typed, said) in [
            ("subscribe", "there is no category subscribe; SUBSCRIPTION is near it"),
            ("im", "there is no category im; IM is near it"),
            ("Marketing", "there is no category Marketing; MARKETING is near it"),
            ("CHAT", "there is no category CHAT"),
        ] {
            assert_eq!(cause(67, &json!({"category": typed})).as_deref(), Some(said));
        }
        for known in CATEGORIES {
            assert_eq!(cause(67, &json!({"category": known, "notify_level": 16})), None, "{known}");
        }
        assert_eq!(cause(67, &json!({"notify_level": 16})), None);
    }
}
