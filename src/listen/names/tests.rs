//! TLS and CONNECT over raw sockets: which names, refusals, tunnels, clients that say nothing.

use std::net::SocketAddr;
use std::time::Instant;

use rcgen::{CertificateParams, KeyPair};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::super::{Handler, Limits, Response, Running, bind};
use super::*;
use crate::listen::service::AtOnce;

const NAME: &str = "push.example.com";

/// The configuration of a server of that name, and its certificate.
fn server() -> (Arc<ServerConfig>, CertificateDer<'static>) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![NAME.to_owned()]).unwrap().self_signed(&key).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    (Arc::new(config), certificate.der().clone())
}

fn names(pass_others: bool) -> TlsNames {
    TlsNames::new(server().0, vec![NAME.into()], pass_others)
}

#[test]
fn a_name_of_here_is_answered_at_443_alone_and_never_passed_on() {
    for pass_others in [false, true] {
        let names = names(pass_others);
        for here in ["push.example.com:443", "PUSH.Example.com:443", "push.example.com.:443"] {
            assert_eq!(names.proxied(here, true), Proxied::Here, "{here}");
        }
        for refused in
            ["push.example.com:80", "push.example.com.:8443", "push.example.com", "", "a b:1", "/x", "x@y:1"]
        {
            assert_eq!(names.proxied(refused, true), Proxied::Refused, "{refused}");
        }
    }
}

#[test]
fn others_are_passed_on_for_this_machine_where_that_is_wanted() {
    for (pass_others, is_of_this_machine, expected) in
        [(true, true, Proxied::Elsewhere), (true, false, Proxied::Refused), (false, true, Proxied::Refused)]
    {
        for target in ["other.example:443", "127.0.0.1:80", "[::1]:443", "a.push.example.com:443"] {
            assert_eq!(names(pass_others).proxied(target, is_of_this_machine), expected, "{target}");
        }
    }
}

struct Listener {
    running: Running,
    client: TlsConnector,
}

async fn listener(limits: Limits, pass_others: bool) -> Listener {
    let handler: Handler = Arc::new(|request: Request| Response::new(200, json!({ "path": request.path() })));
    let (config, certificate) = server();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let client = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let bound = bind(SocketAddr::from(([127, 0, 0, 1], 0)).into()).await.unwrap();
    let bound = bound.with_tls(TlsNames::new(config, vec![NAME.into()], pass_others));
    let running = bound.serve(limits, Arc::new(AtOnce(handler)));
    Listener { running, client: TlsConnector::from(Arc::new(client)) }
}

impl Listener {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.running.address).await.unwrap()
    }

    /// What a CONNECT is answered, and the connection where that is a yes.
    async fn tunnel(&self, target: &str) -> (String, TcpStream) {
        let mut stream = self.connect().await;
        let request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nX: y\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
        (String::from_utf8(answer).unwrap(), stream)
    }

    async fn secure(&self, stream: TcpStream) -> tokio_rustls::client::TlsStream<TcpStream> {
        self.client.connect(ServerName::try_from(NAME).unwrap(), stream).await.unwrap()
    }
}

