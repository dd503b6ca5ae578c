//! From scores of heads to a tree: greedy choice, one root, cycles broken where it costs least.

/// The head of each token (0 the root of the sentence, else the token's number from 1), always a tree with one root.
///
/// `scores` has a row of `width` numbers for each token: how well the root (column 0) and each token (column 1 on) fit as its head.
pub(super) fn decode(scores: &[f32], width: usize, n: usize, heads: &mut Vec<usize>) {
    heads.clear();
    if n == 0 {
        return;
    }
    let score = |i: usize, j: usize| scores[i * width + j];
    // The best head that is neither the root nor the token itself; 0 where there is none.
    let best = |i: usize| {
        let row = &scores[i * width + 1..i * width + 1 + n];
        let most = highest(&row[..i]).max(highest(&row[i + 1..]));
        row.iter().enumerate().position(|(j, &x)| x == most && j != i).map_or(0, |j| j + 1)
    };
    let mut root = 0;
    let mut margin = f32::MIN;
    for i in 0..n {
        let inner = best(i);
        let gain = if inner == 0 { f32::MAX } else { score(i, 0) - score(i, inner) };
        if gain > margin {
            (root, margin) = (i, gain);
        }
        heads.push(inner);
    }
    heads[root] = 0;
    // 0: not seen, 1: leads to the root, 2: on the path being followed.
    let mut state = vec![0u8; n];
    state[root] = 1;
    for start in 0..n {
        loop {
            let mut at = start;
            while state[at] == 0 {
                state[at] = 2;
                at = heads[at] - 1;
            }
            if state[at] == 1 {
                break;
            }
            // `at` stands on a cycle: hang one of its tokens on something that leads to the root.
            let (mut cheapest, mut token, mut head) = (f32::MAX, at, root + 1);
            let mut on = at;
            loop {
                for j in 1..=n {
                    if state[j - 1] == 1 {
                        let loss = score(on, heads[on]) - score(on, j);
                        if loss < cheapest {
                            (cheapest, token, head) = (loss, on, j);
                        }
                    }
                }
                on = heads[on] - 1;
                if on == at {
                    break;
                }
            }
            heads[token] = head;
            for s in &mut state {
                if *s == 2 {
                    *s = 0;
                }
            }
        }
        for s in &mut state {
            if *s == 2 {
                *s = 1;
            }
        }
    }
}

/// The highest of some numbers, eight side by side.
fn highest(row: &[f32]) -> f32 {
    let mut lanes = [f32::MIN; 8];
    let eights = row.chunks_exact(8);
    let rest = eights.remainder();
    for eight in eights {
        for (lane, &x) in lanes.iter_mut().zip(eight) {
            *lane = if x > *lane { x } else { *lane };
        }
    }
    lanes.iter().chain(rest).copied().fold(f32::MIN, |a, b| if b > a { b } else { a })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn random_scores_give_trees() {
        let mut seed = 7u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 1e6
        };
        let mut heads = Vec::new();
        for n in 1..40 {
            for _ in 0..20 {
                let scores: Vec<f32> = (0..n * (n + 1)).map(|_| next()).collect();
                decode(&scores, n + 1, n, &mut heads);
                assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1, "one root of {n}");
                for i in 0..n {
                    let (mut at, mut steps) = (i + 1, 0);
                    while at != 0 {
                        at = heads[at - 1];
                        steps += 1;
                        assert!(steps <= n, "a cycle in {heads:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_best_cycle_is_broken_where_it_costs_least() {
        // Both tokens want each other; the second loses less by taking the root.
        let scores = [0.0, 0.0, 9.0, 5.0, 9.0, 0.0];
        let mut heads = Vec::new();
        decode(&scores, 3, 2, &mut heads);
        assert_eq!(heads, [2, 0]);
    }
}
