//! What the app's manifest must hold: permissions, OPPO's services, the Activity of the click target.

use super::Values;
use super::fill::fill;
use super::literal::attribute;
use crate::click::{Link, Target};

/// The manifest as a whole document (OPPO reference, section 10; tencent-im-push reference, section 3).
pub(super) fn text(values: &Values) -> String {
    let (package, name) = values.receiver();
    // Without a package the manifest's short form is meant: .Name.
    let class = attribute(&format!("{}.{name}", package.unwrap_or_default()));
    let named = |name: &str, value: Option<&str>| {
        value.map_or(String::new(), |value| format!(" android:{name}=\"{}\"", attribute(value)))
    };
    let (action, data) = match &values.click {
        Target::Intent(action) => (attribute(action), String::new()),
        Target::Scheme(url) => {
            let link = Link::of(url);
            (attribute(link.action), named("scheme", link.scheme) + &named("host", link.host))
        }
        _ => Default::default(),
    };
    let click = match &values.click {
        Target::Activity(_) => include_str!("templates/xml/click.activity.xml"),
        Target::Intent(_) => include_str!("templates/xml/click.intent.xml"),
        Target::OpenApp => include_str!("templates/xml/click.open-app.xml"),
        Target::Url(_) => include_str!("templates/xml/click.url.xml"),
        Target::Scheme(_) => include_str!("templates/xml/click.scheme.xml"),
    };
    let click = fill(click.trim_end(), &[("class", &class), ("action", &action), ("data", &data)]);
    // An XML comment may not hold two dashes in a row; a profile's name may.
    let head = values.head("manifest").replace("--", "- -").replace("--", "- -");
    fill(TEMPLATE, &[("head", &head), ("click", &click)])
}

const TEMPLATE: &str = include_str!("templates/xml/manifest.xml");

/// One of OPPO's services, as the manifest declares it.
pub(super) fn service(name: &str) -> String {
    const END: &str = "</service>";
    let at = TEMPLATE.find(name).unwrap_or(0);
    let start = TEMPLATE.get(..at).and_then(|before| before.rfind("<service")).unwrap_or(at);
    let end = TEMPLATE.get(at..).and_then(|after| after.find(END)).map_or(at, |end| at + end + END.len());
    // Without the indentation of the template.
    TEMPLATE.get(start..end).unwrap_or_default().replace("\n        ", "\n")
}
