//! How a [`MockIdp`] differs from the standard one.

use std::fmt;
use std::net::SocketAddr;

use mock_idp_core::{Client, Config, DialectId, Edition, FaultUse, Limits, Tenant, User};

use crate::mock::MockIdp;
use crate::options::{Clock, HostStyle, Patience, ServerOptions};
use crate::server::{Server, StartError};
use crate::standard;
use crate::tls::Tls;

/// Unless another is given: the same requests then get the same octets in every run.
pub(crate) const SEED: u64 = 1;

/// Builds a [`MockIdp`] from the standard provider and what differs from it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_idp::MockIdp;
/// use mock_idp::core::{Client, DialectId};
///
/// let idp = MockIdp::builder()
///     .dialect(DialectId::Oidc)
///     .client(
///         Client::public("my-app")
///             .with_redirect_uri("http://localhost:3000/callback")
///             .with_post_logout_redirect_uri("http://localhost:3000/"),
///     )
///     .start()
///     .await?;
/// assert!(idp.issuer().starts_with(idp.url()));
/// # Ok(())
/// # }
/// ```
pub struct MockIdpBuilder {
    options: ServerOptions,
    dialect: DialectId,
    edition: Edition,
    origin: Option<String>,
    seed: u64,
    limits: Limits,
    journal_bound: Option<usize>,
    faults: Vec<FaultUse>,
    further_tenants: Vec<String>,
    clients: Vec<Client>,
    users: Vec<User>,
    end_session_endpoint: bool,
    adjustments: Vec<Adjustment>,
    made_tenants: Vec<MakeTenant>,
}

type Adjustment = Box<dyn FnOnce(&mut Tenant) + Send>;
type MakeTenant = Box<dyn FnOnce(&str) -> Tenant + Send>;

impl MockIdpBuilder {
    pub(crate) fn new() -> Self {
        Self {
            options: ServerOptions::default(),
            dialect: DialectId::PingOne,
            edition: Edition::default(),
            origin: None,
            seed: SEED,
            limits: Limits::default(),
            journal_bound: None,
            faults: Vec::new(),
            further_tenants: Vec::new(),
            clients: Vec::new(),
            users: Vec::new(),
            end_session_endpoint: true,
            adjustments: Vec::new(),
            made_tenants: Vec::new(),
        }
    }

    /// Which product the provider behaves like.
    pub fn dialect(mut self, dialect: DialectId) -> Self {
        self.dialect = dialect;
        self
    }

