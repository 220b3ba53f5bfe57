//! The page that shows phones and calls in a browser: its files, compressed in the program, and how they are served.

use std::io::Read;

use flate2::read::GzDecoder;

use crate::listen::{Request, Response};

/// The page's files but for the first one, which is at `/`.
pub(super) const PREFIX: &str = "/_sandbox/page/";

/// Nothing from elsewhere, nothing inline, in no other page's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

struct Asset {
    name: &'static str,
    media_type: &'static str,
    packed: &'static [u8],
}

/// The build packs each file of the folder `assets`.
macro_rules! assets {
    ($($name:literal $media_type:literal;)*) => {
        const ASSETS: &[Asset] = &[$(Asset {
            name: $name,
            media_type: $media_type,
            packed: include_bytes!(concat!(env!("OUT_DIR"), "/page/", $name, ".gz")),
        },)*];
    };
}

assets! {
    "index.html" "text/html; charset=utf-8";
    "icon.svg" "image/svg+xml";
    "style.css" "text/css; charset=utf-8";
    "phone.css" "text/css; charset=utf-8";
    "app.js" "text/javascript; charset=utf-8";
    "store.js" "text/javascript; charset=utf-8";
    "api.js" "text/javascript; charset=utf-8";
    "words.js" "text/javascript; charset=utf-8";
    "english.js" "text/javascript; charset=utf-8";
    "chinese.js" "text/javascript; charset=utf-8";
    "format.js" "text/javascript; charset=utf-8";
    "model.js" "text/javascript; charset=utf-8";
    "phones.js" "text/javascript; charset=utf-8";
    "phone.js" "text/javascript; charset=utf-8";
    "card.js" "text/javascript; charset=utf-8";
    "actions.js" "text/javascript; charset=utf-8";
    "forms.js" "text/javascript; charset=utf-8";
    "bar.js" "text/javascript; charset=utf-8";
    "log.js" "text/javascript; charset=utf-8";
    "call.js" "text/javascript; charset=utf-8";
    "copy.js" "text/javascript; charset=utf-8";
    "keys.js" "text/javascript; charset=utf-8";
    "library/preact.js" "text/javascript; charset=utf-8";
    "library/LICENSE.txt" "text/plain; charset=utf-8";
}

/// Whether the page is asked for: its first file by a browser, or any other file of it.
pub(super) fn is_for(request: &Request) -> bool {
    let path = request.path();
    path.starts_with(PREFIX) || path == "/" && matches!(request.method.as_str(), "GET" | "HEAD")
}

/// The file asked for.
pub(super) fn answer(request: &Request) -> Response {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::text(405, "text/plain", "").with("allow", "GET");
    }
    let name = request.path().strip_prefix(PREFIX).unwrap_or("index.html");
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return Response::text(404, "text/plain", "the page has no such file\n");
    };
    let takes_gzip = request.header("accept-encoding").is_some_and(|given| given.contains("gzip"));
    let response = if takes_gzip {
        Response::text(200, asset.media_type, asset.packed).with("content-encoding", "gzip")
    } else {
        Response::text(200, asset.media_type, unpacked(asset))
    };
    response
        .with("content-security-policy", POLICY)
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "no-referrer")
        .with("vary", "accept-encoding")
        .with("cache-control", "no-cache")
}

fn unpacked(asset: &Asset) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What the build has packed unpacks.
    let _ = GzDecoder::new(asset.packed).read_to_end(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn get(path: &str, encoding: &str) -> Response {
        let request = hyper::Request::get(path).header("accept-encoding", encoding);
        let (head, ()) = request.body(()).unwrap().into_parts();
        answer(&Request {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: Default::default(),
        })
    }

    fn folder() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sandbox/page/assets")
    }

    /// Every file below the folder.
    fn files() -> BTreeSet<String> {
        let entries = walkdir::WalkDir::new(folder()).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(folder()).unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_file_of_the_folder_is_served_as_it_is() {
        assert_eq!(ASSETS.iter().map(|asset| asset.name.to_owned()).collect::<BTreeSet<_>>(), files());
        for name in files() {
            let path = format!("{PREFIX}{name}");
            let response = get(&path, "");
            assert!(response.body == std::fs::read(folder().join(&name)).unwrap(), "{name}");
            let packed = get(&path, "gzip, br").body;
            assert!(packed.starts_with(&[0x1f, 0x8b]), "{name}");
        }
        assert!(get("/", "").body.starts_with(b"<!doctype html>"));
        assert_eq!(get("/_sandbox/page/nothing", "").status, 404);
    }

    #[test]
    fn it_is_small_and_nothing_in_it_is_inline_or_from_elsewhere() {
        let total: usize = ASSETS.iter().map(|asset| asset.packed.len()).sum();
        assert!(total < 300_000, "{total} bytes");
        for name in files().into_iter().filter(|name| !name.starts_with("library/")) {
            let text = std::fs::read_to_string(folder().join(&name)).unwrap();
            for banned in [
                "innerHTML",
                "outerHTML",
                "insertAdjacent",
                "document.write",
                "eval(",
                "style=\"",
                " src=\"http",
            ] {
                assert!(!text.contains(banned), "{name}: {banned}");
            }
            if name.ends_with(".js") {
                assert!(text.starts_with("// "), "{name} does not begin by saying what it is for");
                assert!(text.lines().count() < 400, "{name} is too long");
            }
        }
    }
}
