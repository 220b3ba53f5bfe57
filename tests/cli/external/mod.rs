//! Programs that know nothing of opush: what it prints for them is run by them, and they talk to the sandbox.
//! A module per program, named after it, so that tests/run can leave out one that is missing.

mod aapt;
mod adb;
mod bash;
mod chromium;
mod curl;
mod elvish;
mod fish;
mod go;
mod javac;
mod man;
mod mandoc;
mod node;
mod python3;
mod shell;
mod tls;
mod zsh;
