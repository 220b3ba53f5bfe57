//! The documents hold: their command lines run, their links lead somewhere, their tables say what the code says.

mod at_terminal;
mod commands;
mod likeness;
mod links;
mod pages;
mod pipelines;
mod session;
mod tables;
mod words;
