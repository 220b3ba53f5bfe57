//! Opens the sandbox's page in the person's browser, without a token among the arguments of a process.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use url::form_urlencoded::byte_serialize;

use crate::config::files::{self, Mode};
use crate::sandbox::ControlToken;
use crate::session::Session;

/// The system's own way to open something.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// A page that was opened; its file goes with it.
#[derive(Debug)]
pub(crate) struct OpenedPage {
    file: Option<PathBuf>,
}

impl Drop for OpenedPage {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            let _ = std::fs::remove_file(file);
        }
    }
}

/// Opens the page at this address. Where it needs a token, a private file leads there; its path is the argument.
pub(crate) fn open_page(
    session: &Session,
    url: &str,
    token: Option<&ControlToken>,
) -> Result<OpenedPage, String> {
    let page = format!("{url}/");
    let opened = OpenedPage { file: token.map(|_| session.paths.state_home.join("sandbox-page.html")) };
    let argument = match (&opened.file, token) {
        (Some(file), Some(token)) => {
            let written = files::replace(file, leading_to(&page, token).as_bytes(), Mode::Private);
            written.map_err(|problem| problem.to_string())?;
            file.clone().into_os_string()
        }
        _ => page.into(),
    };
    let started = Command::new(OPENER)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut opener = started.map_err(|error| format!("{OPENER} can't be started: {error}"))?;
    // It ends as soon as the browser has taken over.
    std::thread::spawn(move || opener.wait());
    Ok(opened)
}

fn leading_to(page: &str, token: &ControlToken) -> String {
    let token: String = byte_serialize(token.reveal().as_bytes()).collect();
    format!(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><title>opush sandbox</title>\
         <meta http-equiv=\"refresh\" content=\"0; url={page}#token={token}\">\n"
    )
}
