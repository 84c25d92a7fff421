//! A real browser: Chromium without a window, started with a profile of its own and driven by `WebDriver`.
//!
//! Knows nothing of sign-on or sign-off. Whoever holds a [`Chromium`] has a process to end: [`Chromium::stop`] does, and
//! so does dropping it, after a failed test, too. Start reading at [`Chromium::start`].

mod chromium;
mod driver_process;
mod error;

pub use chromium::{Chromium, Options};
pub use error::StartError;
/// What drives it: elements, keys, windows, the developer tools.
pub use thirtyfour;
