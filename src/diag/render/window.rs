//! The few lines of a text that are shown.

use std::ops::Range;

use super::spot::Spot;

/// Longer lines are cut around what is underlined.
const LINE_AT_MOST: usize = 1000;

/// How much of a long line is kept before and after what is underlined.
const AROUND: usize = 200;

/// A range over more lines is underlined on its first line alone.
const LINES_AT_MOST: usize = 12;

/// Spots at most so many lines apart are shown in one window.
const APART_AT_MOST: usize = 8;

/// A window of lines, with ranges of spots in it.
#[derive(Debug)]
pub(super) struct Window {
    /// The lines.
    pub(super) text: String,
    /// The number of the first line, counted from 1.
    pub(super) first_line: usize,
    /// What to underline, one range for each spot that the window was made for.
    pub(super) ranges: Vec<Range<usize>>,
    /// Whether a line was cut on its left, so that columns in the window are not those of the text.
    pub(super) is_cut: bool,
}

impl Window {
    /// The column in the window's line, counted from 1, at which a range of it starts.
    pub(super) fn column(&self, range: &Range<usize>) -> usize {
        let line = self.text[..range.start]
            .rsplit('\n')
            .next()
            .unwrap_or_default();
        line.chars().count() + 1
    }
}

/// The first and the last line that must be shown for a spot, and the range to underline.
fn shown(spot: &Spot<'_>) -> (Range<usize>, Range<usize>) {
    let index = spot.lines.index();
    let first = index.line(spot.range.start);
    let last = index
        .line(spot.range.end.max(spot.range.start + 1) - 1)
        .max(first);
    if last - first < LINES_AT_MOST {
        return (first..last + 1, spot.range.clone());
    }
    let line = index.range(spot.text, first);
    (
        first..first + 1,
        spot.range.start..line.end.max(spot.range.start),
    )
}

/// Divides spots of one text into those that one window can show, keeping their order.
pub(super) fn clusters<'s, 'a>(spots: &[&'s Spot<'a>]) -> Vec<Vec<&'s Spot<'a>>> {
    let mut clusters: Vec<(Range<usize>, Vec<&Spot<'_>>)> = Vec::new();
    for spot in spots {
        let (lines, _) = shown(spot);
        let near = clusters.iter_mut().find(|(covered, cluster)| {
            cluster[0].shares_text(spot)
                && lines.start <= covered.end + APART_AT_MOST
                && covered.start <= lines.end + APART_AT_MOST
        });
        match near {
            Some((covered, cluster)) => {
                *covered = covered.start.min(lines.start)..covered.end.max(lines.end);
                cluster.push(spot);
            }
            None => clusters.push((lines, vec![spot])),
        }
    }
    clusters.into_iter().map(|(_, cluster)| cluster).collect()
}

/// The window that shows these spots, which are of one text and near to each other.
pub(super) fn window(spots: &[&Spot<'_>]) -> Window {
    let shown: Vec<_> = spots.iter().map(|spot| shown(spot)).collect();
    let first_line = shown
        .iter()
        .map(|(lines, _)| lines.start)
        .min()
        .unwrap_or(1);
    let past = shown
        .iter()
        .map(|(lines, _)| lines.end)
        .max()
        .unwrap_or(first_line);
    let ranges = vec![0..0; shown.len()];
    let mut window = Window {
        text: String::new(),
        first_line,
        ranges,
        is_cut: false,
    };
    let text = spots[0].text;
    for line in first_line..past {
        let whole = spots[0].lines.index().range(text, line);
        let kept = kept(text, &whole, shown.iter().map(|(_, range)| range));
        if kept.start > whole.start {
            window.is_cut = true;
            window.text.push('…');
        }
        let shift = window.text.len();
        window.text.push_str(&text[kept.clone()]);
        window
            .text
            .push_str(if kept.end < whole.end { "…" } else { "" });
        for ((_, range), placed) in shown.iter().zip(&mut window.ranges) {
            let place = |at: usize| shift + at.clamp(kept.start, kept.end) - kept.start;
            // A position in the line break belongs to the line before it.
            let next = spots[0]
                .lines
                .index()
                .range(text, (line + 1).min(past - 1))
                .start;
            let covers = |at: usize| whole.start <= at && (at <= whole.end || at < next);
            if covers(range.start) {
                placed.start = place(range.start);
                placed.end = placed.start;
            }
            if range.end > range.start
                && whole.start < range.end
                && covers(range.end.min(whole.end))
            {
                placed.end = place(range.end);
            }
        }
        window.text.push('\n');
    }
    window
}

/// What is kept of a line: all of it, or what is around the ranges.
fn kept<'a>(
    text: &str,
    line: &Range<usize>,
    ranges: impl Iterator<Item = &'a Range<usize>>,
) -> Range<usize> {
    if line.len() <= LINE_AT_MOST {
        return line.clone();
    }
    let inside = ranges.filter(|range| range.start <= line.end && range.end >= line.start);
    let focus = inside
        .map(|r| (r.start.max(line.start), r.end.min(line.end)))
        .reduce(|a, b| {
            // Of several far apart, the first is what matters.
            let joined = (a.0.min(b.0), a.1.max(b.1));
            if joined.1 - joined.0 <= LINE_AT_MOST {
                joined
            } else {
                a
            }
        });
    let (start, end) = focus.unwrap_or((line.start, line.start));
    let end = end.min(start + LINE_AT_MOST);
    let start = text
        .floor_char_boundary(start.saturating_sub(AROUND))
        .max(line.start);
    start..text.ceil_char_boundary(end + AROUND).min(line.end)
}
