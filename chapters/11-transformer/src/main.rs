//! x
use deep_networks::*;
use dfdx::prelude::*;
use rayon::prelude::*;
use tensors::seeds;
use transformer::number_words::*;
use transformer::*;
type M<const L: usize> = transformer::Transformer<VOCAB, 64, 4, 16, 128, L, f32, Cpu>;
fn go(name: &str, design: Design, rows: usize, steps: usize, peak: f64) -> String {
    let t = std::time::Instant::now();
    let mut m = M::<2>::build(&Cpu::default());
    initialise(&mut m, 1);
    let mut rng = seeds::generator(1);
    let mut o = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    let sch = WarmupCosine { peak, floor: peak / 20., warmup: 100, steps };
    let mut ls = vec![];
    let r = fit(
        &mut m,
        &mut o,
        &sch,
        1.0,
        |m: &M<2>, _| {
            let pairs: Vec<Pair> = (0..rows).map(|_| random_pair(false, &mut rng)).collect();
            let b = Pairs::from(&pairs[..]);
            let t: Vec<usize> = b.targets.iter().map(|t| t.1).collect();
            smoothed_cross_entropy(m.forward(&b, design, OwnedTape::default()), &t, 0.1)
        },
        |_: &M<2>, s, l| {
            if s % (steps / 8) == 0 || s == steps - 1 {
                ls.push((l * 1000.).round() / 1000.)
            }
            true
        },
    );
    let el = t.elapsed();
    let mut rng = seeds::generator(7);
    let pairs: Vec<Pair> = (0..300).map(|_| random_pair(true, &mut rng)).collect();
    let b = Pairs::from(&pairs[..]);
    let mem = m.encode(&b.sources, &b.source_lengths, design, NoneTape);
    let out = decode::greedy(
        |texts: &[Vec<usize>]| {
            let len = texts[0].len();
            let sc = m.decode(&texts.concat(), mem.clone(), &b.source_lengths, design).as_vec();
            (0..texts.len())
                .map(|r| {
                    sc[((r + 1) * len - 1) * VOCAB..(r + 1) * len * VOCAB]
                        .iter()
                        .map(|&x| f64::from(x))
                        .collect()
                })
                .collect()
        },
        300,
        14,
    );
    let right = out.iter().zip(&pairs).filter(|(o, p)| **o == p.target).count();
    format!(
        "{name} rows {rows} steps {steps} peak {peak}: {} {ls:?} {el:.1?} {:.1?} {r:?}",
        right as f64 / 300.0,
        t.elapsed()
    )
}
fn main() {
    let d = Design::default();
    let r: Vec<String> = [(64, 1500, 0.002), (32, 2000, 0.003), (64, 1000, 0.004), (32, 1500, 0.002)]
        .into_par_iter()
        .map(|(r, s, p)| go("x", d, r, s, p))
        .collect();
    for l in r {
        println!("{l}");
    }
}
