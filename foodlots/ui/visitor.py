"""Who looks at the app, and whether they are let in: on this machine its user, elsewhere whoever has signed in."""

import ipaddress

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from foodlots.roles import BUYER, NOBODY, Visitor, people, visitor_named
from foodlots.ui.desks import HERE
from foodlots.ui.parts.words import md


def visitor() -> Visitor:
    """Who looks at the page now; their role is read anew each time, so that a change holds at once."""
    if not signs_in():
        return Visitor(HERE, BUYER)
    if not st.user.is_logged_in or st.user.get("email_verified") is False:
        return Visitor("", NOBODY)
    return visitor_named(str(st.user.get("email", "")), people())


def may(what: str) -> bool:
    """Whether whoever looks may open a page or do something."""
    return visitor().may(what)


def sees_prices() -> bool:
    """Whether whoever looks may see what every producer asks."""
    return visitor().sees_prices


def signs_in() -> bool:
    """Whether people sign in here: the server's secrets hold how."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def heard_elsewhere() -> bool:
    """Whether other machines can reach this server."""
    address = st.get_option("server.address") or ""
    if address == "localhost":
        return False
    try:
        return not ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True


def let_in() -> bool:
    """Whether whoever looks may see anything at all; where not, the page says why and what to do."""
    if not signs_in():
        if heard_elsewhere():
            st.error("Other machines can reach this server, but nobody has to sign in. It shows nothing until sign-in "
                     "is set up, or it listens to this machine only.", icon=":material/lock:")  # fmt: skip
            return False
        return True
    if not st.user.is_logged_in:
        st.title("foodlots")
        if st.button("Sign in", type="primary", icon=":material/login:", key="sign-in"):
            st.login()
        return False
    if visitor().role == NOBODY:
        st.title("foodlots")
        st.error(f"You are signed in as {md(str(st.user.get('email', 'nobody we know')))}, but have no role here. Ask "
                 "whoever looks after foodlots at your council.", icon=":material/lock:")  # fmt: skip
    if st.sidebar.button("Sign out", icon=":material/logout:", key="sign-out"):
        st.logout()
    return visitor().role != NOBODY
