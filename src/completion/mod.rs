//! What a word of a command line may become, for a shell at Tab: the request of a script, the values of this machine, the answer.
//! The scripts themselves are files in completions/; printing one belongs to `commands`.

mod answer;
mod line;
mod shell;
mod values;

pub(crate) use answer::{answer, request};
pub(crate) use shell::Shell;
