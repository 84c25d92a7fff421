//! What a browser would find on an HTML page: forms, links, and everything that takes it elsewhere by
//! itself (`Refresh`, `<meta>`, scripts, forms that submit themselves).

use scraper::{ElementRef, Html};
use signoff_oidc::{Params, Response};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// How much of a page is read. What is longer is cut, and says so in [`Page::cut`].
const LIMIT: usize = 2 * 1024 * 1024;

/// Elements whose text a person reads.
const VISIBLE: &[&str] = &[
    "title", "h1", "h2", "h3", "p", "label", "button", "li", "td", "a", "legend", "span", "div",
];

/// A form control with its name and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// `name`.
    pub name: String,
    /// `value`.
    pub value: String,
    /// `type`, in lower case; `submit` for buttons that submit, `select` and `textarea` for those elements.
    pub kind: String,
    /// The text that a person sees on a button, or the `placeholder` and `autocomplete` of an input.
    pub text: String,
    /// For check boxes and radio buttons: whether it is checked.
    pub checked: bool,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// `id`.
    pub id: String,
    /// `action` as written; empty means the page's own address.
    pub action: String,
    /// True for POST.
    pub post: bool,
    /// Its controls in document order, those that name it by `form=` included.
    pub fields: Vec<Field>,
    /// The text inside it.
    pub text: String,
}

impl Form {
    /// True when it asks for a password.
    pub fn wants_password(&self) -> bool {
        self.fields.iter().any(|field| field.kind == "password")
    }

    /// Its buttons that submit it.
    pub fn buttons(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| matches!(field.kind.as_str(), "submit" | "image"))
    }

    /// The successful controls (HTML section 4.10.21.3) when `button` submits it.
    pub fn submission(&self, button: Option<&Field>) -> Params {
        let mut params = Params::new();
        for field in &self.fields {
            let sent = match field.kind.as_str() {
                "submit" | "image" => button.is_some_and(|pressed| std::ptr::eq(pressed, field)),
                "button" | "reset" | "file" => false,
                "checkbox" | "radio" => field.checked,
                _ => true,
            };
            if sent && !field.name.is_empty() {
                params.push(as_sent(&field.name), as_sent(&field.value));
            }
        }
        params
    }
}

/// With the line breaks that a browser sends, CR LF (HTML, converting an entry list to a list of name-value pairs). A
/// parser of HTML has made LF of each.
fn as_sent(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\n', "\r\n")
}

/// What a page says where it announces a mistake, by its role or by a class that everybody uses for it; cut to 200
/// characters.
pub fn announced(response: &Response) -> Option<String> {
    const CLASSES: &[&str] = &[
        "error",
        "errors",
        "errorlist",
        "alert",
        "alert-danger",
        "invalid-feedback",
    ];
    if !response.is_html() {
        return None;
    }
    let document = Html::parse_document(&response.text());
    let announces = |element: &ElementRef<'_>| {
        element.attr("role") == Some("alert")
            || element
                .value()
                .classes()
                .any(|class| CLASSES.contains(&class))
    };
    let text: Vec<String> = document
        .root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(announces)
        .map(inner_text)
        .collect();
    let text = text.join(" ");
    let folded: Vec<&str> = text.split_whitespace().collect();
    let folded: String = folded.join(" ").chars().take(200).collect();
    (!folded.is_empty()).then_some(folded)
}

/// A way in which the page takes the browser elsewhere by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// `Refresh` header or `<meta http-equiv=refresh>`.
    Refresh(String),
    /// A script that assigns to `location`.
    Script(String),
    /// A form that a script submits.
    Submits(Form),
    /// A script that touches `location` in a way that was not understood.
    Unread,
}

/// An HTML page, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// `<title>` and headings, for recognition and reports.
    pub heading: String,
    /// The visible text, white space folded, cut to a few hundred characters.
    pub text: String,
    /// All forms.
    pub forms: Vec<Form>,
    /// `href` of all links, as written.
    pub links: Vec<String>,
    /// What moves the browser by itself, in the order a browser would act.
    pub moves: Vec<Move>,
    /// Sources of frames.
    pub frames: Vec<String>,
    /// What else the page loads by itself: images, scripts, style sheets and what they import in the page, media.
    pub resources: Vec<String>,
    /// What `<meta name=referrer>` says.
    pub referrer: Option<String>,
    /// Whether it has any script, its own or one that it loads.
    pub scripted: bool,
    /// True when the page was too long to be read whole.
    pub cut: bool,
}

