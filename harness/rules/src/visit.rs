//! Where a browser's visit ends: it leaves the IdP, or it rests on a page of the IdP.
//!
//! The same function decides for the run (what to request next) and for the rules (where it ended), so the
//! two cannot disagree.

use crate::page::{Form, Move, Page};
use crate::record::Exchange;
use crate::world::World;
use signoff_oidc::uri::resolve;
use signoff_oidc::{Request, Response};

/// How a browser was taken off the IdP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vehicle {
    /// A redirect with this status code.
    Status(u16),
    /// A `Refresh` header field or its `<meta>` twin.
    Refresh,
    /// A script.
    Script,
    /// A form that submits itself.
    Form,
}

impl Vehicle {
    fn describe(self) -> String {
        match self {
            Vehicle::Status(status) => status.to_string(),
            Vehicle::Refresh => "Refresh".to_owned(),
            Vehicle::Script => "script".to_owned(),
            Vehicle::Form => "self-submitting form".to_owned(),
        }
    }
}

/// The browser was sent away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The reference as the server wrote it.
    pub to: String,
    /// How.
    pub by: Vehicle,
}

impl Departure {
    /// For reports.
    pub fn describe(&self) -> String {
        format!("{} → {}", self.by.describe(), self.to)
    }
}

/// What a page of the IdP is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// It asks whether to sign off.
    Asks,
    /// It asks for a sign-in.
    SignIn,
    /// It says that something is wrong (by status code, or as the dialect knows it).
    Error,
    /// It says that the person is signed off, as the dialect knows it or by its words.
    SignedOff,
    /// Anything else.
    Other,
}

/// The next thing a browser does after an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Hop {
    /// It requests this, still at the IdP.
    Follow(Request),
    /// It goes away.
    Leaves(Departure),
    /// It stays on this page.
    Rests,
    /// It might go somewhere: a script was not understood.
    Unclear,
}

/// Decides what a browser does with `response`, which answered `request`.
pub fn hop(world: &World, request: &Request, response: &Response) -> Hop {
    if let Some(location) = response.location() {
        let keeps_method = matches!(response.status, 307 | 308);
        return towards(
            world,
            request,
            &location,
            Vehicle::Status(response.status),
            keeps_method.then_some(request),
        );
    }
    let page = Page::read(response);
    let mut unclear = page.cut;
    for movement in &page.moves {
        let next = match movement {
            Move::Refresh(url) => towards(world, request, url, Vehicle::Refresh, None),
            Move::Script(url) => towards(world, request, url, Vehicle::Script, None),
            Move::Submits(form) => submit(world, request, form),
            Move::Unread => Hop::Unclear,
        };
        match next {
            Hop::Unclear => unclear = true,
            Hop::Rests => {}
            found => return found,
        }
    }
    if unclear || sends_itself(world, request, &page) {
        Hop::Unclear
    } else {
        Hop::Rests
    }
}

/// Whether the page has a form for the IdP that nobody can send, and a script that may: what comes of it shows to who
/// runs the script alone.
fn sends_itself(world: &World, request: &Request, page: &Page) -> bool {
    let for_idp = |form: &Form| {
        resolve(&request.url(), &form.action).is_some_and(|url| world.is_own(url.as_str()))
    };
    let hidden = |form: &Form| {
        !form.fields.is_empty() && form.fields.iter().all(|field| field.kind == "hidden")
    };
    let sent_by_nobody = |form: &Form| hidden(form) && for_idp(form);
    page.scripted && page.forms.iter().any(sent_by_nobody)
}

fn towards(
    world: &World,
    from: &Request,
    reference: &str,
    by: Vehicle,
    repeat: Option<&Request>,
) -> Hop {
    let leaves = || {
        Hop::Leaves(Departure {
            to: reference.to_owned(),
            by,
        })
    };
    let Some(url) = resolve(&from.url(), reference) else {
        return leaves();
    };
    if !world.is_own(url.as_str()) {
        return leaves();
    }
    match Request::get(url.as_str()) {
        Some(request) => Hop::Follow(match repeat {
            Some(previous) => Request {
                origin: request.origin,
                target: request.target,
                ..previous.clone()
            },
            None => request,
        }),
        None => leaves(),
    }
}

