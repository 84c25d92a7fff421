//! A server in a process of its own, and what the system says of it.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A server that told its address in a line of JSON, ended when it is dropped.
pub(crate) struct Served {
    child: Child,
    /// What it told: `url` and, for some, a `target` to ask for.
    pub(crate) line: Value,
}

impl Served {
    /// This program in another role.
    pub(crate) fn own(role: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["serve", role]);
        Self::of(command)
    }

    /// A server from npm.
    pub(crate) fn peer(script: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
        let mut command = Command::new("node");
        command.arg(script).current_dir(folder);
        Self::of(command)
    }

    /// Whatever command tells its address in a line of JSON. It ends when its input does, or is ended.
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let line = serde_json::from_str(&line).expect("a line of JSON from the server");
        Self { child, line }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        let url = self.line["url"].as_str().unwrap();
        url.trim_start_matches("http://").parse().unwrap()
    }

    /// The memory that is resident, in MiB.
    pub(crate) fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.unwrap().split_whitespace().nth(1).unwrap();
        kib.parse::<f64>().unwrap() / 1024.0
    }

    /// For how many seconds its threads had a processor so far.
    pub(crate) fn busy(&self) -> f64 {
        busy(&self.child.id().to_string())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same for this program.
pub(crate) fn own_busy() -> f64 {
    busy("self")
}

/// The nanoseconds that `schedstat` counts for each thread.
fn busy(process: &str) -> f64 {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let of_thread = |entry: std::io::Result<std::fs::DirEntry>| {
        let text = std::fs::read_to_string(entry.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    };
    threads.filter_map(of_thread).sum::<f64>() / 1e9
}