/// How many octets of pages are remembered before all are forgotten.
const REMEMBERED: usize = 1 << 20;

/// Pages that were parsed, by their octets. The browser, the recognition of pages, every rule and the snapshot read the
/// same answer, and parsing HTML costs far more than all they do with it.
#[derive(Default)]
struct Memo {
    pages: HashMap<Vec<u8>, Arc<Page>>,
    octets: usize,
}

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

impl Memo {
    fn page(&mut self, body: &[u8], parse: impl FnOnce() -> Page) -> Arc<Page> {
        if let Some(known) = self.pages.get(body) {
            return Arc::clone(known);
        }
        let page = Arc::new(parse());
        if self.octets + body.len() > REMEMBERED {
            self.pages.clear();
            self.octets = 0;
        }
        if body.len() <= REMEMBERED {
            self.octets += body.len();
            self.pages.insert(body.to_vec(), Arc::clone(&page));
        }
        page
    }
}

impl Page {
    /// Reads an answer; an answer that is not HTML has neither forms nor links, but may carry `Refresh`.
    pub fn read(response: &Response) -> Arc<Page> {
        let page = if response.is_html() {
            let parse = || Page::parse(&response.text());
            MEMO.with_borrow_mut(|memo| memo.page(&response.body, parse))
        } else {
            Arc::default()
        };
        let refresh = response
            .header("Refresh")
            .and_then(|value| refresh_target(&value));
        match refresh {
            Some(url) => {
                let mut moved = Page::clone(&page);
                moved.moves.insert(0, Move::Refresh(url));
                Arc::new(moved)
            }
            None => page,
        }
    }

    fn parse(html: &str) -> Page {
        let cut = html.len() > LIMIT;
        let html = if cut {
            html.get(..html.floor_char_boundary(LIMIT)).unwrap_or("")
        } else {
            html
        };
        let document = Html::parse_document(html);
        let scripted = named(&document, &["script"]).next().is_some();
        let scripts: Vec<String> = named(&document, &["script"])
            .filter(|script| script.attr("src").is_none())
            .map(inner_text)
            .collect();
        let handlers: Vec<String> = named(&document, &["body"])
            .filter_map(|body| body.attr("onload").map(str::to_owned))
            .collect();
        let forms = forms(&document);
        let mut moves: Vec<Move> = named(&document, &["meta"])
            .filter(|meta| {
                meta.attr("http-equiv")
                    .is_some_and(|v| v.eq_ignore_ascii_case("refresh"))
            })
            .filter_map(|meta| refresh_target(meta.attr("content")?))
            .map(Move::Refresh)
            .collect();
        for script in scripts.iter().chain(&handlers) {
            moves.extend(script_moves(script, &forms));
        }
        let folded = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let visible: Vec<String> = named(&document, VISIBLE)
            .filter(|element| element.value().name() != "div" || is_leaf(element))
            .map(inner_text)
            .collect();
        let attributes = |names, attribute: &str| -> Vec<String> {
            named(&document, names)
                .filter_map(|element| element.attr(attribute).map(str::to_owned))
                .collect()
        };
        let resources = [
            attributes(
                &[
                    "img", "script", "source", "embed", "video", "audio", "track",
                ],
                "src",
            ),
            attributes(&["link"], "href"),
            attributes(&["object"], "data"),
            named(&document, &["style"])
                .flat_map(|style| imports(&inner_text(style)))
                .collect(),
        ];
        let referrer = named(&document, &["meta"])
            .filter(|meta| {
                meta.attr("name")
                    .is_some_and(|name| name.eq_ignore_ascii_case("referrer"))
            })
            .find_map(|meta| meta.attr("content").map(str::to_owned));
        let text = folded(visible.join(" "));
        Page {
            heading: folded(
                named(&document, &["title", "h1", "h2"])
                    .map(inner_text)
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            text: text.chars().take(600).collect(),
            links: attributes(&["a", "area"], "href"),
            frames: attributes(&["iframe", "frame"], "src"),
            resources: resources.concat(),
            referrer,
            forms,
            moves,
            scripted: scripted || !handlers.is_empty(),
            cut,
        }
    }
}

/// The elements with one of these names, in document order.
fn named<'a>(
    document: &'a Html,
    names: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    let elements = document
        .tree
        .root()
        .descendants()
        .filter_map(ElementRef::wrap);
    elements.filter(|element| names.contains(&element.value().name()))
}

/// True for an element without elements in it.
fn is_leaf(element: &ElementRef<'_>) -> bool {
    element.children().all(|child| !child.value().is_element())
}

