//! Makes the tokens that an IdP should refuse. They are put together by hand, because no JWT library signs
//! with `none`, keeps a wrong signature or embeds a stranger's key.

use crate::respelt::{described, edited, respelt};
use crate::target::Target;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Map, Value, json};
use signoff_oidc::token::{Parts, base64url, from_base64url};
use signoff_oidc::{Origin, Timestamp};
use signoff_rules::record::{Ledger, Made, Provenance};
use signoff_rules::world::World;
use signoff_scenarios::{ClaimEdit, ClaimValue, Hint, IssuerEdit, Signing};
use std::cell::RefCell;
use std::rc::Rc;

/// A stranger's 2048-bit key; fixed, so that the same case gives the same bytes.
const STRANGER: &str = include_str!("../keys/stranger.pem");
/// A stranger's 512-bit key.
const SHORT: &str = include_str!("../keys/short.pem");

/// What a hint may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its metadata and keys.
    pub world: &'a World,
    /// What was issued so far.
    pub ledger: &'a Ledger,
    /// An ID token of the other tenant, if one was fetched.
    pub foreign_id_token: Option<&'a str>,
    /// The IdP's time.
    pub now: Timestamp,
}

/// The text to send as a hint, and its entry for the ledger when it is not a token issued in this case.
/// The error says why this hint cannot be made for this target.
pub fn hint(hint: &Hint, context: &Context<'_>) -> Result<(String, Option<Made>), String> {
    let sign_in = |index: &usize| {
        context
            .ledger
            .sign_ins
            .get(*index)
            .ok_or_else(|| format!("sign-in {index} did not happen"))
    };
    let made = |text: String, provenance: Provenance, description: String| {
        (
            text.clone(),
            Some(Made {
                text,
                provenance,
                description,
            }),
        )
    };
    match hint {
        Hint::OfSignIn(index) => Ok((sign_in(index)?.id_token.clone(), None)),
        Hint::AccessTokenOf(index) => Ok((sign_in(index)?.access_token.clone(), None)),
        Hint::OfOtherTenant => {
            let text = context
                .foreign_id_token
                .ok_or("the target names no other tenant")?;
            Ok(made(
                text.to_owned(),
                Provenance::IssuedElsewhere,
                "an ID token of another tenant".to_owned(),
            ))
        }
        Hint::Text(text) => Ok(made(
            text.clone(),
            Provenance::Forged,
            "no token".to_owned(),
        )),
        Hint::Truncated {
            sign_in: index,
            beyond_payload,
        } => {
            let token = &sign_in(index)?.id_token;
            let end = token.rfind('.').ok_or("the ID token is no JWS")?;
            let keep = i64::try_from(end)
                .unwrap_or(i64::MAX)
                .saturating_add(*beyond_payload);
            let keep = usize::try_from(keep).unwrap_or(0);
            let text = token
                .get(..keep)
                .ok_or("the ID token is shorter than that")?;
            Ok(made(
                text.to_owned(),
                Provenance::Forged,
                "a truncated ID token".to_owned(),
            ))
        }
        Hint::Respelt {
            sign_in: index,
            spelling,
        } => Ok(made(
            respelt(&sign_in(index)?.id_token, *spelling)?,
            // Whether a lenient OP may read it as the issued one is open.
            Provenance::SignedNotIssued,
            format!("an ID token in another spelling ({spelling:?})"),
        )),
        Hint::Forged {
            sign_in: index,
            claims,
            signing,
        } => {
            let text = forged(&sign_in(index)?.id_token, claims, signing, context)?;
            let provenance = match signing {
                Signing::ByTheOp | Signing::HeaderByTheOp(_) => Provenance::SignedNotIssued,
                _ => Provenance::Forged,
            };
            Ok(made(
                text,
                provenance,
                format!(
                    "{} signed: {}",
                    describe_edits(claims),
                    describe_signing(signing)
                ),
            ))
        }
    }
}

fn describe_edits(edits: &[ClaimEdit]) -> String {
    let names: Vec<&str> = edits
        .iter()
        .map(|edit| match edit {
            ClaimEdit::Set(name, _) | ClaimEdit::Remove(name) => name.as_str(),
        })
        .collect();
    if names.is_empty() {
        "claims unchanged,".to_owned()
    } else {
        format!("{} changed,", names.join(", "))
    }
}

fn describe_signing(signing: &Signing) -> String {
    match signing {
        Signing::ByTheOp => "by the IdP's key".to_owned(),
        Signing::HeaderByTheOp(edit) => format!("by the IdP's key, with {}", described(*edit)),
        Signing::Unchanged => "with the old signature".to_owned(),
        Signing::BitFlipped => "with one bit of the signature flipped".to_owned(),
        Signing::Stripped => "not at all".to_owned(),
        Signing::Alg(alg) => format!("not at all, alg {alg}"),
        Signing::HmacWithPublicKey => "HS256 keyed with the public key".to_owned(),
        Signing::Stranger => "by a stranger under the IdP's kid".to_owned(),
        Signing::StrangerEmbeddedJwk => "by a stranger whose key is embedded as jwk".to_owned(),
        Signing::StrangerJku => "by a stranger whose key set is named by jku".to_owned(),
        Signing::StrangerShortKey => "by a stranger's 512-bit key".to_owned(),
    }
}

