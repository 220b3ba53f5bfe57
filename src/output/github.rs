//! GitHub's workflow commands: lines on stdout from which it makes annotations of a file.
//! What is worth one belongs to the commands.

/// An error at a line of a file, as one line.
pub(crate) fn annotation(file: &str, line: usize, title: &str, message: &str) -> String {
    format!(
        "::error file={},line={line},title={}::{}",
        escaped(file, true),
        escaped(title, true),
        escaped(message, false)
    )
}

/// Percent signs and line ends, and what ends a property; other control characters are left out, for they reach a log.
fn escaped(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if property => out.push_str("%3A"),
            ',' if property => out.push_str("%2C"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_written_as_github_reads_it() {
        assert_eq!(
            annotation("smoke/a,b.toml", 14, "100%: order", "refused: 67\nsee docs"),
            "::error file=smoke/a%2Cb.toml,line=14,title=100%25%3A order::refused: 67%0Asee docs"
        );
    }

    proptest! {
        #[test]
        fn one_line_and_three_properties_whatever_is_in_them(file in any::<String>(), title in any::<String>(), message in any::<String>()) {
            let line = annotation(&file, 1, &title, &message);
            let broken = line.contains(char::is_control);
            prop_assert!(!broken, "{line:?}");
            let properties = line.strip_prefix("::error ").unwrap().split("::").next().unwrap();
            prop_assert_eq!(properties.split(',').count(), 3);
        }
    }
}