fn inner_text(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

fn forms(document: &Html) -> Vec<Form> {
    let elements: Vec<ElementRef<'_>> = named(document, &["form"]).collect();
    let mut forms: Vec<Form> = elements
        .iter()
        .map(|form| Form {
            id: form.attr("id").unwrap_or("").to_owned(),
            action: form.attr("action").unwrap_or("").trim().to_owned(),
            post: form
                .attr("method")
                .is_some_and(|method| method.eq_ignore_ascii_case("post")),
            fields: Vec::new(),
            text: inner_text(*form)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        })
        .collect();
    for control in named(document, &["input", "button", "select", "textarea"]) {
        let owner = match control.attr("form") {
            Some(id) => forms.iter().position(|form| form.id == id),
            None => elements
                .iter()
                .position(|form| control.ancestors().any(|node| node.id() == form.id())),
        };
        if let (Some(at), Some(field)) = (owner, field_of(control)) {
            forms[at].fields.push(field);
        }
    }
    forms
}

fn field_of(control: ElementRef<'_>) -> Option<Field> {
    if control.attr("disabled").is_some() {
        return None;
    }
    let element = control.value().name();
    let kind = match (element, control.attr("type")) {
        ("button", None) => "submit".to_owned(),
        ("input", None) => "text".to_owned(),
        ("input" | "button", Some(kind)) => kind.to_ascii_lowercase(),
        (other, _) => other.to_owned(),
    };
    let value = match element {
        "textarea" => inner_text(control),
        "select" => selected(control),
        _ => control.attr("value").map_or_else(
            || {
                if matches!(kind.as_str(), "checkbox" | "radio") {
                    "on".to_owned()
                } else {
                    String::new()
                }
            },
            str::to_owned,
        ),
    };
    let text = match element {
        "button" => inner_text(control),
        _ if kind == "submit" => value.clone(),
        _ => [
            control.attr("placeholder"),
            control.attr("autocomplete"),
            control.attr("id"),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" "),
    };
    Some(Field {
        name: control.attr("name").unwrap_or("").to_owned(),
        value,
        kind,
        text,
        checked: control.attr("checked").is_some(),
    })
}

fn selected(select: ElementRef<'_>) -> String {
    let options: Vec<ElementRef<'_>> = select
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().name() == "option")
        .collect();
    let chosen = options
        .iter()
        .find(|option| option.attr("selected").is_some())
        .or(options.first());
    chosen.map_or_else(String::new, |option| {
        option
            .attr("value")
            .map_or_else(|| inner_text(*option), str::to_owned)
    })
}

/// The addresses of the style sheets that a style sheet in the page imports. Imports stand before everything else but
/// `@charset`; what comes later is loaded only where it is used.
fn imports(css: &str) -> Vec<String> {
    let css = without_comments(css);
    let mut imported = Vec::new();
    let mut rest = css.trim_start();
    loop {
        if let Some(after) = after_word(rest, "@charset") {
            rest = after_statement(after);
            continue;
        }
        let Some(after) = after_word(rest, "@import").map(str::trim_start) else {
            return imported;
        };
        let (reference, tail) = reference(after);
        imported.push(reference.to_owned());
        rest = after_statement(tail);
    }
}

/// The address at the start of `text`, as `url(address)`, `url("address")` or `"address"`, and what follows it.
fn reference(text: &str) -> (&str, &str) {
    let within = after_word(text, "url(").map(str::trim_start);
    let bare = within.unwrap_or(text);
    if let Some(mark @ ('"' | '\'')) = bare.chars().next() {
        return bare[1..].split_once(mark).unwrap_or((&bare[1..], ""));
    }
    let end = if within.is_some() { ')' } else { ';' };
    let end = bare.find(end).unwrap_or(bare.len());
    (bare[..end].trim_end(), &bare[end..])
}

fn without_comments(css: &str) -> String {
    let mut bare = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare
}

/// What follows this word, in any case of letters, where the text begins with it.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, after) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(after)
}

fn after_statement(css: &str) -> &str {
    css.split_once(';')
        .map_or("", |(_, after)| after)
        .trim_start()
}

/// The URL in `5; url=https://...`. A number alone reloads the page and takes nobody elsewhere.
fn refresh_target(content: &str) -> Option<String> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let url = match rest.get(..3) {
        Some(url) if url.eq_ignore_ascii_case("url") => rest[3..]
            .trim_start()
            .strip_prefix('=')
            .unwrap_or(rest)
            .trim_start(),
        _ => rest,
    };
    let url = url.trim().trim_matches(['"', '\'']);
    (!url.is_empty()).then(|| url.to_owned())
}

