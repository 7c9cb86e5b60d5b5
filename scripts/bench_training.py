"""Whether the exam can tell: simulated learners take many forms of it, and what each gets is printed.

    .venv/bin/python scripts/bench_training.py --forms 200

Printed: how often each passes the capstone; the means of two parallel forms; each item that the careful reader misses
more often than the dashboard reader; and how well neighbours are told apart by 20 items (area under the ROC curve).
"""

import argparse
from collections.abc import Sequence

import numpy as np

from playbook.training.exam.exam_forms import AFTER, BEFORE, PASSED_FROM, capstone, exam_form, passed
from playbook.training.exam.simulated_learners import CAREFUL, DASHBOARD, LEARNERS, SimulatedLearner, score
from playbook.training.variant import seed_of

_ITEMS_TO_TELL_APART = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 0."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--forms", type=int, default=200, help="how many forms each learner takes (200)")
    words.add_argument("--seed", type=int, default=9_000, help="the first form (9000)")
    args = words.parse_args(arguments)
    seeds = range(args.seed, args.seed + args.forms)
    print(f"Capstone: passed from {PASSED_FROM:.0%} of its points on, {args.forms} forms each")
    for learner in LEARNERS:
        points = np.array([_capstone_points(learner, seed) for seed in seeds])
        share = np.mean([passed(each) for each in points])
        print(
            f"  {learner.name:18} passes {share:6.1%}   "
            f"points {points.mean():.2f} ({points.min():.2f} to {points.max():.2f})"
        )
    scores = {learner.name: _form_scores(learner, seeds) for learner in LEARNERS}
    _print_parallel(scores)
    _print_items(scores)
    _print_apart(scores, args.seed)
    return 0


def _capstone_points(learner: SimulatedLearner, seed: int) -> float:
    exercise = capstone(seed, 1).exercise()
    return score(exercise, learner.answer(exercise, _draws(learner, seed, "capstone")))


def _form_scores(learner: SimulatedLearner, seeds: range) -> dict[str, dict[str, list[float]]]:
    """Per form (before, after) and item key, the points in every form in which it was asked."""
    scores: dict[str, dict[str, list[float]]] = {BEFORE: {}, AFTER: {}}
    for which, items in scores.items():
        for seed in seeds:
            draws = _draws(learner, seed, which)
            for question in exam_form(seed, which):
                exercise = question.exercise()
                items.setdefault(question.item.key, []).append(score(exercise, learner.answer(exercise, draws)))
    return scores


def _print_parallel(scores: dict[str, dict[str, dict[str, list[float]]]]) -> None:
    print("Parallel forms, points of 100")
    for name, forms in scores.items():
        before, after = (100 * np.mean([p for points in forms[w].values() for p in points]) for w in (BEFORE, AFTER))
        print(f"  {name:18} before {before:5.1f}   after {after:5.1f}   apart {abs(before - after):4.1f}")


def _print_items(scores: dict[str, dict[str, dict[str, list[float]]]]) -> None:
    careful, dashboard = (_by_item(scores[learner.name]) for learner in (CAREFUL, DASHBOARD))
    worse = [key for key in careful if np.mean(careful[key]) < np.mean(dashboard[key])]
    print(f"Items asked: {len(careful)}. The careful reader misses more often than the dashboard reader: {len(worse)}")
    for key in sorted(careful):
        means = " ".join(f"{np.mean(_by_item(forms)[key]):5.2f}" for forms in scores.values())
        print(f"  {key:36} {means}{'   WORSE' if key in worse else ''}")


def _by_item(forms: dict[str, dict[str, list[float]]]) -> dict[str, list[float]]:
    return {key: forms[BEFORE][key] + forms[AFTER].get(key, []) for key in forms[BEFORE]}


def _print_apart(scores: dict[str, dict[str, dict[str, list[float]]]], seed: int) -> None:
    """Neighbours by their mean: how often the better of the two has more points over 20 items drawn at random."""
    draws = np.random.Generator(np.random.PCG64(seed))
    pools = {name: np.concatenate([np.array(p) for p in _by_item(forms).values()]) for name, forms in scores.items()}
    order = sorted(pools, key=lambda name: pools[name].mean())
    print(f"Told apart by {_ITEMS_TO_TELL_APART} items")
    for lower, higher in zip(order, order[1:], strict=False):
        low, high = (draws.choice(pools[n], (4_000, _ITEMS_TO_TELL_APART)).mean(axis=1) for n in (lower, higher))
        auc = (high > low).mean() + 0.5 * (high == low).mean()
        print(f"  {lower:18} from {higher:18} {auc:.2f}")


def _draws(learner: SimulatedLearner, seed: int, what: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed_of(learner.name, seed, what)))


if __name__ == "__main__":
    raise SystemExit(main())
