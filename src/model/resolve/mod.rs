//! From what was written to what it means.

mod admission;
mod auth;
mod authorization;
mod backends;
mod control_plane;
mod envoy_proxy;
mod gateway_ref;
mod gateways;
mod grants;
mod listeners;
mod matches;
mod mesh;
mod namespaces;
mod parents;
mod paths;
mod preserved;
mod redirects;
mod resolver;
mod route_hostnames;
mod routes;
mod rules;
mod services;
mod upstream;
mod versions;

#[cfg(test)]
mod tests;

pub use resolver::resolve;
