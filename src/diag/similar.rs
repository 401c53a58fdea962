//! Did you mean…?

/// The candidate nearest to `wanted`, if one is near enough to be a slip of the same name.
pub fn closest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = wanted.to_lowercase();
    let length = folded.chars().count();
    let allowed = (wanted.chars().count() / 3).max(1);
    let distance = |candidate: &str| {
        let other = candidate.to_lowercase();
        // A name that begins with what was typed is a likely meaning, if a longer way off.
        let starts = wanted.len() >= 3 && other.starts_with(&folded);
        // What differs that much in its length differs as much in all.
        if !starts && other.chars().count().abs_diff(length) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&folded, &other);
        let distance = if starts {
            distance.min(allowed)
        } else {
            distance
        };
        (distance <= allowed).then_some(distance)
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != wanted)
        .filter_map(|candidate| Some((distance(candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A help sentence that offers the nearest candidate, or the list of all when it is short.
pub fn did_you_mean<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match closest(wanted, candidates.iter().copied()) {
        Some(near) => Some(format!("Did you mean `{near}`?")),
        None => the_few(candidates),
    }
}

/// A help sentence that lists all there are, when they are few.
fn the_few<'a>(candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const FEW: usize = 12;
    let candidates: Vec<&str> = candidates.into_iter().take(FEW + 1).collect();
    match candidates.as_slice() {
        [] => None,
        [only] => Some(format!("The only one there is: `{only}`.")),
        few if few.len() <= FEW => {
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
