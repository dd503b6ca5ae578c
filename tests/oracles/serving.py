"""A server of a store, for as long as an oracle asks it."""
import contextlib, socket, subprocess, time


@contextlib.contextmanager
def serving(sayso, store, port, *options):
    """Serves a store at a port of this machine; gives the address when it listens, and ends the server with the block."""
    server = subprocess.Popen([sayso, "serve", "--store", store, "--port", str(port), "-q", *options])
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, "the server has ended"
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
