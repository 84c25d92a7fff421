//! What is tried, and why.
