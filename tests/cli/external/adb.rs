//! The real adb, with a server on a port of its own, against a stand-in of the phone's daemon: CNXN, OPEN, `shell:` and
//! `shell,v2`. The phone's answers are the same files as in `device/`; every command line goes through a real shell as well.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::device::phone::answers;
use crate::harness::Home;
use crate::processes::{free_address, until};

const OKAY: &[u8; 4] = b"OKAY";
const WRTE: &[u8; 4] = b"WRTE";
const CLSE: &[u8; 4] = b"CLSE";

/// A message of the daemon's protocol.
struct Message {
    command: [u8; 4],
    first: u32,
    second: u32,
    payload: Vec<u8>,
}

fn receive(stream: &mut TcpStream) -> std::io::Result<Message> {
    let mut header = [0; 24];
    stream.read_exact(&mut header)?;
    let number = |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().unwrap());
    let mut payload = vec![0; number(12).try_into().unwrap()];
    stream.read_exact(&mut payload)?;
    Ok(Message { command: header[..4].try_into().unwrap(), first: number(4), second: number(8), payload })
}

fn send(
    stream: &mut TcpStream,
    command: [u8; 4],
    first: u32,
    second: u32,
    payload: &[u8],
) -> std::io::Result<()> {
    let sum = payload.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
    let word = u32::from_le_bytes(command);
    let length = u32::try_from(payload.len()).unwrap();
    let header: Vec<u8> = [word, first, second, length, sum, word ^ u32::MAX]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    stream.write_all(&[&header, payload].concat())
}

/// What the daemon does with a connection.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Android 7 and later: output, complaints and exit code are apart.
    Modern,
    /// Without `shell,v2`: output alone.
    Old,
    /// It asks for a key that nobody allowed.
    Unauthorized,
}

/// A phone's daemon on loopback.
struct Daemon {
    address: String,
    /// Every command line that its shell was given.
    lines: Arc<Mutex<Vec<String>>>,
}

impl Daemon {
    fn start(folder: PathBuf, kind: Kind) -> Daemon {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let lines: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = lines.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (folder, noted) = (folder.clone(), noted.clone());
                // The end of the connection is an end like any other.
                std::thread::spawn(move || drop(serve(&mut stream.unwrap(), &folder, kind, &noted)));
            }
        });
        Daemon { address, lines }
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

fn serve(
    stream: &mut TcpStream,
    folder: &std::path::Path,
    kind: Kind,
    noted: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    // What is still to be sent to each of adb's streams, and the number of ours.
    let mut open: HashMap<u32, Vec<Vec<u8>>> = HashMap::new();
    loop {
        let message = receive(stream)?;
        match &message.command {
            b"CNXN" if kind == Kind::Unauthorized => send(stream, *b"AUTH", 1, 0, &[7; 20])?,
            b"AUTH" => send(stream, *b"AUTH", 1, 0, &[7; 20])?,
            b"CNXN" => {
                let features = if kind == Kind::Modern { "features=shell_v2,cmd;" } else { "" };
                let banner = format!("device::ro.product.name=p;ro.product.model=PHZ110;{features}\0");
                send(stream, *b"CNXN", 0x0100_0000, 4096, banner.as_bytes())?;
            }
            b"OPEN" => {
                let service = String::from_utf8_lossy(&message.payload).trim_end_matches('\0').to_owned();
                let Some((head, line)) = service.split_once(':') else { continue };
                noted.lock().unwrap().push(line.to_owned());
                send(stream, *OKAY, 1, message.first, &[])?;
                let (output, code) = answer(folder, line);
                let pieces = if head.starts_with("shell,v2") {
                    let mut pieces: Vec<Vec<u8>> =
                        output.chunks(2048).map(|piece| packet(1, piece)).collect();
                    pieces.push(packet(3, &[code]));
                    pieces
                } else {
                    output.chunks(4096).map(<[u8]>::to_vec).collect()
                };
                open.insert(message.first, pieces.into_iter().rev().collect());
                next(stream, &mut open, message.first)?;
            }
            b"OKAY" => next(stream, &mut open, message.first)?,
            b"WRTE" => send(stream, *OKAY, message.second, message.first, &[])?,
            b"CLSE" => drop(open.remove(&message.first)),
            _ => {}
        }
    }
}

