"""Only so many work at a time, in the order they came; at the end nobody waits."""

from threading import Thread
from time import sleep

from foodlots.optimise.turns import Turns


def test_no_more_work_at_a_time_than_there_are_cores_and_all_get_a_turn():
    turns, working, most, done = Turns(2, 0.0), [], [], []

    def work(name: int) -> None:
        turns.take()
        for _ in range(20):
            working.append(name)
            most.append(len(working))
            sleep(0.001)
            working.remove(name)
            turns.pass_on()
        done.append(name)
        turns.give_back()

    threads = [Thread(target=work, args=(name,)) for name in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(done) == list(range(5))
    assert max(most) == 2


def test_who_waits_longest_goes_next():
    turns, order = Turns(1, 0.0), []
    turns.take()

    def work(name: int) -> None:
        turns.take()
        order.append(name)
        turns.give_back()

    threads = [Thread(target=work, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
        sleep(0.05)
    turns.pass_on()
    turns.give_back()
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2]


def test_at_the_end_nobody_waits():
    turns = Turns(1)
    turns.take()
    threads = [Thread(target=turns.take) for _ in range(3)]
    for thread in threads:
        thread.start()
    sleep(0.05)
    turns.end()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


def test_a_turn_lasts_a_while():
    turns, order = Turns(1, 0.2), []

    def work(name: int) -> None:
        turns.take()
        for _ in range(3):
            order.append(name)
            sleep(0.15)
            turns.pass_on()
        turns.give_back()

    threads = [Thread(target=work, args=(name,)) for name in range(2)]
    for thread in threads:
        thread.start()
        sleep(0.05)
    for thread in threads:
        thread.join(10)
    assert order == [0, 0, 1, 1, 0, 1]


def test_a_turn_may_be_passed_on_at_once():
    turns, order = Turns(1, 60.0), []

    def work(name: int) -> None:
        turns.take()
        order.append(name)
        turns.pass_on(at_once=True)
        order.append(name)
        turns.give_back()

    threads = [Thread(target=work, args=(name,)) for name in range(2)]
    turns.take()
    for thread in threads:
        thread.start()
        sleep(0.05)
    turns.give_back()
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 0, 1]
