//! The opaque `state` (RP-Initiated Logout 1.0 section 2): what was sent comes back octet for octet after one
//! decoding, or there is no redirect.

use crate::intent::{LogoutIntent, Name, State, Text, Value};
use crate::redirect::{RedirectUri, Registered};
use crate::scenario::Scenario;
use crate::token::Hint;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [presence(), corpus(), octets(), spellings(), lengths()].concat()
}

/// The orderly request with this state in place of its own.
fn with_state(state: State) -> LogoutIntent {
    LogoutIntent::orderly().replacing(Name::State, Value::State(state))
}

fn text(text: &str) -> LogoutIntent {
    with_state(State::Text(text.into()))
}

fn presence() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "state/absent",
            "No state was sent, so none may come back: not an empty one, and not the word `null`.",
            LogoutIntent::orderly().without(&Name::State),
        ),
        Scenario::after_sign_in(
            "state/empty",
            "An empty state is easily lost or invented on the way, and a client that waits for it waits in vain.",
            text(""),
        ),
        Scenario::after_sign_in(
            "state/without-redirect",
            "A state without a redirect URI has nowhere to go and must not break the sign-off.",
            LogoutIntent::orderly().without(&Name::PostLogoutRedirectUri),
        ),
        Scenario::after_sign_in(
            "state/alone",
            "A lone state asks for a sign-off like an empty request does: the person has to be asked.",
            LogoutIntent::bare().state("af0ifjsldkj"),
        ),
        Scenario::after_sign_in(
            "state/repeated/same-twice",
            "The same state twice leaves one sensible answer, which is not a list of both.",
            LogoutIntent::orderly().state("af0ifjsldkj"),
        ),
        Scenario::after_sign_in(
            "state/repeated/different",
            "Two different states: whichever comes back, the client may have meant the other.",
            LogoutIntent::orderly().state("something-else"),
        ),
        Scenario::after_sign_in(
            "state/joins-query/special-characters",
            "A state with characters of a query behind a registered query: a careless join changes both.",
            LogoutIntent::bare()
                .hint(Hint::OfSignIn(0))
                .redirect(RedirectUri::registered(Registered::WithQuery))
                .state("a&b=c?d#e"),
        ),
        Scenario::after_sign_in(
            "state/post/special-characters",
            "A state with every character that means something in a form, sent in one.",
            text("a+b c&d=e#f?g;h/i%20j").by_post(),
        ),
    ]
}

/// Id, state, purpose.
const CORPUS: &[(&str, &str, &str)] = &[
    (
        "plus",
        "a+b",
        "A plus sign must come back as one: written bare into the address it turns into a space.",
    ),
    (
        "space",
        "a b",
        "A space may travel as a plus or as an escape, but it has to arrive as a space.",
    ),
    (
        "escape-of-space",
        "a%20b",
        "Text that looks like an escape is text, and decoding it twice changes it.",
    ),
    (
        "escape-of-plus",
        "a%2Bb",
        "An escaped plus inside the value turns into a plus, and then a space, if decoded once too often.",
    ),
    (
        "percent",
        "100%",
        "A lone percent sign at the end trips decoders that expect two digits.",
    ),
    (
        "percent-zz",
        "a%zzb",
        "A percent sign before no digits is legal inside a value and fatal to a second decoding.",
    ),
    (
        "ampersand",
        "a&b",
        "An ampersand written bare cuts the state in two and adds a parameter.",
    ),
    (
        "own-parameter",
        "a&state=b",
        "A state that contains another one must not become two parameters of the client's page.",
    ),
    (
        "equals",
        "a=b",
        "Code that splits at every equals sign loses the rest of the value.",
    ),
    (
        "hash",
        "a#b",
        "A hash written bare starts the fragment, and the rest never reaches the client's server.",
    ),
    (
        "question-mark",
        "a?b",
        "A question mark in the value must not start a second query.",
    ),
    (
        "semicolon",
        "a;b",
        "A semicolon may stay bare in a query, so cutting at it is an error of the reader.",
    ),
    (
        "slash",
        "a/b//c",
        "Slashes in a value are data and must not be folded.",
    ),
    (
        "backslash",
        "a\\b",
        "A backslash must neither vanish nor become a slash.",
    ),
    (
        "double-quotes",
        "a\"b\"",
        "Double quotes end an attribute of the page that carries the state through a question.",
    ),
    (
        "single-quotes",
        "a'b'",
        "Single quotes end the other kind of attribute, and strings of scripts and databases.",
    ),
    (
        "script",
        "<script>alert(1)</script>",
        "A confirmation page repeats the state in a hidden field: unescaped it is a script of the IdP's.",
    ),
    (
        "closing-title",
        "</title><img src=x onerror=alert(1)>",
        "Closing an element that the page opened is how markup gets out of plain text.",
    ),
    (
        "script-out-of-script",
        "\";</script><script>alert(1)</script>",
        "A value that was written into a script ends it, and begins one of its own.",
    ),
    (
        "template-braces",
        "{{7*7}}",
        "A template engine that evaluates what it prints would answer forty-nine.",
    ),
    (
        "template-dollar",
        "${x}",
        "Dollar and brace are an expression to shells, scripts and some template engines.",
    ),
    (
        "header-injection",
        "a\r\nX-Planted: 1",
        "A line break written bare into `Location` starts a header of the attacker's.",
    ),
    (
        "null",
        "a\0b",
        "A NUL ends the text for code that counts in C, and what comes back is shorter.",
    ),
    (
        "line-separator",
        "a\u{2028}b",
        "U+2028 is a line break to older scripts, in the middle of a string.",
    ),
    (
        "accent-composed",
        "caf\u{e9}",
        "One code point for the accented letter: whatever normalises it returns other octets.",
    ),
    (
        "accent-decomposed",
        "cafe\u{301}",
        "The same letter as two code points looks alike and must come back as two.",
    ),
    (
        "emoji",
        "\u{1f44b}\u{1f3fd}",
        "Characters beyond the basic plane break code that counts in sixteen bits.",
    ),
    (
        "right-to-left",
        "a\u{200f}b",
        "An invisible direction mark is easily stripped by somebody who means well.",
    ),
    (
        "base64",
        "q83vEjRWeA+/Zm9v==",
        "Base64 uses plus, slash and equals, and it is what most clients send.",
    ),
    (
        "json",
        "{\"back\":\"/inbox?x=1&y=2\",\"n\":1}",
        "Some clients keep a whole object in their state, with most of the awkward characters at once.",
    ),
    (
        "encoded-value",
        "back%3D%252Finbox%26x%3D1",
        "A value that the client encoded itself, twice in one place, must keep every layer.",
    ),
    (
        "uri",
        "https://rp.example/inbox?x=1#top",
        "A state that is a URI must not be resolved, followed or normalised.",
    ),
];

