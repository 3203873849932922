"""Kernels come up part by part, then where most is open, and leave other trials their share of the time."""

from foodlots.optimise.kernels import DEAR, FIRST_SECONDS, Kernel, Kernels

FRUIT, MEAT = frozenset({"apples"}), frozenset({"beef", "lamb"})
OPEN = {FRUIT: 100.0, MEAT: 900.0}


def open_gbp(kernel: Kernel) -> float:
    return OPEN[kernel.products]


def test_each_part_comes_up_once_before_any_comes_again():
    kernels = Kernels([["apples"], ["beef", "lamb"]])
    first = [kernels.take(open_gbp, 1.0) for _ in range(3)]
    assert [kernel and kernel.products for kernel in first] == [MEAT, FRUIT, None]
    assert not kernels.tried.is_set()
    kernels.give_back(first[0], 5.0)
    assert not kernels.tried.is_set()
    kernels.give_back(first[1], FIRST_SECONDS)
    assert kernels.tried.is_set()


def test_what_was_settled_comes_with_more_columns_and_what_was_not_with_more_time():
    assert Kernel(FRUIT).after(5.0) == Kernel(FRUIT, 2 * DEAR, FIRST_SECONDS)
    assert Kernel(FRUIT).after(FIRST_SECONDS) == Kernel(FRUIT, DEAR, 2 * FIRST_SECONDS)


def test_kernels_take_half_the_time_and_that_of_which_most_is_open_for_a_second():
    kernels = Kernels([["apples"], ["beef", "lamb"]])
    for _ in range(2):
        kernels.give_back(kernels.take(open_gbp, 1.0), 5.0)
    assert kernels.take(open_gbp, 1.0) is None
    kernels.note(11.0)
    assert kernels.take(open_gbp, 1.0).products == MEAT


def test_a_part_of_which_too_little_is_open_is_left_alone():
    kernels = Kernels([["apples"], ["beef", "lamb"]])
    assert kernels.take(open_gbp, 500.0).products == MEAT
    assert kernels.take(open_gbp, 500.0) is None
