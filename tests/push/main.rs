//! Random histories of users' apps, played through the library and through a small model; every decision must agree.

mod docs;
mod model;
mod mutations;
mod story;
