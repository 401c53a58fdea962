//! From what was written to what it means.

mod admission;
mod auth;
mod authorization;
mod backends;
mod control_plane;
mod envoy_proxy;
mod gateways;
mod grants;
mod hostnames;
mod listeners;
mod matches;
mod mesh;
mod namespaces;
mod parents;
mod paths;
mod preserved;
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
