//! What the two wires promise, over real sockets and, for arbitrary bytes, in memory.

mod any_bytes;
mod at_once;
mod exact_answers;
mod exact_requests;
mod ordinary;
mod readiness;
mod secure;
