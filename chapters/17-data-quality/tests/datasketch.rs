//! MinHash and its bands against datasketch, a library of Python that is widely used
//! (`tests/fixtures/make.py` makes the fixture): with the same hash functions the same signatures, the
//! same estimates and the same pairs.

use data_quality::minhash::{MinHash, estimate};
use data_quality::near::Bands;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    bands: usize,
    rows: usize,
    a: Vec<u64>,
    b: Vec<u64>,
    sets: Vec<Vec<u32>>,
    signatures: Vec<Vec<u32>>,
    estimates: Vec<Vec<f64>>,
    meet: Vec<Vec<usize>>,
}

#[test]
fn signatures_estimates_and_pairs_are_those_of_datasketch() {
    let fixture: Fixture = serde_json::from_str(include_str!("fixtures/datasketch.json")).unwrap();
    let functions = MinHash::of(fixture.a, fixture.b);
    let signatures: Vec<Vec<u32>> = fixture.sets.iter().map(|set| functions.signature(set)).collect();
    assert_eq!(signatures, fixture.signatures);
    let bands = Bands { bands: fixture.bands, rows: fixture.rows };
    let keys: Vec<Vec<u64>> = signatures.iter().map(|signature| bands.keys(signature).collect()).collect();
    for (i, row) in fixture.estimates.iter().enumerate() {
        for (j, &theirs) in row.iter().enumerate() {
            assert_eq!(estimate(&signatures[i], &signatures[j]), theirs, "{i} and {j}");
            let meet = keys[i].iter().any(|key| keys[j].contains(key));
            assert_eq!(meet, fixture.meet[i].contains(&j), "{i} and {j}");
        }
    }
    let pairs: usize = fixture.meet.iter().map(Vec::len).sum();
    let all = fixture.sets.len() * fixture.sets.len();
    assert!(pairs > all / 10 && pairs < all * 9 / 10, "some pairs meet and some do not: {pairs} of {all}");
}
