//! The words of the specifications as types.
