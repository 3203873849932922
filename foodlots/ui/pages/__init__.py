"""The pages of the app: each reads the session, asks the core one question, draws, and offers the next step."""
