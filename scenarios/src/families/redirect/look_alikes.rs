//! URIs that resemble a registered one without being it. Only the registered text, byte for byte, may be
//! followed (RP-Initiated Logout 1.0 section 3; RFC 3986 section 6.2.1: comparison without normalising).
//!
//! Each is an operation on client A's registered URI and is sent with A's valid hint, so that nothing but
//! the URI is wrong.

use super::altered;
use crate::redirect::{RedirectOperation as Op, STRANGER};
use crate::scenario::Scenario;

/// The last segment of the id, the operation, and what is at stake.
type LookAlike = (&'static str, fn() -> Op, &'static str);

pub(super) fn scenarios() -> Vec<Scenario> {
    [HOSTS, AUTHORITIES, SCHEMES, PATHS, ENCODINGS, TAILS]
        .into_iter()
        .flatten()
        .map(|(name, operation, purpose)| {
            let id = format!("redirect/look-alike/{name}");
            Scenario::after_sign_in(id, *purpose, altered(operation()))
        })
        .collect()
}

const HOSTS: &[LookAlike] = &[
    (
        "suffix-host",
        || Op::Host("{host}.{stranger}".into()),
        "The registered host as the beginning of a stranger's: a prefix comparison sends users there.",
    ),
    (
        "prefix-host",
        || Op::Host("x-{host}".into()),
        "A name that ends like the registered host can be bought by anybody.",
    ),
    (
        "sub-domain",
        || Op::Host("x.{host}".into()),
        "A sub-domain may be run by somebody else, a customer or a forgotten service.",
    ),
    (
        "stranger-host",
        || Op::Host("{stranger}".into()),
        "Scheme, port and path are the registered ones and the host is not: comparing paths alone is not enough.",
    ),
    (
        "upper-case-host",
        || Op::UpperCaseHost,
        "The host in upper case is the same place and another text, and the text is what was registered.",
    ),
    (
        "trailing-dot-host",
        || Op::Host("{host}.".into()),
        "A fully qualified name with its final dot is another origin to the browser: other cookies, other storage.",
    ),
    (
        "homoglyph-host",
        || Op::HomoglyphHost,
        "One letter of another alphabet makes a host that only a machine can tell from the registered one.",
    ),
    (
        "full-width-dots",
        || Op::FullWidthDots,
        "Full-width dots become real ones on the way, so the text checked is not the host visited.",
    ),
    (
        "loopback-ipv6",
        || Op::Host("[::1]".into()),
        "The user's own machine is nobody's registered host, and whatever listens there would get the visit.",
    ),
    (
        "loopback-name",
        || Op::Host("localhost.app.{stranger}".into()),
        "A stranger's host that begins like the name of the user's own machine.",
    ),
    (
        "null-in-host",
        || Op::Host("{host}%00.{stranger}".into()),
        "An encoded NUL ends the host for one parser and not for the other.",
    ),
];

