//! Classes of two dimensions that cannot stand in one request, with the reason.

/// A class by the names of its dimension and of itself.
type Named = (&'static str, &'static str);

/// Why the two cannot stand together; nothing when they can.
pub fn infeasible(one: Named, other: Named) -> Option<&'static str> {
    excluded(one, other).or_else(|| excluded(other, one))
}

fn excluded(one: Named, (dimension, class): Named) -> Option<&'static str> {
    match one {
        ("content-type", kind) if kind != "usual" => (dimension == "method"
            && matches!(class, "get" | "head"))
        .then_some("only a request with a body has a content type"),
        ("request-target", "empty-query") => (dimension == "method"
            && matches!(class, "get" | "head"))
        .then_some("the query of such a request has its parameters"),
        ("placement", place) => {
            if place != "usual" && dimension == "method" && class == "head" {
                return Some("a HEAD request has no body to write a parameter in");
            }
            let wanted = parameter(place)?;
            (dimension == wanted && class == "absent")
                .then_some("a parameter that is absent stands nowhere")
        }
        ("repeated", what) => {
            let wanted = parameter(what)?;
            (dimension == wanted && class == "absent")
                .then_some("a parameter that is absent is not repeated")
        }
        ("cookies", "saved") => (dimension == "situation"
            && !matches!(class, "signed-off-before" | "signed-in-again"))
        .then_some("cookies are saved at a sign-off, and none went before"),
        ("cookies", "cut" | "one-character-changed" | "damaged-twin-first") => {
            (dimension == "situation" && class == "never-signed-in")
                .then_some("a browser in which nobody ever signed in has no cookies to damage")
        }
        ("hint", "of-the-other-sign-in" | "subject-of-the-other") => (dimension == "situation"
            && matches!(
                class,
                "signed-in" | "expired" | "signed-off-before" | "never-signed-in"
            ))
        .then_some("there is one sign-in only"),
        ("logout-hint", "of-the-user") => (dimension == "situation"
            && matches!(class, "signed-off-before" | "never-signed-in"))
        .then_some("nobody is signed in whose name could be sent"),
        _ => None,
    }
}

/// The dimension of the parameter that a class of `placement` or `repeated` speaks of.
fn parameter(class: &str) -> Option<&'static str> {
    ["hint", "redirect", "state", "client"]
        .into_iter()
        .find(|name| class.starts_with(&format!("{name}-")))
}
