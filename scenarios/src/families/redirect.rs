//! Where the browser is to go afterwards: `post_logout_redirect_uri` (RP-Initiated Logout 1.0 section 3).

use crate::intent::{LogoutIntent, Name, Value};
use crate::redirect::{RedirectOperation, RedirectUri, Registered, STRANGER};
use crate::scenario::{Party, Scenario, SignIn, Step};
use crate::token::Hint;

mod circumstances;
mod look_alikes;
mod pattern;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [
        registered(),
        none(),
        other_clients(),
        disabled_client(),
        look_alikes::scenarios(),
        pattern::scenarios(),
        circumstances::scenarios(),
        unregistered(),
        repeated(),
    ]
    .concat()
}

/// The orderly request with this redirect URI in place of the registered one.
fn to(uri: RedirectUri) -> LogoutIntent {
    LogoutIntent::orderly().replacing(Name::PostLogoutRedirectUri, Value::Redirect(uri))
}

/// The orderly request with client A's registered URI changed like this.
fn altered(operation: RedirectOperation) -> LogoutIntent {
    to(RedirectUri::altered(operation))
}

fn instead(text: String) -> LogoutIntent {
    altered(RedirectOperation::Instead(text))
}

fn stranger() -> RedirectUri {
    RedirectUri::altered(RedirectOperation::Instead(format!("https://{STRANGER}/")))
}

fn registered() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "redirect/registered/with-query",
            "A registered URI may have a query, and the state has to join it with an ampersand, not with a second question mark.",
            to(RedirectUri::registered(Registered::WithQuery)),
        ),
        Scenario::after_sign_in(
            "redirect/registered/with-query-without-state",
            "A registered query has to arrive as registered when there is nothing to add to it.",
            to(RedirectUri::registered(Registered::WithQuery)).without(&Name::State),
        ),
        Scenario::after_sign_in(
            "redirect/registered/custom-scheme",
            "Native applications register a scheme of their own, and it has to come back byte for byte.",
            to(RedirectUri::registered(Registered::CustomScheme)),
        ),
        Scenario::after_sign_in(
            "redirect/registered/without-hint",
            "A registered URI alone: nothing ties it to a client, and with nothing else confirmed there is no redirect.",
            LogoutIntent::bare().redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "redirect/registered/without-hint-by-post",
            "The same lone URI in a form: the method must not decide whether the target is confirmed.",
            LogoutIntent::bare()
                .redirect(RedirectUri::default())
                .by_post(),
        ),
        Scenario::after_sign_in(
            "redirect/registered/garbage-hint",
            "A hint that fails takes the redirect with it, though the URI by itself is registered.",
            LogoutIntent::bare()
                .hint(Hint::Text("garbage".to_owned()))
                .redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "redirect/registered/sign-in-uri",
            "The URI for signing in is registered for another purpose, where an unexpected visit may be misread.",
            to(RedirectUri::registered(Registered::SignIn)),
        ),
    ]
}

fn none() -> Vec<Scenario> {
    let empty = || RedirectUri::altered(RedirectOperation::Instead(String::new()));
    vec![
        Scenario::after_sign_in(
            "redirect/none",
            "Hint and nothing else: the person is signed off and stays at the IdP, with no page of a client to fall back to.",
            LogoutIntent::bare().hint(Hint::OfSignIn(0)),
        ),
        Scenario::after_sign_in(
            "redirect/referer-only",
            "The page that the person comes from is anybody's choice: a Referer is no redirect URI (A-46).",
            LogoutIntent::bare()
                .hint(Hint::OfSignIn(0))
                .header("Referer", "https://evil.test/page"),
        ),
        Scenario::after_sign_in(
            "redirect/forwarded-host",
            "Behind no proxy X-Forwarded-Host is the sender's word, and must not lead the browser to a host of his (A-24).",
            LogoutIntent::orderly()
                .without(&Name::PostLogoutRedirectUri)
                .header("X-Forwarded-Host", "evil.test")
                .header("Forwarded", "host=evil.test"),
        ),
        Scenario::after_sign_in(
            "redirect/empty",
            "A redirect parameter without a value, as in PingOne's own sample request, asks for no redirect.",
            LogoutIntent::bare()
                .hint(Hint::OfSignIn(0))
                .redirect(empty()),
        ),
        Scenario::after_sign_in(
            "redirect/empty-with-state",
            "With an empty target there is nowhere for the state to go, and a relative redirect would loop.",
            to(empty()),
        ),
    ]
}