fn corpus() -> Vec<Scenario> {
    CORPUS
        .iter()
        .map(|(name, state, purpose)| {
            Scenario::after_sign_in(format!("state/text/{name}"), *purpose, text(state))
        })
        .collect()
}

fn octets() -> Vec<Scenario> {
    let sent = |octets: &[u8]| {
        with_state(State::Text(Text::Octets {
            octets: octets.to_vec(),
        }))
    };
    vec![
        Scenario::after_sign_in(
            "state/octets/lone-surrogate",
            "Half a surrogate pair is no character: it comes back as sent or not at all, never as a replacement sign.",
            sent(b"a\xed\xa0\x80b"),
        ),
        Scenario::after_sign_in(
            "state/octets/latin-1",
            "An accented letter in an older encoding is no UTF-8, and a parser that insists on it must still answer.",
            sent(b"caf\xe9"),
        ),
    ]
}

/// Spellings that an encoder never makes and a person or an old client does.
fn spellings() -> Vec<Scenario> {
    let written = |wire: &str| {
        LogoutIntent::orderly().replacing(Name::State, Value::Encoded(wire.to_owned()))
    };
    vec![
        Scenario::after_sign_in(
            "state/written/plus-for-space",
            "Browsers write a space in a form as a plus, and it means a space.",
            written("a+b"),
        ),
        Scenario::after_sign_in(
            "state/written/bare-semicolon",
            "A bare semicolon belongs to the value; a server that takes it for a separator cuts the state.",
            written("a;b=c"),
        ),
        Scenario::after_sign_in(
            "state/written/broken-escape",
            "A broken escape on the wire is refused with a page or kept as it stands, not answered with a server error.",
            written("a%zzb%"),
        ),
    ]
}

fn lengths() -> Vec<Scenario> {
    let of = |length| with_state(State::OfLength(length));
    let filling = |total| with_state(State::FillingTo(total));
    vec![
        Scenario::after_sign_in(
            "state/length/one",
            "The shortest state there is must not be taken for none.",
            of(1),
        ),
        Scenario::after_sign_in(
            "state/length/255",
            "The longest text that fits the usual database column.",
            of(255),
        ),
        Scenario::after_sign_in(
            "state/length/2000",
            "About the length where old browsers and proxies begin to cut addresses.",
            of(2_000),
        ),
        Scenario::after_sign_in(
            "state/length/16000",
            "Longer than the usual limit of a header line: a readable refusal or the whole state, never a part of it.",
            of(16_000),
        ),
        Scenario::after_sign_in(
            "state/length/65536-by-post",
            "A form has no address to overflow, so sixty-four thousand characters show the limit of the body and of `Location`.",
            of(65_536).by_post(),
        ),
        Scenario::after_sign_in(
            "state/limit/8191",
            "URI and state together one character below the limit that PingOne documents: the redirect has to succeed.",
            filling(8_191),
        ),
        Scenario::after_sign_in(
            "state/limit/8192",
            "URI and state together exactly at the documented limit, where fewer and at most part ways.",
            filling(8_192),
        ),
        Scenario::after_sign_in(
            "state/limit/8193",
            "URI and state together one character above the documented limit: no redirect, and none with a shortened state.",
            filling(8_193),
        ),
        Scenario::after_sign_in(
            "state/limit/8191-by-post",
            "In a form the last length below the documented limit has to work as it does in an address.",
            filling(8_191).by_post(),
        ),
        Scenario::after_sign_in(
            "state/limit/8192-by-post",
            "The documented limit is about the redirect that is to be written, so a form does not lift it.",
            filling(8_192).by_post(),
        ),
        Scenario::after_sign_in(
            "state/limit/only-escaped-beyond",
            "Three thousand ampersands are short as text and too long once escaped: this shows which of the two is counted.",
            text(&"&".repeat(3_000)),
        ),
    ]
}
