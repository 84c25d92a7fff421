//! What else is said: `state`, `logout_hint`, `ui_locales`, and what nobody asked for.

use super::{any_of, grave, letters, mild, only};
use crate::generated::dimension::Class;
use crate::generated::piece::Piece;
use crate::{Name, State, Text, Value};
use proptest::prelude::*;

pub(crate) const STATE: &[Class] = &[
    mild("plain", || plain("af0ifjsldkj")),
    mild("absent", || only(Piece::Parameter(None))),
    mild("empty", || plain("")),
    mild("special", || {
        prop_oneof![
            select_text(&[
                "a b",
                "a+b",
                "a%20b",
                "%",
                "%zz",
                "a&b=c",
                "a=b",
                "a#b",
                "a?b",
                "a;b",
                "a/b",
                "a\\b",
                "\"",
                "'",
                "{{7*7}}",
                "${7*7}",
                "state",
                "state=other",
            ]),
            letters("ab &=#?;/\\\"'%+{}$<>", 1..24).prop_map(|text| state(text.as_str())),
        ]
        .boxed()
    }),
    mild("markup", || {
        select_text(&[
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</title><script>alert(1)</script>",
        ])
    }),
    mild("unicode", || {
        prop_oneof![
            select_text(&[
                "\u{e9}",
                "e\u{301}",
                "\u{1f600}",
                "\u{202e}abc",
                "\u{2028}",
                "\u{0}"
            ]),
            letters("\u{e9}\u{df}\u{416}\u{4e2d}\u{1f600}\u{200b}", 1..12)
                .prop_map(|text| state(text.as_str())),
        ]
        .boxed()
    }),
    mild("control", || {
        select_text(&[
            "\r\nX-Injected: yes",
            "\n",
            "\t",
            "\u{0}",
            "\u{7f}",
            "a\r\n\r\n<html>",
        ])
    }),
    mild("not-utf-8", || {
        any_of(
            vec![
                vec![0xff],
                vec![0xe9],
                vec![0xed, 0xa0, 0x80],
                vec![0xc0, 0x80],
            ],
            |octets| value(Value::State(State::Text(Text::Octets { octets }))),
        )
    }),
    grave("no-escape", || {
        any_of(vec!["%", "a%", "a%2", "%zz", "%u0041", "a%%20"], |raw| {
            value(Value::Encoded(raw.to_owned()))
        })
    }),
    mild("length-255", || lengths(&[255])),
    mild("length-256", || lengths(&[256])),
    mild("long", || lengths(&[512, 513, 2_000, 4_096, 16_000])),
    mild("up-to-8191", || filling(8_191)),
    mild("up-to-8192", || filling(8_192)),
    mild("up-to-8193", || filling(8_193)),
];

pub(crate) const LOGOUT_HINT: &[Class] = &[
    mild("absent", || only(Piece::Parameter(None))),
    mild("of-the-user", || only(value(Value::UserName))),
    mild("of-somebody", || {
        only(value(Value::Text("nobody@example.com".into())))
    }),
    mild("empty", || only(value(Value::Text("".into())))),
    mild("odd", || {
        any_of(
            vec![
                "\"><script>alert(1)</script>",
                "' or '1'='1",
                "*",
                "\r\nX: y",
                "\u{1f600}",
            ],
            |text| value(Value::Text(text.into())),
        )
    }),
];

pub(crate) const LOCALES: &[Class] = &[
    mild("absent", || only(Piece::Parameter(None))),
    mild("common", || locales(&["en", "en-GB en"])),
    mild("uncommon", || {
        locales(&["tlh", "zh-Hant-TW de", "x-private"])
    }),
    mild("malformed", || {
        locales(&["!!", "en--US", "\u{e9}", "a b  c", "../../etc"])
    }),
    mild("empty", || locales(&[""])),
    mild("many", || {
        (10_usize..200)
            .prop_map(|count| value(Value::Text(Text::Plain(vec!["fr-CA"; count].join(" ")))))
            .boxed()
    }),
];

pub(crate) const EXTRA: &[Class] = &[
    mild("none", || only(Piece::Extra(Vec::new(), Vec::new()))),
    mild("unknown-parameter", || {
        any_of(
            vec![
                ("x", "1"),
                ("foo[]", "bar"),
                ("debug", "true"),
                ("__proto__", "1"),
            ],
            |pair| parameters(&[pair]),
        )
    }),
    mild("of-other-endpoints", || {
        any_of(
            vec![
                ("redirect_uri", "https://evil.test/"),
                ("prompt", "none"),
                ("response_type", "code"),
                ("nonce", "n"),
            ],
            |pair| parameters(&[pair]),
        )
    }),
    mild("of-other-products", || {
        any_of(
            vec![
                ("returnTo", "https://evil.test/"),
                ("logout_uri", "https://evil.test/"),
                ("continue", "https://evil.test/"),
                ("federated", ""),
            ],
            |pair| parameters(&[pair]),
        )
    }),
    mild("header-fields", || {
        any_of(
            vec![
                ("Referer", "https://evil.test/"),
                ("X-Forwarded-Host", "evil.test"),
                ("X-Forwarded-Proto", "http"),
                ("Origin", "https://evil.test"),
                ("Accept-Language", "tlh"),
                ("X-HTTP-Method-Override", "PUT"),
            ],
            |(name, text)| Piece::Extra(Vec::new(), vec![(name.to_owned(), text.to_owned())]),
        )
    }),
];

fn value(value: Value) -> Piece {
    Piece::Parameter(Some(value))
}

fn state(text: &str) -> Piece {
    value(Value::State(State::Text(text.into())))
}

fn plain(text: &str) -> BoxedStrategy<Piece> {
    only(state(text))
}

fn select_text(texts: &[&str]) -> BoxedStrategy<Piece> {
    any_of(
        texts.iter().map(|text| (*text).to_owned()).collect(),
        |text| state(&text),
    )
}

fn lengths(lengths: &[usize]) -> BoxedStrategy<Piece> {
    any_of(lengths.to_vec(), |length| {
        value(Value::State(State::OfLength(length)))
    })
}

/// Redirect URI and state together have so many characters.
fn filling(total: usize) -> BoxedStrategy<Piece> {
    only(value(Value::State(State::FillingTo(total))))
}

fn locales(texts: &[&str]) -> BoxedStrategy<Piece> {
    any_of(
        texts.iter().map(|text| (*text).to_owned()).collect(),
        |text| value(Value::Text(Text::Plain(text))),
    )
}

fn parameters(pairs: &[(&str, &str)]) -> Piece {
    let given = pairs
        .iter()
        .map(|(name, text)| (Name::Other((*name).to_owned()), Value::Text((*text).into())));
    Piece::Extra(given.collect(), Vec::new())
}
