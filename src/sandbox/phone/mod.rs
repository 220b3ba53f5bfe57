//! Simulated phones.
