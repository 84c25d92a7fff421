//! Environments: PingOne's tenants.

use serde_json::{Value, json};

use super::collection::Collection;
use super::error::ApiError;
use super::reader::Reader;
use super::{Call, Outcome, World};
use crate::config::{DialectId, Tenant, origin_of};
use crate::http::Response;
use crate::realm::Realm;

/// More than this are not kept.
const MOST: usize = 200;

const KINDS: [(&str, &str); 2] = [("SANDBOX", "SANDBOX"), ("PRODUCTION", "PRODUCTION")];

/// Region codes and the top-level domains of their hosts.
const REGIONS: [(&str, &str); 6] = [
    ("NA", "com"),
    ("CA", "ca"),
    ("EU", "eu"),
    ("AU", "com.au"),
    ("SG", "sg"),
    ("AP", "asia"),
];

const READ_ONLY: [&str; 5] = ["id", "createdAt", "updatedAt", "organization", "status"];

pub(super) fn list(world: &mut World, call: &Call) -> Outcome {
    let realms = &*world.realms;
    let managed = realms.iter().filter(|realm| {
        realm.tenant.dialect == DialectId::PingOne && call.caller.manages(&realm.tenant.id)
    });
    Collection {
        name: "environments",
        link: format!("{}/environments", call.base),
        ids: managed.map(|realm| realm.tenant.id.clone()).collect(),
        written: &|id| {
            let realm = realms.iter().find(|realm| realm.tenant.id == id)?;
            Some(described(realm, call))
        },
    }
    .page(call)
}

fn described(realm: &Realm, call: &Call) -> Value {
    let directory = &realm.directory;
    let id = &realm.tenant.id;
    let mut description = json!({
        "_links": { "self": { "href": format!("{}/environments/{id}", call.base) } },
        "id": id,
        "name": directory.name,
        "description": directory.description,
        "type": directory.kind,
        "region": region_of(&realm.tenant),
    });
    directory.record(id).add_to(&mut description);
    description
}

fn region_of(tenant: &Tenant) -> &'static str {
    let host = tenant.issuer.strip_prefix("https://auth.pingone.");
    let domain = host.and_then(|rest| rest.split([':', '/']).next());
    let known = REGIONS.iter().find(|(_, known)| Some(*known) == domain);
    known.map_or("NA", |(region, _)| region)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every action of a route may fail, this one does not"
)]
pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    Ok(Response::json(200, &described(realm, call)))
}

/// A new environment lies beside the worker's own, in its region.
pub(super) fn create(world: &mut World, call: &Call) -> Outcome {
    if !call.caller.manages_all() {
        return Err(ApiError::Forbidden);
    }
    let mut content = Reader::of(call.incoming)?;
    let name = content.required_text("name");
    let kind = content.required_word("type", &KINDS);
    let domain = content.required_word("region", &REGIONS);
    let description = content.text("description").unwrap_or_default();
    let inert = content.inert(&["license", "billOfMaterials", "icon"]);
    content.ignore(&READ_ONLY);
    content.finish()?;
    if world.realms.len() >= MOST {
        return Err(ApiError::too_many());
    }
    if world
        .realms
        .iter()
        .any(|realm| Some(&realm.directory.name) == name.as_ref())
    {
        return Err(ApiError::taken("name"));
    }
    let id = world.random.uuid();
    let beside = &world.realms[call.caller.realm].tenant;
    let origin = in_region(origin_of(&beside.issuer), domain.unwrap_or("com"));
    let tenant = Tenant {
        ui_base: beside.ui_base.clone(),
        lifetimes: beside.lifetimes.clone(),
        ..Tenant::pingone(id.as_str(), &origin)
    };
    // The fixed keys are RSA keys.
    let made = Realm::new(&tenant, world.seed, &[], &world.keyring);
    let mut realm = made.map_err(|_| ApiError::NotFound)?;
    realm.directory.name = name.unwrap_or_default();
    realm.directory.description = description;
    realm.directory.kind = kind.unwrap_or("SANDBOX");
    realm.directory.made(&id, call.incoming.now, inert);
    let response = Response::json(201, &described(&realm, call));
    world.realms.push(realm);
    Ok(response)
}

/// The same origin in another region, if it is one of the product's.
fn in_region(origin: &str, domain: &str) -> String {
    const HOST: &str = "://auth.pingone.";
    let Some((scheme, rest)) = origin.split_once(HOST) else {
        return origin.to_owned();
    };
    let port = rest.find(':').map_or("", |at| &rest[at..]);
    format!("{scheme}{HOST}{domain}{port}")
}

pub(super) fn update(realm: &mut Realm, call: &Call) -> Outcome {
    let mut content = Reader::of(call.incoming)?;
    let name = content.required_text("name");
    let kind = content.word("type", &KINDS);
    let description = content.text("description").unwrap_or_default();
    let region = content.text("region");
    if region.is_some_and(|region| region != region_of(&realm.tenant)) {
        content.refuse_value("region", "cannot be changed");
    }
    let inert = content.inert(&["license", "billOfMaterials", "icon"]);
    content.ignore(&READ_ONLY);
    content.finish()?;
    let id = realm.tenant.id.clone();
    realm.directory.name = name.unwrap_or_default();
    realm.directory.description = description;
    realm.directory.kind = kind.unwrap_or(realm.directory.kind);
    realm.directory.changed(&id, call.incoming.now, inert);
    Ok(Response::json(200, &described(realm, call)))
}

/// A worker cannot saw off the branch it sits on.
pub(super) fn delete(world: &mut World, call: &Call) -> Outcome {
    let index = super::position(world.realms, call.id(0)).ok_or(ApiError::NotFound)?;
    if index == call.caller.realm {
        return Err(ApiError::Forbidden);
    }
    world.realms.remove(index);
    Ok(Response::empty(204))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_changes_the_host_and_keeps_the_port_of_the_products_names_only() {
        for (origin, domain, expected) in [
            ("https://auth.pingone.com", "eu", "https://auth.pingone.eu"),
            (
                "https://auth.pingone.com.au:8443",
                "ca",
                "https://auth.pingone.ca:8443",
            ),
            ("http://127.0.0.1:8080", "eu", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(in_region(origin, domain), expected);
        }
    }
}
