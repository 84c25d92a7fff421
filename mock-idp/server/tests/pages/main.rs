//! The pages as people meet them: in Chromium, with keys and clicks, cookies and policies of a real browser.
//!
//! Without Chromium and its driver the tests are skipped with a line that says so; `SIGNOFF_BROWSER=required` makes that a
//! failure. `SIGNOFF_SCREENSHOTS=FOLDER` keeps a picture of every page.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read their environment and keep pictures"
)]

mod look;
mod safety;
mod sign_off;
mod sign_on;
mod visit;
