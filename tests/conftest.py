"""What the tests share: what is started in the background ignores an interrupt, and so would every program that a test starts."""

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
