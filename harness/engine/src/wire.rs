//! The way to the target: one request, one answer. Implemented in memory by the embedded mock and over
//! HTTP by the runner.

use crate::sign_in::{OutsideAnswer, OutsideTask};
use signoff_oidc::{Request, Response, Timestamp};
use signoff_rules::Setting;
use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How exactly a request has to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fidelity {
    /// Sign-in and discovery: an ordinary HTTP client may send it.
    Ordinary,
    /// The request under test: the target's bytes as they are.
    Exact,
}

/// Something that a scenario needs from the target besides HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Let time pass, in seconds.
    Advance(i64),
    /// Disable the client with this id.
    Disable(String),
    /// Enable it again.
    Enable(String),
    /// Delete the client with this id.
    Delete(String),
    /// Set something. Sessions need not survive it.
    Configure(Setting),
}

/// Why no answer came. Names neither token nor cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub what: String,
    /// True when the target could not be reached at all, so that going on makes no sense.
    pub unreachable: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// One target, one request at a time, unless told otherwise.
pub trait Wire {
    /// Begins a case: a target that can forget starts afresh, with this seed.
    fn begin(&mut self, seed: u64) -> impl Future<Output = Result<(), Failure>>;
    /// Sends a request and waits for the whole answer.
    fn send(
        &mut self,
        request: &Request,
        fidelity: Fidelity,
    ) -> impl Future<Output = Result<Response, Failure>>;
    /// Sends the same request, byte for byte, twice at the same moment, and waits for both answers. A wire that cannot
    /// sends one after the other: that is one of the orders in which a target may take them.
    fn send_twice_at_once(
        &mut self,
        request: &Request,
    ) -> impl Future<Output = [Result<Response, Failure>; 2]> {
        async {
            let first = self.send(request, Fidelity::Exact).await;
            [first, self.send(request, Fidelity::Exact).await]
        }
    }
    /// Asks the target for something only an operator can do. `Ok(false)` when it cannot.
    fn command(&mut self, command: &Command) -> impl Future<Output = Result<bool, Failure>>;
    /// Has somebody sign in outside: in a browser, or by a program. A wire that has neither says so.
    fn sign_in(
        &mut self,
        _task: &OutsideTask,
    ) -> impl Future<Output = Result<OutsideAnswer, Failure>> {
        std::future::ready(Err(Failure {
            what: "there is neither a browser nor a program to sign in with here".to_owned(),
            unreachable: false,
        }))
    }
    /// The target's time, as far as it is known.
    fn now(&self) -> Timestamp;
    /// The back-channel addresses of relying parties at which this wire listens.
    fn listening(&self) -> Vec<String> {
        Vec::new()
    }
    /// What reached those addresses since this was last asked, in the order of arrival. A wire that others write to at
    /// their own pace waits so long for something when there is nothing.
    fn received(&mut self, _patience: Duration) -> impl Future<Output = Vec<Request>> {
        async { Vec::new() }
    }
}

/// Drives a future that never waits: one over a wire in memory.
///
/// # Panics
/// When the future does wait, which would be a defect of the wire that was given.
pub fn block_on_ready<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a wire in memory answers at once"),
    }
}
