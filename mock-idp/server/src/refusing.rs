//! An issuer that nobody answers for.

use std::net::{Ipv4Addr, SocketAddr};

use mock_idp_core::{Client, DialectId, Tenant, User};
use tokio::net::TcpSocket;

use crate::mock::Parts;
use crate::options::ServerOptions;
use crate::server::StartError;
use crate::standard;

/// The standard provider, down: connections to its port are refused for as long as this value lives.
///
/// The port is bound and never listened on, so no other process can be given it meanwhile.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_idp::MockIdp;
///
/// let idp = MockIdp::refusing()?;
/// let error = reqwest::get(idp.discovery_url()).await.unwrap_err();
/// assert!(error.is_connect());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct RefusingIdp {
    /// Holds the port.
    _socket: TcpSocket,
    address: SocketAddr,
    parts: Parts,
}

impl RefusingIdp {
    pub(crate) fn start() -> Result<Self, StartError> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let bind_error = |error| StartError::Bind {
            address: wanted,
            error,
        };
        let socket = TcpSocket::new_v4().map_err(bind_error)?;
        socket.bind(wanted).map_err(bind_error)?;
        let address = socket.local_addr().map_err(bind_error)?;
        let origin = ServerOptions::default().origin(address);
        let parts = Parts::of(standard::tenant(DialectId::PingOne, &origin))?;
        Ok(Self {
            _socket: socket,
            address,
            parts,
        })
    }

    /// The address that refuses.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The issuer identifier.
    pub fn issuer(&self) -> &str {
        &self.parts.tenant.issuer
    }

    /// Where its discovery document would be.
    pub fn discovery_url(&self) -> String {
        self.parts.discovery_url()
    }

    /// The tenant as it would be configured.
    pub fn tenant(&self) -> &Tenant {
        &self.parts.tenant
    }

    /// Its first client.
    pub fn client_a(&self) -> &Client {
        &self.parts.clients[0]
    }

    /// Its first user.
    pub fn alice(&self) -> &User {
        &self.parts.users[0]
    }
}
