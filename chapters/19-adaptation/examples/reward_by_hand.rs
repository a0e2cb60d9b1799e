//! From rewards to what each token is told to do.

use adaptation::advantage::{Advantage, Baseline};
use adaptation::answer::Answer;
use adaptation::objective::{MeanOver, Objective, Rollout};
use adaptation::passes::pass_at;
use adaptation::reward::best_of_pool;

fn main() {
    // ANCHOR: advantages
    let of = |baseline, scaled, rewards: &[f64]| {
        println!(
            "{baseline:?}{}: {:.2?}",
            if scaled { ", scaled" } else { "" },
            Advantage { baseline, scaled }.of(rewards)
        );
    };
    for rewards in [[1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0]] {
        println!("rewards {rewards:?}");
        of(Baseline::None, false, &rewards);
        of(Baseline::LeaveOneOut, false, &rewards);
        of(Baseline::Mean, true, &rewards);
    }
    // ANCHOR_END: advantages

    // ANCHOR: clipped
    let objective = Objective { clip: Some(0.2), kl: 0.0, mean: MeanOver::Tokens };
    for (advantage, ratio) in [(1.0_f64, 1.0_f64), (1.0, 1.5), (1.0, 0.5), (-1.0, 1.5), (-1.0, 0.5)] {
        let answer = Answer { tokens: vec![0, 1], prompt: 1 };
        let rollout = Rollout { answer, advantage, old: vec![-2.0], reference: Vec::new() };
        let slope = objective.slopes(&[rollout], &[vec![ratio.ln() - 2.0]])[0][0];
        println!("advantage {advantage:>2}, {ratio} times as likely as when drawn: slope {slope:.1}");
    }
    // ANCHOR_END: clipped

    for k in [1, 2, 4] {
        println!("one of 4 answers has passed: pass@{k} {:.2}", pass_at(k, 4, 1).expect("there are 4"));
    }
    // By the proxy the last answer is the best; by the truth it is worth nothing.
    let answers = [(1.0, 0.0), (2.0, 1.0), (3.0, 1.0), (4.0, 0.0)];
    println!("the best of 1, 2 and 4 by a proxy is worth {:.2?}", best_of_pool(&answers, &[1, 2, 4]));
}
