//! Reads a whole file that a person names: a regular one, or a pipe for as long as something comes. Devices are refused.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::waiting::{self, Wait};

/// How often a wait for a pipe is looked after.
const STEP: Duration = Duration::from_millis(20);

/// Its bytes, at most one more than `largest`, by which the caller sees that there are more.
pub(crate) fn read(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let found = std::fs::metadata(path)?;
    let limit = largest.saturating_add(1);
    if found.is_file() {
        let mut bytes = Vec::new();
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    } else if found.file_type().is_fifo() {
        let path = path.to_owned();
        until_silent(move || File::open(path), limit)
    } else if found.is_dir() {
        Err(io::Error::other("it is a folder"))
    } else {
        Err(io::Error::other("it is a device or a socket, not a file or a pipe"))
    }
}

/// What comes through stdin, bounded as a pipe is; a person who types has the time that it takes.
pub(crate) fn read_stdin(largest: u64) -> io::Result<Vec<u8>> {
    let limit = largest.saturating_add(1);
    if io::stdin().is_terminal() {
        let mut bytes = Vec::new();
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    until_silent(|| Ok(io::stdin()), limit)
}

/// Reads on a thread of its own: to open a pipe, and each read of it, takes as long as the other end likes.
fn until_silent<R: Read>(
    open: impl FnOnce() -> io::Result<R> + Send + 'static,
    limit: u64,
) -> io::Result<Vec<u8>> {
    let (to, from) = sync_channel::<io::Result<Zeroizing<Vec<u8>>>>(1);
    std::thread::spawn(move || {
        let read = || -> io::Result<()> {
            let mut pipe = open()?.take(limit);
            loop {
                let mut bytes = Zeroizing::new(vec![0; 64 * 1024]);
                let count = pipe.read(&mut bytes)?;
                bytes.truncate(count);
                // The receiver is gone once the wait is over.
                if count == 0 || to.send(Ok(bytes)).is_err() {
                    return Ok(());
                }
            }
        };
        if let Err(error) = read() {
            let _ = to.send(Err(error));
        }
    });
    let mut all = Vec::new();
    let mut wait = Wait::begin();
    loop {
        match from.recv_timeout(STEP) {
            Ok(bytes) => {
                all.extend_from_slice(&bytes?);
                wait = Wait::begin();
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(all),
            Err(RecvTimeoutError::Timeout) if wait.goes_on() => {}
            Err(RecvTimeoutError::Timeout) => {
                let silent =
                    format!("nothing came through the pipe for {} s", waiting::limit().as_secs_f64());
                return Err(io::Error::new(io::ErrorKind::TimedOut, silent));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    #[test]
    fn files_and_pipes_are_read_and_nothing_else() {
        let world = World::new();
        assert_eq!(read(&world.file("f", "abc"), 9).unwrap(), b"abc");
        assert_eq!(read(&world.file("f", "abc"), 1).unwrap(), b"ab", "one more than the limit");
        let refusal = |path: &str| read(Path::new(path), 9).unwrap_err().to_string();
        assert_eq!(refusal("/"), "it is a folder");
        assert_eq!(refusal("/dev/zero"), "it is a device or a socket, not a file or a pipe");
        assert_eq!(read(Path::new("/no/such"), 9).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_pipe_is_read_to_its_end_or_its_limit() {
        let long = || Ok(io::repeat(b'x'));
        assert_eq!(until_silent(long, 200_000).unwrap().len(), 200_000);
        let (reader, mut writer) = io::pipe().unwrap();
        std::thread::spawn(move || std::io::Write::write_all(&mut writer, b"two\nlines\n").unwrap());
        assert_eq!(until_silent(move || Ok(reader), 100).unwrap(), b"two\nlines\n");
    }
}
