//! Signing in by steps that the target file declares: for pages that are not recognised, and for sign-ins that are
//! no pages.

use super::{Authorization, Followed, SignInError, follow, seen};
use crate::run::Case;
use crate::target::{SignInStep, StepBody};
use crate::wire::Wire;
use serde_json::Value;
use signoff_oidc::{Client, Params, Request, Response, User};
use signoff_rules::page::{Form, Page};
use signoff_rules::visit;

/// Where the browser is.
struct Place {
    request: Request,
    response: Response,
    /// The forms of the page, with what was filled in.
    forms: Vec<Form>,
}

/// Takes the steps one by one until they lead back to the client: the code, and whether the password was used.
pub(super) async fn by_steps<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    authorization: &Authorization,
    (client, user): (&Client, &User),
    steps: &[SignInStep],
) -> Result<(String, bool), SignInError> {
    let mut password_used = false;
    let words = Words {
        authorization_url: &authorization.url,
        redirect_uri: &authorization.redirect_uri,
        issuer: &case.target.issuer.clone(),
        client_id: &client.id,
        user: &user.name,
        password: &user.password,
    };
    let mut place: Option<Place> = None;
    for (at, step) in steps.iter().enumerate() {
        let named =
            |what: String| SignInError::new(format!("step {} of the sign-in: {what}", at + 1));
        password_used |= step.says("{password}");
        let request = match step {
            SignInStep::Send { url, headers, body } => {
                sent(&words, url, headers, body).map_err(named)?
            }
            SignInStep::Fill(values) => {
                let here = place.as_mut().ok_or_else(|| named(NOWHERE.to_owned()))?;
                fill(here, &words, values).map_err(named)?;
                continue;
            }
            SignInStep::Expect { text, status } => {
                let here = place.as_ref().ok_or_else(|| named(NOWHERE.to_owned()))?;
                expect(here, text.as_deref(), *status).map_err(named)?;
                continue;
            }
            SignInStep::Submit(button) => {
                let here = place.as_ref().ok_or_else(|| named(NOWHERE.to_owned()))?;
                submit(here, button.as_deref()).map_err(named)?
            }
        };
        let followed = follow(case, browser, authorization, request).await;
        match followed.map_err(|error| SignInError {
            what: format!("step {} of the sign-in: {}", at + 1, error.what),
            ..error
        })? {
            Followed::Answered(code) => return Ok((code, password_used)),
            Followed::Rests(request, response) => {
                let forms = Page::read(&response).forms.clone();
                place = Some(Place {
                    request,
                    response,
                    forms,
                });
            }
        }
    }
    let end = place.map_or_else(
        || "there are none".to_owned(),
        |here| format!("they ended {}", seen(&here.request, &here.response)),
    );
    Err(SignInError::new(format!(
        "the steps of the sign-in did not lead back to the client: {end}"
    )))
}

const NOWHERE: &str = "there is no page yet; `fetch` one first";

/// What the placeholders stand for.
struct Words<'w> {
    authorization_url: &'w str,
    redirect_uri: &'w str,
    issuer: &'w str,
    client_id: &'w str,
    user: &'w str,
    password: &'w str,
}

impl Words<'_> {
    /// The text with `{user}` and its like filled in.
    fn fill(&self, text: &str) -> Result<String, String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            filled.push_str(match name {
                "authorization_url" => self.authorization_url,
                "redirect_uri" => self.redirect_uri,
                "issuer" => self.issuer,
                "client_id" => self.client_id,
                "user" => self.user,
                "password" => self.password,
                other => return Err(format!(
                    "nothing is called {{{other}}}; there are authorization_url, redirect_uri, issuer, client_id, user and password"
                )),
            });
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn fill_json(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => Value::String(self.fill(text)?),
            Value::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| self.fill_json(item))
                    .collect::<Result<_, _>>()?,
            ),
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), self.fill_json(value)?)))
                    .collect::<Result<_, String>>()?,
            ),
            other => other.clone(),
        })
    }
}

fn sent(
    words: &Words<'_>,
    url: &str,
    headers: &[(String, String)],
    body: &StepBody,
) -> Result<Request, String> {
    let url = words.fill(url)?;
    let no_url = || format!("`{url}` is no http(s) URL");
    let mut request = match body {
        StepBody::None => Request::get(&url).ok_or_else(no_url)?,
        StepBody::Form(fields) => {
            let mut params = Params::new();
            for (name, value) in fields {
                params.push(name.as_str(), words.fill(value)?);
            }
            Request::post_form(&url, &params).ok_or_else(no_url)?
        }
        StepBody::Json(value) => {
            let mut request = Request::get(&url).ok_or_else(no_url)?;
            "POST".clone_into(&mut request.method);
            request.body = words.fill_json(value)?.to_string().into_bytes();
            request.with_header("Content-Type", "application/json")
        }
    };
    for (name, value) in headers {
        request = request.with_header(name, words.fill(value)?);
    }
    Ok(request)
}

