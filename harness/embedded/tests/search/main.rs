//! What a search promises beyond finding: nothing that shows only now and then is a finding, what a case took from the
//! target is given back before the next, and sequences show what becomes of sessions.

mod invariants;
mod moody;
mod retries;
