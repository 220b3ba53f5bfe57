//! Scenario files as they are read and planned: what holds, and every mistake by its kind and place.
//! Running them is tested in tests/cli/smoke.
