//! How the target is reached, and the files that stand beside its own.

use super::{Builder, Result};
use crate::MockControl;
use crate::target_file::entry::{Entry, MockEntry};
use crate::target_file::{Access, CAREFUL_RATE, TIMEOUT, parse_rate};
use signoff_oidc::Origin;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

impl Builder<'_> {
    pub(super) fn access(
        &self,
        entry: &Entry,
        issuer: &str,
        own_origins: &[Origin],
    ) -> Result<Access> {
        let resolve = self.resolve(entry)?;
        let loopback = Origin::of(issuer)
            .into_iter()
            .chain(own_origins.iter().cloned())
            .chain(
                entry
                    .other_tenant
                    .iter()
                    .filter_map(|t| Origin::of(&t.issuer)),
            )
            .all(|origin| stays_here(&origin, &resolve));
        Ok(Access {
            extra_ca: self.authority(entry.ca.as_deref())?,
            timeout: self.timeout(entry.timeout_seconds)?,
            rate: self
                .rate(entry.rate.as_deref())?
                .or((!loopback).then_some(CAREFUL_RATE)),
            control: entry
                .mock
                .as_ref()
                .map(|mock| self.mock(mock))
                .transpose()?,
            outside: self.outside(entry, &resolve, loopback)?,
            listen: self.listen(entry)?,
            resolve,
            loopback,
        })
    }

    /// Where somebody listens for the clients, at least one of which has to have an address.
    fn listen(&self, entry: &Entry) -> Result<Option<SocketAddr>> {
        let Some(raw) = self.optional_text("listen", entry.listen.as_deref())? else {
            return Ok(None);
        };
        let Ok(place) = raw.parse() else {
            let problem = "it is no IP address with a port";
            return Err(self.wrong("listen", problem, "write it as 127.0.0.1:9911"));
        };
        let mut clients = [Some(&entry.client), entry.other_client.as_ref()]
            .into_iter()
            .flatten();
        if clients.all(|client| client.back_channel_logout.is_none()) {
            return Err(self.wrong(
                "listen",
                "no client has an address that leads there",
                "add back_channel_logout to client, as it is registered at the IdP",
            ));
        }
        Ok(Some(place))
    }

    fn authority(&self, raw: Option<&str>) -> Result<Option<Vec<u8>>> {
        let Some(raw) = raw else { return Ok(None) };
        let pem = self.read("ca", raw)?;
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            let problem = "the file holds no certificate in PEM";
            return Err(self.wrong("ca", problem, "export the authority as PEM"));
        }
        Ok(Some(pem.into_bytes()))
    }

    fn rate(&self, raw: Option<&str>) -> Result<Option<f64>> {
        let text = self.optional_text("rate", raw)?;
        text.map(|text| parse_rate(&text).map_err(|why| self.wrong("rate", why, "correct it")))
            .transpose()
    }

    fn timeout(&self, seconds: Option<u64>) -> Result<Duration> {
        match seconds {
            Some(0) => {
                let problem = "no answer comes in no time";
                Err(self.wrong("timeout_seconds", problem, "write at least 1"))
            }
            Some(seconds) => Ok(Duration::from_secs(seconds)),
            None => Ok(TIMEOUT),
        }
    }

    fn mock(&self, entry: &MockEntry) -> Result<MockControl> {
        Ok(MockControl {
            url: self.issuer("mock.control", &entry.control)?,
            tenant: self.text("mock.tenant", &entry.tenant)?,
        })
    }

    fn resolve(&self, entry: &Entry) -> Result<Vec<(String, SocketAddr)>> {
        let overrides = entry.resolve.iter().map(|(host, address)| {
            let address = self.text("resolve", address)?;
            // Port 0 stands for the URL's own.
            let port_of_url = || address.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 0));
            match address.parse().or_else(|_| port_of_url()) {
                Ok(address) => Ok((host.to_ascii_lowercase(), address)),
                Err(_) => Err(self.wrong(
                    &format!("resolve.{host}"),
                    "it is no IP address, with or without a port",
                    "write it as 127.0.0.1:443",
                )),
            }
        });
        overrides.collect()
    }

    /// Paths are meant from the file, so that a run does not depend on the current folder.
    fn beside(&self, key: &str, raw: &str) -> Result<PathBuf> {
        let path = self.text(key, raw)?;
        Ok(self
            .file
            .parent()
            .map_or_else(|| PathBuf::from(&path), |folder| folder.join(&path)))
    }

    fn read(&self, key: &str, raw: &str) -> Result<String> {
        let path = self.beside(key, raw)?;
        std::fs::read_to_string(&path).map_err(|error| {
            let problem = format!("{} cannot be read: {error}", path.display());
            self.wrong(key, problem, "a path is meant from the folder of this file")
        })
    }

    pub(super) fn signing_key(&self, raw: Option<&str>) -> Result<Option<String>> {
        let Some(raw) = raw else { return Ok(None) };
        let pem = self.read("signing_key", raw)?;
        if !pem.contains("-----BEGIN PRIVATE KEY-----") {
            return Err(self.wrong(
                "signing_key",
                "the file holds no PKCS#8 private key in PEM",
                "convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out op-key.pem",
            ));
        }
        Ok(Some(pem))
    }
}

/// True when requests to this origin stay on this machine.
fn stays_here(origin: &Origin, resolve: &[(String, SocketAddr)]) -> bool {
    let host = origin.authority();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    match resolve.iter().find(|(name, _)| name == host) {
        Some((_, address)) => address.ip().is_loopback(),
        None => origin.is_loopback(),
    }
}