/// Assignments to `location`, and submits of forms. Finds literals only: a computed address is `Unread`.
fn script_moves(script: &str, forms: &[Form]) -> Vec<Move> {
    let mut moves = Vec::new();
    let mut rest = script;
    while let Some(at) = rest.find("location") {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + "location".len()..];
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$' || c == '-') {
            continue;
        }
        moves.extend(navigation(rest));
    }
    moves.extend(submitted(script, forms));
    moves
}

/// What follows the word `location`.
fn navigation(after: &str) -> Option<Move> {
    let after = after.trim_start();
    let (operator, rest) = [".replace", ".assign", ".href", ""]
        .into_iter()
        .find_map(|prefix| Some((prefix, after.strip_prefix(prefix)?.trim_start())))?;
    let argument = match operator {
        ".replace" | ".assign" => rest.strip_prefix('(')?,
        _ => rest
            .strip_prefix('=')
            .filter(|rest| !rest.starts_with('='))?,
    };
    Some(literal(argument.trim_start()).map_or(Move::Unread, Move::Script))
}

/// A JavaScript string literal at the start of `text`, unescaped, when nothing is added to it.
fn literal(text: &str) -> Option<String> {
    let quote = text
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let mut value = String::new();
    let mut characters = text[1..].chars();
    loop {
        match characters.next()? {
            c if c == quote => break,
            '$' if quote == '`' => return None,
            '\\' => value.push(match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'x' => hex(&mut characters, 2)?,
                'u' => hex(&mut characters, 4)?,
                other => other,
            }),
            c => value.push(c),
        }
    }
    let rest = characters.as_str().trim_start();
    (!rest.starts_with('+')).then_some(value)
}

fn hex(characters: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let text: String = characters.by_ref().take(digits).collect();
    char::from_u32(u32::from_str_radix(&text, 16).ok()?)
}

/// Ways to write that a form is submitted.
const SUBMITS: &[&str] = &[
    ".submit(",
    ".requestsubmit(",
    "[\"submit\"]",
    "['submit']",
    "[`submit`]",
];

/// Events and timers that nobody has to do anything for.
const BY_ITSELF: &[&str] = &[
    "load",
    "pageshow",
    "readystatechange",
    "visibilitychange",
    "settimeout",
    "setinterval",
    "requestanimationframe",
    "queuemicrotask",
];

