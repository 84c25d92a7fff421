//! The stand-alone server: runs on the caller's runtime until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use mock_idp_core::Config;
use tokio::net::TcpListener;

use crate::accept::accept;
use crate::options::ServerOptions;
use crate::reload::Watched;
use crate::server::StartError;
use crate::site::Site;

/// Serves a provider on a listener until `until` is done; then finishes what is under way and returns.
///
/// The listener is bound first, so that the configuration can name its address ([`origin`]) in the issuers. Of the
/// options, `address` is not used.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_idp::core::{Config, DialectId};
/// use mock_idp::{ServerOptions, origin, serve, standard};
///
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// let origin = origin(listener.local_addr()?);
/// let config = Config::new(7, vec![standard::tenant(DialectId::PingOne, &origin)]);
/// # let told_to_stop = async {};
/// serve(listener, config, ServerOptions::default(), told_to_stop).await?;
/// # Ok(())
/// # }
/// ```
pub async fn serve(
    listener: TcpListener,
    config: Config,
    options: ServerOptions,
    until: impl Future<Output = ()>,
) -> Result<(), StartError> {
    let address = listener.local_addr().map_err(StartError::Listener)?;
    let site = Site::new(config, options, address)?;
    accept(listener, Arc::new(site), until).await;
    Ok(())
}

/// Serves what a file describes, and follows it, until `until` is done.
///
/// The listener is the caller's, so that it can be told when it listens; [`ConfigFile::options`] names the address that
/// the file asks for.
///
/// [`ConfigFile::options`]: crate::ConfigFile::options
pub async fn serve_file(
    listener: TcpListener,
    watched: Watched,
    until: impl Future<Output = ()>,
) -> Result<(), StartError> {
    let address = listener.local_addr().map_err(StartError::Listener)?;
    let options = watched.file().options();
    let origin = options.origin(address);
    let config = watched.file().config(&origin);
    let site = Arc::new(Site::new(config, options, address)?);
    tokio::select! {
        () = accept(listener, Arc::clone(&site), until) => {}
        () = watched.follow(&site, &origin) => {}
    }
    Ok(())
}

/// The origin under which a listener on this address is reached from the same machine, without TLS. With it, it is
/// [`ServerOptions::origin`].
pub fn origin(address: SocketAddr) -> String {
    ServerOptions::default().origin(address)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn an_unspecified_address_is_reached_by_loopback() {
        assert_eq!(origin(([0, 0, 0, 0], 80).into()), "http://127.0.0.1:80");
        assert_eq!(
            origin((Ipv6Addr::UNSPECIFIED, 8080).into()),
            "http://[::1]:8080"
        );
        assert_eq!(
            origin(([192, 0, 2, 1], 8080).into()),
            "http://192.0.2.1:8080"
        );
    }
}
