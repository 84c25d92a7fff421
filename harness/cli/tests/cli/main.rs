//! The command line as scripts see it: exit codes, what stands on which stream, and what it does to files.

mod baselines;
mod listing;
mod reports;
mod serving;
mod signoff;
mod snapshots;
mod targets;
mod usage;
