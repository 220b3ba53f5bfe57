//! `--filter`: which cases are meant, by a part of their name or a pattern for the whole of it.

/// Whether the filter, a part of a name, is in this one; with `*` or `?` a pattern that the whole name must fit.
pub(super) fn takes(filter: &str, name: &str) -> bool {
    if !filter.contains(['*', '?']) {
        return name.contains(filter);
    }
    let characters = |text: &str| text.chars().collect::<Vec<char>>();
    fits(&characters(filter), &characters(name))
}

/// Greedy with one step back, so that no pattern takes longer than its length times the name's.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, n));
            p += 1;
        } else if pattern.get(p).is_some_and(|c| *c == '?' || *c == name[n]) {
            (p, n) = (p + 1, n + 1);
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            (p, n) = (at + 1, from + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_or_a_pattern() {
        assert!(takes("order", "an order page") && !takes("Order", "an order page"));
        assert!(takes("an*page", "an order page") && !takes("an*pag", "an order page"));
        assert!(takes("c?se *", "case 1") && !takes("?", "") && takes("*", ""));
        assert!(takes("*a*b*c", "xxaxxbxxabc") && !takes("*a*b*c", "xxaxxbxxab"));
    }

    proptest! {
        #[test]
        fn a_name_fits_itself_with_stars_put_in(name in "[a-c]{0,8}", at in 0usize..9) {
            let at = at.min(name.len());
            let pattern = format!("{}*{}", &name[..at], &name[at..]);
            prop_assert!(takes(&pattern, &name));
        }
    }
}
