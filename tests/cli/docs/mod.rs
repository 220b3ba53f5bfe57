//! The documents hold: their command lines run, their links lead somewhere, their tables say what the code says.
//! What a command does is tested in its own module.

mod asked;
mod commands;
mod likeness;
mod links;
mod pages;
mod pipelines;
mod session;
mod tables;
mod words;
