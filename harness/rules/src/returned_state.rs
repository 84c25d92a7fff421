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

#[cfg(test)]
mod tests {
    use super::added;

    #[test]
    fn what_the_target_has_itself_is_not_what_was_added() {
        let states = |address: &str, target: &str| -> Vec<String> {
            let added = added(address.as_bytes(), target.as_bytes());
            let texts = added.into_iter().map(String::from_utf8);
            texts.map(|text| text.expect("a text")).collect()
        };
        let none: [&str; 0] = [];
        let out = "https://rp.example/out";
        let with_state = "https://rp.example/out?state=own&x=1";
        assert_eq!(states("https://rp.example/out?state=1&x=state", out), ["1"]);
        assert_eq!(states("https://rp.example/out?x=1", out), none);
        assert_eq!(states(out, out), none);
        assert_eq!(
            states("https://rp.example/out?state=own&x=1&state=1", with_state),
            ["1"]
        );
        assert_eq!(
            states("https://rp.example/out?state=1&state=own", with_state),
            ["1"]
        );
        // The one that came back may be the target's own or one that happens to read alike: it stays.
        assert_eq!(states(with_state, with_state), ["own"]);
        // What the target has behind a number sign is no parameter.
        assert_eq!(
            states(
                "https://rp.example/out?state=1&state=2",
                "https://rp.example/out#?state=2"
            ),
            ["1", "2"]
        );
    }
}
