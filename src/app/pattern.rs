//! The patterns of paths in a filter: Android's two kinds, neither of which ever goes back.

/// One character of a pattern, and how often it may be there.
struct Token {
    what: What,
    least: usize,
    most: usize,
}

enum What {
    Any,
    One(char),
    /// Ranges of characters, and whether they are those that may not be there.
    Set(Vec<(char, char)>, bool),
}

impl What {
    fn takes(&self, c: char) -> bool {
        match self {
            What::Any => true,
            What::One(own) => *own == c,
            What::Set(ranges, excluded) => {
                ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *excluded
            }
        }
    }
}

/// `pathPattern`: `.` is any character, `*` repeats the one before it. `.*` ends at the first character that could be
/// the next one of the pattern, so that `.*\.pdf` does not take `/a.b.pdf`.
pub(super) fn simple(pattern: &str, text: &str) -> bool {
    let tokens = tokens(pattern, false);
    let text: Vec<char> = text.chars().collect();
    let (mut token, mut at) = (0, 0);
    while let Some(Token { what, most, .. }) = tokens.get(token) {
        let repeats = *most > 1;
        let next = tokens.get(token + 1);
        match (what, next) {
            (What::Any, None) if repeats => return true,
            (What::Any, Some(next)) if repeats => {
                let rest = text.get(at..).unwrap_or_default();
                let Some(found) = rest.iter().position(|c| next.what.takes(*c)) else { return false };
                at += found;
            }
            _ if repeats => at += run(what, &text, at, usize::MAX),
            _ if text.get(at).is_some_and(|c| what.takes(*c)) => at += 1,
            _ => return false,
        }
        token += 1;
    }
    at == text.len()
}

/// `pathAdvancedPattern`: sets, `+` and `{n,m}` as well; each takes as much as it can and gives nothing back.
pub(super) fn advanced(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut at = 0;
    for Token { what, least, most } in tokens(pattern, true) {
        let taken = run(&what, &text, at, most);
        if taken < least {
            return false;
        }
        at += taken;
    }
    at == text.len()
}

fn run(what: &What, text: &[char], at: usize, most: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().take(most).take_while(|c| what.takes(**c)).count()
}

fn tokens(pattern: &str, advanced: bool) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        let what = match c {
            '\\' => What::One(rest.next().unwrap_or('\\')),
            '.' => What::Any,
            '[' if advanced => set(&mut rest),
            _ => What::One(c),
        };
        let (least, most) = match rest.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') if advanced => (1, usize::MAX),
            Some('{') if advanced => {
                let range: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let (from, to) = range.split_once(',').unwrap_or((&range, &range));
                tokens.push(Token { what, least: number(from, 0), most: number(to, usize::MAX) });
                continue;
            }
            _ => {
                tokens.push(Token { what, least: 1, most: 1 });
                continue;
            }
        };
        rest.next();
        tokens.push(Token { what, least, most });
    }
    tokens
}

fn number(text: &str, otherwise: usize) -> usize {
    text.trim().parse().unwrap_or(otherwise)
}

fn set(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> What {
    let excluded = rest.next_if_eq(&'^').is_some();
    let mut ranges: Vec<(char, char)> = Vec::new();
    while let Some(c) = rest.next().filter(|c| *c != ']') {
        let from = if c == '\\' { rest.next().unwrap_or(c) } else { c };
        let to = rest.next_if_eq(&'-').and_then(|_| rest.next_if(|c| *c != ']'));
        ranges.push((from, to.unwrap_or(from)));
    }
    What::Set(ranges, excluded)
}
