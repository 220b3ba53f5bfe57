//! What reaches a terminal or a pipe: pages of text, JSON, warnings, prompts. The only room that knows about terminals.
//! What is said belongs to the commands; what a failure is, to `failure`.

mod escape;
mod github;
mod json;
mod junit;
mod page;
mod print;
mod prompt;
mod quiet;
mod table;
mod terminal;
mod theme;
mod typed_flags;
mod wrap;
mod zone;

pub(crate) use escape::line as one_line;
pub(crate) use github::annotation;
pub(crate) use json::{ErrorJson, failure_json};
pub(crate) use junit::{JunitCase, JunitEnd, junit};
pub(crate) use page::{Page, Tone};
pub(crate) use print::{Printer, Report, ToJson};
pub(crate) use prompt::{Answer, Prompt};
pub(crate) use quiet::TerminalMode;
pub(crate) use terminal::{ColorChoice, Terminal};
pub(crate) use typed_flags::TypedFlags;