fn forged(
    model: &str,
    edits: &[ClaimEdit],
    signing: &Signing,
    context: &Context<'_>,
) -> Result<String, String> {
    let parts = Parts::of(model).ok_or("the ID token is no JWS")?;
    let mut header = object(parts.header_json(), "header")?;
    let payload = if edits.is_empty() {
        parts.payload.to_owned()
    } else {
        let mut claims = object(parts.claims(), "payload")?;
        for edit in edits {
            match edit {
                ClaimEdit::Set(name, value) => {
                    drop(claims.insert(name.clone(), claim(value, context)?));
                }
                ClaimEdit::Remove(name) => drop(claims.remove(name)),
            }
        }
        base64url(Value::Object(claims).to_string().as_bytes())
    };
    let own_key = || {
        let key = context.target.signing_key.as_deref();
        key.ok_or("the target names no signing key")
    };
    let old = || format!("{}.{payload}", parts.header);
    let with = |header: Map<String, Value>| {
        format!(
            "{}.{payload}",
            base64url(Value::Object(header).to_string().as_bytes())
        )
    };
    Ok(match signing {
        Signing::Unchanged => format!("{}.{}", old(), parts.signature),
        Signing::BitFlipped => format!("{}.{}", old(), flipped(parts.signature)?),
        Signing::Stripped => format!("{}.", old()),
        Signing::ByTheOp => signed(&old(), own_key()?)?,
        Signing::HeaderByTheOp(edit) => signed(&with(edited(header, *edit)), own_key()?)?,
        Signing::Alg(alg) => {
            header.insert("alg".to_owned(), json!(alg));
            format!("{}.", with(header))
        }
        Signing::HmacWithPublicKey => {
            let pem = public_pem(context.world)?;
            header.insert("alg".to_owned(), json!("HS256"));
            let text = with(header);
            let tag = hmac::sign(
                &hmac::Key::new(hmac::HMAC_SHA256, pem.as_bytes()),
                text.as_bytes(),
            );
            format!("{text}.{}", base64url(tag.as_ref()))
        }
        Signing::Stranger => signed(&old(), STRANGER)?,
        Signing::StrangerEmbeddedJwk => {
            header.insert("jwk".to_owned(), stranger_jwk()?);
            signed(&with(header), STRANGER)?
        }
        Signing::StrangerJku => {
            header.insert("jku".to_owned(), json!("https://evil.test/jwks.json"));
            signed(&with(header), STRANGER)?
        }
        Signing::StrangerShortKey => {
            let key = rsa::RsaPrivateKey::from_pkcs8_pem(SHORT)
                .map_err(|_| "the short key cannot be read")?;
            let text = old();
            let signature = SigningKey::<Sha256>::new(key).sign(text.as_bytes());
            format!("{text}.{}", base64url(&signature.to_bytes()))
        }
    })
}

fn object(value: Option<Value>, what: &str) -> Result<Map<String, Value>, String> {
    match value {
        Some(Value::Object(map)) => Ok(map),
        _ => Err(format!(
            "the ID token's {what} is no JSON object (is it encrypted?)"
        )),
    }
}

/// Flips one bit in the middle. The last character of base64url has unused bits: changing it may change
/// nothing.
fn flipped(signature: &str) -> Result<String, String> {
    let mut bytes = from_base64url(signature).ok_or("the signature is no base64url")?;
    let middle = bytes.len() / 2;
    *bytes.get_mut(middle).ok_or("the signature is empty")? ^= 1;
    Ok(base64url(&bytes))
}

thread_local! {
    /// The keys that were read last, by their text: reading one and preparing it to sign costs as much as signing.
    static KEYS: RefCell<Vec<(String, Rc<RsaKeyPair>)>> = RefCell::default();
}

/// How many keys are remembered: the stranger's, and that of the target and its neighbours.
const KEYS_AT_ONCE: usize = 4;

fn signed(text: &str, pkcs8_pem: &str) -> Result<String, String> {
    let key = remembered(pkcs8_pem)?;
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        text.as_bytes(),
        &mut signature,
    )
    .map_err(|_| "signing failed")?;
    Ok(format!("{text}.{}", base64url(&signature)))
}

fn remembered(pem: &str) -> Result<Rc<RsaKeyPair>, String> {
    KEYS.with_borrow_mut(|keys| {
        if let Some((_, key)) = keys.iter().find(|(known, _)| known == pem) {
            return Ok(Rc::clone(key));
        }
        let key = Rc::new(rsa_key(pem)?);
        if keys.len() == KEYS_AT_ONCE {
            keys.remove(0);
        }
        keys.push((pem.to_owned(), Rc::clone(&key)));
        Ok(key)
    })
}

