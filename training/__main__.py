import sys

try:
    # Seconds, in which somebody may think better of it.
    from training.cli import app
except KeyboardInterrupt:
    print("training: stopped", file=sys.stderr)
    sys.exit(130)

app(prog_name="python -m training")
