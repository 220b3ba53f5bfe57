//! Which answer belongs to which row: by order where nothing speaks against it, else by the regId that each answer names.
//! That the order is kept is not confirmed (OPPO reference, section 4.2).

use std::collections::HashMap;

use crate::oppo::ItemAnswer;

/// The answer to each target; none where the list does not tell.
pub(super) fn by_target(
    targets: &[(bool, &str)],
    answers: Vec<(Option<String>, ItemAnswer)>,
) -> Vec<Option<ItemAnswer>> {
    let fits = |((is_alias, target), (named, _)): (&(bool, &str), &(Option<String>, ItemAnswer))| {
        *is_alias || named.as_deref().is_none_or(|named| named.is_empty() || named == *target)
    };
    if targets.len() == answers.len() && targets.iter().zip(&answers).all(fits) {
        return answers.into_iter().map(|(_, answer)| Some(answer)).collect();
    }
    // A regId that is there twice could be told apart by order alone.
    let mut named: HashMap<String, Vec<ItemAnswer>> = HashMap::new();
    for (target, answer) in answers {
        named.entry(target.unwrap_or_default()).or_default().push(answer);
    }
    let count = |wanted: &str| targets.iter().filter(|(_, target)| *target == wanted).count();
    let answer = |(_, target): &(bool, &str)| match named.get(*target).map(Vec::as_slice) {
        Some([only]) if count(target) == 1 => Some(only.clone()),
        _ => None,
    };
    targets.iter().map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(id: &str) -> ItemAnswer {
        ItemAnswer::Accepted { message_id: id.to_owned() }
    }

    fn named(list: &[(&str, &str)]) -> Vec<(Option<String>, ItemAnswer)> {
        list.iter().map(|(target, id)| (Some((*target).to_owned()), accepted(id))).collect()
    }

    #[test]
    fn answers_find_their_rows_in_any_order() {
        let targets = [(false, "r1"), (false, "r2"), (false, "r3")];
        let ordered = by_target(&targets, named(&[("r1", "1"), ("r2", "2"), ("r3", "3")]));
        let mixed = by_target(&targets, named(&[("r3", "3"), ("r1", "1"), ("r2", "2")]));
        assert_eq!(ordered, ["1", "2", "3"].map(|id| Some(accepted(id))));
        assert_eq!(mixed, ordered);
    }

    #[test]
    fn a_row_that_no_answer_names_has_none() {
        let targets = [(false, "r1"), (false, "r2"), (true, "alice")];
        let short = by_target(&targets, named(&[("r2", "2")]));
        assert_eq!(short, [None, Some(accepted("2")), None]);
        let twice = by_target(&[(false, "r1"), (false, "r1")], named(&[("r1", "1")]));
        assert_eq!(twice, [None, None]);
    }

    #[test]
    fn an_alias_is_told_by_order() {
        let targets = [(true, "alice"), (false, "r2")];
        let answers = by_target(&targets, named(&[("r9", "1"), ("r2", "2")]));
        assert_eq!(answers, [Some(accepted("1")), Some(accepted("2"))]);
    }
}
