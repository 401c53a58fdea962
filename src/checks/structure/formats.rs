//! Formats of strings, as an API server checks them.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::kube::Format;

/// What a format asks for, with its article.
pub(super) fn describe(format: Format) -> &'static str {
    match format {
        Format::Int32 => "an integer of 32 bits",
        Format::Int64 => "an integer of 64 bits",
        Format::DateTime => "a time such as `2026-01-31T23:59:59Z`",
        Format::Byte => "base64",
        Format::Ipv4 => "an IPv4 address",
        Format::Ipv6 => "an IPv6 address",
    }
}

/// Whether a string is of the format; the formats of numbers say nothing of strings.
pub(super) fn holds(format: Format, text: &str) -> bool {
    match format {
        Format::Int32 | Format::Int64 => true,
        Format::DateTime => is_date_time(text).unwrap_or(false),
        Format::Byte => is_base64(text.as_bytes()),
        Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
    }
}

/// RFC 3339 with seconds, a fraction at will, and a zone.
fn is_date_time(text: &str) -> Option<bool> {
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = text.get(range)?;
        digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())?
    };
    let mark = |at: usize, marks: &[u8]| marks.contains(text.as_bytes().get(at)?).then_some(());
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    mark(4, b"-")?;
    mark(7, b"-")?;
    mark(10, b"Tt")?;
    mark(13, b":")?;
    mark(16, b":")?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let mut zone = text.get(19..)?;
    if let Some(fraction) = zone.strip_prefix('.') {
        zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if zone.len() == fraction.len() {
            return None;
        }
    }
    let zone = match zone.as_bytes() {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    Some(zone && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60)
}

fn is_base64(bytes: &[u8]) -> bool {
    let padding = bytes.iter().rev().take_while(|b| **b == b'=').count();
    let body = &bytes[..bytes.len() - padding];
    let good = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    padding <= 2 && bytes.len().is_multiple_of(4) && body.iter().all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for text in ["2024-02-29T23:59:59Z", "2026-01-01t00:00:00.5+02:00"] {
            assert!(holds(Format::DateTime, text), "{text}");
        }
        for text in [
            "",
            "2026-01-01",
            "2023-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01 00:00:00Z",
            "é026-01-01T00:00:00Z",
        ] {
            assert!(!holds(Format::DateTime, text), "{text}");
        }
    }

    #[test]
    fn bytes_and_addresses() {
        assert!(holds(Format::Byte, "YQ==") && holds(Format::Byte, ""));
        assert!(!holds(Format::Byte, "YQ=") && !holds(Format::Byte, "Y==="));
        assert!(holds(Format::Ipv4, "10.0.0.1") && !holds(Format::Ipv4, "10.0.0.01"));
        assert!(holds(Format::Ipv6, "fd00::1") && !holds(Format::Ipv6, "10.0.0.1"));
    }
}
