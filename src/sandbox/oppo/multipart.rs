//! A multipart/form-data body taken apart: its parts in any order and of any type (OPPO reference, section 7).

/// One part, whatever its type says.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct Part<'b> {
    pub(super) name: String,
    /// Whether it was sent as a file.
    pub(super) is_file: bool,
    pub(super) bytes: &'b [u8],
}

/// The boundary that a content type names.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let boundary = parameter(content_type, "boundary")?;
    (1..=200).contains(&boundary.len()).then_some(boundary)
}

/// The parts in order; the error says where it is no multipart body.
pub(super) fn parts<'b>(body: &'b [u8], boundary: &str) -> Result<Vec<Part<'b>>, &'static str> {
    let delimiter = format!("--{boundary}");
    let mut rest = after(body, delimiter.as_bytes()).ok_or("its boundary is not in it")?;
    let next = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        rest = rest.strip_prefix(b"\r\n").ok_or("a boundary is not at the end of its line")?;
        let end = find(rest, next.as_bytes()).ok_or("its last part has no end")?;
        let part = &rest[..end];
        let head = find(part, b"\r\n\r\n").ok_or("a part has no head")?;
        let lines = String::from_utf8_lossy(&part[..head]).into_owned();
        let disposition = lines
            .split("\r\n")
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))
            .map(|(_, value)| value.to_owned())
            .ok_or("a part has no Content-Disposition")?;
        parts.push(Part {
            name: parameter(&disposition, "name").ok_or("a part has no name")?,
            is_file: parameter(&disposition, "filename").is_some(),
            bytes: &part[head + 4..],
        });
        rest = &rest[end + next.len()..];
    }
}

/// A parameter of a header's value, quoted or not.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn after<'b>(text: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    find(text, wanted).map(|at| &text[at + wanted.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_are_read_in_any_order_and_of_any_type() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a/b.png\"\r\n\
            Content-Type: multipart/form-data\r\n\r\n\x89\r\n-\r\n--x\r\nContent-Disposition: form-data; name=auth_token\r\n\r\n\
            t\r\n--x--\r\n";
        let read = parts(body, "x").unwrap();
        assert_eq!(read[0], Part { name: "file".into(), is_file: true, bytes: b"\x89\r\n-" });
        assert_eq!(read[1], Part { name: "auth_token".into(), is_file: false, bytes: b"t" });
        assert_eq!(boundary("multipart/form-data; boundary=\"x\"").as_deref(), Some("x"));
        assert_eq!(boundary("multipart/form-data"), None);
    }

    #[test]
    fn what_breaks_off_is_none() {
        for body in ["", "--y--", "--x", "--x\r\n", "--x\r\nA: b\r\n\r\nc", "--x\r\n\r\nc\r\n--x--"] {
            assert!(parts(body.as_bytes(), "x").is_err(), "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn any_body_is_read(body in proptest::collection::vec(prop_oneof![Just(b'-'), Just(b'x'), Just(b'\r'), Just(b'\n'), any::<u8>()], 0..200)) {
            let _ = parts(&body, "x");
        }
    }
}
