//! One provider behind one listener: the core under its lock, and the clock it is told.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use mock_idp_core::{
    Config, ConfigError, Control, ControlAnswer, ControlError, Entry, Limits, Op, Request,
    Response, Tenant,
};

use crate::options::{Clock, Patience, RunningClock};

/// What all connections of one server share.
///
/// There is one lock, held for the whole of a request: also while a token is signed, which takes most of a token
/// request's time. Requests to one mock are therefore answered one after another; sessions cannot race, and a second
/// mock is the way to use a second core.
pub(crate) struct Site {
    op: Mutex<Op>,
    clock: RunningClock,
    pub(crate) tenants: Vec<Tenant>,
    pub(crate) limits: Limits,
    pub(crate) patience: Patience,
}

impl Site {
    pub(crate) fn new(
        config: Config,
        clock: Clock,
        patience: Patience,
    ) -> Result<Self, ConfigError> {
        let (tenants, limits) = (config.tenants.clone(), config.limits.clone());
        let op = Mutex::new(Op::new(config)?);
        Ok(Self {
            op,
            clock: RunningClock::start(clock),
            tenants,
            limits,
            patience: patience.bounded(),
        })
    }

    pub(crate) fn handle(&self, request: &Request) -> Response {
        let now = self.now();
        self.op().handle(request, now)
    }

    pub(crate) fn control(&self, command: Control) -> Result<ControlAnswer, ControlError> {
        let now = self.now();
        self.op().control(command, now)
    }

    pub(crate) fn journal(&self) -> Vec<Entry> {
        self.op().journal().cloned().collect()
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn op(&self) -> MutexGuard<'_, Op> {
        // A defect of ours that panicked in one request must not take the others with it.
        self.op.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
