//! The request's parameters as a set: none of them, unknown ones, their order, their names, and the two that
//! only advise the OP, `logout_hint` and `ui_locales` (RP-Initiated Logout 1.0 section 2).

use crate::intent::{LogoutIntent, Name, Value};
use crate::redirect::{RedirectOperation, RedirectUri, STRANGER};
use crate::scenario::{Party, Scenario};
use crate::token::Hint;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    [
        whole_sets(),
        unknown(),
        names(),
        locales(),
        logout_hints(),
        escapes(),
    ]
    .concat()
}

fn other(name: &str) -> Name {
    Name::Other(name.to_owned())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn strangers_uri() -> Value {
    Value::Redirect(RedirectUri::altered(RedirectOperation::Instead(format!(
        "https://{STRANGER}/"
    ))))
}

fn reversed(mut intent: LogoutIntent) -> LogoutIntent {
    intent.parameters.reverse();
    intent
}

fn everything() -> LogoutIntent {
    LogoutIntent::orderly()
        .client_id(Party::A)
        .with(Name::LogoutHint, Value::UserName)
        .with(Name::UiLocales, text("en fr-CA"))
}

fn whole_sets() -> Vec<Scenario> {
    let mut doubled = LogoutIntent::orderly();
    doubled
        .parameters
        .extend(LogoutIntent::orderly().parameters);
    let all_empty = [
        Name::IdTokenHint,
        Name::PostLogoutRedirectUri,
        Name::State,
        Name::ClientId,
        Name::LogoutHint,
        Name::UiLocales,
    ]
    .into_iter()
    .fold(LogoutIntent::bare(), |intent, name| {
        intent.with(name, text(""))
    });
    vec![
        Scenario::after_sign_in(
            "parameters/none",
            "The address typed by hand, or loaded as an image by a foreign page: the person has to be asked.",
            LogoutIntent::bare(),
        ),
        Scenario::after_sign_in(
            "parameters/all",
            "Every parameter the text knows, each with a sensible value, in one request.",
            everything(),
        ),
        Scenario::after_sign_in(
            "parameters/all-by-post",
            "Every parameter the text knows in one form.",
            everything().by_post(),
        ),
        Scenario::after_sign_in(
            "parameters/all-empty",
            "Every parameter present and none with a value: names alone must not change anything.",
            all_empty,
        ),
        Scenario::after_sign_in(
            "parameters/all-twice",
            "The whole request written twice in a row, as by a client that appends its query once too often.",
            doubled,
        ),
        Scenario::after_sign_in(
            "parameters/order-reversed",
            "The order of parameters means nothing.",
            reversed(LogoutIntent::orderly()),
        ),
        Scenario::after_sign_in(
            "parameters/order-reversed-by-post",
            "The order of parameters means nothing in a form either.",
            reversed(LogoutIntent::orderly()).by_post(),
        ),
    ]
}

fn unknown() -> Vec<Scenario> {
    let extra = |name, value| LogoutIntent::orderly().with(other(name), value);
    vec![
        Scenario::after_sign_in(
            "parameters/unknown/harmless",
            "Parameters that nobody knows are to be ignored, as tracking links add them to everything.",
            extra("utm_source", text("newsletter")),
        ),
        Scenario::after_sign_in(
            "parameters/unknown/not-returned",
            "An `error` and an `iss` in the request must not be handed on to the client's page as if the IdP had said so.",
            extra("error", text("access_denied")).with(other("iss"), text("https://evil.test")),
        ),
        Scenario::after_sign_in(
            "parameters/unknown/of-sign-in",
            "Parameters of the authorization request, left over by a copied client, change nothing here.",
            extra("response_type", text("code")).with(other("prompt"), text("none")),
        ),
        Scenario::after_sign_in(
            "parameters/unknown/confirmed",
            "A flag that claims the person has agreed already: published software believed it.",
            LogoutIntent::bare()
                .with(other("confirmed"), text("true"))
                .with(other("confirm"), text("yes")),
        ),
        Scenario::after_sign_in(
            "parameters/unknown/redirect-uri",
            "The sign-in's name for a target must not be honoured as one more way out.",
            LogoutIntent::bare()
                .hint(Hint::OfSignIn(0))
                .with(other("redirect_uri"), strangers_uri()),
        ),
        Scenario::after_sign_in(
            "parameters/unknown/names-of-other-products",
            "Other products' names for the target, all with a stranger's address: a forgotten alias is an open redirect.",
            [
                "returnTo",
                "redirect",
                "goto",
                "logout_uri",
                "post_logout_redirect",
            ]
            .into_iter()
            .fold(
                LogoutIntent::bare().hint(Hint::OfSignIn(0)),
                |intent, name| intent.with(other(name), strangers_uri()),
            ),
        ),
        Scenario::after_sign_in(
            "parameters/unknown/many",
            "Two hundred unknown parameters around a good request must not crowd it out.",
            (0..200).fold(LogoutIntent::orderly(), |intent, number| {
                intent.with(other(&format!("x{number}")), text("1"))
            }),
        ),
    ]
}

fn names() -> Vec<Scenario> {
    let hint = || Value::Hint(Hint::OfSignIn(0));
    vec![
        Scenario::after_sign_in(
            "parameters/names/upper-case-hint",
            "Names have case: a hint under a name in upper case was not sent.",
            LogoutIntent::bare().with(other("ID_TOKEN_HINT"), hint()),
        ),
        Scenario::after_sign_in(
            "parameters/names/upper-case-redirect",
            "A stranger's target under the name in upper case, beside the registered one in the right case, must not win.",
            LogoutIntent::orderly().with(other("POST_LOGOUT_REDIRECT_URI"), strangers_uri()),
        ),
        Scenario::after_sign_in(
            "parameters/names/array-hint",
            "Some frameworks turn a name with brackets into a list: what comes of it must be a refusal and not a crash.",
            LogoutIntent::bare()
                .with(other("id_token_hint[]"), hint())
                .redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "parameters/names/indexed-redirect",
            "A stranger's target under an indexed name merges with the good one in frameworks that build lists.",
            LogoutIntent::orderly().with(other("post_logout_redirect_uri[0]"), strangers_uri()),
        ),
        Scenario::after_sign_in(
            "parameters/names/nested-hint",
            "A name with a key in brackets turns the hint into an object where a text is expected.",
            LogoutIntent::bare()
                .with(other("id_token_hint[token]"), hint())
                .redirect(RedirectUri::default()),
        ),
        Scenario::after_sign_in(
            "parameters/names/trailing-space",
            "A target under a name with a space at the end has another name, unless somebody trims it.",
            LogoutIntent::orderly().with(other("post_logout_redirect_uri "), strangers_uri()),
        ),
    ]
}

fn locales() -> Vec<Scenario> {
    let tags = |tags: &str| LogoutIntent::orderly().with(Name::UiLocales, text(tags));
    vec![
        Scenario::after_sign_in(
            "parameters/ui-locales/common",
            "A list of common languages is a wish about pages and nothing else.",
            tags("fr-CA fr en"),
        ),
        Scenario::after_sign_in(
            "parameters/ui-locales/unsupported",
            "Languages that the OP does not speak should not be an error.",
            tags("zz-ZZ tlh"),
        ),
        Scenario::after_sign_in(
            "parameters/ui-locales/malformed",
            "A tag that is no language tag at all is worth ignoring, not failing.",
            tags("--, ../../etc/passwd _"),
        ),
        Scenario::after_sign_in(
            "parameters/ui-locales/many",
            "Two hundred language tags are a long wish, and still only a wish.",
            tags(&vec!["de-CH-1996"; 200].join(" ")),
        ),
        Scenario::after_sign_in(
            "parameters/ui-locales/empty",
            "An empty list of languages asks for nothing.",
            tags(""),
        ),
        Scenario::after_sign_in(
            "parameters/ui-locales/without-hint",
            "The question itself is the page that the languages are for, unsupported ones included.",
            LogoutIntent::bare().with(Name::UiLocales, text("tlh fr")),
        ),
    ]
}

fn logout_hints() -> Vec<Scenario> {
    let named = |value| LogoutIntent::bare().with(Name::LogoutHint, value);
    vec![
        Scenario::after_sign_in(
            "parameters/logout-hint/beside-a-hint",
            "A `logout_hint` that names the user adds nothing to a good hint and takes nothing away.",
            LogoutIntent::orderly().with(Name::LogoutHint, Value::UserName),
        ),
        Scenario::after_sign_in(
            "parameters/logout-hint/alone",
            "A user name is no secret: knowing it must not spare the question.",
            named(Value::UserName),
        ),
        Scenario::after_sign_in(
            "parameters/logout-hint/unknown-user",
            "A `logout_hint` for nobody must not tell whether such a user exists.",
            named(text("nobody-of-that-name")),
        ),
        Scenario::after_sign_in(
            "parameters/logout-hint/markup",
            "A question that greets the user by the `logout_hint` must escape it.",
            named(text("<img src=x onerror=alert(1)>")),
        ),
    ]
}

/// Spellings on the wire that only a hand-written address has.
fn escapes() -> Vec<Scenario> {
    vec![
        Scenario::after_sign_in(
            "parameters/written/semicolon-separator",
            "A stranger's target behind a semicolon: servers that split there see a second parameter that the check did not.",
            LogoutIntent::orderly().with(
                other("x"),
                Value::Encoded(format!(
                    "1;post_logout_redirect_uri=https%3A%2F%2F{STRANGER}%2F"
                )),
            ),
        ),
        Scenario::after_sign_in(
            "parameters/written/broken-escape-in-redirect",
            "A broken escape in the target is refused with a page, not with a server error.",
            LogoutIntent::bare().hint(Hint::OfSignIn(0)).with(
                Name::PostLogoutRedirectUri,
                Value::Encoded("https%3A%2F%2Frp.example%2F%zz%".to_owned()),
            ),
        ),
    ]
}
