//! The provider for tests: a server whose first tenant has names for its parts.

use mock_idp_core::{Client, Control, ControlAnswer, ControlError, Entry, FaultUse, Tenant, User};

use crate::builder::MockIdpBuilder;
use crate::expectation::{Expectation, Expected};
use crate::refusing::RefusingIdp;
use crate::server::{Server, StartError};

/// A mock identity provider for one test.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_idp::MockIdp;
///
/// let idp = MockIdp::start().await?;
///
/// // Give these to the application under test.
/// let issuer = idp.issuer();
/// let client = idp.client_a();
/// let (id, secret) = (&client.id, &client.secret);
///
/// // Sign on as idp.alice() and off again, then look at what the provider saw.
/// # let discovery = reqwest::get(idp.discovery_url()).await?;
/// # assert_eq!(discovery.status(), 200);
/// # assert!(discovery.text().await?.contains(issuer));
/// # assert!(!id.is_empty() && secret.is_some());
/// assert!(!idp.journal().is_empty());
/// # Ok(())
/// # }
/// ```
///
/// Each has its own port, sessions, clock and journal. It stops when it is dropped.
#[derive(Debug)]
pub struct MockIdp {
    server: Server,
    parts: Parts,
}

/// The first tenant, and the parts of it that have names.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) tenant: Tenant,
    pub(crate) clients: [Client; 2],
    pub(crate) users: [User; 2],
}

impl Parts {
    pub(crate) fn of(tenant: Tenant) -> Result<Self, StartError> {
        let ([client_a, client_b, ..], [alice, bob, ..]) =
            (tenant.clients.as_slice(), tenant.users.as_slice())
        else {
            return Err(StartError::TooFew);
        };
        Ok(Self {
            clients: [client_a.clone(), client_b.clone()],
            users: [alice.clone(), bob.clone()],
            tenant,
        })
    }

    pub(crate) fn discovery_url(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.tenant.issuer)
    }
}

impl MockIdp {
    /// Starts the standard provider: PingOne, one environment, two applications, two users, on a free port.
    #[expect(
        clippy::unused_async,
        reason = "callers await a start everywhere else, and a later one may have to wait"
    )]
    pub async fn start() -> Result<Self, StartError> {
        Self::start_blocking()
    }

    /// The same for a test without a runtime.
    pub fn start_blocking() -> Result<Self, StartError> {
        Self::builder().start_blocking()
    }

    /// Starts with the standard provider and changes what differs.
    pub fn builder() -> MockIdpBuilder {
        MockIdpBuilder::new()
    }

    /// An issuer whose port refuses every connection, to see what an application does when its provider is down.
    pub fn refusing() -> Result<RefusingIdp, StartError> {
        RefusingIdp::start()
    }

    pub(crate) fn over(server: Server) -> Result<Self, StartError> {
        let first = server.tenants().first().cloned();
        let parts = Parts::of(first.ok_or(StartError::TooFew)?)?;
        Ok(Self { server, parts })
    }

    /// The issuer identifier of the first tenant.
    pub fn issuer(&self) -> &str {
        &self.parts.tenant.issuer
    }

    /// Where its discovery document is (OpenID Connect Discovery section 4).
    pub fn discovery_url(&self) -> String {
        self.parts.discovery_url()
    }

    /// The origin of the server, without a slash at the end.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The base of the control surface over HTTP, without a slash at the end.
    pub fn control_url(&self) -> String {
        self.server.control_url()
    }

    /// The certificate that the application under test has to trust, in PEM; none without TLS.
    pub fn ca_pem(&self) -> Option<String> {
        self.server.ca_pem()
    }

    /// The first tenant as configured.
    pub fn tenant(&self) -> &Tenant {
        &self.parts.tenant
    }

    /// Its first client, as configured.
    pub fn client_a(&self) -> &Client {
        &self.parts.clients[0]
    }

    /// Its second client, as configured.
    pub fn client_b(&self) -> &Client {
        &self.parts.clients[1]
    }

    /// Its first user, as configured.
    pub fn alice(&self) -> &User {
        &self.parts.users[0]
    }

    /// Its second user, as configured.
    pub fn bob(&self) -> &User {
        &self.parts.users[1]
    }

    /// The server below, for other tenants and for commands that have no method here.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Moves the provider's clock.
    pub fn advance(&self, seconds: i64) -> Result<ControlAnswer, ControlError> {
        self.server.control(Control::AdvanceClock { seconds })
    }

    /// Disables a client of the first tenant.
    pub fn disable_client(&self, client: &str) -> Result<ControlAnswer, ControlError> {
        let tenant = self.parts.tenant.id.clone();
        self.server.control(Control::DisableClient {
            tenant,
            client: client.to_owned(),
        })
    }

    /// Enables a client of the first tenant again.
    pub fn enable_client(&self, client: &str) -> Result<ControlAnswer, ControlError> {
        let tenant = self.parts.tenant.id.clone();
        self.server.control(Control::EnableClient {
            tenant,
            client: client.to_owned(),
        })
    }

    /// Switches a named defect on or off.
    pub fn switch_fault(&self, id: &str, on: bool) -> Result<ControlAnswer, ControlError> {
        self.server.control(Control::SwitchFault {
            id: id.to_owned(),
            on,
        })
    }

    /// Switches a named defect on for one tenant, one client, or so many sign-offs.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_idp::MockIdp;
    /// use mock_idp::core::FaultUse;
    ///
    /// let idp = MockIdp::start().await?;
    /// // The next sign-off of the first application loses its `state`; the one after it has it again.
    /// idp.use_fault(FaultUse::new("state-dropped").client(&idp.client_a().id).times(1))?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn use_fault(&self, fault: FaultUse) -> Result<ControlAnswer, ControlError> {
        self.server.control(Control::UseFault(fault))
    }

    /// Forgets all sessions, tokens and commands: back to the configuration.
    pub fn reset(&self) -> Result<ControlAnswer, ControlError> {
        self.server.control(Control::Reset {})
    }

    /// What happened so far, as [`Server::journal`].
    pub fn journal(&self) -> Vec<Entry> {
        self.server.journal()
    }

    /// Expects something to be in the journal from now on.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_idp::{Expectation, MockIdp};
    ///
    /// let idp = MockIdp::start().await?;
    /// let signed_off = idp.expect(
    ///     Expectation::request("GET", "/as/signoff")
    ///         .parameter("state")
    ///         .status(302)
    ///         .once(),
    /// );
    /// // ... the application under test signs off ...
    /// # reqwest::get(format!("{}/signoff?state=x", idp.issuer())).await?;
    /// signed_off.verify();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// When it is not met, `verify` panics and shows how the nearest entry differs:
    ///
    /// ```text
    /// expected exactly 1: request, method GET, endpoint /as/signoff, status 302, with state
    /// found 0 among 1 entries of the journal; the nearest differs so:
    /// --- expected
    /// +++ found: entry 1
    /// @@ -1,6 +1,5 @@
    ///  tenant: 5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f
    ///  event: request
    ///  method: GET
    ///  endpoint: /as/signoff
    /// -parameters: state
    ///  status: 302
    /// ```
    pub fn expect(&self, expectation: Expectation) -> Expected {
        self.server.expect(expectation)
    }

    /// Stops after the answers that are under way, as [`Server::finish`].
    pub async fn finish(self) {
        self.server.finish().await;
    }
}
