//! The flags that every command has, each with its environment variable.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};

use super::duration;

/// Flags of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Globals {
    /// Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "NAME",
        env = "OPUSH_PROFILE",
        hide_env_values = true
    )]
    pub(crate) profile: Option<String>,

    /// Configuration file to use instead of the one found
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "FILE",
        env = "OPUSH_CONFIG",
        hide_env_values = true
    )]
    pub(crate) config: Option<PathBuf>,

    /// PEM file of certificate authorities to trust beside the system's
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "FILE",
        env = "OPUSH_CA_FILE",
        hide_env_values = true
    )]
    pub(crate) ca_file: Option<PathBuf>,

    /// Print one JSON object on stdout
    #[arg(long, global = true, hide_short_help = true, env = "OPUSH_JSON", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) json: bool,

    /// Print only errors on stderr
    #[arg(long, short, global = true, hide_short_help = true, env = "OPUSH_QUIET", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) quiet: bool,

    /// Print more detail on stderr
    #[arg(long, short, global = true, hide_short_help = true, env = "OPUSH_VERBOSE", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) verbose: bool,

    /// When to use colour
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "WHEN",
        env = "OPUSH_COLOR",
        hide_env_values = true,
        default_value = "auto"
    )]
    pub(crate) color: Color,

    /// Never ask; a value that is missing is an error
    #[arg(long, global = true, hide_short_help = true, env = "OPUSH_NO_INPUT", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) no_input: bool,

    /// Longest time of each wait: network, database, locks; such as 30s
    #[arg(long, global = true, hide_short_help = true, value_name = "DURATION", env = "OPUSH_TIMEOUT", hide_env_values = true, value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