/// A piece of a `shell,v2` stream.
fn packet(kind: u8, bytes: &[u8]) -> Vec<u8> {
    [&[kind], &u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes].concat()
}

/// Sends the next piece, each once the one before it was taken; after the last the stream is closed.
fn next(stream: &mut TcpStream, open: &mut HashMap<u32, Vec<Vec<u8>>>, to: u32) -> std::io::Result<()> {
    match open.get_mut(&to).map(Vec::pop) {
        Some(Some(piece)) => send(stream, *WRTE, 1, to, &piece),
        Some(None) => {
            open.remove(&to);
            send(stream, *CLSE, 1, to, &[])
        }
        None => Ok(()),
    }
}

/// What the phone says: the file of the command, else of its first two words, else of the first.
fn answer(folder: &std::path::Path, line: &str) -> (Vec<u8>, u8) {
    let named = |text: &str| {
        text.chars()
            .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' })
            .collect::<String>()
    };
    let words: Vec<&str> = line.split(' ').take(2).collect();
    for command in [line, &words.join(" "), words[0]] {
        let file = folder.join(named(command));
        if let Ok(text) = std::fs::read(&file) {
            let code = std::fs::read_to_string(format!("{}.exit", file.display())).unwrap_or_default();
            return (text, code.trim().parse().unwrap_or(0));
        }
    }
    (Vec::new(), 127)
}

/// The words as a real shell takes a command line apart.
fn words_of(line: &str) -> Vec<String> {
    let printed = Command::new("sh").args(["-c", &format!(r"printf '%s\0' {line}")]).output().unwrap();
    assert!(printed.status.success() && printed.stderr.is_empty(), "{line}");
    String::from_utf8(printed.stdout).unwrap().split_terminator('\0').map(str::to_owned).collect()
}

/// A home with an adb server of its own, which ends with it.
struct Cable {
    home: Home,
    port: String,
}

impl Cable {
    /// The daemons are connected, as a phone is by a cable.
    fn to(daemons: &[&Daemon]) -> Cable {
        let port = free_address().rsplit(':').next().unwrap().to_owned();
        let home = Home::new().variable("ANDROID_ADB_SERVER_PORT", &port);
        let cable = Cable { home, port };
        cable.adb(&["start-server"]);
        for daemon in daemons {
            cable.adb(&["connect", &daemon.address]);
        }
        cable
    }

