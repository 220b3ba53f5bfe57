//! What is a secret in a text, and how it is hidden: requests, answers, files and reports are all masked here.

mod answer;
mod hide;
mod named;
mod names;
mod path_secret;

pub(crate) use answer::in_answer;
pub(crate) use hide::{MASK, known};
pub(crate) use named::behind_names;
pub(crate) use names::{in_text, in_value, is_secret};
pub(crate) use path_secret::{for_shell, in_paths, is_masked};
