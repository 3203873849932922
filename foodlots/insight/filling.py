"""The most that can be filled when each grower's grams may go to some wants and not to others."""

from collections import defaultdict, deque
from collections.abc import Mapping


def most_filled(has: Mapping[str, int], wants: Mapping[str, int], ways: Mapping[str, Mapping[str, int]]) -> dict:
    """(want, grower) -> grams, so that as many grams as possible are filled in all; growers and wants by id.

    ways: want -> grower -> the most grams that may go that way.

    >>> most_filled({"hill": 5, "dale": 5}, {"a": 5, "b": 5}, {"a": {"hill": 5, "dale": 5}, "b": {"hill": 5}})
    {('a', 'dale'): 5, ('b', 'hill'): 5}
    """
    left, sent, takers = dict(has), defaultdict(int), defaultdict(set)
    for want in sorted(ways, key=lambda want: (len(ways[want]), want)):
        wanted = wants.get(want, 0)
        while wanted and (path := _path(want, left, sent, takers, ways)):
            wanted -= _send(path, wanted, left, sent, takers, ways)
    return {key: grams for key, grams in sorted(sent.items()) if grams}


Path = list[tuple[str, str]]  # (want, grower): each want takes from the grower what the next want had of it


def _path(want: str, left: dict, sent: Mapping, takers: Mapping, ways: Mapping) -> Path | None:
    """The shortest chain of changes that ends at a grower with something left."""
    came: dict[str, Path] = {want: []}
    queue, seen = deque([want]), set()
    while queue:
        here = queue.popleft()
        for grower in sorted(ways[here]):
            if grower in seen or sent[here, grower] >= ways[here][grower] or grower not in left:
                continue
            seen.add(grower)
            path = [*came[here], (here, grower)]
            if left[grower]:
                return path
            for other in sorted(takers[grower]):
                if other not in came:
                    came[other] = path
                    queue.append(other)
    return None


def _send(path: Path, wanted: int, left: dict, sent: dict, takers: Mapping, ways: Mapping) -> int:
    """Grams moved along the path."""
    most = min(wanted, left[path[-1][1]], *(ways[want][grower] - sent[want, grower] for want, grower in path))
    most = min([most, *(sent[path[i + 1][0], path[i][1]] for i in range(len(path) - 1))])
    for i, (want, grower) in enumerate(path):
        sent[want, grower] += most
        takers[grower].add(want)
        if i + 1 < len(path):
            later = path[i + 1][0]
            sent[later, grower] -= most
            if not sent[later, grower]:
                takers[grower].discard(later)
    left[path[-1][1]] -= most
    return most
