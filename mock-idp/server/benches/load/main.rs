//! The mock under load, beside other servers on the same machine in the same run.
//!
//! `cargo bench -p mock-idp --bench load` does all of it; `-- rates`, `-- start`, `-- million` and `-- browsers` do one
//! part. `--program PATH` starts `PATH serve --json` for the part `start` in place of this program itself. Linux only: it
//! reads `/proc`. The servers from npm need Node.js; they are installed beside this file at the first run.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark reads clock, files and arguments, starts processes, and ends when something is wrong"
)]

mod browsers;
mod life;
mod process;
mod rates;
mod serving;
mod session;
mod wire;

use std::io::Write as _;

/// A line of the result. Who closed the pipe does not want to read it.
fn say(line: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// The middle one; of an even number the upper of the two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", "limit"] => return serving::limit(),
        ["serve", "mock"] => return serving::mock(),
        _ => {}
    }
    // `cargo test --all-targets` comes by without this.
    if !words.contains(&"--bench") {
        return;
    }
    let program = words.iter().position(|word| *word == "--program");
    let program = program.and_then(|at| words.get(at + 1)).copied();
    let parts = ["rates", "start", "million", "browsers"];
    let asked = |part: &str| words.contains(&part) || !parts.iter().any(|p| words.contains(p));
    if asked("start") {
        life::start(program);
    }
    if asked("rates") {
        rates::rates();
    }
    if asked("million") {
        life::million();
    }
    if asked("browsers") {
        browsers::browsers();
    }
}