    fn adb(&self, args: &[&str]) -> String {
        let ran = Command::new("adb")
            .args(["-P", &self.port])
            .args(args)
            .env("HOME", self.home.path())
            .env("TMPDIR", self.home.path())
            .output()
            .unwrap();
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    /// Waits until adb lists the phone in this state.
    fn seen(&self, daemon: &Daemon, state: &str) {
        until("adb lists the phone", || {
            self.adb(&["devices"])
                .lines()
                .any(|line| line.starts_with(&daemon.address) && line.ends_with(state))
        });
    }

    fn json(&self, args: &[&str]) -> (i32, Value) {
        self.home.json(args)
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.adb(&["kill-server"]);
    }
}

const APP: [&str; 2] = ["--package", "com.example.chat"];

#[test]
fn a_phone_of_every_android_is_looked_at_through_the_real_adb() {
    for (version, kind) in (8..=15).map(|version| (version, Kind::Modern)).chain([(9, Kind::Old)]) {
        let phone = Daemon::start(answers(version), kind);
        let cable = Cable::to(&[&phone]);
        cable.seen(&phone, "device");
        let (code, report) = cable.json(&["device", "check", APP[0], APP[1], "--channel-id", "tuikit"]);
        assert_eq!((code, report["verdict"].as_str()), (0, Some("sound")), "{version}: {report:#}");
        assert_eq!(report["phone"]["serial"].as_str(), Some(phone.address.as_str()));
        assert_eq!(report["phone"]["app"]["channels"][0]["importance"], "high", "{version}");
    }
}

#[test]
fn hostile_extras_reach_the_phones_program_as_they_are() {
    let phone = Daemon::start(answers(14), Kind::Modern);
    let cable = Cable::to(&[&phone]);
    cable.seen(&phone, "device");
    for hostile in [
        "it's",
        "'; reboot; '",
        "$(reboot)",
        "`reboot`",
        "a\nb",
        "\\",
        "\"",
        "*",
        "",
        "你好 😀",
        "--es",
        "#x",
        "&",
        "|",
    ] {
        let ext = serde_json::json!({ (format!("k{hostile}")): hostile }).to_string();
        let args = ["device", "tap", APP[0], APP[1], "--click", "activity:com.example.chat.A", "--ext", &ext];
        let (code, report) = cable.json(&args);
        assert_eq!((code, report["outcome"].as_str()), (0, Some("opened")), "{report:#}");
        let lines = phone.lines();
        let start = lines.iter().rfind(|line| line.starts_with("am start")).unwrap();
        let key = format!("k{hostile}");
        let wanted =
            ["am", "start", "-W", "-n", "com.example.chat/com.example.chat.A", "--es", &key, hostile];
        assert_eq!(words_of(start), wanted, "{hostile:?}");
    }
}

#[test]
fn the_app_is_ended_and_never_by_force() {
    let phone = Daemon::start(answers(14), Kind::Modern);
    let cable = Cable::to(&[&phone]);
    cable.seen(&phone, "device");
    let (code, report) = cable.json(&["device", "kill", "--no-send", APP[0], APP[1]]);
    assert_eq!((code, report["ended"].as_bool()), (0, Some(true)), "{report:#}");
    assert_eq!(phone.lines()[..2], ["input keyevent KEYCODE_HOME", "am kill com.example.chat"]);
}

#[test]
fn the_log_is_followed_through_the_real_adb() {
    let phone = Daemon::start(answers(14), Kind::Modern);
    let cable = Cable::to(&[&phone]);
    cable.seen(&phone, "device");
    let (code, report) = cable.json(&["device", "log", "--all", "--limit", "3"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["reg_ids"], serde_json::json!(["CN_0123456789abcdef0123456789abcdef"]));
}

#[test]
fn tab_offers_the_phones_of_a_server_that_runs() {
    let phone = Daemon::start(answers(14), Kind::Modern);
    let cable = Cable::to(&[&phone]);
    cable.seen(&phone, "device");
    let offered = crate::completions::offered(&cable.home, &["device", "check", "--serial", ""]);
    assert!(offered.iter().any(|line| line.contains(&phone.address)), "{offered:?}");
    // Without a server none is started for it.
    cable.adb(&["kill-server"]);
    let offered = crate::completions::offered(&cable.home, &["device", "check", "--serial", ""]);
    assert!(!offered.iter().any(|line| line.contains(&phone.address)), "{offered:?}");
    assert!(std::net::TcpStream::connect(("127.0.0.1", cable.port.parse::<u16>().unwrap())).is_err());
}

#[test]
fn no_phone_several_and_one_that_does_not_allow_it_are_told_apart() {
    let (one, two) = (Daemon::start(answers(13), Kind::Modern), Daemon::start(answers(14), Kind::Modern));
    let nothing = Cable::to(&[]);
    let fails = |cable: &Cable, args: &[&str]| {
        let (code, report) = cable.json(args);
        (code, report["error"]["kind"].as_str().unwrap_or_default().to_owned())
    };
    let check = ["device", "check", APP[0], APP[1]];
    assert_eq!(fails(&nothing, &check), (6, "no-device".into()));
    let both = Cable::to(&[&one, &two]);
    both.seen(&one, "device");
    both.seen(&two, "device");
    assert_eq!(fails(&both, &check), (2, "missing-flag".into()));
    let (code, report) = both.json(&["device", "check", APP[0], APP[1], "--serial", &two.address]);
    assert_eq!((code, report["phone"]["android"].as_str()), (0, Some("14")), "{report:#}");
    let closed = Daemon::start(answers(14), Kind::Unauthorized);
    let cable = Cable::to(&[&closed]);
    cable.seen(&closed, "unauthorized");
    assert_eq!(fails(&cable, &check), (6, "device-not-ready".into()));
}
