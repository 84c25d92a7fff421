//! A server with a thread of its own, as a value that can be held, commanded and dropped.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use mock_idp_core::{Config, ConfigError, Control, ControlAnswer, ControlError, Entry, Tenant};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::accept::accept;
use crate::control_surface;
use crate::expectation::{Expectation, Expected};
use crate::options::ServerOptions;
use crate::reload::Watched;
use crate::site::Site;
use crate::tls::Secured;

/// A running mock provider.
///
/// It has a thread and a single-threaded runtime of its own, so a test may block (a child process, a blocking HTTP
/// client) or have no runtime at all without starving it. Servers share nothing.
///
/// Dropping it closes the listener and all connections before `drop` returns; [`Server::finish`] lets answers that are
/// under way be written first.
pub struct Server {
    site: Arc<Site>,
    address: SocketAddr,
    url: String,
    tenants: Vec<Tenant>,
    stop: Option<oneshot::Sender<Stop>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Finish,
    Now,
}

impl Server {
    /// Binds the listener, has the configuration made for the origin it got (`http://127.0.0.1:49152`), and serves.
    pub fn start(
        options: ServerOptions,
        config: impl FnOnce(&str) -> Config,
    ) -> Result<Self, StartError> {
        Self::watching(options, config, None)
    }

    /// Serves what a file describes, and follows it: when the file changes, the provider does, unless the new text is
    /// wrong (see [`Watched`]).
    pub fn start_file(watched: Watched) -> Result<Self, StartError> {
        let file = watched.file().clone();
        let config = move |origin: &str| file.config(origin);
        Self::watching(watched.file().options(), config, Some(watched))
    }

    fn watching(
        options: ServerOptions,
        config: impl FnOnce(&str) -> Config,
        watched: Option<Watched>,
    ) -> Result<Self, StartError> {
        let bind_error = |error| StartError::Bind {
            address: options.address,
            error,
        };
        let listener = std::net::TcpListener::bind(options.address).map_err(bind_error)?;
        listener.set_nonblocking(true).map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let (url, origin) = (options.reached_at(address), options.origin(address));
        let config = config(&origin);
        let tenants = config.tenants.clone();
        let site = Arc::new(Site::new(config, options, address)?);
        let watched = watched.map(|watched| (watched, origin));

        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&site);
        let thread = std::thread::Builder::new()
            .name("mock-idp".to_owned())
            .spawn(move || run(&runtime, listener, served, watched, stopped))
            .map_err(StartError::Thread)?;
        Ok(Self {
            site,
            address,
            url,
            tenants,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The origin under which it is reached from the same machine, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The base of its control surface, without a slash at the end.
    pub fn control_url(&self) -> String {
        format!("{}{}", self.url, control_surface::PREFIX)
    }

    /// The certificate of the authority that signed the server's own, in PEM; none without TLS.
    pub fn ca_pem(&self) -> Option<String> {
        self.site.secured.as_ref().map(Secured::ca_pem)
    }

    /// The tenants as configured at the start.
    pub fn tenants(&self) -> &[Tenant] {
        &self.tenants
    }

    /// Carries out a command of the control surface.
    pub fn control(&self, command: Control) -> Result<ControlAnswer, ControlError> {
        self.site.control(command)
    }

    /// What happened so far, oldest first; the oldest entries are dropped when there are more than the configured
    /// number. No token, code, cookie or password is in it.
    pub fn journal(&self) -> Vec<Entry> {
        self.site.journal()
    }

    /// Expects something to be in the journal from now on, as [`crate::MockIdp::expect`].
    pub fn expect(&self, expectation: Expectation) -> Expected {
        Expected::new(expectation, Arc::clone(&self.site))
    }

    /// Stops listening, lets answers that are under way be written, and waits for that.
    pub async fn finish(mut self) {
        let (done, finished) = oneshot::channel();
        self.tell(Stop::Finish);
        let Some(thread) = self.thread.take() else {
            return;
        };
        // Joining blocks, so it is done on a thread of its own; without one, here.
        let join = move || {
            let _ = thread.join();
            let _ = done.send(());
        };
        if std::thread::Builder::new().spawn(join).is_ok() {
            let _ = finished.await;
        }
    }

    fn tell(&mut self, how: Stop) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(how);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.tell(Stop::Now);
        if let Some(thread) = self.thread.take() {
            // Short: the thread waits for nothing but its sockets and this.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// The server's thread. When it returns, the runtime is dropped and with it every connection.
fn run(
    runtime: &Runtime,
    listener: std::net::TcpListener,
    site: Arc<Site>,
    watched: Option<(Watched, String)>,
    stopped: oneshot::Receiver<Stop>,
) {
    runtime.block_on(async {
        // Fails only without an I/O driver, and there is one.
        let Ok(listener) = TcpListener::from_std(listener) else {
            return;
        };
        let (finish, finishing) = oneshot::channel::<()>();
        let following = follow(watched, Arc::clone(&site));
        let serving = accept(listener, site, async {
            let _ = finishing.await;
        });
        tokio::select! {
            () = serving => {}
            () = following => {}
            () = at_once_or(stopped, finish) => {}
        }
    });
}

/// Never done.
async fn follow(watched: Option<(Watched, String)>, site: Arc<Site>) {
    match watched {
        Some((watched, origin)) => watched.follow(&site, &origin).await,
        None => std::future::pending().await,
    }
}

/// Done when the server shall stop at once; passes a wish to finish on and is then never done.
async fn at_once_or(stopped: oneshot::Receiver<Stop>, finish: oneshot::Sender<()>) {
    if stopped.await == Ok(Stop::Finish) {
        let _ = finish.send(());
        std::future::pending::<()>().await;
    }
}

/// A server that could not be started.
#[derive(Debug)]
pub enum StartError {
    /// The address cannot be listened on.
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The listener has no address.
    Listener(io::Error),
    /// The configuration cannot work.
    Config(ConfigError),
    /// There is no certificate to be had for the names.
    Tls(String),
    /// There is no thread or runtime to be had.
    Thread(io::Error),
    /// The first tenant has no two clients and two users left for the accessors of [`crate::MockIdp`].
    TooFew,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind { address, error } => write!(f, "cannot listen on {address}: {error}"),
            Self::Listener(error) => write!(f, "the listener has no address: {error}"),
            Self::Config(error) => write!(f, "the configuration cannot work: {error}"),
            Self::Tls(problem) => write!(f, "no TLS: {problem}"),
            Self::Thread(error) => write!(f, "no thread for the server: {error}"),
            Self::TooFew => f.write_str(
                "the first tenant needs two clients and two users; use `Server` for one with fewer",
            ),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind { error, .. } | Self::Listener(error) | Self::Thread(error) => Some(error),
            Self::Config(error) => Some(error),
            Self::Tls(_) | Self::TooFew => None,
        }
    }
}
