//! Names for secrets. Whatever was issued or typed in a case has a name (`‹id token 0›`), and every text
//! that leaves the engine shows the name in place of the value: transcripts, findings and snapshots.

use signoff_oidc::params::encode;

/// Secrets of a case and what they are called.
#[derive(Debug, Clone, Default)]
pub struct Names(Vec<Named>);

/// A secret, plain and percent-encoded, and its name.
#[derive(Debug, Clone)]
struct Named {
    plain: String,
    encoded: Option<String>,
    name: String,
}

/// Shorter values are left alone: they would match by chance.
const SHORTEST: usize = 6;

impl Names {
    /// Names a value. The first name stays; empty and very short values have none.
    pub fn add(&mut self, secret: &str, name: &str) {
        if secret.len() < SHORTEST || self.0.iter().any(|known| known.plain == secret) {
            return;
        }
        let encoded = encode(secret.as_bytes());
        let named = Named {
            plain: secret.to_owned(),
            encoded: (encoded != secret).then_some(encoded),
            name: format!("‹{name}›"),
        };
        // Longer ones come first, so that a value inside another one does not break it up.
        let at = self
            .0
            .partition_point(|known| known.plain.len() >= secret.len());
        self.0.insert(at, named);
    }

    /// The text with every named value replaced, plain or percent-encoded, and with anything else that looks
    /// like a JWT replaced too.
    pub fn mask(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for named in &self.0 {
            for secret in std::iter::once(&named.plain).chain(&named.encoded) {
                if masked.contains(secret.as_str()) {
                    masked = masked.replace(secret.as_str(), &named.name);
                }
            }
        }
        mask_jwts(&masked)
    }
}

/// Replaces what begins like a JOSE header and runs on in base64url and dots.
fn mask_jwts(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ") {
        let (before, token) = rest.split_at(at);
        masked.push_str(before);
        let end = token
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(token.len());
        masked.push_str(if end >= 20 {
            "‹token›"
        } else {
            &token[..end]
        });
        rest = &token[end..];
    }
    masked.push_str(rest);
    masked
}

/// Replaces opaque values (random ids, session values, anti-forgery values) by numbered names in the order
/// of their first appearance, so that two runs with other random values give the same text.
#[derive(Debug, Default)]
pub struct Numbering(Vec<String>);

impl Numbering {
    /// The text with every opaque run of characters replaced.
    pub fn replace(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut run = String::new();
        let mut rest = text;
        loop {
            // An escape is no part of what stands beside it.
            if let Some(escape) = escape_at(rest) {
                self.flush(&mut run, &mut out);
                out.push_str(escape);
                rest = &rest[escape.len()..];
                continue;
            }
            let Some(character) = rest.chars().next() else {
                self.flush(&mut run, &mut out);
                return out;
            };
            rest = &rest[character.len_utf8()..];
            let of_digest = matches!(character, '+' | '/') && is_digest(&run);
            if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') || of_digest {
                run.push(character);
            } else {
                self.flush(&mut run, &mut out);
                out.push(character);
            }
        }
    }

    fn flush(&mut self, run: &mut String, out: &mut String) {
        if is_opaque(run) {
            let number = self
                .0
                .iter()
                .position(|known| known == run)
                .unwrap_or_else(|| {
                    self.0.push(run.clone());
                    self.0.len() - 1
                });
            out.extend(["‹random ", &(number + 1).to_string(), "›"]);
        } else {
            out.push_str(run);
        }
        run.clear();
    }
}

/// Whether a run is the beginning of a hash source of a content security policy, which is written in base64.
fn is_digest(run: &str) -> bool {
    ["sha256-", "sha384-", "sha512-"]
        .iter()
        .any(|algorithm| run.starts_with(algorithm))
}

/// The percent-encoded octet at the start of `text`.
fn escape_at(text: &str) -> Option<&str> {
    let escape = text.get(..3).filter(|escape| escape.starts_with('%'))?;
    let hex = escape
        .bytes()
        .skip(1)
        .all(|digit| digit.is_ascii_hexdigit());
    hex.then_some(escape)
}

/// True for a UUID, and for 16 or more characters that mix letters and digits as random values do. A long
/// word, or the same character repeated, is text.
fn is_opaque(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let letters = run.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = run.bytes().filter(u8::is_ascii_uppercase).count();
    let mut distinct: Vec<u8> = run.bytes().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mixed = (digits >= 2 && letters >= 2) || (upper >= 4 && letters - upper >= 4);
    run.len() >= 16 && mixed && distinct.len() >= 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_secret_shows_by_its_name_plain_and_encoded() {
        let mut names = Names::default();
        names.add("a/b+secret", "cookie ST");
        assert_eq!(
            names.mask("x=a/b+secret&y=a%2Fb%2Bsecret"),
            "x=‹cookie ST›&y=‹cookie ST›"
        );
    }

    #[test]
    fn an_unnamed_jwt_is_masked_too() {
        let names = Names::default();
        assert_eq!(
            names.mask("id_token_hint=eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.&a=1"),
            "id_token_hint=‹token›&a=1"
        );
    }

    #[test]
    fn random_values_are_numbered_in_order() {
        let mut numbering = Numbering::default();
        assert_eq!(
            numbering.replace("/i/Zk3x9Qa81mPw77LdTqRs/x?u=0b7c1f9e-5a41-4c6e-9a53-2d1f6c0a7e11"),
            "/i/‹random 1›/x?u=‹random 2›"
        );
        assert_eq!(numbering.replace("Zk3x9Qa81mPw77LdTqRs"), "‹random 1›");
        assert_eq!(
            numbering.replace("post_logout_redirect_uri openid-configuration ssssssssssssssssssss"),
            "post_logout_redirect_uri openid-configuration ssssssssssssssssssss"
        );
    }

    #[test]
    fn a_digest_is_one_value_whatever_is_in_it() {
        let mut numbering = Numbering::default();
        assert_eq!(
            numbering.replace(
                "style-src 'sha256-QpAJuTV3Pe7iD9VP2Z/SbGrqJvWxD6UuB6+twYxVvQ0='; base-uri 'none'"
            ),
            "style-src '‹random 1›='; base-uri 'none'"
        );
    }

    #[test]
    fn an_escape_is_no_part_of_a_random_value() {
        let mut numbering = Numbering::default();
        assert_eq!(
            numbering.replace("%22post_logout_redirect_uri%22%3A%22Zk3x9Qa81mPw77LdTqRs"),
            "%22post_logout_redirect_uri%22%3A%22‹random 1›"
        );
        assert_eq!(numbering.replace("100% %zz %4"), "100% %zz %4");
    }

    proptest! {
        #[test]
        fn text_without_random_values_is_kept(text in "[ -~äöü\\x00]{0,15}") {
            prop_assert_eq!(Numbering::default().replace(&text), text);
        }

        #[test]
        fn no_named_secret_survives(secret in "[A-Za-z0-9._~/+-]{6,40}", before in ".{0,20}", after in ".{0,20}") {
            let mut names = Names::default();
            names.add(&secret, "§");
            let masked = names.mask(&format!("{before}{secret}{after}"));
            prop_assert!(!masked.contains(&secret));
        }
    }
}
