//! `--start`: the target's own program, for the time of the run.

use crate::stop::Stop;
use signoff_runner::engine::Exit;
use signoff_runner::wire::{Patience, WireOptions, wait_until_ready};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::process::{Child, Command};

/// How long the program has to end by itself before it is ended.
const GRACE: Duration = Duration::from_secs(5);

/// How much of the program's own output is shown when it does not come up.
const SHOWN: u64 = 4_000;

/// A program that runs, with everything that it has started. It ends when this is dropped.
pub(crate) struct Started {
    child: Child,
    command: String,
    output: File,
}

impl Started {
    /// Starts a command of the shell. What it writes is kept aside, and shown when it does not come up.
    pub(crate) fn start(command: &str) -> Result<Self, Stop> {
        let wrong = |error: std::io::Error| {
            Stop::usage(format!("--start `{command}` cannot be started: {error}"))
        };
        let output = tempfile::tempfile().map_err(wrong)?;
        let mut shell = shell(command);
        shell
            .stdin(Stdio::null())
            .stdout(output.try_clone().map_err(wrong)?)
            .stderr(output.try_clone().map_err(wrong)?)
            .kill_on_drop(true);
        Ok(Started {
            child: shell.spawn().map_err(wrong)?,
            command: command.to_owned(),
            output,
        })
    }

    /// Waits until `url` answers. A program that ends before is not waited for any longer.
    pub(crate) async fn ready(
        &mut self,
        url: &str,
        options: WireOptions,
        patience: Patience,
    ) -> Result<(), Stop> {
        let what = tokio::select! {
            status = self.child.wait() => format!("it has ended ({})", ended(status?)),
            ready = wait_until_ready(url, options, patience) => match ready {
                Ok(_) => return Ok(()),
                Err(error) => format!("{url}: {error}"),
            },
        };
        let last_words = self.last_words();
        Err(Stop {
            exit: Exit::Unreachable,
            what: format!(
                "the target did not start with --start `{}`: {what}{last_words}",
                self.command
            ),
        })
    }

    /// Ends the program and what it has started, and waits for it.
    pub(crate) async fn end(mut self) {
        self.signal(Signal::Please);
        if tokio::time::timeout(GRACE, self.child.wait())
            .await
            .is_err()
        {
            self.signal(Signal::Now);
            // It cannot refuse; what could not be waited for is nothing that a user could mend.
            let _ = self.child.wait().await;
        }
    }

    /// The end of what the program has written.
    fn last_words(&mut self) -> String {
        let mut text = Vec::new();
        let length = self.output.metadata().map_or(0, |data| data.len());
        let from = SeekFrom::Start(length.saturating_sub(SHOWN));
        let read = self
            .output
            .seek(from)
            .and_then(|_| (&self.output).take(SHOWN).read_to_end(&mut text));
        let text = String::from_utf8_lossy(&text);
        if read.is_err() || text.trim().is_empty() {
            "; it has written nothing".to_owned()
        } else {
            format!("; its last words:\n{}", text.trim_end())
        }
    }

    #[cfg(unix)]
    fn signal(&self, signal: Signal) {
        use rustix::process::{Pid, kill_process_group};
        let signal = match signal {
            Signal::Please => rustix::process::Signal::TERM,
            Signal::Now => rustix::process::Signal::KILL,
        };
        let group = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = group.and_then(Pid::from_raw) {
            // A group that is gone already is as it should be.
            let _ = kill_process_group(group, signal);
        }
    }

    #[cfg(not(unix))]
    fn signal(&mut self, signal: Signal) {
        if matches!(signal, Signal::Now) {
            let _ = self.child.start_kill();
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.signal(Signal::Now);
    }
}

#[derive(Clone, Copy)]
enum Signal {
    Please,
    Now,
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    // A group of its own, so that what the shell starts ends with it.
    shell.args(["-c", command]).process_group(0);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.args(["/C", command]);
    shell
}

fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "by a signal".to_owned(),
    }
}
