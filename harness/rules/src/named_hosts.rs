//! Hosts that a header field of the request names, though anybody may write it.

use crate::sign_off::SignOff;
use url::Url;

/// The hosts in these header fields that belong neither to the IdP nor to a registered address, and that no redirect URI
/// of the request names: those may stand in the answer for that reason.
pub(crate) fn foreign_hosts(s: &SignOff<'_>, fields: &[&str]) -> Vec<String> {
    let request = &s.attempt().chain[0].request;
    let values = fields.iter().filter_map(|field| request.header(field));
    let hosts = values.filter_map(|value| host_in(&String::from_utf8_lossy(value)));
    hosts
        .filter(|host| !is_known(s, host) && !is_target(s, host))
        .collect()
}

fn is_target(s: &SignOff<'_>, host: &str) -> bool {
    s.all_targets().iter().any(|target| {
        s.as_browsers_read(&String::from_utf8_lossy(target))
            .is_some_and(|url| url.host_str() == Some(host))
    })
}

/// The host in `https://host/path`, `host=host` or `host`.
fn host_in(value: &str) -> Option<String> {
    let value = value.rsplit_once("host=").map_or(value, |(_, host)| host);
    let value = value.split([';', ',']).next()?.trim().trim_matches('"');
    let url = if value.contains("://") {
        value.to_owned()
    } else {
        format!("https://{value}")
    };
    Url::parse(&url).ok()?.host_str().map(str::to_owned)
}

/// Whether the IdP or a registered client is at this host.
pub(crate) fn is_known(s: &SignOff<'_>, host: &str) -> bool {
    let clients = s.world.clients.iter();
    let registered = clients.flat_map(|client| {
        client
            .redirect_uris
            .iter()
            .chain(&client.post_logout_redirect_uris)
    });
    let own = s.world.own_origins.iter().map(signoff_oidc::Origin::as_str);
    let mut known = registered.map(String::as_str).chain(own);
    known.any(|url| Url::parse(url).is_ok_and(|url| url.host_str() == Some(host)))
}

#[cfg(test)]
mod tests {
    use super::host_in;

    #[test]
    fn the_host_is_read_from_every_form() {
        assert_eq!(host_in("https://evil.test/x").as_deref(), Some("evil.test"));
        assert_eq!(host_in("evil.test:8443").as_deref(), Some("evil.test"));
        assert_eq!(
            host_in("for=1.2.3.4;host=\"evil.test\";proto=https").as_deref(),
            Some("evil.test")
        );
    }
}
