"""A Virtuoso server of one's own, in a temporary folder: started, loaded with N-Quads, asked, stopped."""
import json, pathlib, shutil, socket, subprocess, tempfile, time, urllib.error, urllib.parse, urllib.request

INI = """[Database]
DatabaseFile = {0}/virtuoso.db
ErrorLogFile = {0}/virtuoso.log
LockFile = {0}/virtuoso.lck
TransactionFile = {0}/virtuoso.trx
xa_persistent_file = {0}/virtuoso.pxa
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {0}/virtuoso-temp.db
TransactionFile = {0}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
DirsAllowed = {0}
NumberOfBuffers = 40000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{2}
[SPARQL]
ResultSetMaxRows = 100000
"""


def installed():
    return shutil.which("virtuoso-t") and shutil.which("isql-vt")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Virtuoso:
    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sayso-virtuoso-"))
        self.sql, self.http = free_port(), free_port()
        ini = self.folder / "virtuoso.ini"
        ini.write_text(INI.format(self.folder, self.sql, self.http))
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(["virtuoso-t", "+foreground", "+configfile", ini], cwd=self.folder, stdout=quiet, stderr=quiet)
        for _ in range(240):
            time.sleep(0.5)
            if self.process.poll() is not None:
                raise RuntimeError("virtuoso ended: " + (self.folder / "virtuoso.log").read_text()[-500:])
            try:
                self.isql("select 1;")
                self.ask("ASK {}")
                return self
            except (subprocess.SubprocessError, OSError):
                pass
        self.__exit__()
        raise RuntimeError("virtuoso does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def isql(self, commands):
        done = subprocess.run(["isql-vt", f"127.0.0.1:{self.sql}", "dba", "dba"], input=commands, text=True, capture_output=True, check=True, timeout=300)
        if "*** Error" in done.stdout + done.stderr:
            raise subprocess.CalledProcessError(1, "isql", done.stdout, done.stderr)
        return done.stdout

    def load(self, nquads):
        """Puts N-Quads in the place of all that was loaded before."""
        file = self.folder / f"data-{time.monotonic_ns()}.nq"
        file.write_bytes(nquads)
        self.isql(
            f"log_enable(2);\nRDF_GLOBAL_RESET();\nld_dir('{self.folder}', '{file.name}', 'http://default.example/');\nrdf_loader_run();\n"
        )
        errors = self.isql("select ll_error from DB.DBA.load_list where ll_error is not null;")
        if "0 Rows" not in errors:
            raise RuntimeError(errors)

    def ask(self, query):
        """The answer in the SPARQL 1.1 JSON format."""
        data = urllib.parse.urlencode({"query": query, "format": "application/sparql-results+json"}).encode()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/sparql", data, 120) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode(errors="replace").strip()) from None
