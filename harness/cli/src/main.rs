//! The command line of the sign-off conformance harness.
fn main() {}
