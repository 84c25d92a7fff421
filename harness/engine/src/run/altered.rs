//! Cookies that are not as the IdP set them: what a defective proxy, a neighbouring host or a curious person makes of
//! them.

use signoff_oidc::cookies::{Cookie, Jar};
use signoff_oidc::{Request, Timestamp};
use signoff_scenarios::Cookies;

/// So many octets has a cookie that a browser must be able to keep (RFC 6265 section 6.1): name, value and attributes
/// together.
const LONGEST: usize = 4_096;

/// The cookie that nobody knows.
const JUNK: &str = "junk=";

/// The jar with this done to it, for a request; nothing when the request carries the same cookies all the same.
pub(super) fn altered(jar: &Jar, how: Cookies, request: &Request, now: Timestamp) -> Option<Jar> {
    let as_it_is: fn(&str) -> String = str::to_owned;
    let mut sent = Jar::new();
    if how == Cookies::DamagedTwinFirst {
        for cookie in jar.iter() {
            sent.insert(twin(cookie, request));
        }
    }
    let value = match how {
        Cookies::Cut => cut,
        Cookies::OneCharacterChanged => changed,
        _ => as_it_is,
    };
    for cookie in jar.iter() {
        sent.insert(Cookie {
            value: value(&cookie.value),
            ..cookie.clone()
        });
    }
    if how == Cookies::BesideJunk {
        let path = "; Path=/";
        let rest = LONGEST - JUNK.len() - path.len();
        let junk = format!("{JUNK}{}{path}", "x".repeat(rest));
        sent.store(&request.origin, b"/", &[junk], now);
    }
    let field = |jar: &Jar| jar.header(&request.origin, request.path(), now);
    (field(&sent) != field(jar)).then_some(sent)
}

/// The first half.
fn cut(value: &str) -> String {
    value.chars().take(value.chars().count() / 2).collect()
}

/// Another character of the same kind in the middle, or as near to it as there is a letter or digit.
fn changed(value: &str) -> String {
    let mut characters: Vec<char> = value.chars().collect();
    let middle = characters.len() / 2;
    let letters = characters.iter().enumerate();
    let nearest = letters
        .filter(|(_, c)| c.is_ascii_alphanumeric())
        .map(|(at, _)| at)
        .min_by_key(|at| at.abs_diff(middle));
    if let Some(at) = nearest {
        characters[at] = match characters[at] {
            '9' => '0',
            'z' => 'a',
            'Z' => 'A',
            c => char::from_u32(u32::from(c) + 1).unwrap_or('0'),
        };
    }
    characters.into_iter().collect()
}

/// A damaged twin that goes first, because its path is the longest; the cookie itself where it can have none.
fn twin(cookie: &Cookie, request: &Request) -> Cookie {
    if cookie.name.starts_with("__Host-") {
        return cookie.clone();
    }
    Cookie {
        value: changed(&cookie.value),
        path: String::from_utf8_lossy(request.path()).into_owned(),
        host_only: false,
        ..cookie.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is sent instead of these cookies.
    fn sent(fields: &[&str], how: Cookies) -> Option<String> {
        let request = Request::get("https://op.example/as/logout?a=b").expect("an address");
        let now = Timestamp::from_second(1_700_000_000).expect("a time");
        let mut jar = Jar::new();
        jar.store(&request.origin, b"/as/sign-in", fields, now);
        let altered = altered(&jar, how, &request, now)?;
        altered.header(&request.origin, request.path(), now)
    }

    #[test]
    fn every_value_is_damaged_and_every_name_stays() {
        let fields = ["sid=abcd-1299-efgh; Path=/", "zz=%zZ9"];
        for (how, wanted) in [
            (Cookies::Cut, "zz=%z; sid=abcd-12"),
            (Cookies::OneCharacterChanged, "zz=%zA9; sid=abcd-1209-efgh"),
        ] {
            assert_eq!(sent(&fields, how).as_deref(), Some(wanted), "{how:?}");
        }
    }

    #[test]
    fn a_damaged_twin_goes_first_unless_the_name_keeps_it_away() {
        let twice = Cookies::DamagedTwinFirst;
        assert_eq!(
            sent(&["sid=a1; Path=/"], twice).as_deref(),
            Some("sid=a2; sid=a1")
        );
        let host = "__Host-sid=a1; Path=/; Secure";
        assert_eq!(sent(&[host], twice), None);
    }

    #[test]
    fn junk_stands_beside_what_is_there_and_is_as_long_as_a_cookie_may_be() {
        let sent = sent(&["sid=a1; Path=/"], Cookies::BesideJunk).expect("cookies");
        let junk = sent.strip_prefix("sid=a1; ").expect("the jar's own first");
        assert_eq!(junk.len() + "; Path=/".len(), LONGEST);
    }

    #[test]
    fn cookies_that_cannot_be_damaged_are_sent_as_they_are() {
        for how in [Cookies::Cut, Cookies::OneCharacterChanged] {
            assert_eq!(sent(&[], how), None);
            assert_eq!(sent(&["sid=; Path=/"], how), None);
        }
        assert_eq!(sent(&["sid=-; Path=/"], Cookies::OneCharacterChanged), None);
    }
}