const AUTHORITIES: &[LookAlike] = &[
    (
        "user-info-host",
        || Op::Authority("{host}@{stranger}".into()),
        "The registered host as a user name at a stranger's: it reads right and goes wrong.",
    ),
    (
        "user-info-host-and-password",
        || Op::Authority("{host}:80@{stranger}".into()),
        "With a password that looks like a port the registered host is a user name once more.",
    ),
    (
        "user-info-added",
        || Op::Authority("{stranger}@{authority}".into()),
        "User information before the registered host changes the text, and a page may show it as the place.",
    ),
    (
        "encoded-at-sign",
        || Op::Authority("{host}%40{stranger}".into()),
        "An encoded at-sign is part of a host name to one parser and ends the user name to another.",
    ),
    (
        "stranger-with-host-as-path",
        || Op::Authority("{stranger}/{host}".into()),
        "The registered host as a folder at a stranger's satisfies every search for it.",
    ),
    (
        "stranger-with-host-as-query",
        || Op::Authority("{stranger}?{host}".into()),
        "The registered host and path in a stranger's query end in the right text.",
    ),
    (
        "stranger-with-host-as-fragment",
        || Op::Authority("{stranger}#{host}".into()),
        "The registered host behind a hash never reaches the network, but it satisfies a search.",
    ),
    (
        "backslash-host",
        || Op::Authority("{stranger}\\.{host}".into()),
        "Browsers end the host at a backslash; parsers that do not see a sub-domain of the registered host.",
    ),
    (
        "backslash-at-host",
        || Op::Authority("{stranger}\\@{host}".into()),
        "A backslash before the at-sign: user name or path, depending on who reads.",
    ),
    (
        "default-port",
        || Op::DefaultPort,
        "The default port written out is the same place and another text.",
    ),
    (
        "other-port",
        || Op::Authority("{host}:49152".into()),
        "On another port of the same machine another program may listen; only native loopback clients may vary it.",
    ),
    (
        "no-port",
        || Op::Authority("{host}".into()),
        "Without the registered port the visit goes to whatever serves the default one.",
    ),
    (
        "empty-port",
        || Op::Authority("{host}:".into()),
        "A colon without a port means the default to some and an error to others.",
    ),
];

const SCHEMES: &[LookAlike] = &[
    (
        "http-scheme",
        || Op::Scheme("http".into()),
        "Over plain http the state, and whatever the page sets, can be read on the way.",
    ),
    (
        "https-scheme",
        || Op::Scheme("https".into()),
        "A better scheme is still not the registered text.",
    ),
    (
        "upper-case-scheme",
        || Op::UpperCaseScheme,
        "Schemes are compared without case by browsers, and registered URIs are compared with it.",
    ),
    (
        "javascript-scheme",
        || Op::Scheme("javascript".into()),
        "The registered authority becomes a comment of a script, which starts at the next line.",
    ),
    (
        "unknown-scheme",
        || Op::Scheme("intent".into()),
        "A scheme that opens an application on the device hands it the visit.",
    ),
];

const PATHS: &[LookAlike] = &[
    (
        "trailing-slash",
        || Op::Path("{path}/".into()),
        "One slash more is the classical difference that an exact comparison must see.",
    ),
    (
        "upper-case-path",
        || Op::UpperCasePath,
        "Paths have case, and on many servers another case is another page.",
    ),
    (
        "sub-path",
        || Op::Path("{path}/x".into()),
        "A page below the registered one may be anybody's on a server with many users.",
    ),
    (
        "longer-last-segment",
        || Op::Path("{path}evil".into()),
        "A prefix comparison without a segment boundary accepts a neighbour's path.",
    ),
    (
        "shorter-path",
        || Op::ShortenPath,
        "The registered path without its last letter matches when the comparison stops at the shorter text.",
    ),
    (
        "no-path",
        || Op::Path(String::new()),
        "The origin alone: any page of it may be open to redirects of its own.",
    ),
    (
        "parent-path",
        || Op::Path("{parent}/".into()),
        "The folder of the registered page is not the page.",
    ),
    (
        "stranger-path",
        || Op::Path("/elsewhere".into()),
        "Another page of the right origin was never registered.",
    ),
    (
        "dot-dot",
        || Op::Path("{path}/../evil".into()),
        "Dot segments lead from below the registered path to any other, after the check.",
    ),
    (
        "dot",
        || Op::Path("{parent}/./{last}".into()),
        "A single dot segment vanishes in the browser, so checker and browser see two texts.",
    ),
    (
        "double-slash",
        || Op::Path("/{path}".into()),
        "A doubled slash is folded by some servers and means an empty segment to others.",
    ),
    (
        "path-parameter-dot-dot",
        || Op::Path("{path}/..;/evil".into()),
        "Some servers drop what follows a semicolon and only then resolve the dots.",
    ),
    (
        "path-parameter",
        || Op::Path("{path};/../../evil".into()),
        "A path parameter hides the climb from a prefix comparison.",
    ),
    (
        "backslash-path",
        || Op::Path("{path}\\..\\evil".into()),
        "Backslashes climb in a browser and are plain letters to a strict parser.",
    ),
];

