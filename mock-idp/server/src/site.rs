//! One provider behind one listener: the core under its lock, and the clock it is told.

use std::hash::{BuildHasher as _, RandomState};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::Timestamp;
use mock_idp_core::{
    CallAnswer, Config, ConfigError, Control, ControlAnswer, ControlError, Entry, Limits,
    Notification, Op, Request, Response, Step, Tenant,
};

use crate::options::{Patience, RunningClock, ServerOptions};
use crate::outgoing;
use crate::reload::Reloads;
use crate::server::StartError;
use crate::tls::{Secured, TlsError};

/// What all connections of one server share.
///
/// There is one lock, held for the whole of a request: also while a token is signed, which takes most of a token
/// request's time. Requests to one mock are therefore answered one after another; sessions cannot race, and a second
/// mock is the way to use a second core.
pub(crate) struct Site {
    op: Mutex<Op>,
    clock: RunningClock,
    described: Mutex<Arc<Described>>,
    /// What stands at the end of the ids of the keys, as long as the server lives.
    key_mark: Option<String>,
    reloads: Mutex<Option<Reloads>>,
    pub(crate) patience: Patience,
    pub(crate) secured: Option<Secured>,
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
        options: ServerOptions,
        address: SocketAddr,
    ) -> Result<Self, StartError> {
        let described = Described::of(&config);
        let key_mark = config
            .key_mark
            .clone()
            .or_else(|| options.keys_marked.then(mark));
        let op = Op::new(Config {
            key_mark: key_mark.clone(),
            ..config
        });
        let op = Mutex::new(op.map_err(StartError::Config)?);
        let secured = options
            .tls
            .map(|tls| Secured::new(&tls, address, &described.tenants))
            .transpose()
            .map_err(|error| StartError::Tls(error.to_string()))?;
        Ok(Self {
            op,
            clock: RunningClock::start(options.clock),
            described: Mutex::new(described),
            key_mark,
            reloads: Mutex::new(None),
            patience: options.patience.bounded(),
            secured,
        })
    }

    /// Answers a request without a network, for whoever cannot wait for one.
    #[cfg(any(test, feature = "wiremock"))]
    pub(crate) fn handle(&self, request: &Request) -> Response {
        let now = self.now();
        self.op().handle(request, now)
    }

    /// Answers a request, and makes the calls that it takes. The provider is not held while a call is under way.
    pub(crate) async fn answer(&self, request: &Request) -> Response {
        let now = self.now();
        let mut step = self.op().begin(request, now);
        loop {
            match step {
                Step::Respond(response) => return response,
                Step::Call(waiting) => {
                    let answer = self.call(waiting.request()).await;
                    let now = self.now();
                    step = self.op().resume(waiting, answer, now);
                }
            }
        }
    }

    /// Begins to tell applications what they are to be told by now. Nobody waits for what they say.
    pub(crate) fn deliver(self: &Arc<Self>) {
        let notifications = self.op().notifications();
        if !notifications.is_empty() {
            let site = Arc::clone(self);
            tokio::spawn(async move { site.tell(notifications).await });
        }
    }

    /// Tells applications, one after another, and notes what came of it.
    async fn tell(&self, notifications: Vec<Notification>) {
        for notification in notifications {
            let answer = self.call(&notification.request).await;
            let now = self.now();
            self.op().notified(&notification, &answer, now);
        }
    }

    /// A call to a tenant of the provider itself needs no socket, and would wait for itself with one.
    async fn call(&self, request: &Request) -> CallAnswer {
        let now = self.now();
        let within = {
            let mut op = self.op();
            op.serves(request).then(|| op.handle(request, now))
        };
        match within {
            Some(response) => Ok(response),
            None => outgoing::send(request).await,
        }
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
        let certified = self
            .secured
            .as_ref()
            .map(|secured| Ok((secured, secured.certified_for(&described.tenants)?)))
            .transpose()
            .map_err(|error| no_certificate(&error))?;
        let key_mark = self.key_mark.clone();
        self.op().reconfigure(Config { key_mark, ..config })?;
        if let Some((secured, certified)) = certified {
            secured.present(certified);
        }
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

/// Something that no other server has: what the standard library seeds its maps with, drawn from the system once in a
/// process, and a count within the process.
fn mark() -> String {
    static SERVERS: AtomicU64 = AtomicU64::new(0);
    static PROCESS: OnceLock<u64> = OnceLock::new();
    let process = PROCESS.get_or_init(|| RandomState::new().hash_one(std::process::id()));
    let server = SERVERS.fetch_add(1, Ordering::Relaxed);
    format!("{process:016x}-{server}")
}

fn no_certificate(error: &TlsError) -> ConfigError {
    ConfigError {
        at: "tenants".to_owned(),
        problem: error.to_string(),
        advice: "use host names in ASCII".to_owned(),
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // A defect of ours that panicked in one request must not take the others with it.
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
