"""Whether a learner is ready: benchmarks and an estimate. Rules: docs/spec/exam.md, Readiness."""
