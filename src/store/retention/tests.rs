//! Tests of what is kept and what goes.
//! Tests of the settings stand in `config`.