fn rsa_key(pem: &str) -> Result<RsaKeyPair, String> {
    let body: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let der = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, body.trim())
        .map_err(|_| "the signing key is no PEM")?;
    RsaKeyPair::from_pkcs8(&der)
        .map_err(|_| "the signing key is no PKCS#8 RSA key of at least 2048 bits".to_owned())
}

fn stranger_jwk() -> Result<Value, String> {
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(STRANGER)
        .map_err(|_| "the stranger's key cannot be read")?;
    Ok(
        json!({ "kty": "RSA", "n": base64url(&key.n().to_bytes_be()), "e": base64url(&key.e().to_bytes_be()) }),
    )
}

/// The IdP's public key as SPKI PEM, made from its key set: what a confused verifier would use as a secret.
fn public_pem(world: &World) -> Result<String, String> {
    let body = &world
        .jwks
        .as_ref()
        .ok_or("the target's key set could not be read")?
        .body;
    let keys: Value =
        serde_json::from_slice(body).map_err(|_| "the target's key set is no JSON")?;
    let key = keys["keys"]
        .as_array()
        .and_then(|keys| keys.iter().find(|key| key["kty"] == "RSA"))
        .ok_or("the target's key set has no RSA key")?;
    let number = |name: &str| {
        key[name]
            .as_str()
            .and_then(from_base64url)
            .map(|bytes| rsa::BigUint::from_bytes_be(&bytes))
    };
    let (n, e) = number("n")
        .zip(number("e"))
        .ok_or("the target's RSA key is incomplete")?;
    let public = rsa::RsaPublicKey::new(n, e).map_err(|_| "the target's RSA key is not usable")?;
    public
        .to_public_key_pem(LineEnding::LF)
        .map_err(|_| "the target's RSA key cannot be written".to_owned())
}

fn claim(value: &ClaimValue, context: &Context<'_>) -> Result<Value, String> {
    let client = |party| {
        context
            .target
            .client_of(party)
            .map(|c| c.id.clone())
            .ok_or("the target names no such client")
    };
    let sign_in = |index: &usize| {
        context
            .ledger
            .sign_ins
            .get(*index)
            .ok_or_else(|| format!("sign-in {index} did not happen"))
    };
    Ok(match value {
        ClaimValue::Text(text) => json!(text),
        ClaimValue::Number(number) => json!(number),
        ClaimValue::SecondsFromNow(seconds) => json!(context.now.as_second() + seconds),
        ClaimValue::Issuer(edit) => json!(issuer(*edit, context.target)?),
        ClaimValue::ClientId(party) => json!(client(*party)?),
        ClaimValue::ClientIds(parties) => json!(
            parties
                .iter()
                .map(|p| client(*p))
                .collect::<Result<Vec<_>, _>>()?
        ),
        ClaimValue::SubjectOf(index) => json!(
            sign_in(index)?
                .sub
                .as_ref()
                .ok_or("the ID token has no sub")?
        ),
        ClaimValue::SidOf(index) => json!(
            sign_in(index)?
                .sid
                .as_ref()
                .ok_or("the ID token has no sid")?
        ),
    })
}

/// The issuer after this edit.
fn issuer(edit: IssuerEdit, target: &Target) -> Result<String, String> {
    let issuer = target.issuer.as_str();
    let (scheme, rest) = issuer.split_once("://").ok_or("the issuer is no URL")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let changed = match edit {
        IssuerEdit::TrailingSlash => format!("{issuer}/"),
        IssuerEdit::OtherScheme => format!(
            "{}://{rest}",
            if scheme == "https" { "http" } else { "https" }
        ),
        IssuerEdit::UpperCaseHost => format!("{scheme}://{}{path}", authority.to_ascii_uppercase()),
        IssuerEdit::ExplicitPort => {
            let has_port = Origin::of(issuer)
                .is_none_or(|origin| origin.authority().rsplit_once(':').is_some());
            if has_port {
                return Err("the issuer has a port already".to_owned());
            }
            format!(
                "{scheme}://{authority}:{}{path}",
                if scheme == "https" { 443 } else { 80 }
            )
        }
        IssuerEdit::OtherRegion => match authority.split_once("pingone.") {
            Some((host, "eu")) => format!("{scheme}://{host}pingone.com{path}"),
            Some((host, _)) => format!("{scheme}://{host}pingone.eu{path}"),
            None => return Err("the product has no regions here".to_owned()),
        },
        IssuerEdit::OtherTenant => {
            let segment = path
                .trim_start_matches('/')
                .split('/')
                .next()
                .filter(|s| !s.is_empty())
                .ok_or("the issuer has no path that names a tenant")?;
            issuer.replacen(segment, "00000000-0000-4000-8000-00000000beef", 1)
        }
        IssuerEdit::CustomDomain => {
            let domain = target
                .custom_domain
                .as_deref()
                .ok_or("the target names no custom domain")?;
            format!("https://{domain}/as")
        }
        IssuerEdit::Stranger => "https://evil.test".to_owned(),
    };
    if changed == issuer {
        Err("the edit leaves the issuer as it is".to_owned())
    } else {
        Ok(changed)
    }
}
