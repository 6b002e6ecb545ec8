"""The rules of the movement: who may be nominated, how many, by when, and never twice.

Plain Python over plain data: no database, no HTTP, no clock. Give `verdict.judge` the facts of
a nomination and the day whose law applies, and get a verdict with its findings; every figure
and principle stands in `law/*.toml` with the days on which it holds and its article.
"""
