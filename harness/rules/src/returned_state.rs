//! The `state` in an address that a sign-off leads to.

use signoff_oidc::Params;

/// The values of `state` in the query of `address`, without those that `target` has itself.
pub(crate) fn added(address: &[u8], target: &[u8]) -> Vec<Vec<u8>> {
    let states = |uri: &[u8]| -> Vec<Vec<u8>> {
        let at = uri.iter().position(|&byte| byte == b'?');
        let query = at.map_or(&[][..], |at| &uri[at + 1..]);
        let params = Params::parse(query);
        let named = params.iter().filter(|(name, _)| *name == b"state");
        named.map(|(_, value)| value.to_vec()).collect()
    };
    let own = target.split(|&byte| byte == b'#').next().unwrap_or(&[]);
    let mut found = states(address);
    for value in states(own) {
        if found.len() > 1
            && let Some(at) = found.iter().position(|other| *other == value)
        {
            found.remove(at);
        }
    }
    found
}