/// The answer to a GET with this Host header.
async fn get(mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin, host: &str) -> String {
    let request = format!("GET /x HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn one_port_speaks_plain_http_and_tls() {
    let listener = listener(Limits::DEFAULT, false).await;
    for (host, status) in [("localhost", "200"), (NAME, "200"), ("evil.example", "403")] {
        let plain = get(listener.connect().await, host).await;
        let secure = get(listener.secure(listener.connect().await).await, host).await;
        for answer in [plain, secure] {
            assert_eq!(answer.split(' ').nth(1), Some(status), "{host}: {answer}");
        }
    }
    // Begins like CONNECT, and is not.
    let mut stream = listener.connect().await;
    stream.write_all(b"CONN /y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("{\"path\":\"/y\"}\n"), "{answer}");
    listener.running.stop().await;
}

#[tokio::test]
async fn a_connect_to_a_name_of_here_is_answered_here() {
    let listener = listener(Limits::DEFAULT, false).await;
    let (answer, stream) = listener.tunnel("push.example.com:443").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(get(listener.secure(stream).await, NAME).await.starts_with("HTTP/1.1 200 "));
    let (_, stream) = listener.tunnel("push.example.com:443").await;
    assert!(get(stream, NAME).await.starts_with("HTTP/1.1 200 "));
    // One inside another leads nowhere.
    let (_, mut stream) = listener.tunnel("push.example.com:443").await;
    stream.write_all(b"CONNECT push.example.com:443 HTTP/1.1\r\n\r\n").await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
    for target in ["other.example:443", "push.example.com:80", "127.0.0.1:443"] {
        let (answer, mut stream) = listener.tunnel(target).await;
        assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
        let mut reason = String::new();
        stream.read_to_string(&mut reason).await.unwrap();
        assert!(reason.contains(&format!("{target}\\\" is refused")), "{reason}");
    }
}

#[tokio::test]
async fn a_tunnel_leads_to_another_server_where_that_is_allowed() {
    let (here, there) = (listener(Limits::DEFAULT, true).await, listener(Limits::DEFAULT, false).await);
    let target = there.running.address.to_string();
    let (answer, stream) = here.tunnel(&target).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(get(there.secure(stream).await, NAME).await.starts_with("HTTP/1.1 200 "));
    // A client in a tunnel does not hold up the end.
    let (_, mut idle) = here.tunnel(&target).await;
    there.running.stop().await;
    let (answer, _) = here.tunnel(&target).await;
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    here.running.stop().await;
    let mut rest = Vec::new();
    let _ = idle.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn clients_that_begin_tls_or_a_tunnel_and_say_no_more_make_room_for_others() {
    let there = listener(Limits::DEFAULT, false).await;
    let target = there.running.address.to_string();
    let listener = listener(Limits { connections: 4, ..Limits::DEFAULT }, true).await;
    let mut silent = Vec::new();
    for number in 0..60 {
        let mut stream = match number % 3 {
            0 => listener.tunnel(&target).await.1,
            _ => listener.connect().await,
        };
        if number % 3 == 1 {
            stream.write_all(&[0x16, 3, 1]).await.unwrap();
        }
        if number % 3 == 2 {
            stream.write_all(b"CONNECT push").await.unwrap();
        }
        silent.push(stream);
        if number % 10 == 0 {
            let began = Instant::now();
            let answer = get(listener.secure(listener.connect().await).await, NAME).await;
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
            assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        }
    }
    let mut rest = Vec::new();
    let _ = silent.remove(0).read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn a_handshake_or_a_connect_that_does_not_come_to_its_end_is_cut_off() {
    let listener = listener(Limits { head: Duration::from_millis(200), ..Limits::DEFAULT }, false).await;
    for beginning in
        [&b""[..], &[0x16], &[0x16, 3, 1, 2, 0, 1], b"C", b"CONNECT push.example.com:443 HTTP/1.1\r\n"]
    {
        let mut stream = listener.connect().await;
        stream.write_all(beginning).await.unwrap();
        // Ends because the listener closes; otherwise this test never does.
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
    let endless = [b"CONNECT ".to_vec(), vec![b'x'; 64 << 10]].concat();
    let mut stream = listener.connect().await;
    let _ = stream.write_all(&endless).await;
    let _ = stream.read_to_end(&mut Vec::new()).await;
}

/// What moves in it keeps it open, in whichever direction; then nothing does.
#[tokio::test]
async fn a_tunnel_in_which_nothing_moves_is_closed() {
    let there = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = there.local_addr().unwrap().to_string();
    let limits = Limits { tunnel: Duration::from_millis(200), ..Limits::DEFAULT };
    let listener = listener(limits, true).await;
    let (answer, mut client) = listener.tunnel(&target).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let mut other = there.accept().await.unwrap().0;
    let mut byte = [0];
    for _ in 0..3 {
        client.write_all(b"x").await.unwrap();
        other.read_exact(&mut byte).await.unwrap();
        other.write_all(b"y").await.unwrap();
        client.read_exact(&mut byte).await.unwrap();
    }
    // Both ends see it; otherwise this test never ends.
    assert_eq!(client.read(&mut byte).await.unwrap_or(0), 0);
    assert_eq!(other.read(&mut byte).await.unwrap_or(0), 0);
}
