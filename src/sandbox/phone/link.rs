//! A click URL with the action parameters appended as query parameters (OPPO reference, section 5).

use serde_json::{Map, Value};
use url::Url;

/// Whether a browser would open it.
pub(super) fn is_web(url: &str) -> bool {
    Url::parse(url).is_ok_and(|parsed| matches!(parsed.scheme(), "http" | "https") && parsed.has_host())
}

/// The URL with each parameter at the end of its query. What is there, fragment included, stays to the letter.
pub(super) fn with_parameters(url: &str, parameters: &Map<String, Value>) -> String {
    if parameters.is_empty() {
        return url.to_owned();
    }
    let (before, fragment) = match url.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment)),
        None => (url, None),
    };
    let mut made = before.to_owned();
    let mut joint = match before.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    for (key, value) in parameters {
        made.push_str(joint);
        made.push_str(&encoded(key));
        made.push('=');
        made.push_str(&encoded(&text(value)));
        joint = "&";
    }
    if let Some(fragment) = fragment {
        made.push('#');
        made.push_str(fragment);
    }
    made
}

/// How a value of the action parameters arrives: a string as it is, anything else as its JSON text. That numbers and
/// booleans become Strings is unconfirmed (OPPO reference, section 10).
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Percent-encoded; a space as `%20`, which every reader of a query understands.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn appended(url: &str, parameters: Value) -> String {
        with_parameters(url, parameters.as_object().unwrap())
    }

    #[test]
    fn parameters_go_to_the_end_of_the_query() {
        let one = || json!({"a b": "1&2+3"});
        assert_eq!(appended("https://example.com", one()), "https://example.com?a%20b=1%262%2B3");
        assert_eq!(
            appended("https://example.com/p?x=%41", one()),
            "https://example.com/p?x=%41&a%20b=1%262%2B3"
        );
        assert_eq!(
            appended("https://example.com/p?#f?g", json!({"k": "v"})),
            "https://example.com/p?k=v#f?g"
        );
        assert_eq!(appended("https://example.com/p?x&", json!({"k": "v"})), "https://example.com/p?x&k=v");
        assert_eq!(appended("https://example.com/p#f", json!({})), "https://example.com/p#f");
        assert_eq!(
            appended("https://example.com/", json!({"n": 1, "t": true, "o": {"a": [1]}, "z": null})),
            "https://example.com/?n=1&t=true&o=%7B%22a%22%3A%5B1%5D%7D&z=null"
        );
    }

    #[test]
    fn only_http_and_https_with_a_host_open_in_a_browser() {
        for url in ["https://example.com", "http://例子.cn/页?q=1", "HTTPS://EXAMPLE.COM"] {
            assert!(is_web(url), "{url}");
        }
        for url in ["ftp://example.com", "example.com", "https://", "javascript:alert(1)", ""] {
            assert!(!is_web(url), "{url}");
        }
    }

    proptest! {
        #[test]
        fn the_query_and_fragment_that_are_there_stay(
            query in "[a-z0-9=&%]{0,20}", fragment in "[a-z0-9?/]{0,10}", key in "\\PC{1,10}", value in "\\PC{0,20}",
        ) {
            let parameters: Map<String, Value> = [(key.clone(), Value::String(value.clone()))].into_iter().collect();
            let made = with_parameters(&format!("https://example.com/p?{query}#{fragment}"), &parameters);
            let begins = format!("https://example.com/p?{query}");
            let ends = format!("#{fragment}");
            prop_assert!(made.starts_with(&begins));
            prop_assert!(made.ends_with(&ends));
            let parsed = Url::parse(&made).unwrap();
            let last = parsed.query_pairs().last().unwrap();
            prop_assert_eq!((last.0.as_ref(), last.1.as_ref()), (key.as_str(), value.as_str()));
        }
    }
}
