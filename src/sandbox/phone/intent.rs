//! What a tap on a message of type 5 asks of Android: a scheme URL, or an intent URL (`intent:…#Intent;…;end`).

use std::collections::BTreeMap;

use super::names::{VIEW, full_name};

/// An intent. A part that is not listed here (flags, type, source bounds) makes no difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Intent {
    /// VIEW where the URL names none, as in Android.
    pub(crate) action: String,
    /// Package and full class name.
    pub(crate) component: Option<(String, String)>,
    pub(crate) package: Option<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) data: Option<Data>,
    pub(crate) extras: BTreeMap<String, String>,
}

/// The parts of an intent's data that a filter can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Data {
    pub(crate) scheme: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) path: Option<String>,
}

/// Reads the URL. `None`: it is empty, or its `#Intent;` part can't be read.
pub(super) fn parse(url: &str) -> Option<Intent> {
    let mut intent = Intent {
        action: VIEW.to_owned(),
        component: None,
        package: None,
        categories: Vec::new(),
        data: None,
        extras: BTreeMap::new(),
    };
    let (mut data, parts) = match url.rsplit_once("#Intent;") {
        Some((data, parts)) => (data.to_owned(), parts.strip_suffix("end")?),
        // Android takes `intent:` without the fragment for a URL of a scheme of that name.
        None => (url.to_owned(), ""),
    };
    let mut scheme = None;
    for part in parts.split(';').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=')?;
        let value = decoded(value);
        match key {
            "action" => intent.action = value,
            "category" => intent.categories.push(value),
            "component" => intent.component = Some(component(&value)?),
            "package" => intent.package = Some(value),
            "scheme" => scheme = Some(value),
            // The letter is the type: S String, i int, B boolean, …
            _ => {
                if let Some((kind, name)) = key.split_once('.')
                    && kind.len() == 1
                {
                    intent.extras.insert(decoded(name), value);
                }
            }
        }
    }
    if let Some(rest) = data.strip_prefix("intent:")
        && url.contains("#Intent;")
    {
        data = match scheme {
            Some(scheme) if !rest.trim_start_matches('/').is_empty() => format!("{scheme}:{rest}"),
            _ => rest.trim_start_matches('/').to_owned(),
        };
    } else if data.is_empty() {
        return None;
    }
    intent.data = (!data.is_empty()).then(|| Data::of(&data));
    Some(intent)
}

impl Data {
    pub(super) fn of(uri: &str) -> Data {
        let before_query = uri.split(['?', '#']).next().unwrap_or_default();
        let Some((scheme, rest)) = before_query.split_once(':') else {
            return Data { path: Some(decoded(before_query)), ..Data::default() };
        };
        let scheme = Some(scheme.to_owned());
        let Some(rest) = rest.strip_prefix("//") else {
            // Without a slash it is opaque, such as tel:123.
            return Data { scheme, host: None, path: rest.starts_with('/').then(|| decoded(rest)) };
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        Data { scheme, host: (!host.is_empty()).then(|| decoded(host)), path: Some(decoded(path)) }
    }
}

fn component(text: &str) -> Option<(String, String)> {
    let (package, class) = text.split_once('/')?;
    if package.is_empty() || class.is_empty() {
        return None;
    }
    Some((package.to_owned(), full_name(package, class)))
}

/// Percent-decoded; here a `+` is a plus sign. A broken escape stays as it is, and what follows is still decoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escape = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match escaped.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn data(uri: &str) -> (Option<String>, Option<String>, Option<String>) {
        let Data { scheme, host, path } = parse(uri).unwrap().data.unwrap();
        (scheme, host, path)
    }

    #[test]
    fn action_component_data_and_extras_are_read() {
        let intent = parse(
            "intent://host/p#Intent;scheme=app;action=a.b.C;category=c.D;package=com.x;component=com.x/.Page;S.k%20=v%3B1;i.n=2;launchFlags=0x4;end",
        )
        .unwrap();
        assert_eq!(intent.action, "a.b.C");
        assert_eq!(intent.component, Some(("com.x".into(), "com.x.Page".into())));
        assert_eq!(
            intent.data,
            Some(Data { scheme: Some("app".into()), host: Some("host".into()), path: Some("/p".into()) })
        );
        assert_eq!((intent.categories, intent.package), (vec!["c.D".to_owned()], Some("com.x".into())));
        assert_eq!(intent.extras, [("k ".into(), "v;1".into()), ("n".into(), "2".into())].into());
        assert_eq!(parse("intent:#Intent;action=a;end").unwrap().data, None);
        assert_eq!(parse("intent://#Intent;action=a;scheme=x;end").unwrap().data, None);
    }

    #[test]
    fn a_url_without_an_action_is_viewed() {
        let part = |text: &str| Some(text.to_owned());
        for (url, expected) in [
            ("command://test?key1=val1&key2=val2", (part("command"), part("test"), part(""))),
            ("lib://host:80/a%20b?x=1", (part("lib"), part("host"), part("/a b"))),
            (
                "demo_scheme://com.x/push?a%3D1#Intent;launchFlags=0x24000000;end",
                (part("demo_scheme"), part("com.x"), part("/push")),
            ),
            ("intent://test?key1=val1#Intent;scheme=command;end", (part("command"), part("test"), part(""))),
            ("SCHEME?query", (None, None, part("SCHEME"))),
            ("tel:123", (part("tel"), None, None)),
        ] {
            assert_eq!(data(url), expected, "{url}");
            assert_eq!(parse(url).unwrap().action, VIEW, "{url}");
        }
        assert_eq!(parse("intent:#Intent;end").unwrap().data, None);
    }

    #[test]
    fn a_broken_escape_leaves_the_rest_decoded() {
        let extra = |url: &str| parse(url).unwrap().extras["k"].clone();
        assert_eq!(extra("intent:#Intent;action=a;S.k=50%25%zz%20off%2;end"), "50%%zz off%2");
        assert_eq!(extra("intent:#Intent;action=a;S.k=%E4%BD%A0+%;end"), "你+%");
        assert_eq!(extra("intent:#Intent;action=a;S.k=%ff%20x;end"), "\u{fffd} x");
    }

    #[test]
    fn anything_else_can_not_be_read() {
        for url in [
            "",
            "intent:#Intent;action=a",
            "intent:#Intent;action;end",
            "intent:#Intent;component=com.x;end",
            "intent:#Intent;component=/A;end",
            "demo://x#Intent;launchFlags=1",
        ] {
            assert_eq!(parse(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*", part in "[a-zS.=;%/0-9]{0,40}") {
            let _ = parse(&text);
            let _ = parse(&format!("intent:{text}#Intent;{part};end"));
        }
    }
}
