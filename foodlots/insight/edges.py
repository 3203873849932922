"""The smallest whole number of steps at which something becomes true, found by trying, both sides of the edge tried."""

from collections.abc import Callable

Margin = Callable[[int], float | None]  # steps -> below 0 when it is true; None when there is no saying how far off
TIE_GBP = 1e-6  # £; a saving smaller than this is none


def smallest_steps(margin: Margin, most: int) -> int | None:
    """The fewest steps, from 1 to `most`, at which the margin is below 0; None when it never is.

    The margin falls as steps are added. Straight lines between what was tried say where to try next.
    """
    low, high = 0, most
    at_low, at_high = margin(0), margin(most)
    if most < 1 or not is_true(at_high):
        return None
    turn = 0
    while high - low > 1:
        for step in _next(low, high, at_low, at_high, turn):
            if low < step < high:
                found = margin(step)
                if is_true(found):
                    high, at_high = step, found
                else:
                    low, at_low = step, found
        turn += 1
    return high


def is_true(margin: float | None) -> bool:
    """Whether a margin is below 0 by more than a tie."""
    return margin is not None and margin < -TIE_GBP


def _next(low: int, high: int, at_low: float | None, at_high: float | None, turn: int) -> tuple[int, ...]:
    """Where to look: at the line between the two, and right beside it; in the middle every third time."""
    middle = (low + high) // 2
    if at_low is None or at_high is None or turn % 3 == 2 or at_low <= at_high:
        return (middle,)
    guess = low + int((high - low) * (at_low / (at_low - at_high))) + 1
    guess = min(max(guess, low + 1), high - 1)
    return guess, guess - 1, guess + 1
