//! One provider behind one listener: the core under its lock, and the clock it is told.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use mock_idp_core::{
    Config, ConfigError, Control, ControlAnswer, ControlError, Entry, Limits, Op, Request,
    Response, Tenant,
};

use crate::options::{Clock, Patience, RunningClock};
use crate::reload::Reloads;

/// What all connections of one server share.
///
/// There is one lock, held for the whole of a request: also while a token is signed, which takes most of a token
/// request's time. Requests to one mock are therefore answered one after another; sessions cannot race, and a second
/// mock is the way to use a second core.
pub(crate) struct Site {
    op: Mutex<Op>,
    clock: RunningClock,
    described: Mutex<Arc<Described>>,
    reloads: Mutex<Option<Reloads>>,
    pub(crate) patience: Patience,
}

/// What is configured at present.
pub(crate) struct Described {
    pub(crate) tenants: Vec<Tenant>,
    pub(crate) limits: Limits,
}

impl Described {
    fn of(config: &Config) -> Arc<Self> {
        Arc::new(Self {
            tenants: config.tenants.clone(),
            limits: config.limits.clone(),
        })
    }
}

impl Site {
    pub(crate) fn new(
        config: Config,
        clock: Clock,
        patience: Patience,
    ) -> Result<Self, ConfigError> {
        let described = Described::of(&config);
        let op = Mutex::new(Op::new(config)?);
        Ok(Self {
            op,
            clock: RunningClock::start(clock),
            described: Mutex::new(described),
            reloads: Mutex::new(None),
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

    /// What is configured at present.
    pub(crate) fn described(&self) -> Arc<Described> {
        Arc::clone(&held(&self.described))
    }

    /// Goes on with another configuration, as [`Op::reconfigure`].
    pub(crate) fn reconfigure(&self, config: Config) -> Result<(), ConfigError> {
        let described = Described::of(&config);
        self.op().reconfigure(config)?;
        *held(&self.described) = described;
        Ok(())
    }

    /// How the configuration file fared; none when there is none.
    pub(crate) fn reloads(&self) -> Option<Reloads> {
        held(&self.reloads).clone()
    }

    pub(crate) fn note_reloads(&self, reloads: Reloads) {
        *held(&self.reloads) = Some(reloads);
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn op(&self) -> MutexGuard<'_, Op> {
        held(&self.op)
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // A defect of ours that panicked in one request must not take the others with it.
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
