//! Runs a scenario against a target and judges what came back.
