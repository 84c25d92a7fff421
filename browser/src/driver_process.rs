//! The driver as a process: started on a port of the system's choice, and ended with the browsers it started.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::error::StartError;

const PROGRAM: &str = "chromedriver";

/// A machine that builds at the same time is slow.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How long browsers may take to close before they are left to the end of their driver.
const END_LIMIT: Duration = Duration::from_secs(10);

/// What the driver says when it listens, before the number.
const LISTENS: &str = "started successfully on port ";

pub(crate) struct DriverProcess {
    child: Child,
    port: u16,
    ended: bool,
}

impl DriverProcess {
    pub(crate) async fn start() -> Result<Self, StartError> {
        let mut child = Command::new(PROGRAM)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| StartError::run(PROGRAM, &error))?;
        let said = child
            .stdout
            .take()
            .ok_or_else(|| StartError::failed(PROGRAM, "it has no output"))?;
        let port = timeout(START_LIMIT, port(said))
            .await
            .map_err(|_| StartError::failed(PROGRAM, "it did not say within 30 s that it listens"))?
            .ok_or_else(|| {
                StartError::failed(PROGRAM, "it ended without saying that it listens")
            })?;
        Ok(Self {
            child,
            port,
            ended: false,
        })
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it and the browsers it started, and waits until they are gone.
    pub(crate) async fn end(mut self) {
        self.ask_to_end();
        // Left to be killed when dropped, if it takes longer.
        let _late = timeout(END_LIMIT, self.child.wait()).await;
    }

    /// Blocks until the driver has closed its browsers and answered, or for a bounded time.
    fn ask_to_end(&mut self) {
        self.ended = true;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let Ok(mut stream) = TcpStream::connect_timeout(&address, END_LIMIT) else {
            return;
        };
        let _ = stream.set_read_timeout(Some(END_LIMIT));
        let request = "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        if stream.write_all(request.as_bytes()).is_ok() {
            let _answer = stream.take(4_096).read_to_end(&mut Vec::new());
        }
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        if !self.ended {
            self.ask_to_end();
        }
    }
}

/// The port that the driver names in its first lines.
async fn port(said: ChildStdout) -> Option<u16> {
    let mut lines = BufReader::new(said).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, rest)) = line.split_once(LISTENS) {
            return rest.trim_end_matches('.').trim().parse().ok();
        }
    }
    None
}
