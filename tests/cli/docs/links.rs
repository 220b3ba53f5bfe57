//! Every link of a document to a file of the project, and to a heading in it, leads somewhere.
//! Links to the network are not followed: tests need none.

use std::path::Path;

use super::pages::{Page, all, prose, root};

#[test]
fn local_links_resolve() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for page in all() {
        for (line, target) in links(&page) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            seen += 1;
            if let Some(fault) = fault(&page, &target) {
                faults.push(format!("{}:{line}: {target}: {fault}", page.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 20, "links are no longer found");
}

/// The targets of `[text](target)`, with their lines.
fn links(page: &Page) -> Vec<(usize, String)> {
    let of_line = |(number, line): (usize, &str)| {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        targets.map(|(target, _)| (number, target.to_owned())).collect::<Vec<_>>()
    };
    prose(&page.text).into_iter().flat_map(of_line).collect()
}

fn fault(page: &Page, target: &str) -> Option<String> {
    let (file, heading) =
        target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
    let folder = root().join(&page.name).parent()?.to_owned();
    let path = if file.is_empty() { root().join(&page.name) } else { folder.join(file) };
    if !path.exists() {
        return Some("there is no such file".into());
    }
    let heading = heading?;
    (!headings(&path).iter().any(|known| known == heading)).then(|| "there is no such heading".into())
}

/// The anchors of a page's headings, as the usual renderers make them.
fn headings(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = prose(&text).into_iter().filter_map(|(_, line)| line.strip_prefix('#'));
    lines.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
}

fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[test]
fn anchors_are_made_as_renderers_make_them() {
    assert_eq!(anchor("The current profile"), "the-current-profile");
    assert_eq!(anchor("OPPO's own console test"), "oppos-own-console-test");
    assert_eq!(anchor("`[profile.NAME]`"), "profilename");
    let page =
        Page { name: "docs/json.md".into(), text: "see [a](x.md#y) and [b](#c)\n```\n[d](e)\n```\n".into() };
    assert_eq!(links(&page), [(1, "x.md#y".into()), (1, "#c".into())]);
    assert!(fault(&page, "no-such-file.md").is_some() && fault(&page, "#no-such-heading").is_some());
}
