//! An intent, as far as a filter can ask for its parts, and the URLs that stand for one.

pub(crate) const VIEW: &str = "android.intent.action.VIEW";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Intent {
    pub(crate) action: String,
    pub(crate) categories: Vec<String>,
    pub(crate) data: Option<Data>,
    pub(crate) mime_type: Option<String>,
    /// The package that shall take it.
    pub(crate) package: Option<String>,
    /// Package and full class name.
    pub(crate) component: Option<(String, String)>,
}

/// The parts of a URI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Data {
    pub(crate) scheme: String,
    pub(crate) host: Option<String>,
    pub(crate) port: Option<String>,
    pub(crate) path: String,
}

impl Intent {
    pub(crate) fn of_action(action: &str) -> Intent {
        Intent { action: action.to_owned(), ..Intent::default() }
    }

    /// A URL that is viewed, or an intent URL: `intent://HOST/PATH#Intent;scheme=S;action=A;end`.
    pub(crate) fn of_url(url: &str) -> Intent {
        let (data, parts) = match url.rsplit_once("#Intent;") {
            Some((data, parts)) => (data, parts.strip_suffix("end").unwrap_or(parts)),
            None => (url, ""),
        };
        let mut intent = Intent::of_action(VIEW);
        let mut scheme = None;
        for (key, value) in parts.split(';').filter_map(|part| part.split_once('=')) {
            let value = decoded(value);
            match key {
                "action" => intent.action = value,
                "category" => intent.categories.push(value),
                "type" => intent.mime_type = Some(value),
                "package" => intent.package = Some(value),
                "scheme" => scheme = Some(value),
                "component" => {
                    intent.component = value.split_once('/').map(|(package, class)| {
                        let class = match class.starts_with('.') {
                            true => format!("{package}{class}"),
                            false => class.to_owned(),
                        };
                        (package.to_owned(), class)
                    });
                }
                _ => {}
            }
        }
        // Such a URL has its scheme among the parts, and has no data without it.
        let uri = match data.strip_prefix("intent:").filter(|_| url.contains("#Intent;")) {
            None => data.to_owned(),
            Some(rest) => scheme.map_or(String::new(), |scheme| format!("{scheme}:{rest}")),
        };
        intent.data = Data::of(&uri);
        intent
    }
}

impl Data {
    fn of(uri: &str) -> Option<Data> {
        let uri = uri.split(['?', '#']).next().unwrap_or_default();
        if uri.is_empty() {
            return None;
        }
        let Some((scheme, rest)) = uri.split_once(':') else {
            return Some(Data { path: decoded(uri), ..Data::default() });
        };
        let scheme = scheme.to_owned();
        let Some(rest) = rest.strip_prefix("//") else {
            // Without a slash it is opaque, such as tel:123: neither host nor path.
            let path = if rest.starts_with('/') { decoded(rest) } else { String::new() };
            return Some(Data { scheme, path, ..Data::default() });
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let address = authority.rsplit('@').next().unwrap_or_default();
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, Some(port)),
            _ => (address, None),
        };
        Some(Data {
            scheme,
            host: Some(decoded(host)).filter(|host| !host.is_empty()),
            port: port.filter(|port| !port.is_empty()).map(str::to_owned),
            path: decoded(path),
        })
    }
}

/// Percent-decoded; a plus sign is one, and a broken escape stays as it is.
fn decoded(text: &str) -> String {
    let text = text.as_bytes();
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
