//! Byte-pair encoding small enough for a pencil.

use tokens::Bpe;

fn main() -> Result<(), tokens::TrainError> {
    // ANCHOR: by_hand
    let bpe = Bpe::train("low low low lower lowest newer", 262)?;
    for (rank, &(left, right)) in bpe.merges().iter().enumerate() {
        let spell = |id| String::from_utf8_lossy(bpe.bytes_of(id)).replace(' ', "␣");
        println!("{}: {} + {} = {}", rank + 1, spell(left), spell(right), spell(256 + rank as u32));
    }
    // ANCHOR_END: by_hand
    Ok(())
}