fn submit(world: &World, from: &Request, form: &Form) -> Hop {
    let Some(url) = resolve(&from.url(), &form.action) else {
        return Hop::Unclear;
    };
    if !world.is_own(url.as_str()) {
        return Hop::Leaves(Departure {
            to: form.action.clone(),
            by: Vehicle::Form,
        });
    }
    submission(from, form, form.buttons().next()).map_or(Hop::Unclear, Hop::Follow)
}

/// The request that submits `form` on the page that answered `page_request`.
pub fn submission(
    page_request: &Request,
    form: &Form,
    button: Option<&crate::page::Field>,
) -> Option<Request> {
    let url = resolve(&page_request.url(), &form.action)?;
    let params = form.submission(button);
    if form.post {
        return Request::post_form(url.as_str(), &params);
    }
    let mut url = url;
    url.set_query(Some(&params.encode()));
    Request::get(url.as_str())
}

/// Words by which a form shows that it is about signing off.
const SIGN_OFF_WORDS: &[&str] = &[
    "logout",
    "log out",
    "log-out",
    "signout",
    "sign out",
    "sign-out",
    "signoff",
    "sign off",
    "sign-off",
    "sign me out",
    "log me out",
    "endsession",
    "end session",
    "end-session",
    "end_session",
    "session/end",
];

/// The form that asks whether to sign off, if the page that answered `request` has one: it is sent to the IdP,
/// wants no password, has a button, and speaks of signing off, or as the target declares that it does. A form that nobody
/// can send asks nobody. A form that leads away is a way back to the application, whatever words are in its address.
pub fn question<'a>(world: &World, request: &Request, page: &'a Page) -> Option<&'a Form> {
    let stays = |form: &Form| {
        resolve(&request.url(), &form.action).is_some_and(|url| world.is_own(url.as_str()))
    };
    let declared = world.confirmation.as_ref();
    let declared = declared.map(|declared| declared.form.to_ascii_lowercase());
    page.forms.iter().filter(|form| stays(form)).find(|form| {
        let words = words_of(form);
        let speaks = match &declared {
            Some(declared) if words.contains(declared) => true,
            _ => SIGN_OFF_WORDS.iter().any(|word| words.contains(word)),
        };
        !form.wants_password() && form.buttons().next().is_some() && speaks
    })
}

/// What a form says of itself, in small letters.
fn words_of(form: &Form) -> String {
    let mut words = vec![form.action.as_str(), &form.id, &form.text];
    for field in &form.fields {
        words.extend([field.name.as_str(), &field.text]);
        if field.kind != "hidden" {
            words.push(&field.value);
        }
    }
    words.join(" ").to_ascii_lowercase()
}

/// What kind of page answered `request`, as far as it can be told without knowing the product. PingOne's
/// hosted pages show by their address; others by status, form and words.
pub fn kind_of(
    world: &World,
    request: &Request,
    fragment: Option<&str>,
    response: &Response,
) -> PageKind {
    if response.status >= 400 {
        return PageKind::Error;
    }
    if request.path().ends_with(b"/signon/") && request.query().text("error").is_some() {
        return PageKind::Error;
    }
    if fragment.is_some_and(|f| f.eq_ignore_ascii_case("signedOff")) {
        return PageKind::SignedOff;
    }
    let page = Page::read(response);
    if question(world, request, &page).is_some() {
        return PageKind::Asks;
    }
    if page.forms.iter().any(Form::wants_password) {
        return PageKind::SignIn;
    }
    if says_signed_off(&page) {
        PageKind::SignedOff
    } else {
        PageKind::Other
    }
}

/// Words by which a page shows that the person is signed off.
const SIGNED_OFF_WORDS: &[&str] = &[
    "signed out",
    "signed off",
    "logged out",
    "sign-out success",
    "logout success",
    "log out success",
    "no longer signed in",
    "been disconnected",
];

/// Words that turn the sentence around: "could not be signed out", "do you want to be signed out".
const TURNING_WORDS: &[&str] = &[
    " not ", "n't ", "cannot", "unable", "fail", "want", "will be", "would", "going to",
];

