//! The command line as scripts see it: exit codes, what stands on which stream, and what it does to files.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests start processes and read files, and fail by panicking"
)]

mod back_channel;
mod baselines;
mod differences;
mod documents;
mod kept;
mod listing;
mod parts;
mod reports;
mod served;
mod serving;
mod signoff;
mod snapshots;
mod targets;
mod troubles;
mod usage;
