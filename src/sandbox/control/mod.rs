//! The control API and its client.
