//! Random histories of users' apps, played through the library and through a small model; every decision must agree.
//! Single cases of the rule are tested beside the code.

mod docs;
mod model;
mod story;

#[cfg(feature = "mutations")]
mod mutations;
