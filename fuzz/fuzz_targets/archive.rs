//! The reader `archive` of app files on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| opush_fuzz::read("archive", bytes));