/// Whether a sentence of the page says so: a question or a denial does not.
fn says_signed_off(page: &Page) -> bool {
    let words = format!("{}. {}", page.heading, page.text).to_ascii_lowercase();
    let mut sentences = words.split_inclusive(['.', '!', '?']);
    sentences.any(|sentence| {
        SIGNED_OFF_WORDS.iter().any(|word| sentence.contains(word))
            && !sentence.ends_with('?')
            && !TURNING_WORDS.iter().any(|word| sentence.contains(word))
    })
}

/// Where a chain of exchanges ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// Away from the IdP.
    Left(Departure),
    /// On a page of the IdP.
    Page {
        /// What it is.
        kind: PageKind,
        /// Its status code.
        status: u16,
    },
    /// On a page that might move on by a script that was not understood.
    Unclear,
    /// Nowhere: no answer came.
    NoAnswer(String),
    /// Nowhere: it was sent around too often.
    Loop,
}

/// Where this chain ended. The chain holds every exchange of the visit, in order.
pub fn end(world: &World, chain: &[Exchange]) -> End {
    let Some(last) = chain.last() else {
        return End::NoAnswer("nothing was sent".to_owned());
    };
    let response = match &last.answer {
        Err(why) => return End::NoAnswer(why.clone()),
        Ok(response) => response,
    };
    match hop(world, &last.request, response) {
        Hop::Leaves(departure) => End::Left(departure),
        Hop::Unclear => End::Unclear,
        Hop::Follow(_) => End::Loop,
        Hop::Rests => End::Page {
            kind: kind_of(world, &last.request, fragment(chain).as_deref(), response),
            status: response.status,
        },
    }
}

/// The fragment of the address that the last redirect led to.
fn fragment(chain: &[Exchange]) -> Option<String> {
    let before = chain.len().checked_sub(2)?;
    let location = chain[before].answer.as_ref().ok()?.location()?;
    location
        .split_once('#')
        .map(|(_, fragment)| fragment.to_owned())
}

/// Links and forms of the page where the chain rests that lead away from the IdP.
pub fn offers(world: &World, chain: &[Exchange]) -> Vec<String> {
    let Some(Exchange {
        request,
        answer: Ok(response),
        ..
    }) = chain.last()
    else {
        return Vec::new();
    };
    let page = Page::read(response);
    let forms = page.forms.iter().filter_map(address_of);
    let links = page.links.iter().cloned().chain(forms);
    links
        .filter(|link| {
            resolve(&request.url(), link).is_some_and(|url| {
                !matches!(url.scheme(), "mailto" | "tel") && !world.is_own(url.as_str())
            })
        })
        .collect()
}

