"""``arrears serve``: the site."""

import click

from arrears.config import clock
from arrears.config.ports import PortTakenError, refuse_taken
from arrears.config.start import book_open

TARGET = "arrears.web.wsgi:application"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 256), help="Threads in each process.")
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the site until Ctrl-C; then nothing of it is left running."""
    refuse_taken_port(host, port)
    with book_open():
        from arrears.jobs import case_rounds
        from arrears.jobs.sealing import sealing
        from arrears.jobs.sending import sending
        from arrears.jobs.taking_rounds import going_round

        click.echo(f"Arrears is at http://{host}:{port}/ - Ctrl-C stops it.")
        with sealing(clock.now), going_round(clock.now), case_rounds.going_round(clock.now), sending(clock.now):
            serve(host, port, workers=workers, threads=threads)


def refuse_taken_port(host: str, port: int) -> None:
    """End with one sentence where another program has the port."""
    try:
        refuse_taken(host, port)
    except PortTakenError as taken:
        raise click.ClickException(str(taken)) from None


def serve(host: str, port: int, *, workers: int = 1, threads: int = 8) -> None:
    """Serve the pages until an interrupt. The book is open around this call; the processes end with it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=10,
    ).serve()
