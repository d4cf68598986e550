"""What is said of gloves: connections, and what they send."""

GLOVES = {
    "glove.spec-unknown": (
        "{spec}: write serial:PORT, tcp:HOST:PORT, udp:PORT, osc:PORT, lsl:NAME, ble:ID,"
        " phone:HOST:PORT or replay:FILE"
    ),
    "glove.no-bytes": "{name}: connected, but nothing comes. Is it switched on?",
    "glove.no-frames": "{name}: something comes, but nothing of it can be read",
    "glove.lost": "{name}: the glove is gone. The camera goes on alone; plug it in again.",
}
