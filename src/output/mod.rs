//! What reaches a terminal or a pipe: pages of text, JSON, warnings, prompts. The only room that knows about terminals.
//! What is said belongs to the commands; what a failure is, to `failure`.

mod github;
mod json;
mod junit;
mod page;
mod print;
mod prompt;
mod quiet;
mod terminal;
mod theme;
mod warning;

pub use github::annotation;
pub use json::{ErrorJson, error_json, failure_json};
pub use junit::{JunitCase, JunitEnd, junit};
pub use page::{Page, Tone};
pub use print::{Printer, Report};
pub use prompt::Prompt;
pub use terminal::{ColorChoice, Terminal};
pub use warning::Warning;
