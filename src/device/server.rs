//! A look at adb's server where one runs already: it is asked over loopback, and never started.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::attached::{self, Attached};

const USUAL_PORT: u16 = 5037;

/// At Tab nobody waits longer.
const MOMENT: Duration = Duration::from_millis(200);

/// A list of phones has some hundred bytes.
const LARGEST: u64 = 64 * 1024;

/// The phones that the server on this port sees; none where no server runs. `port` is `ANDROID_ADB_SERVER_PORT`.
pub(crate) fn attached_now(port: Option<&str>) -> Vec<Attached> {
    let port = port.and_then(|port| port.parse().ok()).unwrap_or(USUAL_PORT);
    ask(port).map(|list| attached::read(&list)).unwrap_or_default()
}

fn ask(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), MOMENT)?;
    stream.set_read_timeout(Some(MOMENT))?;
    // The length of the request in four hex digits, and the request.
    stream.write_all(b"000ehost:devices-l")?;
    let mut answer = Vec::new();
    stream.take(LARGEST).read_to_end(&mut answer)?;
    // `OKAY` and the length of the list.
    let list = answer.strip_prefix(b"OKAY").and_then(|rest| rest.get(4..)).unwrap_or_default();
    Ok(String::from_utf8_lossy(list).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_server_that_runs_is_asked_and_none_is_no_phone() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 18];
            stream.read_exact(&mut request).unwrap();
            stream
                .write_all(b"OKAY0020ABCD           device product:p model:PHZ110 transport_id:1\n")
                .unwrap();
            request
        });
        let found = attached_now(Some(&port));
        assert_eq!((found[0].serial.as_str(), found[0].model.as_deref()), ("ABCD", Some("PHZ110")));
        assert_eq!(&server.join().unwrap(), b"000ehost:devices-l");
        assert!(attached_now(Some(&port)).is_empty());
    }
}
