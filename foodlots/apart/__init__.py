"""Work in a process of its own, which may crash, hang or outgrow its memory without harm to anybody else.

What goes in is JSON, what comes out is JSON or the files of a plan: nothing that crosses over can run.
"""
