"""Network: who grows for whom and who brings what where; who depends on whom, and where one failure would be felt."""

import streamlit as st

from foodlots.charts import flow_chart
from foodlots.insight.streams import STAGES, streams
from foodlots.network import plan_network
from foodlots.ui.answers import apart
from foodlots.ui.parts.dependence_rows import FORMATS as DEPENDENCE_FORMATS
from foodlots.ui.parts.dependence_rows import DependenceTables, find_dependence
from foodlots.ui.parts.frame import heading, illustrative, need_plan, next_steps
from foodlots.ui.parts.network_rows import FORMATS, colours, critical_rows, link_rows, without_prices
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.theme import ink, paper
from foodlots.ui.parts.waiting import at_hand, worked_out
from foodlots.ui.parts.words import capital, md
from foodlots.ui.visitor import sees_prices
from foodlots.ui.work import Result


def show() -> None:
    """The network page."""
    heading(
        "Network", "Who grows for whom, and how the food is brought. The wider a band, the more kilos take that way."
    )
    found = need_plan()
    illustrative(found)
    if not found.plan.supply:
        st.info("No producer supplies anything under this plan.", icon=":material/info:")
        return
    flows = [((*stream.stops[:-1], capital(stream.stops[-1])), stream.kg) for stream in streams(found.case, found.plan)]
    show_chart(flow_chart(flows, STAGES, colours(found), ink(), paper()))
    failing, links = at_hand(f"network {found.digest}", "Drawing the network", lambda: _tables(found))
    links = links if sees_prices() else without_prices(links)
    stops, who, concentration, all_ = st.tabs(
        ["If one stops", "Where one failure would be felt", "Concentration", "Every link"]
    )
    with who:
        st.markdown(
            "Each of these brings some kitchens a product that nobody else brings them. If it failed, they would buy "
            "it on the open market."
        )
        if failing:
            show_table(failing, "Producers and depots by how many kitchens would lose a product without them.", FORMATS,
                       wide=["Products they would lose"])  # fmt: skip
        else:
            st.success("No kitchen depends on one producer alone for any product.", icon=":material/check_circle:")
    with all_:
        show_table(links, "Every link of the network: from whom to whom, kilos and distance.", FORMATS, height=500)
    with stops:
        depends = worked_out(
            f"dependence {found.digest}", "Asking who would step in", lambda: apart(find_dependence, found)
        )
        _stops(depends)
    with concentration:
        _concentration(depends)
    next_steps(("map", "See it on the map"), ("gaps", "See what is missing"))


def _stops(depends: DependenceTables) -> None:
    buyer = sees_prices() and st.toggle(
        "For the buyer: say what the next best would cost", key="network-costs",
        help="Producers' prices can be told from these figures.",
    )  # fmt: skip
    st.markdown("\n".join(f"- {md(line)}" for line in (depends.costs if buyer else depends.sentences)))
    show_table(depends.stops, "Everybody the food comes by, with what would be lost, at open-market prices.",
               DEPENDENCE_FORMATS, wide=["If this one stops"], height=360)  # fmt: skip


def _concentration(depends: DependenceTables) -> None:
    st.markdown("The Herfindahl-Hirschman index: 10,000 where one supplies all. Over 1,000 is called concentrated, "
                "over 2,000 highly concentrated. Winners count by owner.")  # fmt: skip
    show_table(depends.concentration, "Concentration by category, of what the winners supply.", DEPENDENCE_FORMATS)
    if depends.only_links:
        st.markdown(f"The only link between parts of the network: {md(depends.only_links)}.")


def _tables(found: Result) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    graph = plan_network(found.case, found.settings, found.plan)
    return critical_rows(found, graph), link_rows(graph)


if __name__ == "__main__":
    show()