const ENCODINGS: &[LookAlike] = &[
    (
        "encoded-letter",
        || Op::EncodeOneLetter,
        "One letter percent-encoded is equal after normalising and different as text.",
    ),
    (
        "encoded-twice",
        || Op::EncodeTwice,
        "The whole URI encoded once too often must not be decoded a second time to fit.",
    ),
    (
        "encoded-slash-dot-dot",
        || Op::Path("{path}/..%2fevil".into()),
        "An encoded slash behind dots climbs only after the server at the other end decodes it.",
    ),
    (
        "encoded-dots",
        || Op::Path("{path}/%2e%2e/evil".into()),
        "Encoded dots are dots to the browser, which climbs before it asks.",
    ),
    (
        "encoded-slashes",
        || Op::Path("{path}%2f..%2fevil".into()),
        "With both slashes encoded the whole climb looks like one segment.",
    ),
    (
        "doubly-encoded-slashes",
        || Op::Path("{path}%252f..%252fevil".into()),
        "Encoded twice, the climb survives one decoding too many in the check.",
    ),
    (
        "encoded-backslash",
        || Op::Path("{path}%5c..%5cevil".into()),
        "Encoded backslashes climb on servers that treat them as slashes.",
    ),
    (
        "encoded-line-break",
        || Op::Path("{path}%0a%0d".into()),
        "A pattern that ends with `$` also matches before a line break.",
    ),
];

const TAILS: &[LookAlike] = &[
    (
        "empty-query",
        || Op::Append("?".into()),
        "A lone question mark changes the text and nothing else.",
    ),
    (
        "query-added",
        || Op::Append("?foo=bar".into()),
        "An added query reaches the page's own parameters, which may redirect further; the official suite sends this one.",
    ),
    (
        "state-added",
        || Op::Append("?state=chosen-by-an-attacker".into()),
        "A state of the attacker's in the URI comes before the real one, and clients read the first.",
    ),
    (
        "ampersand-added",
        || Op::Append("&x=1".into()),
        "An ampersand without a question mark belongs to the path, or to whatever the server adds.",
    ),
    (
        "empty-fragment",
        || Op::Append("#".into()),
        "A lone hash swallows whatever is appended to it, the state included.",
    ),
    (
        "fragment-added",
        || Op::Append("#x".into()),
        "A fragment is read by scripts of the page and survives redirects.",
    ),
    (
        "encoded-fragment",
        || Op::Append("%23/home".into()),
        "An encoded hash becomes a fragment for whoever decodes once too often.",
    ),
    (
        "trailing-space",
        || Op::Append(" ".into()),
        "A space at the end is trimmed by some parsers, and then the texts agree.",
    ),
    (
        "encoded-trailing-space",
        || Op::Append("%20".into()),
        "A space that stays encoded is part of the path.",
    ),
    (
        "trailing-null",
        || Op::Append("\0".into()),
        "A NUL ends the text for code that counts in C.",
    ),
    (
        "leading-space",
        || Op::Prepend(" ".into()),
        "A leading space is dropped by browsers and seen by comparisons.",
    ),
    (
        "leading-tab",
        || Op::Prepend("\t".into()),
        "A leading tab is dropped by browsers, too, and less often thought of.",
    ),
    (
        "leading-line-break",
        || Op::Prepend("\n".into()),
        "A leading line break is dropped by browsers and breaks a careless header.",
    ),
    (
        "behind-strangers-query",
        || Op::Prepend(format!("https://{STRANGER}/?x=")),
        "A stranger's address with the registered one in its query matches any pattern that is not anchored.",
    ),
    (
        "second-uri-after-comma",
        || Op::Append(format!(",https://{STRANGER}/")),
        "A list of URIs in one value: if it is split for the check, the rest goes unchecked.",
    ),
];