/// Where the browser gets by pressing the button of a form, if that alone is an address: the fields of a form
/// that is sent by GET take the place of its query (HTML section 4.10.21.3). Nothing for an address of nothing but
/// the page's own.
fn address_of(form: &Form) -> Option<String> {
    if form.action.is_empty() || form.wants_password() {
        return None;
    }
    if form.post {
        return Some(form.action.clone());
    }
    let fields = form.submission(form.buttons().next()).encode();
    let (before, fragment) = match form.action.split_once('#') {
        Some((before, fragment)) => (before, format!("#{fragment}")),
        None => (form.action.as_str(), String::new()),
    };
    let address = before.split('?').next().unwrap_or(before);
    Some(if fields.is_empty() {
        format!("{address}{fragment}")
    } else {
        format!("{address}?{fields}{fragment}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{END, OUT, asks, page, world};
    use crate::world::Confirmation;

    fn kind(html: &str) -> PageKind {
        let request = Request::get(END).expect("an address");
        kind_of(&world(), &request, None, &page(200, html))
    }

    #[test]
    fn a_page_that_asks_in_its_own_words_can_be_declared() {
        let html = "<form action=\"/bye-bye\"><button name=\"go\">Servus</button></form>";
        assert_eq!(kind(html), PageKind::Other);
        let declared = World {
            confirmation: Some(Confirmation {
                form: "/BYE-bye".to_owned(),
                ..Confirmation::default()
            }),
            ..world()
        };
        let request = Request::get(END).expect("an address");
        assert_eq!(
            kind_of(&declared, &request, None, &page(200, html)),
            PageKind::Asks
        );
        let sign_in = "<form action=\"/bye-bye\"><input type=\"password\" name=\"p\"></form>";
        assert_eq!(
            kind_of(&declared, &request, None, &page(200, sign_in)),
            PageKind::SignIn
        );
    }

    #[test]
    fn a_page_that_denies_or_asks_does_not_say_signed_off() {
        assert_eq!(kind("<h1>You are signed out</h1>"), PageKind::SignedOff);
        assert_eq!(kind("<p>You have been disconnected"), PageKind::SignedOff);
        assert_eq!(kind("<p>You have not been disconnected"), PageKind::Other);
        assert_eq!(
            kind("<h1>Bye</h1><p>You have been logged out. Sign in again?</p>"),
            PageKind::SignedOff
        );
        assert_eq!(kind("<p>You could not be logged out.</p>"), PageKind::Other);
        assert_eq!(
            kind("<p>Do you want to be signed out?</p>"),
            PageKind::Other
        );
        assert_eq!(kind("<p>You will be signed off</p>"), PageKind::Other);
    }

    #[test]
    fn a_form_that_leads_to_the_application_asks_nothing_and_is_an_offer() {
        let back = r#"<p>You are signed out.</p><form action="https://rp.example/logout/out"><input type="hidden" name="state" value="a b"><button>Return</button></form>"#;
        assert_eq!(kind(back), PageKind::SignedOff);
        let chain = |response| {
            vec![Exchange {
                seq: 1,
                request: Request::get(END).expect("an address"),
                answer: Ok(response),
            }]
        };
        assert_eq!(
            offers(&world(), &chain(page(200, back))),
            ["https://rp.example/logout/out?state=a%20b"]
        );
        let posted =
            format!(r#"<form method="post" action="{OUT}"><button>Return</button></form>"#);
        assert_eq!(offers(&world(), &chain(page(200, &posted))), [OUT]);
        assert_eq!(offers(&world(), &chain(asks())), [] as [&str; 0]);
    }

    #[test]
    fn a_form_asks_by_words_that_a_person_can_read_or_as_it_was_declared() {
        let button = "<form action=/x><button name=a value=logout>Go</button></form>";
        assert_eq!(kind(button), PageKind::Asks);
        let hidden =
            "<form action=/x><input type=hidden name=a value=logout><button>Go</button></form>";
        assert_eq!(kind(hidden), PageKind::Other);
        let declared = World {
            confirmation: Some(Confirmation {
                form: "/bye-bye".to_owned(),
                ..Confirmation::default()
            }),
            ..world()
        };
        let request = Request::get(END).expect("an address");
        assert_eq!(
            kind_of(&declared, &request, None, &page(200, hidden)),
            PageKind::Other
        );
    }

    #[test]
    fn a_hosted_page_is_an_error_by_path_and_parameter_together() {
        let kind = |url: &str| {
            let request = Request::get(url).expect("an address");
            kind_of(&world(), &request, None, &page(200, "<p>Hi</p>"))
        };
        assert_eq!(kind("https://op.example/signon/?error=1"), PageKind::Error);
        assert_eq!(kind("https://op.example/signon/?x=1"), PageKind::Other);
        assert_eq!(kind("https://op.example/end?error=1"), PageKind::Other);
    }

    #[test]
    fn a_form_for_a_password_is_no_way_back() {
        let html = format!("<form action='{OUT}'><input type=password name=p></form>");
        let chain = [Exchange {
            seq: 1,
            request: Request::get(END).expect("an address"),
            answer: Ok(page(200, &html)),
        }];
        assert_eq!(offers(&world(), &chain), [] as [&str; 0]);
    }

    #[test]
    fn a_departure_says_how_and_where_to() {
        let by = [
            Vehicle::Status(303),
            Vehicle::Refresh,
            Vehicle::Script,
            Vehicle::Form,
        ];
        let texts = by.map(|by| {
            let to = OUT.to_owned();
            Departure { to, by }.describe()
        });
        assert!(texts.iter().all(|text| text.ends_with(OUT)), "{texts:?}");
        assert_eq!(std::collections::BTreeSet::from(texts).len(), by.len());
    }
}
