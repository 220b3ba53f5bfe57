//! What a client begins with: TLS, a proxy's CONNECT, or HTTP.

use std::io;

use tokio::io::AsyncReadExt;

use super::stream::ClientStream;

/// The first byte of a TLS handshake.
const HANDSHAKE: u8 = 0x16;
const CONNECT: &[u8] = b"CONNECT ";

/// No CONNECT has a longer head.
const LONGEST_HEAD: usize = 16 * 1024;

/// What the client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Tls,
    Connect,
    Http,
}

/// Looks at the first bytes, which are still to be read afterwards.
pub(super) async fn look(stream: &mut ClientStream) -> io::Result<Opening> {
    let mut seen = Vec::new();
    let opening = loop {
        seen.push(stream.read_u8().await?);
        if seen[0] == HANDSHAKE {
            break Opening::Tls;
        }
        if !CONNECT.starts_with(&seen) {
            break Opening::Http;
        }
        if seen.len() == CONNECT.len() {
            break Opening::Connect;
        }
    };
    stream.put_back(&seen);
    Ok(opening)
}

/// The target of a CONNECT; its head is read, and nothing behind it.
pub(super) async fn read_target(stream: &mut ClientStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
        if head.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    let head = String::from_utf8_lossy(&head);
    let target = head.lines().next().and_then(|line| line.split(' ').nth(1));
    Ok(target.unwrap_or_default().to_owned())
}
