//! What has to hold whatever comes: one function for each of the harness' own parsers, for the fuzz targets beside and
//! for the tests of `signoff-runner`, which run every file of the corpus and as many damaged ones.
//!
//! A function panics when something does not hold, and does nothing otherwise.

use signoff_runner::oidc::cookies::{Jar, SetCookie};
use signoff_runner::oidc::token::{Parts, base64url, from_base64url, text_claim};
use signoff_runner::oidc::{Origin, Request, Response, Timestamp};
use signoff_runner::rules::page::{Page, announced};
use signoff_runner::rules::visit;
use signoff_runner::rules::world::World;
use signoff_runner::scenarios::CaseFile;
use signoff_runner::snapshot_files;
use signoff_runner::target_file::Reader;
use signoff_runner::wire::{WireOptions, parse_answer};
use std::path::Path;

/// What is given bytes.
pub type Target = fn(&[u8]);

/// The names of the functions, which are those of the targets and of the folders of the corpus.
pub const TARGETS: &[(&str, Target)] = &[
    ("answer", answer),
    ("page", page),
    ("cookies", cookies),
    ("token", token),
    ("snapshot", snapshot),
    ("target", target),
    ("case", case),
];

/// What stands for the target file's `${SECRET}`. No error may tell it.
const SECRET: &str = "s3cr3t-of-the-environment";

fn limits() -> WireOptions {
    WireOptions {
        max_head: 4_096,
        max_body: 4_096,
        ..WireOptions::default()
    }
}

/// The first line, and what stands behind it.
fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

/// The bytes of an answer: the first line is the request's method.
///
/// # Panics
/// When an answer is longer than it may be, is none, or is another one the second time.
pub fn answer(bytes: &[u8]) {
    let (method, bytes) = first_line(bytes);
    let method = String::from_utf8_lossy(method);
    let options = limits();
    let read = parse_answer(bytes, &method, &options);
    assert_eq!(read, parse_answer(bytes, &method, &options));
    match read {
        Ok(response) => {
            assert!(
                (200..=999).contains(&response.status),
                "{}",
                response.status
            );
            assert!(response.body.len() <= options.max_body);
            for (name, value) in &response.headers {
                assert!(!name.is_empty());
                assert!(!value.iter().any(|byte| matches!(byte, b'\r' | b'\n')));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A page: the first line is its content type.
///
/// # Panics
/// When a form leads to what cannot be requested, or the page is another one the second time.
pub fn page(bytes: &[u8]) {
    let (content_type, body) = first_line(bytes);
    let response = Response {
        status: 200,
        headers: vec![("Content-Type".to_owned(), content_type.to_vec())],
        body: body.to_vec(),
    };
    let read = Page::read(&response);
    assert_eq!(read, Page::read(&response));
    let _ = announced(&response);
    let at = Request::get("https://op.example/logout?a=b").expect("an address");
    for form in &read.forms {
        let buttons = form.buttons().map(Some).chain([None]);
        for request in buttons.filter_map(|button| visit::submission(&at, form, button)) {
            assert!(matches!(request.method.as_str(), "GET" | "POST"));
            assert!(
                !request
                    .target
                    .iter()
                    .any(|byte| matches!(byte, b'\r' | b'\n'))
            );
        }
    }
    let world = own_world(&response);
    let _ = visit::question(&world, &at, &read);
    let _ = visit::kind_of(&world, &at, Some("error"), &response);
}

/// An IdP at `https://op.example` of which nothing else is known.
fn own_world(discovery: &Response) -> World {
    World {
        dialect: "oidc".to_owned(),
        edition: None,
        real: true,
        issuer: "https://op.example".to_owned(),
        own_origins: Origin::of("https://op.example").into_iter().collect(),
        clients: Vec::new(),
        listening: Vec::new(),
        discovery: discovery.clone(),
        metadata: None,
        doors: Vec::new(),
        rfc8414: None,
        jwks: None,
        behind: None,
        confirmation: None,
    }
}

/// `Set-Cookie` fields, one a line.
///
/// # Panics
/// When a cookie reaches an address that it was not set for, or breaks the field it is sent in.
pub fn cookies(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let fields: Vec<&str> = text.lines().collect();
    let own = Origin::of("https://op.example").expect("an origin");
    let stranger = Origin::of("https://evil.test").expect("an origin");
    let now = Timestamp::from_second(1_700_000_000).expect("a time");
    let mut jar = Jar::new();
    jar.store(&own, b"/as/logout", &fields, now);
    assert_eq!(jar.header(&stranger, b"/", now), None);
    if let Some(field) = jar.header(&own, b"/as/logout", now) {
        assert!(!field.contains(['\r', '\n', '\0']), "{field:?}");
        assert!(jar.same_site(&own, b"/as/logout", now).is_some());
    }
    for field in fields {
        if let Some(set) = SetCookie::parse(field) {
            assert!(set.name.len() + set.value.len() <= 4_096);
            assert!(!set.name.contains('=') && !set.value.contains(';'));
        }
    }
}

/// A token in compact form.
///
/// # Panics
/// When its parts are not those of the text, or what was decoded is written otherwise.
pub fn token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(parts) = Parts::of(&text) {
        let again = format!("{}.{}.{}", parts.header, parts.payload, parts.signature);
        assert_eq!(again, text);
        let _ = (
            parts.header_json(),
            parts.claims(),
            text_claim(&text, "sub"),
        );
        for part in [parts.header, parts.payload, parts.signature] {
            if let Some(decoded) = from_base64url(part) {
                assert_eq!(base64url(&decoded), part);
            }
        }
    }
}

/// The content of a snapshot file.
///
/// # Panics
/// When the text that was read is another one after it is written and read again.
pub fn snapshot(bytes: &[u8]) {
    let file = String::from_utf8_lossy(bytes);
    let text = snapshot_files::parse(&file);
    assert!(!text.contains('\r') && !text.ends_with('\n'));
    let (purpose, _) = file.split_once('\n').unwrap_or((&file, ""));
    let written = snapshot_files::render(purpose, &text);
    assert_eq!(snapshot_files::parse(&written), text);
    let _ = snapshot_files::diff(&text, purpose);
}

/// The text of a target file.
///
/// # Panics
/// When an error says nothing, or tells a secret of the environment.
pub fn target(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let environment = [("SECRET".to_owned(), SECRET.to_owned())]
        .into_iter()
        .collect();
    let reader = Reader {
        environment: &environment,
        today: jiff::civil::date(2026, 11, 21),
    };
    if let Err(error) = reader.read(Path::new("signoff.toml"), &text, "idp") {
        let told = error.to_string();
        assert!(!told.is_empty());
        assert!(!told.contains(SECRET), "{told}");
    }
}

/// The text of a scenario's file.
///
/// # Panics
/// When it is another scenario after it is written and read again.
pub fn case(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match CaseFile::parse(&text) {
        Ok(file) => {
            let written = file.to_toml().expect("what was read can be written");
            assert_eq!(CaseFile::parse(&written).as_ref(), Ok(&file), "{written}");
        }
        Err(why) => assert!(!why.is_empty()),
    }
}