/// Fills fields of the first form that has them all.
fn fill(here: &mut Place, words: &Words<'_>, values: &[(String, String)]) -> Result<(), String> {
    let has = |form: &Form, name: &str| form.fields.iter().any(|field| field.name == name);
    let at = here
        .forms
        .iter()
        .position(|form| values.iter().all(|(name, _)| has(form, name)));
    let Some(at) = at else {
        let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
        let there: Vec<&str> = here
            .forms
            .iter()
            .flat_map(|form| &form.fields)
            .map(|field| field.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        return Err(format!(
            "no form has the fields {}; there are {} {}",
            names.join(", "),
            if there.is_empty() {
                "none".to_owned()
            } else {
                there.join(", ")
            },
            seen(&here.request, &here.response)
        ));
    };
    let mut form = here.forms.remove(at);
    for (name, value) in values {
        let value = words.fill(value)?;
        for field in form.fields.iter_mut().filter(|field| field.name == *name) {
            match field.kind.as_str() {
                "checkbox" => field.checked = !matches!(value.as_str(), "" | "off" | "false"),
                "radio" => field.checked = field.value == value,
                _ => field.value.clone_from(&value),
            }
        }
    }
    // The form that was filled is the one that a submission means.
    here.forms.insert(0, form);
    Ok(())
}

fn submit(here: &Place, button: Option<&str>) -> Result<Request, String> {
    let matches = |field: &&signoff_rules::page::Field, wanted: &str| {
        field.name == wanted || field.value == wanted || field.text.trim() == wanted
    };
    let chosen = match button {
        None => here.forms.first().map(|form| (form, form.buttons().next())),
        Some(wanted) => here.forms.iter().find_map(|form| {
            let button = form.buttons().find(|field| matches(field, wanted))?;
            Some((form, Some(button)))
        }),
    };
    let (form, pressed) = chosen.ok_or_else(|| {
        let what = button.map_or("no form".to_owned(), |name| format!("no button `{name}`"));
        format!("{what} {}", seen(&here.request, &here.response))
    })?;
    visit::submission(&here.request, form, pressed)
        .ok_or_else(|| "the form cannot be submitted: its action is no URL".to_owned())
}

fn expect(here: &Place, text: Option<&str>, status: Option<u16>) -> Result<(), String> {
    let place = || seen(&here.request, &here.response);
    if let Some(status) = status.filter(|status| *status != here.response.status) {
        return Err(format!("expected status {status}, and was {}", place()));
    }
    match text {
        Some(text) if !here.response.text().contains(text) => {
            Err(format!("expected “{text}”, and was {}", place()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words<'static> {
        Words {
            authorization_url: "https://op.example/authorize?x=1",
            redirect_uri: "https://rp.example/cb",
            issuer: "https://op.example",
            client_id: "web",
            user: "alice",
            password: "{secret}",
        }
    }

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(
            words().fill("{user}:{password}@{issuer}").as_deref(),
            Ok("alice:{secret}@https://op.example"),
            "what a value contains is no placeholder"
        );
        assert_eq!(words().fill("a { b").as_deref(), Ok("a { b"));
        assert!(
            words()
                .fill("{usr}")
                .is_err_and(|why| why.contains("{usr}"))
        );
    }

    fn place(html: &str) -> Place {
        let request = Request::get("https://op.example/login").expect("a URL");
        let response = Response {
            status: 200,
            headers: vec![("Content-Type".to_owned(), b"text/html".to_vec())],
            body: html.as_bytes().to_vec(),
        };
        let forms = Page::read(&response).forms.clone();
        Place {
            request,
            response,
            forms,
        }
    }

    const TWO: &str = r#"<form action="/search"><input name="q"><button name="go">Search</button></form>
        <form action="/login" method="post"><input type="hidden" name="csrf" value="t"><input name="login">
        <input type="checkbox" name="keep" value="1"><button name="do" value="in">Sign in</button></form>"#;

    #[test]
    fn the_form_with_the_fields_is_filled_and_submitted_with_what_is_hidden_in_it() {
        let mut here = place(TWO);
        let values = [
            ("login".to_owned(), "{user}".to_owned()),
            ("keep".to_owned(), "on".to_owned()),
        ];
        fill(&mut here, &words(), &values).expect("filled");
        let request = submit(&here, Some("Sign in")).expect("submitted");
        assert_eq!(request.url(), "https://op.example/login");
        assert_eq!(request.body, b"csrf=t&login=alice&keep=1&do=in");
    }

    #[test]
    fn what_is_not_there_is_told_with_what_is() {
        let mut here = place(TWO);
        let values = [("username".to_owned(), "{user}".to_owned())];
        let why = fill(&mut here, &words(), &values).expect_err("no such field");
        assert!(why.contains("username") && why.contains("login"), "{why}");
        let why = submit(&here, Some("Continue")).expect_err("no such button");
        assert!(why.contains("no button `Continue`"), "{why}");
        assert!(expect(&here, None, Some(302)).is_err_and(|why| why.contains("status 200")));
        assert!(expect(&here, Some("Welcome"), None).is_err());
        assert!(expect(&here, Some("Sign in"), Some(200)).is_ok());
    }

    #[test]
    fn a_json_body_is_filled_in_its_texts_and_nowhere_else() {
        let body = StepBody::Json(serde_json::json!({ "{user}": ["{user}", 1, true] }));
        let request = sent(&words(), "{issuer}/in", &[], &body).expect("a request");
        assert_eq!(request.method, "POST");
        assert_eq!(request.body, br#"{"{user}":["alice",1,true]}"#);
    }
}
