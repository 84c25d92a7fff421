//! From an origin to an open TCP connection.

use super::{Phase, WireError, WireOptions};
use signoff_oidc::Origin;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use url::{Host, Url};

/// The host of an origin, as TLS and the resolver want it.
pub(super) fn host_of(origin: &Origin) -> Option<Host<String>> {
    Some(Url::parse(origin.as_str()).ok()?.host()?.to_owned())
}

/// Opens a connection, trying every address that the name has.
pub(super) async fn connect(
    origin: &Origin,
    options: &WireOptions,
) -> Result<TcpStream, WireError> {
    let limit = options.connect_timeout;
    let opening = async {
        let addresses = addresses(origin, &options.resolve).await?;
        first_open(&addresses, Instant::now() + limit).await
    };
    let outcome = timeout(limit, opening).await;
    match outcome.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
        Ok(stream) => {
            // Small requests must not wait for an acknowledgement (Nagle); failing to say so harms nothing.
            let _ = stream.set_nodelay(true);
            Ok(stream)
        }
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(WireError::Timeout {
            after: limit,
            phase: Phase::Connecting,
        }),
        Err(error) => Err(WireError::connect(origin, error)),
    }
}

async fn addresses(
    origin: &Origin,
    resolve: &[(String, SocketAddr)],
) -> io::Result<Vec<SocketAddr>> {
    let url = Url::parse(origin.as_str()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let port = url
        .port_or_known_default()
        .ok_or(io::ErrorKind::InvalidInput)?;
    match url.host() {
        Some(Host::Ipv4(ip)) => Ok(vec![(ip, port).into()]),
        Some(Host::Ipv6(ip)) => Ok(vec![(ip, port).into()]),
        Some(Host::Domain(name)) => match resolve
            .iter()
            .find(|(host, _)| host.eq_ignore_ascii_case(name))
        {
            Some((_, address)) => Ok(vec![redirected(*address, url.port(), port)]),
            None => Ok(tokio::net::lookup_host((name, port)).await?.collect()),
        },
        None => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// The ordinary client's rule: an explicit port of the URL wins, and port 0 stands for the scheme's own.
fn redirected(mut address: SocketAddr, explicit: Option<u16>, port: u16) -> SocketAddr {
    if explicit.is_some() || address.port() == 0 {
        address.set_port(port);
    }
    address
}

/// The addresses in turn, each with its share of the time left, so that one that swallows packets leaves
/// time for the next.
async fn first_open(addresses: &[SocketAddr], until: Instant) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for (index, address) in addresses.iter().enumerate() {
        let untried = u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
        let share: Duration = until.saturating_duration_since(Instant::now()) / untried;
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explicit_port_wins_over_the_overriding_address() {
        let address: SocketAddr = "127.0.0.1:9443".parse().expect("an address");
        assert_eq!(redirected(address, None, 443).port(), 9443);
        assert_eq!(redirected(address, Some(8443), 8443).port(), 8443);
        assert_eq!(
            redirected(SocketAddr::new(address.ip(), 0), None, 443).port(),
            443
        );
    }

    #[test]
    fn brackets_are_no_part_of_an_ipv6_host() {
        let origin = Origin::of("https://[::1]:8443/").expect("an origin");
        assert_eq!(
            host_of(&origin),
            Some(Host::Ipv6("::1".parse().expect("an address")))
        );
    }
}
