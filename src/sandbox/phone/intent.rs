//! Intent scheme URLs (`intent:…#Intent;action=…;component=…;end`), as much of them as a push needs.

use std::collections::BTreeMap;

use super::super::http::form;

/// What an intent URL says. A part that is not listed here (flags, package, categories) makes no difference.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Intent {
    pub(crate) action: Option<String>,
    /// Package and full class name.
    pub(crate) component: Option<(String, String)>,
    /// The scheme of the intent's data, where it has data.
    pub(crate) data_scheme: Option<String>,
    pub(crate) extras: BTreeMap<String, String>,
}

/// Reads the URL; `None` when it is not an intent URL, or names neither an action nor a component.
pub(super) fn parse(url: &str) -> Option<Intent> {
    let (data, rest) = url.strip_prefix("intent:")?.split_once("#Intent;")?;
    let parts = rest.strip_suffix("end")?;
    let mut intent = Intent::default();
    let mut scheme = None;
    for part in parts.split(';').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=')?;
        let value = decoded(value);
        match key {
            "action" => intent.action = Some(value),
            "component" => intent.component = Some(component(&value)?),
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
    if !data.trim_start_matches('/').is_empty() {
        intent.data_scheme = Some(scheme.unwrap_or_else(|| "intent".to_owned()));
    }
    (intent.action.is_some() || intent.component.is_some()).then_some(intent)
}

fn component(text: &str) -> Option<(String, String)> {
    let (package, class) = text.split_once('/')?;
    if package.is_empty() || class.is_empty() {
        return None;
    }
    Some((package.to_owned(), super::new::full_name(package, class)))
}

/// Percent-decoded; here a `+` is a plus sign. What is badly encoded stays as it is.
fn decoded(text: &str) -> String {
    form::decode(text.replace('+', "%2B").as_bytes()).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn action_component_data_and_extras_are_read() {
        let intent = parse(
            "intent://host/p#Intent;scheme=app;action=a.b.C;component=com.x/.Page;S.k%20=v%3B1;i.n=2;launchFlags=0x4;end",
        )
        .unwrap();
        assert_eq!(intent.action.as_deref(), Some("a.b.C"));
        assert_eq!(intent.component, Some(("com.x".into(), "com.x.Page".into())));
        assert_eq!(intent.data_scheme.as_deref(), Some("app"));
        assert_eq!(intent.extras, [("k ".into(), "v;1".into()), ("n".into(), "2".into())].into());
        assert_eq!(parse("intent:#Intent;action=a;end").unwrap().data_scheme, None);
        assert_eq!(parse("intent://#Intent;action=a;scheme=x;end").unwrap().data_scheme, None);
    }

    #[test]
    fn anything_else_is_not_supported() {
        for url in [
            "",
            "https://example.com",
            "intent:",
            "intent:#Intent;end",
            "intent:#Intent;action=a",
            "intent:#Intent;action;end",
            "intent:#Intent;component=com.x;end",
            "intent:#Intent;component=/A;end",
            "intent:#Intent;S.k=v;end",
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