/// The form that a script submits: the one whose id it names, else the only or first one. A submit inside a function that
/// a click calls would be misread as automatic, so listeners and `onclick` are left alone, unless something in the script
/// happens by itself: then nobody can tell without running it. A button that is pressed by a script, too.
fn submitted(script: &str, forms: &[Form]) -> Option<Move> {
    let small = script.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| small.contains(word));
    let (submits, presses) = (has(SUBMITS), has(&[".click("]));
    if !submits && !presses {
        return None;
    }
    let on_click = has(&["onclick", "'click'", "\"click\"", "`click`"]);
    let waits = on_click || small.contains("addeventlistener");
    match (waits, has(BY_ITSELF)) {
        (true, false) => return None,
        (true, true) if on_click => return Some(Move::Unread),
        _ if !submits => return Some(Move::Unread),
        _ => {}
    }
    let named = forms
        .iter()
        .find(|form| !form.id.is_empty() && script.contains(form.id.as_str()));
    Some(
        named
            .or(forms.first())
            .map_or(Move::Unread, |form| Move::Submits(form.clone())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(html: &str) -> Page {
        Page::parse(html)
    }

    #[test]
    fn what_a_style_sheet_in_the_page_imports_is_loaded_and_nothing_else_of_it() {
        let loaded = |css: &str| page(&format!("<style>{css}</style>")).resources;
        let sheet = "https://fonts.test/css?family=A:wght@400;700";
        for import in [
            format!("@import url({sheet});p{{}}"),
            format!(" @IMPORT url( '{sheet}' ) screen;"),
            format!("@charset \"utf-8\"; /* a; b */ @import \"{sheet}\""),
        ] {
            assert_eq!(loaded(&import), [sheet], "{import}");
        }
        assert_eq!(
            loaded("@import 'a.css';@import 'b.css';"),
            ["a.css", "b.css"]
        );
        for other in [
            "",
            "p{} @import 'a.css';",
            "/* @import 'a.css'; */",
            "@font-face{src:url(a.woff)}",
            "@import",
        ] {
            assert!(loaded(other).iter().all(String::is_empty), "{other}");
        }
    }

    #[test]
    fn buttons_outside_a_form_belong_to_the_form_they_name() {
        let page = page(
            r#"<form id="op.logoutForm" method="post" action="/session/end/confirm"><input type="hidden" name="xsrf" value="x1"/></form>
            <button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">Yes, sign me out</button>
            <button type="submit" form="op.logoutForm">No, stay signed in</button>"#,
        );
        let form = &page.forms[0];
        assert!(form.post);
        let buttons: Vec<&Field> = form.buttons().collect();
        assert_eq!(buttons.len(), 2);
        assert_eq!(
            form.submission(Some(buttons[0])).encode(),
            "xsrf=x1&logout=yes"
        );
        assert_eq!(form.submission(Some(buttons[1])).encode(), "xsrf=x1");
    }

    #[test]
    fn only_successful_controls_are_sent() {
        let read = page(
            r#"<form><input type="file" name="file" value="x"><input type="reset" name="reset" value="x">
            <button type="button" name="plain-button" value="x">x</button><input value="without a name">
            <input name="off" value="x" disabled><input type="checkbox" name="unchecked">
            <input type="checkbox" name="checked" checked><input type="radio" name="choice" value="1">
            <input type="radio" name="choice" value="2" checked><textarea name="area">ab</textarea>
            <select name="selected"><option value="1">One</option><option selected>Two</option></select>
            <select name="first"><option value="1">One</option><option>Two</option></select>
            <select name="none"></select><input name="input" value="v"></form>"#,
        );
        assert_eq!(
            read.forms[0].submission(None).encode(),
            "checked=on&choice=2&area=ab&selected=Two&first=1&none=&input=v"
        );
    }

    #[test]
    fn a_control_belongs_to_the_form_that_it_stands_in() {
        let read = page(
            "<form action=/a><input name=a></form><input name=stray><form action=/b><input name=b></form>",
        );
        let names = |form: &Form| -> Vec<String> {
            let fields = form.fields.iter();
            fields.map(|field| field.name.clone()).collect()
        };
        assert_eq!(
            read.forms.iter().map(names).collect::<Vec<_>>(),
            [["a"], ["b"]]
        );
    }

    #[test]
    fn a_control_says_what_a_person_sees_on_it() {
        let read = page(
            r#"<form><button value="yes" placeholder="p">Sign <b>out</b></button><input type="submit" value="Leave" id="go">
            <input name="q" value="v" placeholder="Search" autocomplete="off" id="find"></form>"#,
        );
        let texts = read.forms[0].fields.iter().map(|field| field.text.as_str());
        assert_eq!(
            texts.collect::<Vec<_>>(),
            ["Sign  out", "Leave", "Search off find"]
        );
    }

    #[test]
    fn a_mistake_is_announced_by_role_or_by_a_class_that_everybody_uses() {
        let said = |html: &str| announced(&crate::testing::page(400, html));
        let found = Some("No such client".to_owned());
        assert_eq!(said("<p role=alert>No  such <b>client</b></p>"), found);
        assert_eq!(said("<p class='big error'>No such client</p>"), found);
        assert_eq!(said("<p role=note class=terror>All is well</p>"), None);
        assert_eq!(said("<p class=error> </p>"), None);
        let long = said(&format!("<p class=alert>{}</p>", "x".repeat(300)));
        assert_eq!(long.map(|text| text.len()), Some(200));
        let no_page = crate::testing::json(400, r#""<p class='error'>No such client</p>""#);
        assert_eq!(announced(&no_page), None);
    }

    #[test]
    fn a_page_of_the_longest_length_is_read_whole() {
        let long = "x".repeat(LIMIT);
        assert!(!page(&long).cut);
        assert!(page(&format!("{long}x")).cut);
    }

    #[test]
    fn text_is_read_where_it_stands_and_once() {
        assert_eq!(page("<div>Bye</div>").text, "Bye");
        assert_eq!(page("<div>not this<div>Bye</div></div>").text, "Bye");
        assert_eq!(page("<p>Signed <em>out</em></p>").text, "Signed out");
    }

    #[test]
    fn line_breaks_are_sent_as_browsers_send_them() {
        let read = page(
            "<form method=post><input type=hidden name=state value='a&#13;&#10;b&#10;c'></form>",
        );
        assert_eq!(
            read.forms[0].submission(None).encode(),
            "state=a%0D%0Ab%0D%0Ac"
        );
    }

    #[test]
    fn a_page_moves_by_meta_by_script_and_by_a_form_that_submits_itself() {
        assert_eq!(
            page(r#"<meta http-equiv="Refresh" content="0; URL='https://evil.test/'">"#).moves,
            [Move::Refresh("https://evil.test/".into())]
        );
        assert_eq!(page(r#"<meta http-equiv="refresh" content="5">"#).moves, []);
        assert_eq!(
            page(r#"<script>window.location.href = "https:\/\/evil.test\/\u003fa";</script>"#)
                .moves,
            [Move::Script("https://evil.test/?a".into())]
        );
        assert_eq!(
            page("<script>location.replace('javascript:alert(1)')</script>").moves,
            [Move::Script("javascript:alert(1)".into())]
        );
        assert_eq!(
            page("<script>location = base + '/x'</script>").moves,
            [Move::Unread]
        );
        assert_eq!(page("<script>if (location == 'x') {}</script>").moves, []);
        let submits = page(
            r#"<body onload="document.forms[0].submit()"><form method=post action="https://evil.test/x"></form>"#,
        );
        assert!(
            matches!(&submits.moves[..], [Move::Submits(form)] if form.action == "https://evil.test/x")
        );
    }

    #[test]
    fn a_refresh_may_leave_out_the_word_url() {
        for (content, url) in [
            ("0; https://evil.test/", "https://evil.test/"),
            ("0; out=1", "out=1"),
        ] {
            let read = page(&format!("<meta http-equiv=refresh content='{content}'>"));
            assert_eq!(read.moves, [Move::Refresh(url.into())]);
        }
    }

    #[test]
    fn another_name_that_ends_in_location_moves_nobody() {
        for name in ["mylocation", "my_location", "$location", "data-location"] {
            let read = page(&format!("<script>{name} = '/x'</script>"));
            assert_eq!(read.moves, [], "{name}");
        }
    }

    #[test]
    fn a_dollar_sign_begins_a_computed_part_in_a_template_alone() {
        let moves = |text: &str| page(&format!("<script>location = {text}</script>")).moves;
        assert_eq!(moves("'/a$b'"), [Move::Script("/a$b".into())]);
        assert_eq!(moves("`/ab`"), [Move::Script("/ab".into())]);
        assert_eq!(moves("`/a${b}`"), [Move::Unread]);
    }

    #[test]
    fn a_form_that_a_script_sends_by_itself_is_seen_however_it_is_written() {
        let moves = |script: &str| {
            page(&format!(
                "<form id=f method=post action=/x><input type=hidden name=a value=b></form><script>{script}</script>"
            ))
            .moves
        };
        for script in [
            "document.forms[0].submit()",
            "document.addEventListener('DOMContentLoaded', () => document.forms[0].submit())",
            "addEventListener('load', function () { f.submit() })",
            "window.addEventListener(\"pageshow\", () => f.requestSubmit())",
            "document.onreadystatechange = () => f['submit']()",
            "setTimeout(() => document.forms[0][\"submit\"](), 0)",
        ] {
            let found = moves(script);
            assert!(
                matches!(&found[..], [Move::Submits(form)] if form.action == "/x"),
                "{script}: {found:?}"
            );
        }
        for script in [
            "document.getElementById('yes').click()",
            "addEventListener('load', go); b.addEventListener('click', go); function go() { f.submit() }",
        ] {
            assert_eq!(moves(script), [Move::Unread], "{script}");
        }
    }

    #[test]
    fn a_submit_on_click_is_not_automatic() {
        let page = page(
            r#"<form action="/x"></form><script>document.querySelector('b').addEventListener('click', () => f.submit())</script>"#,
        );
        assert_eq!(page.moves, []);
    }

    #[test]
    fn a_refresh_header_counts_without_html() {
        let response = Response {
            status: 200,
            headers: vec![("refresh".into(), b"0;url=https://evil.test".to_vec())],
            body: Vec::new(),
        };
        assert_eq!(
            Page::read(&response).moves,
            [Move::Refresh("https://evil.test".into())]
        );
    }

    proptest! {
        #[test]
        fn any_page_is_read_without_panic(html in ".{0,400}") {
            let _ = Page::parse(&html);
        }

        #[test]
        fn any_script_is_read_without_panic(script in "(location|\\.href|=|'|\"|\\\\u|\\\\x|é|`|\\$|\\(| |\\.submit\\(|a){0,40}") {
            let _ = script_moves(&script, &[Form::default()]);
        }
    }
}
