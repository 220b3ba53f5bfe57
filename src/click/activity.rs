//! Activities as click targets: a full Java class name, and what shorter or longer spellings of it mean.
//! Whether the app declares the Activity is not known here.

use super::finding::{Examined, Finding, add, quoted};
use super::rules::{self, NAME_LIMIT};

/// What Java keeps for itself: keywords, literals and the lone underscore (Java language, sections 3.9 and 3.10).
const RESERVED: &str = "_ abstract assert boolean break byte case catch char class const continue default do double else \
    enum extends false final finally float for goto if implements import instanceof int interface long \
    native new null package private protected public return short static strictfp super switch \
    synchronized this throw throws transient true try void volatile while";

/// Validates an Activity's class name; `.Name` and `pkg/.Name` are expanded where the package is known.
pub(crate) fn examine(text: &str, package: Option<&str>) -> Examined {
    let mut findings = Vec::new();
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Examined::refused(vec![Finding::new(&rules::ACTIVITY_EMPTY, "the Activity is empty")]);
    }
    if trimmed != text {
        add(&mut findings, &rules::ACTIVITY_SPACE, format!("{} has white space around it", quoted(text)));
    }
    let Some(name) = expanded(trimmed, package, &mut findings) else {
        return Examined::refused(findings);
    };
    let length = name.chars().count();
    if length > NAME_LIMIT {
        let evidence = format!("the class name has {length} characters; OPPO takes at most {NAME_LIMIT}");
        findings.push(Finding::new(&rules::ACTIVITY_TOO_LONG, evidence));
    }
    check_parts(&name, package, &mut findings);
    Examined::finish(name, None, findings)
}

/// The full class name of a manifest's or adb's shorthand, with a note; none if it is unknown.
fn expanded(text: &str, package: Option<&str>, findings: &mut Vec<Finding>) -> Option<String> {
    if let Some((component_package, class)) = text.split_once('/') {
        if class.contains('/') || !component_package.contains('.') {
            let meant = text.trim_matches('/').replace('/', ".");
            let evidence = format!("{} is written with slashes", quoted(text));
            findings.push(Finding::suggesting(&rules::ACTIVITY_SLASHES, evidence, &meant));
            return None;
        }
        if class.is_empty() {
            let evidence = format!("{} names a package and no class", quoted(text));
            findings.push(Finding::new(&rules::ACTIVITY_COMPONENT, evidence));
            return None;
        }
        let name = match class.strip_prefix('.') {
            Some(rest) => format!("{component_package}.{rest}"),
            None => class.to_owned(),
        };
        let evidence = format!("{} is adb's PACKAGE/CLASS form of {}", quoted(text), quoted(&name));
        findings.push(Finding::new(&rules::ACTIVITY_EXPANDED, evidence));
        if let Some(package) = package.filter(|package| *package != component_package) {
            let evidence = format!("it names the package {component_package}, the app's is {package}");
            findings.push(Finding::new(&rules::ACTIVITY_OTHER_PACKAGE, evidence));
        }
        return Some(name);
    }
    if !text.starts_with('.') {
        return Some(text.to_owned());
    }
    match package {
        Some(package) => {
            let name = format!("{package}{text}");
            let evidence = format!("{} is the manifest's short form of {}", quoted(text), quoted(&name));
            findings.push(Finding::new(&rules::ACTIVITY_EXPANDED, evidence));
            Some(name)
        }
        None => {
            add(findings, &rules::ACTIVITY_RELATIVE, format!("{} is not a full class name", quoted(text)));
            None
        }
    }
}

fn check_parts(name: &str, package: Option<&str>, findings: &mut Vec<Finding>) {
    let parts: Vec<&str> = name.split('.').collect();
    if parts.iter().any(|part| part.is_empty()) {
        add(findings, &rules::ACTIVITY_EMPTY_PART, format!("{} has an empty part", quoted(name)));
    }
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if RESERVED.split(' ').any(|word| word == *part) {
            let evidence = format!("{} has the part {part}, a word that Java reserves", quoted(name));
            let stem = name.strip_suffix(".class").filter(|stem| stem.contains('.'));
            findings.push(match stem {
                Some(stem) => Finding::suggesting(&rules::ACTIVITY_RESERVED, evidence, stem),
                None => Finding::new(&rules::ACTIVITY_RESERVED, evidence),
            });
        } else if let Some(reason) = not_an_identifier(part) {
            add(findings, &rules::ACTIVITY_IDENTIFIER, format!("the part {} {reason}", quoted(part)));
        }
    }
    if parts.len() < 2 {
        let evidence = format!("{} has no package", quoted(name));
        findings.push(match package {
            Some(package) => {
                Finding::suggesting(&rules::ACTIVITY_NO_PACKAGE, evidence, &format!("{package}.{name}"))
            }
            None => Finding::new(&rules::ACTIVITY_NO_PACKAGE, evidence),
        });
    }
    if findings.iter().any(Finding::is_error) {
        return;
    }
    if !name.is_ascii() {
        add(findings, &rules::ACTIVITY_NON_ASCII, format!("{} has letters beyond ASCII", quoted(name)));
    }
    let class = parts.last().copied().unwrap_or_default();
    if package == Some(name) || class.starts_with(|c: char| c.is_lowercase()) {
        let evidence = format!("the class of {} begins with a small letter", quoted(name));
        findings.push(Finding::new(&rules::ACTIVITY_LOWER_CASE, evidence));
    }
}

fn not_an_identifier(part: &str) -> Option<String> {
    let starts = |c: char| c == '_' || c == '$' || unicode_ident::is_xid_start(c);
    let continues = |c: char| c == '$' || unicode_ident::is_xid_continue(c);
    if let Some(c) = part.chars().find(|c| !continues(*c)) {
        return Some(format!("contains {}", quoted(&c.to_string())));
    }
    let first = part.chars().next()?;
    (!starts(first)).then(|| format!("begins with {}", quoted(&first.to_string())))
}
