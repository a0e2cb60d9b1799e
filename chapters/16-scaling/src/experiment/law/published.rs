//! What two papers found, and what follows for Chinchilla's budget.

use scaling::law::surface::{Law, Price};

pub fn report() {
    const CHINCHILLA: f64 = 5.76e23;
    println!("\npublished laws, and the best size for {CHINCHILLA:.2e} operations by C = 6 N D");
    for (name, floor, a, alpha, b, beta) in [
        ("Hoffmann et al. 2022", 1.69, 406.4, 0.34, 410.7, 0.28),
        ("Besiroglu et al. 2024", 1.8172, 482.01, 0.3478, 2085.43, 0.3658),
    ] {
        let law = Law { floor, a, alpha, b, beta };
        let n = law.best_size(CHINCHILLA, Price::SIX);
        let d = Price::SIX.tokens(CHINCHILLA, n);
        println!(
            "  {name:<22} N_opt ∝ C^{:.3}: {:.1} billion parameters, {:.2} trillion tokens, {:.0} tokens a parameter",
            law.exponent(Price::SIX),
            n / 1e9,
            d / 1e12,
            d / n
        );
    }
}
