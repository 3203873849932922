"""The app's door for `foodlots app`: a script without a folder named pages beside it, which Streamlit would list."""

from foodlots.ui.router import show

if __name__ == "__main__":
    show()