fn other_clients() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "redirect/other-client/with-own-hint",
            "Client A's hint with client B's URI: a list shared by all clients hands one client's users to another.",
            to(RedirectUri::of(Party::B)),
        ),
        Scenario::after_sign_in(
            "redirect/other-client/without-hint",
            "Client B's URI without a hint, in a session that only client A has used.",
            LogoutIntent::bare().redirect(RedirectUri::of(Party::B)),
        ),
        Scenario::of(
            "redirect/other-client/both-signed-in",
            "Both clients share the session, and still client A's hint unlocks only client A's URIs.",
            vec![
                Step::SignIn(SignIn::default()),
                Step::SignIn(SignIn::default().at(Party::B)),
                Step::SignOff(to(RedirectUri::of(Party::B))),
            ],
        ),
        Scenario::after_sign_in(
            "redirect/other-client/sign-in-uri",
            "Client B's sign-in URI under client A's hint is wrong twice, and has been accepted by a published emulator.",
            to(RedirectUri {
                of: Party::B,
                registered: Registered::SignIn,
                ..RedirectUri::default()
            }),
        ),
    ]
}

fn disabled_client() -> Vec<Scenario> {
    let uri = || RedirectUri::of(Party::Disposable);
    let disabled_then = |party, intent| {
        vec![
            Step::SignIn(SignIn::default().at(party)),
            Step::Disable(Party::Disposable),
            Step::SignOff(intent),
        ]
    };
    vec![
        Scenario::of(
            "redirect/disabled-client/without-hint",
            "A disabled application's URI may belong to somebody else by now, so it is no target any more.",
            disabled_then(Party::A, LogoutIntent::bare().redirect(uri())),
        ),
        Scenario::of(
            "redirect/disabled-client/with-its-hint",
            "The disabled application's own token must not unlock its own URI.",
            disabled_then(Party::Disposable, to(uri())),
        ),
        Scenario::of(
            "redirect/disabled-client/with-other-hint",
            "An enabled client's hint must not unlock the URI of a disabled application.",
            disabled_then(Party::A, to(uri())),
        ),
        Scenario::after_sign_in(
            "redirect/disabled-client/before-it-is-disabled",
            "While the application is still enabled its URI without a hint shows what disabling changes.",
            LogoutIntent::bare().redirect(uri()),
        ),
    ]
}

fn unregistered() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "redirect/unregistered/stranger",
            "The plain open redirect: a stranger's address behind a good hint.",
            to(stranger()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/without-state",
            "The plain open redirect without a state, as the shortest attack is written.",
            LogoutIntent::bare()
                .hint(Hint::OfSignIn(0))
                .redirect(stranger()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/protocol-relative",
            "Two slashes and a host leave the IdP while looking like one of its own paths.",
            instead(format!("//{STRANGER}/")),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/slash-backslash",
            "Browsers read a backslash as a slash, so this path too is a stranger's host.",
            instead(format!("/\\{STRANGER}/")),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/backslashes",
            "With backslashes for slashes a strict parser sees no host where the browser sees one.",
            instead(format!("https:\\\\{STRANGER}\\")),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/one-slash",
            "With one slash missing a strict parser sees a path, and the browser a host.",
            instead(format!("https:/{STRANGER}/")),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/no-slashes",
            "With no slash at all the scheme is followed by what browsers still take for a host.",
            instead(format!("https:{STRANGER}")),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/relative-path",
            "A relative reference stays at the IdP and leads to any of its own pages, unasked.",
            instead("/somewhere/else".to_owned()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/javascript",
            "A script in place of an address runs in the IdP's origin if a page navigates to it.",
            instead("javascript:alert(document.domain)".to_owned()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/data",
            "A `data:` address carries a whole page that pretends to be the IdP's.",
            instead("data:text/html,<script>alert(1)</script>".to_owned()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/no-uri",
            "Text that is no URI at all must end in a refusal and not in an exception.",
            instead("http://[half-open".to_owned()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/markup",
            "An error page that shows the rejected target must escape it.",
            instead("\"><script>alert(1)</script>".to_owned()),
        ),
        Scenario::after_sign_in(
            "redirect/unregistered/header-injection",
            "A line break in the target must not start a header of its own.",
            instead(format!("https://{STRANGER}/\r\nSet-Cookie: planted=1")),
        ),
    ]
}

fn repeated() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "redirect/repeated/good-then-bad",
            "A registered URI, then a stranger's: if one is checked and the other followed, the check is worthless.",
            LogoutIntent::orderly().redirect(stranger()),
        ),
        Scenario::after_sign_in(
            "redirect/repeated/bad-then-good",
            "A stranger's URI, then a registered one, for servers that check the last and follow the first.",
            to(stranger()).redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "redirect/repeated/empty-then-bad",
            "An empty URI passes for none in the check, and the stranger's behind it is followed.",
            to(RedirectUri::altered(RedirectOperation::Instead(
                String::new(),
            )))
            .redirect(stranger()),
        ),
        Scenario::after_sign_in(
            "redirect/repeated/same-twice",
            "The same registered URI twice leaves no doubt about the target, only about the form.",
            LogoutIntent::orderly().redirect(RedirectUri::default()),
        ),
    ]
}
