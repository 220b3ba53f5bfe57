//! Where a command listens, and under which names.

use std::net::SocketAddr;
use std::path::PathBuf;

/// The address of a listener.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct ListenFlags {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", value_parser = address)]
    pub(crate) listen: SocketAddr,

    /// Allow an address that other machines can reach
    #[arg(long)]
    pub(crate) beyond_loopback: bool,

    /// A host name that leads to this loopback address, such as a proxy's or a tunnel's; requests under other names get 403. May be repeated
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    pub(crate) allow_host: Vec<String>,

    /// Write {"url", "pid"} here once it answers
    #[arg(long, value_name = "FILE")]
    pub(crate) ready_file: Option<PathBuf>,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not an address; write IP:PORT, such as 127.0.0.1:8765"))
}

fn host_name(text: &str) -> Result<String, String> {
    let name = text.trim_end_matches('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        let hint = "write it without scheme, port and path, such as push.example.com";
        return Err(format!("\"{text}\" is not a host name; {hint}"));
    }
    Ok(name.to_owned())
}
