//! Puts values into a template: `{{name}}` is replaced by a value. What a value is, the callers know.
//! One pass: a value that holds `{{name}}` itself stays as it is.

/// Fills a template. A name without a value is a mistake in the template; it stays, and the room's tests find it.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let known = after.split_once("}}").and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, after))
        });
        match known {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push_str("{{");
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_looked_at_again() {
        let values = [("a", "{{b}}"), ("b", "x")];
        assert_eq!(fill("{{a}} {{b}} {{c}} {{", &values), "{{b}} x {{c}} {{");
    }
}
