//! Who may come in, and who may call.

use super::settings::{APPS, resolved, route};
use crate::model::{Model, Principal};

/// Single sign-on with more fields.
fn oidc(more: &str) -> String {
    format!(
        "      auth: {{oidc: {{issuer: 'https://login.example.com', clientID: shop, clientSecret: {{secret: oidc}}{more}}}}}\n"
    )
}

#[test]
fn callbacks_that_come_to_a_rule_are_fine() {
    for (host, more) in [
        (
            "www.example.com",
            ", redirectURL: 'https://www.example.com/cart/callback'",
        ),
        (
            "www.example.com",
            ", redirectURL: 'https://www.example.com:8443/cart/callback?x=y'",
        ),
        (
            "'*.example.com'",
            ", redirectURL: 'https://shop.example.com/cart/'",
        ),
        (
            "www.example.com",
            ", redirectURL: 'https://www.example.com/cart/callback', logoutPath: /cart/logout",
        ),
    ] {
        let more = format!("      hostnames: [{host}]\n{}", oidc(more));
        let model = resolved(&(APPS.to_owned() + &route("{gateway: apps}", &more)));
        let [policy] = model.security_policies.as_slice() else {
            panic!("one policy")
        };
        assert_eq!(policy.name.as_str(), "cart");
        assert_eq!(policy.oidc.secret_namespace.value.as_str(), "shop");
        assert!(!policy.oidc.forward_access_token.value);
    }
}

#[test]
fn the_default_callback_is_fine_where_a_rule_takes_everything() {
    let spec = route("{gateway: apps}", &oidc("")).replace("match: {pathPrefix: /cart/}, ", "");
    let model = resolved(&(APPS.to_owned() + &spec));
    let policy = &model.security_policies[0].oidc;
    assert!(policy.redirect_url.is_none());
    assert_eq!(policy.logout_path.value.as_str(), "/logout");
}

#[test]
fn a_gateways_callback_may_come_to_any_of_its_routes() {
    let gateway = APPS.to_owned() + &oidc(", redirectURL: 'https://www.example.com/cart/callback'");
    let model = resolved(&(gateway + &route("{gateway: apps}", "")));
    assert_eq!(model.security_policies[0].name.as_str(), "apps-gateway");
}

/// Policies on who may call.
fn authorization(items: &str) -> Model {
    let mesh = format!("  mesh: {{mode: sidecar, trustDomain: td, authorization: [{items}]}}\n");
    resolved(&(mesh + APPS + &route("{gateway: apps}", "")))
}

#[test]
fn callers_are_the_gateways_and_whom_the_config_names() {
    let model = authorization(
        "{service: cart, namespace: shop, alsoAllow: [{namespace: jobs}, {namespace: ops, serviceAccount: bot}, {namespace: jobs}]}",
    );
    let [policy] = model.authorization_policies.as_slice() else {
        panic!("one policy")
    };
    assert_eq!(policy.name.as_str(), "cart-callers");
    assert_eq!(policy.selector.len(), 1);
    assert!(!policy.dry_run.value);
    let allowed: Vec<String> = policy
        .allow
        .iter()
        .map(|principal| match &principal.value {
            Principal::Identity(identity) => identity.clone(),
            Principal::Namespace(namespace) => format!("all of {namespace}"),
        })
        .collect();
    let gateway = &model.gateways[0].proxy;
    assert_eq!(
        allowed,
        [
            "td/ns/ops/sa/bot".to_owned(),
            gateway.principal("td"),
            "all of jobs".to_owned()
        ]
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .filter(|name| !name.starts_with("all"))
        .chain(["all of jobs".to_owned()])
        .collect::<Vec<_>>()
    );
}

#[test]
fn a_whole_namespace_may_be_protected_on_trial() {
    let model = authorization("{namespace: shop, only: true, dryRun: true}");
    let policy = &model.authorization_policies[0];
    assert_eq!(policy.name.as_str(), "callers");
    assert!(policy.selector.is_empty() && policy.dry_run.value);
    assert_eq!(policy.allow.len(), 1);
}
