//! Interventions along a direction, judged by the parser.
