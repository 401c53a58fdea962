//! From what was written to what it means.

mod admission;
mod auth;
mod authorization;
mod backends;
mod control_plane;
mod envoy_proxy;
mod filters;
mod gateways;
mod grants;
mod hostnames;
mod listeners;
mod matches;
mod mesh;
mod namespaces;
mod oidc;
mod output;
mod parent_gateway;
mod parents;
mod path_modifier;
mod paths;
mod preserved;
mod reachability;
mod redirects;
mod resolver;
mod routes;
mod rules;
mod services;
mod upstream;
mod versions;

#[cfg(test)]
mod tests;

pub use resolver::resolve;
