//! Transports, target files, snapshot files and reports.
