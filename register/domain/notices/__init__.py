"""Material changes of the notice, and the clients who are told of them (C19; Art. 13(3) GDPR).

publication  what a publication begins, and what ends when all are told
giving       who is to be told, and the mark that somebody was
"""
