//! Did you mean…?

/// The candidate nearest to `wanted`, if one is near enough to be a slip of the same name.
pub fn closest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = wanted.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
            // A name that begins with what was typed is a likely meaning, if a longer way off.
            let starts = wanted.len() >= 3 && candidate.to_lowercase().starts_with(&folded);
            (
                if starts {
                    distance.min(allowed)
                } else {
                    distance
                },
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= allowed && *candidate != wanted)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A help sentence that offers the nearest candidate, or the list of all when it is short.
pub fn did_you_mean<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some(near) = closest(wanted, candidates.iter().copied()) {
        return Some(format!("Did you mean `{near}`?"));
    }
    match candidates.as_slice() {
        [] => None,
        [only] => Some(format!("The only one there is: `{only}`.")),
        few if few.len() <= 12 => {
            let list: Vec<String> = few.iter().map(|name| format!("`{name}`")).collect();
            Some(format!("There are: {}.", list.join(", ")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_and_other_words_are_not() {
        let names = ["hostnames", "namespace", "gateway"];
        assert_eq!(closest("hostname", names), Some("hostnames"));
        assert_eq!(closest("Gateway", names), Some("gateway"));
        assert_eq!(closest("gatwey", names), Some("gateway"));
        assert_eq!(closest("ns", names), None);
        assert_eq!(closest("gate", names), Some("gateway"));
        assert_eq!(
            did_you_mean("zzz", ["a"]).unwrap(),
            "The only one there is: `a`."
        );
    }
}
