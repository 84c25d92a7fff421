//! The one place where harness and mock meet.
