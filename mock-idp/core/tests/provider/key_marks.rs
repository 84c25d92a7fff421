//! Marked keys: one provider is told from another that has the same test key and the same address.

use mock_idp_core::{Config, Op, Request};
use serde_json::Value;

use super::browser::{ALICE, Browser, OP, OUT, form, oidc, p1, parameter, pingone, start, text};

fn marked(config: Config, mark: &str) -> Op {
    let key_mark = Some(mark.to_owned());
    Op::new(Config { key_mark, ..config }).unwrap()
}

fn published_kid(op: &mut Op, base: &str) -> String {
    let answer = op.handle(&Request::get(format!("{base}/jwks")), start());
    let keys: Value = serde_json::from_str(&text(&answer)).unwrap();
    keys["keys"][0]["kid"].as_str().unwrap().to_owned()
}

fn mark(kid: &str) -> Option<&str> {
    kid.split_once('.').map(|(_, mark)| mark)
}

fn kid_of(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

#[test]
fn tokens_name_the_key_that_is_published_and_no_other_provider_has_it() {
    for (config, base) in [(pingone(), p1()), (oidc(), OP.to_owned())] {
        let mut kids = Vec::new();
        for mut op in [
            marked(config.clone(), "one"),
            marked(config.clone(), "two"),
            Op::new(config.clone()).unwrap(),
        ] {
            let tokens = Browser::default().sign_on(&mut op, &base, "rp", ALICE);
            let kid = published_kid(&mut op, &base);
            assert_eq!(kid_of(&tokens.id), kid);
            assert_eq!(kid_of(&tokens.access), kid);
            kids.push(kid);
        }
        kids.dedup();
        assert_eq!(kids.len(), 3, "{kids:?}");
        let marks: Vec<_> = kids.iter().map(|kid| mark(kid)).collect();
        assert_eq!(marks, [Some("one"), Some("two"), None], "{kids:?}");
    }
}

#[test]
fn a_hint_of_another_provider_at_the_same_address_is_noticed() {
    let mut before = marked(pingone(), "one");
    let tokens = Browser::default().sign_on(&mut before, &p1(), "rp", ALICE);
    for (mark, accepted) in [("one", true), ("two", false)] {
        let mut op = marked(pingone(), mark);
        let fields = [
            ("id_token_hint", tokens.id.as_str()),
            ("post_logout_redirect_uri", OUT),
        ];
        let target = format!("{}/signoff?{}", p1(), form(&fields));
        let answer = op.handle(&Request::get(target), start());
        let location = answer.header("Location").unwrap();
        assert_eq!(location == OUT, accepted, "{location}");
        assert_eq!(parameter(location, "error").is_none(), accepted);
    }
}

#[test]
fn a_reset_and_another_configuration_keep_the_mark() {
    let mut op = marked(pingone(), "one");
    op.control(mock_idp_core::Control::Reset {}, start())
        .unwrap();
    assert_eq!(mark(&published_kid(&mut op, &p1())), Some("one"));
}
