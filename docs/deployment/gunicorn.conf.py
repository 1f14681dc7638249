"""gunicorn for the register: `gunicorn -c docs/deployment/gunicorn.conf.py futuuri_site.wsgi`."""

bind = "127.0.0.1:8000"
workers = 2
# The newest ones open a socket in the home folder, by which any process of this user could
# restart and reload them. Nobody needs it: systemd does.
control_socket_disable = True
# What the web process writes is its own user's and, for nginx, its group's.
umask = 0o027
# Only nginx, on this machine, says who asked and whether it was encrypted.
forwarded_allow_ips = "127.0.0.1"
# An access log would hold visitors' addresses.
accesslog = None
timeout = 60
graceful_timeout = 30