    /// Which state of the product's documentation it follows.
    pub fn edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        self
    }

    /// The port on the loopback address; 0, the default, for any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.options.address.set_port(port);
        self
    }

    /// The address to listen on.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.options.address = address;
        self
    }

    /// Pins the origin in the issuers (`https://idp.example`), for a provider that is reached through something else.
    /// Without it they follow [`Self::hosts`].
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Which host the issuers name: the address that was bound, unless another style is wanted. PingOne's cookies are
    /// `Secure`, so a browser keeps them for its hosts only with [`Self::tls`].
    pub fn hosts(mut self, hosts: HostStyle) -> Self {
        self.options.hosts = hosts;
        self
    }

    /// One more client, after the two standard ones, in every tenant that is not made by [`Self::tenant_made`].
    pub fn client(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    /// One more user, after the two standard ones, in the same tenants.
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// One more tenant (environment) like the first, under another id.
    pub fn tenant(mut self, id: impl Into<String>) -> Self {
        self.further_tenants.push(id.into());
        self
    }

    /// One more tenant, made from the server's origin.
    pub fn tenant_made(mut self, make: impl FnOnce(&str) -> Tenant + Send + 'static) -> Self {
        self.made_tenants.push(Box::new(make));
        self
    }

    /// Changes anything in the first tenant before the start.
    pub fn adjust(mut self, change: impl FnOnce(&mut Tenant) + Send + 'static) -> Self {
        self.adjustments.push(Box::new(change));
        self
    }

    /// Without a logout endpoint: the discovery documents lack `end_session_endpoint`, and its path is not found. Not
    /// in tenants that are made by [`Self::tenant_made`].
    pub fn without_end_session(mut self) -> Self {
        self.end_session_endpoint = false;
        self
    }

    /// Everything unguessable is drawn from this seed, and the keys have the same ids in every mock: see
    /// [`ServerOptions::keys_marked`].
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self.options.keys_marked = false;
        self
    }

    /// Switches a named defect on: on every tenant whose dialect has it, or as a [`FaultUse`] says.
    pub fn fault(mut self, fault: impl Into<FaultUse>) -> Self {
        self.faults.push(fault.into());
        self
    }

    /// Which time the provider is told.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.options.clock = clock;
        self
    }

    /// How much of a request is read.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How long slow clients are waited for, and how many clients are served at once.
    pub fn patience(mut self, patience: Patience) -> Self {
        self.options.patience = patience;
        self
    }

    /// Speaks TLS, HTTP/1.1 and HTTP/2, with a certificate made at the start; [`MockIdp::ca_pem`] is what to trust.
    pub fn tls(self) -> Self {
        self.tls_with(Tls::new())
    }

    /// The same, for more names.
    pub fn tls_with(mut self, tls: Tls) -> Self {
        self.options.tls = Some(tls);
        self
    }

    /// How many entries the journal keeps.
    pub fn journal_bound(mut self, entries: usize) -> Self {
        self.journal_bound = Some(entries);
        self
    }

    /// Starts it.
    #[expect(
        clippy::unused_async,
        reason = "callers await a start everywhere else, and a later one may have to wait"
    )]
    pub async fn start(self) -> Result<MockIdp, StartError> {
        self.start_blocking()
    }

    /// Starts it, for a test without a runtime.
    pub fn start_blocking(mut self) -> Result<MockIdp, StartError> {
        let options = self.options.clone();
        let server = Server::start(options, move |bound| {
            let origin = self.origin.take().unwrap_or_else(|| bound.to_owned());
            self.config(&origin)
        })?;
        MockIdp::over(server)
    }

    /// The provider for an origin, and how a server was to be run.
    #[cfg(any(test, feature = "wiremock"))]
    pub(crate) fn parted(mut self, bound: &str) -> (Config, ServerOptions) {
        let options = self.options.clone();
        let origin = self.origin.take().unwrap_or_else(|| bound.to_owned());
        (self.config(&origin), options)
    }

    fn config(self, origin: &str) -> Config {
        let mut first = standard::tenant(self.dialect, origin);
        first.edition = self.edition;
        first.end_session_endpoint = self.end_session_endpoint;
        first.clients.extend(self.clients);
        first.users.extend(self.users);
        let like_first = self.further_tenants.iter().map(|id| {
            let (clients, users) = (first.clients.clone(), first.users.clone());
            let tenant = standard::tenant_called(id, self.dialect, origin, clients, users);
            Tenant {
                edition: self.edition,
                end_session_endpoint: self.end_session_endpoint,
                ..tenant
            }
        });
        let mut tenants: Vec<Tenant> = like_first.collect();
        tenants.extend(self.made_tenants.into_iter().map(|make| make(origin)));
        for adjust in self.adjustments {
            adjust(&mut first);
        }
        tenants.insert(0, first);
        tenants.extend(standard::beside(self.dialect, origin));
        let plain = Config::new(self.seed, tenants);
        Config {
            limits: self.limits,
            faults: self.faults,
            journal_bound: self.journal_bound.unwrap_or(plain.journal_bound),
            signatures: None,
            ..plain
        }
    }
}

impl fmt::Debug for MockIdpBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockIdpBuilder")
            .field("options", &self.options)
            .field("dialect", &self.dialect)
            .field("edition", &self.edition)
            .field("origin", &self.origin)
            .field("seed", &self.seed)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}
